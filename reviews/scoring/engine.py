"""The door of scoring: points of one item, the total of a scheme, what the ledger answers, the grade."""

from reviews.choices import Grade, ScoreRule
from reviews.scoring.kinds import POINTS
from reviews.scoring.prefilling import filled
from reviews.scoring.schema import faults, is_publishable
from reviews.scoring.terms import (
    ZERO,
    Fault,
    Item,
    Refused,
    Row,
    Scheme,
    Total,
    cents,
    number,
    within,
)

__all__ = [
    "Fault",
    "Item",
    "Refused",
    "Row",
    "Scheme",
    "Total",
    "choices_of",
    "faults",
    "grade_for",
    "input_kind",
    "is_publishable",
    "plain",
    "points_of",
    "prefill",
    "total",
]

KINDS = {
    ScoreRule.DEDUCT: "marks",
    ScoreRule.ALL_OR_NOTHING: "yes_no",
    ScoreRule.CHOICE: "choice",
    ScoreRule.BAND: "band",
    ScoreRule.PER_UNIT: "units",
    ScoreRule.PERCENT: "percent",
    ScoreRule.HIGHEST: "list",
    ScoreRule.SHARED: "list",
    ScoreRule.GATE: "yes_no",
    ScoreRule.BONUS: "units",
    ScoreRule.JUDGEMENT: "number",
}


def input_kind(item):
    """What the item asks for; the shapes are in the docstring of the package."""
    return KINDS[item.rule]


def choices_of(item):
    """The rows a person chooses from, ticks or counts; () for a number, a percentage, a yes or no.

    ``row.values`` says the rest: ``how`` (once, each, free, all) and ``points`` of a deduction, ``low`` and
    ``high`` of a band, ``points`` and ``cap`` of a unit. ``wording.label`` gives the row's title.
    """
    return () if item.rule == ScoreRule.PERCENT else item.rows


def points_of(item, given):
    """The points of one item for an input, between 0 and its most; raises ``Refused``."""
    return within(POINTS[item.rule](item, given), item.points)


def total(scheme, inputs):
    """What ``inputs`` (code -> input) come to. What is missing or refused counts nothing, and is listed."""
    by_item, refused = {}, {}
    for item in scheme.items:
        given = inputs.get(item.code)
        try:
            by_item[item.code] = None if given is None else points_of(item, given)
        except Refused as problem:
            by_item[item.code], refused[item.code] = None, problem
    base = sum((by_item[item.code] or ZERO for item in scheme.items if not item.is_bonus), ZERO)
    extra = sum((by_item[item.code] or ZERO for item in scheme.items if item.is_bonus), ZERO)
    bonus = within(extra, scheme.bonus_cap)
    return Total(
        points=cents(base + bonus),
        base=cents(base),
        bonus=bonus,
        by_item=by_item,
        gates_failed=tuple(i.code for i in scheme.items if i.is_gate and not _passes(i, inputs, by_item)),
        missing=tuple(i.code for i in scheme.items if inputs.get(i.code) is None and not i.is_bonus),
        refused=refused,
    )


def _passes(item, inputs, by_item):
    """Whether a gate is met. One that nobody has answered is not."""
    points = by_item[item.code]
    if points is None:
        return False
    if item.rule == ScoreRule.GATE:
        return inputs[item.code] is True
    return points >= number(item.params.get("gate_from") or "0.01")


def grade_for(result, pass_mark, excellent_mark):
    """The grade of a total: a failed gate fails whatever the points."""
    if result.gates_failed or result.points < pass_mark:
        return Grade.FAIL
    return Grade.EXCELLENT if result.points >= excellent_mark else Grade.PASS


def prefill(scheme, facts):
    """The inputs (code -> input) that the facts of the year give by themselves.

    Items that the facts say nothing about are absent. An input may be
    partial where only some rows of an item name a fact; it always gives points.
    """
    found = {item.code: filled(item, facts) for item in scheme.items}
    return {code: given for code, given in found.items() if given is not None}


def plain(given):
    """An input as it can be stored as JSON: Decimals become text."""
    if isinstance(given, dict):
        return {key: plain(value) for key, value in given.items()}
    if isinstance(given, list | tuple):
        return [plain(value) for value in given]
    return given if given is None or isinstance(given, bool | int | str) else str(given)
