"""What a reader of cells answers: the value, remarks beside it, what is wrong, or what must be asked."""

from dataclasses import dataclass, field

from studios.rosters.cells.folding import bare

BLANKS = frozenset(
    "无 暂无 没有 空 空白 未填 不详 不清 未知 待定 待补 待补充 待查 略 none null n/a na nan #n/a nil".split()
)
_STROKES = frozenset("-/\\.。~*_|—…")


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence to be: its code in ``studios.rosters.remarks.cells`` and plain values to put into it."""

    code: str
    values: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What only a person can say. ``about`` names it within its column, so that an answer is remembered.

    ``choices`` are (value, label): the value is what the cell then means, as ``Understood.value``; a label is
    written the way a roster writes it, whoever reads it. One choice alone asks for a confirmation.
    """

    about: str
    remark: Remark
    choices: tuple


@dataclass(frozen=True, slots=True)
class Understood:
    """A cell as it was read. ``value`` is plain JSON; None when the cell is blank, asked about or wrong.

    ``notes`` change nothing; ``error`` says what is expected; ``extra`` holds what a reader knows beside the
    value (the reader's docstring says what).
    """

    value: object = None
    notes: tuple = ()
    error: Remark | None = None
    question: Question | None = None
    extra: dict = field(default_factory=dict)


NOTHING = Understood()


def wrong(code, **values):
    """An Understood that cannot be used; the remark says what is expected."""
    return Understood(error=Remark(code, values))


def ask(about, code, choices, **values):
    """An Understood that waits for an answer; of (value, label) choices with one value the first stays."""
    kept = []
    for value, label in choices:
        if all(value != other for other, _ in kept):
            kept.append((value, label))
    return Understood(question=Question(about, Remark(code, values), tuple(kept)))


def is_blank(raw):
    """Whether a cell says nothing: empty, blanks, strokes, or a word for nothing such as 无 or 暂无.

    In a column of marks 无 is an answer: ``marks.read_mark`` looks before it asks here.
    """
    if raw is None:
        return True
    if not isinstance(raw, str):
        return raw != raw  # not a number
    if len(raw) > 12:
        return not raw.strip()
    text = bare(raw).strip("()[]").lower()
    return not text or text in BLANKS or all(sign in _STROKES for sign in text)
