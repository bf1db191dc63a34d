"""One function for each kind of rule: ``(item, input) -> points``, before they are cut to the item's most.

Each refuses what it cannot read; none looks at anything but the item and the input.
"""

from reviews.choices import ScoreRule
from reviews.scoring.terms import HUNDRED, ZERO, Refused, number

ROWS_AT_MOST = 200  # of a list typed in


def deduct(item, given):
    """The most, less what is missing: ticked, counted, or as much as the assessor takes off."""
    left = item.points
    for code, mark in _entries(item, given):
        row = item.row(code)
        how = row.values.get("how", "once")
        if how in ("once", "all"):
            if _flag(mark):
                left -= item.points if how == "all" else row.number("points")
        elif how == "each":
            left -= row.number("points") * _count(mark)
        else:
            left -= _between(mark, ZERO, row.number("points"))
    return left


def all_or_nothing(item, given):
    """Everything or nothing. A gate gives its points, mostly none, the same way."""
    return item.points if _flag(given) else ZERO


def choice(item, given):
    """The points of the grade chosen."""
    return _row(item, given).number("points")


def band(item, given):
    """Points within the band chosen. Bands overlap, so the band is always asked for, never derived."""
    given = _dict(given)
    row = _row(item, given.get("band"))
    low, high = row.number("low"), row.number("high")
    points = given.get("points")
    if points in (None, "") and low == high:
        return low
    return _between(points, low, high)


def per_unit(item, given):
    """So many points for each, every row up to its own cap, all up to the most."""
    sum_ = ZERO
    for code, count in _entries(item, given):
        row = item.row(code)
        points = row.number("points") * _count(count)
        sum_ += min(points, row.number("cap", item.points))
    return sum_


def percent(item, given):
    """The best tier that the percentage reaches."""
    reached = _between(given, ZERO, HUNDRED)
    return max((row.number("points") for row in item.rows if row.number("least") <= reached), default=ZERO)


def highest(item, given):
    """Each subject at its highest rank only; of the subjects the best few, one unless params say more."""
    best = {}
    for place, entry in enumerate(_list(given)):
        points = _row(item, entry.get("rank")).number("points")
        subject = _subject(entry) or place  # an entry without a name stands for itself
        best[subject] = max(best.get(subject, ZERO), points)
    count = int(number(item.params.get("best") or 1))
    return sum(sorted(best.values(), reverse=True)[:count], ZERO)


def shared(item, given):
    """The points of each thing times the share in it; the shares of one thing never exceed the whole."""
    ladder = [number(share) for share in item.params.get("ladder") or ()]
    sum_, taken = ZERO, {}
    for place, entry in enumerate(_list(given)):
        points = _row(item, entry.get("unit")).number("points")
        share = _share_of(entry, ladder)
        subject = _subject(entry) or place
        taken[subject] = taken.get(subject, ZERO) + share
        if taken[subject] > HUNDRED:
            raise Refused(
                "shares_above_whole", subject=str(entry.get("subject", "")), share=str(taken[subject])
            )
        sum_ += points * share / HUNDRED
    return sum_


def judgement(item, given):
    """As many points as the assessor gives."""
    return _between(given, ZERO, item.points)


POINTS = {
    ScoreRule.DEDUCT: deduct,
    ScoreRule.ALL_OR_NOTHING: all_or_nothing,
    ScoreRule.CHOICE: choice,
    ScoreRule.BAND: band,
    ScoreRule.PER_UNIT: per_unit,
    ScoreRule.PERCENT: percent,
    ScoreRule.HIGHEST: highest,
    ScoreRule.SHARED: shared,
    ScoreRule.GATE: all_or_nothing,
    ScoreRule.BONUS: per_unit,
    ScoreRule.JUDGEMENT: judgement,
}


def _row(item, code):
    row = item.row(code) if isinstance(code, str) else None
    if row is None:
        raise Refused("unknown_choice", value=str(code)[:40])
    return row


def _entries(item, given):
    for code, value in _dict(given).items():
        _row(item, code)
        if value not in (None, ""):
            yield code, value


def _dict(given):
    if not isinstance(given, dict):
        raise Refused("wrong_shape")
    return given


def _list(given):
    if not isinstance(given, list | tuple) or not all(isinstance(entry, dict) for entry in given):
        raise Refused("wrong_shape")
    if len(given) > ROWS_AT_MOST:
        raise Refused("too_many", count=len(given), most=ROWS_AT_MOST)
    return given


def _flag(given):
    if not isinstance(given, bool):
        raise Refused("not_yes_or_no", value=str(given)[:40])
    return given


def _count(given):
    found = number(given)
    if found < 0:
        raise Refused("below_zero", value=str(given)[:40])
    return found


def _between(given, low, high):
    found = number(given)
    if not low <= found <= high:
        raise Refused("outside", value=str(found), low=str(low), high=str(high))
    return found


def _subject(entry):
    return "".join(str(entry.get("subject") or "").casefold().split())


def _share_of(entry, ladder):
    """The percentage typed in, or the one of the place among the authors; beyond the ladder none."""
    if not ladder:
        return _between(entry.get("share"), ZERO, HUNDRED)
    place = number(entry.get("place"))
    if place < 1 or place != place.to_integral_value():
        raise Refused("not_a_place", value=str(entry.get("place"))[:40])
    return ladder[int(place) - 1] if place <= len(ladder) else ZERO
