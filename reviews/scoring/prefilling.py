"""What the facts of a year answer by themselves, one function for each kind of rule.

A rule that leaves room for judgement gets the least that the facts prove: the unit may ask for more,
the assessor decides. Every input made here gives points; tests hold it to that.
"""

from decimal import Decimal

from reviews.choices import ScoreRule
from reviews.scoring.facts import value_of
from reviews.scoring.terms import HUNDRED, LARGEST, ZERO, number

LISTED_AT_MOST = 20  # rows of a list that a count alone fills in


def filled(item, facts):
    """The input that the facts give for the item, or None."""
    make = BY_RULE.get(item.rule)
    return make(item, facts) if make else None


def _value(values, facts):
    """The number of the fact that a row or the params name; None without one."""
    name = values.get("fact")
    found = value_of(facts, name) if name else None
    return None if found is None else min(max(Decimal(str(found)), ZERO), LARGEST)


def _counted(item, facts):
    found = {row.code: _value(row.values, facts) for row in item.rows}
    return {code: str(value) for code, value in found.items() if value is not None} or None


def _condition(item, facts):
    value = _value(item.params, facts)
    return None if value is None else value >= number(item.params.get("least") or 1)


def _met(item, facts, worth):
    """The row worth most among those whose fact reaches what the row asks for."""
    known = [(row, _value(row.values, facts)) for row in item.rows]
    met = [row for row, value in known if value is not None and value >= row.number("least", number(1))]
    return max(met, key=lambda row: row.number(worth), default=None)


def _chosen(item, facts):
    row = _met(item, facts, "points")
    return row.code if row else None


def _banded(item, facts):
    row = _met(item, facts, "high")
    return {"band": row.code, "points": str(row.number("low"))} if row else None


def _lacking(item, facts):
    """For each row how far the fact falls short of what the row asks for."""
    found = {}
    for row in item.rows:
        value = _value(row.values, facts)
        if value is None or row.values.get("how") == "free":
            continue
        short = max(row.number("least", number(1)) - value, ZERO)
        found[row.code] = str(short) if row.values.get("how") == "each" else short > 0
    return found or None


def _percentage(item, facts):
    """The fact as the percentage; with ``of`` the share of one fact in another."""
    value = _value(item.params, facts)
    whole = item.params.get("of")
    if value is not None and whole:
        base = _value({"fact": whole}, facts)
        value = value * HUNDRED / base if base else None
    return None if value is None else str(min(value, HUNDRED))


def _ranked(item, facts):
    known = [(row, _value(row.values, facts)) for row in item.rows]
    if all(value is None for _row, value in known):
        return None
    known.sort(key=lambda pair: -pair[0].number("points"))
    ranks = [row.code for row, value in known for _each in range(min(int(value or 0), LISTED_AT_MOST))]
    return [{"subject": "", "rank": code} for code in ranks[:LISTED_AT_MOST]]


BY_RULE = {
    ScoreRule.DEDUCT: _lacking,
    ScoreRule.ALL_OR_NOTHING: _condition,
    ScoreRule.CHOICE: _chosen,
    ScoreRule.BAND: _banded,
    ScoreRule.PER_UNIT: _counted,
    ScoreRule.PERCENT: _percentage,
    ScoreRule.HIGHEST: _ranked,
    ScoreRule.GATE: _condition,
    ScoreRule.BONUS: _counted,
}
