"""The preview of an import as its page takes it: verdicts, totals, headings, questions, rows with remarks."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext as _

from studios.choices import EndReason, Verdict
from studios.queries.rosters import ALL, VERDICTS
from studios.resources.columns import ROSTER, Words
from studios.rosters.remarks import HEADING, sentence
from studios.services.roster_declining import NONE_FITS

VERDICT_LOOKS = {
    Verdict.NEW: ("ok", "plus"),
    Verdict.CHANGED: ("info", "edit"),
    Verdict.SAME: ("neutral", "check"),
    Verdict.QUESTION: ("warn", "info"),
    Verdict.ERROR: ("bad", "x-circle"),
    Verdict.SKIPPED: ("neutral", "minus-circle"),
}
COLUMNS = {column.key: column for column in ROSTER}
ORDER = {column.key: place for place, column in enumerate(ROSTER)}
STATUSES = {
    "live": pgettext_lazy("title", "held"),
    "ended": pgettext_lazy("title", "ended"),
    "revoked": pgettext_lazy("title", "revoked"),
}
MOST_OPEN = 2  # remarks of a row that stand open; what follows is folded
MOST_BYTES = 640  # of the remarks of a row, folded or not; all of them stand in the workbook with remarks
OVERHEAD = 70  # bytes of markup of a remark
MOST_QUESTIONS = 30
MOST_CELLS = 4
MOST_TOTALS = 20
LONGEST = 80  # characters of a cell's text
LONGEST_FOUND = 24  # where it is quoted beside the name of its cell
MANY_CHOICES = 5  # from here on they stand in columns


def column_label(key):
    """The heading of a column in the reader's language; a field without a column is named as it is."""
    if key == "leader_since":
        return _("Leads since")
    column = COLUMNS.get(key)
    if column is None:
        return key
    return column.label_en if (get_language() or "").startswith("en") else column.heading


def place_of(key):
    """Where a column stands in a roster; the database keeps no order of its own."""
    return ORDER.get("leader" if key == "leader_since" else key, len(ORDER)), key


def short(text, longest=LONGEST):
    """Text of a cell, cut where it is an essay."""
    text = str(text)
    return text if len(text) <= longest else f"{text[: longest - 1]}…"


@dataclass
class Tab:
    """One verdict above the rows."""

    name: str
    label: str
    count: int
    kind: str
    current: bool


def tabs(counts, chosen):
    """A tab for each verdict that occurs, and one for all."""
    shown = [
        Tab(verdict.value, verdict.label, counts[verdict.value], VERDICT_LOOKS[verdict][0], verdict == chosen)
        for verdict in VERDICTS
        if counts.get(verdict.value)
    ]
    return [*shown, Tab(ALL, _("all rows"), sum(counts.values()), "neutral", chosen == ALL)]


@dataclass
class Choice:
    """One possible answer."""

    value: str
    label: str
    chosen: bool
    id: str


@dataclass
class Question:
    """A question, asked once for all rows that it concerns."""

    key: str
    column: str
    found: str
    sentence: str
    rows: int
    choices: list
    answered: bool

    @property
    def many(self):
        """Whether the choices are easier to find in columns."""
        return len(self.choices) >= MANY_CHOICES


@dataclass
class Questions:
    """The questions of an import, those about most rows first; ``more`` open ones do not fit on the page."""

    open: list
    answered: list
    more: int
    left: int  # open ones, shown or not


def questions_shown(roster):
    """The Questions of an import."""
    found = [
        _question(number, asked, roster.answers.get(asked["key"]))
        for number, asked in enumerate(roster.questions)
    ]
    found.sort(key=lambda question: -question.rows)
    still = [question for question in found if not question.answered]
    answered = [question for question in found if question.answered]
    more = max(0, len(still) - MOST_QUESTIONS)
    return Questions(still[:MOST_QUESTIONS], answered[:MOST_QUESTIONS], more, len(still))


def _question(number, asked, answer):
    offered = [*asked["choices"], (NONE_FITS, _("None of these: I will correct the file"))]
    choices = [
        Choice(str(value), label, str(value) == str(answer), f"q{number}-{place}")
        for place, (value, label) in enumerate(offered)
    ]
    said = sentence(asked["code"], asked.get("values"))
    found = short(asked.get("found") or "")
    return Question(
        key=asked["key"],
        column=column_label(asked.get("column", "")),
        found="" if found in said else found,
        sentence=said,
        rows=_how_many(asked.get("rows")),
        choices=choices,
        answered=answer is not None,
    )


def _how_many(rows):
    return len(rows) if isinstance(rows, list) else int(rows or 0)


@dataclass
class Reading:
    """How the headings of a file were understood."""

    known: list = field(default_factory=list)  # (column, [headings], cells)
    unknown: list = field(default_factory=list)  # (heading, cells)


def reading_of(columns):
    """Headings gathered over all sheets, the unknown ones apart; our own remarks sent back are no news."""
    columns = [entry for entry in columns if entry["label"] != HEADING or entry.get("column")]
    places, sheets = {}, {entry.get("sheet", "") for entry in columns}
    for entry in columns:
        where = f"{entry.get('sheet', '')} {entry['cell']}" if len(sheets) > 1 else entry["cell"]
        places.setdefault((entry.get("column") or "", entry["label"]), []).append(where)
    known, unknown = {}, []
    for (key, label), cells in places.items():
        shown = ", ".join(cells[:MOST_CELLS]) + ("…" if len(cells) > MOST_CELLS else "")
        if key:
            known.setdefault(key, []).append((short(label), shown))
        else:
            unknown.append((short(label), shown))
    return Reading([(column_label(key), headings) for key, headings in known.items()], unknown)


@dataclass
class Message:
    """A remark about a cell; ``found``: its text where the sentence lacks it; ``grave``: keeps a row out."""

    cell: str
    found: str
    sentence: str
    grave: bool

    @property
    def weight(self):
        """About how many bytes of the page it takes."""
        return OVERHEAD + len(f"{self.cell}{self.found}{self.sentence}".encode())


@dataclass
class Row:
    """A row of the file with what an import would do with it."""

    sheet: str
    number: int
    kind: str
    icon: str
    verdict: str
    studio: str
    url: str
    unit: str
    county: str
    level: str
    named_on: str
    document: str
    messages: list  # what keeps the row out comes first
    folded: list
    more: int  # that are not shown at all
    changes: list

    @property
    def remarks(self):
        """Whether anything stands below the row."""
        return bool(self.messages or self.changes)

    @property
    def beyond(self):
        """How many remarks do not stand open."""
        return len(self.folded) + self.more

    @property
    def says_nothing(self):
        """Whether the row names no studio: a title, a total, a signature."""
        return not (self.studio or self.unit or self.changes)


def row_shown(row, names, sheets):
    """A row for the table; ``names`` are ``queries.rosters.Names``, ``sheets`` those of the file."""
    kind, icon = VERDICT_LOOKS[row.verdict]
    values = row.values
    open_, folded, more = folded_messages(row.messages)
    return Row(
        sheet=row.sheet if len(sheets) > 1 or row.sheet not in sheets else "",
        number=row.row,
        kind=kind,
        icon=icon,
        verdict=row.get_verdict_display(),
        studio=short(values.get("studio_name") or values.get("official_name") or ""),
        url=reverse("studio_detail", args=[row.studio_id]) if row.studio_id else "",
        unit=short(values.get("unit_name") or ""),
        county=value_shown("union_code", values.get("union_code"), names),
        level=value_shown("level", values.get("level"), names),
        named_on=value_shown("named_on", values.get("named_on"), names),
        document=value_shown("document_number", values.get("document_number"), names),
        messages=open_,
        folded=folded,
        more=more,
        changes=[
            (column_label(key), value_shown(key, old, names), value_shown(key, new, names))
            for key, (old, new) in sorted(row.changes.items(), key=lambda change: place_of(change[0]))
        ],
    )


def folded_messages(messages):
    """(Messages that stand open, those folded away, how many more there are); grave ones first.

    One that would be folded alone stands open: a line that says so is no shorter.
    """
    ordered = sorted(messages, key=lambda message: not message.get("grave"))
    most = MOST_OPEN if len(ordered) > MOST_OPEN + 1 else MOST_OPEN + 1
    shown, room = [], MOST_BYTES
    for message in map(message_shown, ordered):
        room -= message.weight
        if shown and room < 0:
            break
        shown.append(message)
    return shown[:most], shown[most:], len(ordered) - len(shown)


def message_shown(message):
    """A remark in the reader's language."""
    said = sentence(message["code"], message.get("values"))
    found = short(message.get("found") or "", LONGEST_FOUND)
    return Message(
        cell=message.get("cell") or "",
        found="" if found in said else found,
        sentence=said,
        grave=bool(message.get("grave")),
    )


def value_shown(key, value, names):
    """A kept value as people read it: names for codes."""
    if value in (None, "", [], {}):
        return ""
    if isinstance(value, list):
        return short("、".join(map(_item, value)))
    if key in names.tables:
        return names.tables[key].get(value, str(value))
    if key in PLAIN:
        return PLAIN[key](value)
    widget = COLUMNS[key].widget if key in COLUMNS else None
    if isinstance(widget, Words) and value in widget.choices.values:
        return str(widget.choices(value).label)
    if key == "end_reason" and value in EndReason.values:
        return str(EndReason(value).label)
    if key == "status" and value in STATUSES:
        return str(STATUSES[value])
    return short(value)


def _area(value):
    """Square metres without zeros that say nothing."""
    text = f"{Decimal(str(value)):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


PLAIN = {"leader_since": str, "area_sqm": _area}  # how fields are shown that name nothing


def _item(value):
    """One of several: an honour with its year, a number as it is."""
    if isinstance(value, dict):
        return " ".join(str(value[part]) for part in ("year", "name") if value.get(part))
    return str(value)


@dataclass(frozen=True)
class Totals:
    """What the file itself counts, beside its rows: sentences about what differs, and how many agree."""

    differ: list
    agree: int


def totals_shown(totals):
    """Those that do not agree as sentences."""
    differ = [total for total in totals if total["stated"] != total["found"]]
    return Totals([_total(total) for total in differ[:MOST_TOTALS]], len(totals) - len(differ))


def _total(total):
    values = {**total, "label": short(total["label"])}
    if total.get("row"):
        return _("%(sheet)s, row %(row)s, “%(label)s”: %(stated)s stated, %(found)s found") % values
    return _("%(sheet)s, “%(label)s”: %(stated)s stated, %(found)s found") % values
