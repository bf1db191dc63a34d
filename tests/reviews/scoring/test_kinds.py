"""Each kind of rule: what it gives, and what it refuses."""

from decimal import Decimal

import pytest

from reviews.choices import ScoreRule as R
from reviews.scoring.engine import Item, Refused, input_kind, points_of


def item(rule, most=10, rows=(), **params):
    """An item with rows given as dicts; their titles are their codes."""
    made = [{"title": row["code"], **row} for row in rows]
    return Item.of({"code": "x", "rule": rule, "points": most, "params": {**params, "rows": made}})


DEDUCTIONS = item(
    R.DEDUCT,
    10,
    [
        {"code": "no_venue", "how": "all"},
        {"code": "no_sign", "how": "once", "points": 2},
        {"code": "late", "how": "each", "points": 1},
        {"code": "other", "how": "free", "points": 3},
    ],
)
GRADES = item(
    R.CHOICE, 10, [{"code": "a", "points": 10}, {"code": "b", "points": 8}, {"code": "c", "points": 5}]
)
BANDS = item(R.BAND, 30, [{"code": "a", "low": 15, "high": 25}, {"code": "b", "low": 10, "high": 20}])
UNITS = item(
    R.PER_UNIT,
    10,
    [{"code": "county", "points": 3}, {"code": "city", "points": "1.5", "cap": 4}],
    mode="papers",
)
TIERS = item(
    R.PERCENT, 2, [{"code": "t1", "least": 70, "points": 1}, {"code": "t2", "least": 80, "points": 2}]
)
RANKS = [{"code": "nation", "points": 15}, {"code": "city", "points": 10}, {"code": "unit", "points": 3}]
SHARED = item(R.SHARED, 40, [{"code": "patent", "points": 20}])
LADDER = item(R.SHARED, 40, [{"code": "patent", "points": 20}], ladder=["50", "30", "20"])
JUDGED = item(R.JUDGEMENT, 6)
MET = item(R.ALL_OR_NOTHING, 4)


@pytest.mark.parametrize(
    ("thing", "given", "points"),
    [
        (DEDUCTIONS, {}, "10"),
        (DEDUCTIONS, {"no_sign": True, "late": 3}, "5"),
        (DEDUCTIONS, {"no_venue": True}, "0"),
        (DEDUCTIONS, {"late": 40}, "0"),
        (DEDUCTIONS, {"other": "2.5", "no_sign": False}, "7.5"),
        (GRADES, "b", "8"),
        (BANDS, {"band": "a", "points": 17}, "17"),
        (BANDS, {"band": "b", "points": "17.25"}, "17.25"),
        (UNITS, {"county": 2}, "6"),
        (UNITS, {"city": 3, "county": 1}, "7"),
        (UNITS, {"county": 9}, "10"),
        (UNITS, {"county": "", "city": None}, "0"),
        (TIERS, 69.9, "0"),
        (TIERS, 70, "1"),
        (TIERS, "85", "2"),
        (
            item(R.HIGHEST, 15, RANKS),
            [{"subject": "a", "rank": "unit"}, {"subject": "b", "rank": "city"}],
            "10",
        ),
        (item(R.HIGHEST, 15, RANKS), [], "0"),
        (SHARED, [{"subject": "a", "unit": "patent", "share": 60}], "12"),
        (LADDER, [{"unit": "patent", "place": 2}, {"unit": "patent", "place": 4}], "6"),
        (JUDGED, "5.5", "5.5"),
        (MET, True, "4"),
        (MET, False, "0"),
        (item(R.GATE, 0), True, "0"),
        (item(R.BONUS, 5, [{"code": "media", "points": 2}]), {"media": 9}, "5"),
    ],
)
def test_points(thing, given, points):
    assert points_of(thing, given) == Decimal(points)


def test_the_same_thing_counts_at_its_highest_only():
    two = item(R.HIGHEST, 30, RANKS, best=2)
    same = [{"subject": "烘干机 改造", "rank": "unit"}, {"subject": "烘干机改造", "rank": "nation"}]
    assert points_of(two, same) == 15
    assert points_of(two, [*same, {"subject": "另一项", "rank": "city"}]) == 25


def test_bands_overlap_and_the_score_alone_says_nothing():
    with pytest.raises(Refused) as refused:
        points_of(BANDS, {"points": 17})
    assert refused.value.code == "unknown_choice"
    with pytest.raises(Refused) as refused:
        points_of(BANDS, {"band": "b", "points": 24})
    assert (refused.value.code, refused.value.values["high"]) == ("outside", "20")


def test_a_band_of_one_value_needs_no_points():
    assert points_of(item(R.BAND, 10, [{"code": "a", "low": 9, "high": 9}]), {"band": "a"}) == 9


@pytest.mark.parametrize(
    ("thing", "given", "code"),
    [
        (DEDUCTIONS, [], "wrong_shape"),
        (DEDUCTIONS, {"nothing": True}, "unknown_choice"),
        (DEDUCTIONS, {"no_sign": 1}, "not_yes_or_no"),
        (DEDUCTIONS, {"late": -1}, "below_zero"),
        (DEDUCTIONS, {"other": 4}, "outside"),
        (GRADES, "z", "unknown_choice"),
        (GRADES, ["a"], "unknown_choice"),
        (UNITS, {"county": "many"}, "not_a_number"),
        (UNITS, {"county": True}, "not_a_number"),
        (UNITS, {"county": "NaN"}, "not_a_number"),
        (UNITS, {"county": "1e30"}, "not_a_number"),
        (TIERS, 101, "outside"),
        (item(R.HIGHEST, 15, RANKS), [{"rank": "moon"}], "unknown_choice"),
        (item(R.HIGHEST, 15, RANKS), [{"rank": "unit"}] * 201, "too_many"),
        (SHARED, [{"subject": "a", "unit": "patent", "share": 60}] * 2, "shares_above_whole"),
        (LADDER, [{"unit": "patent", "place": "1.5"}], "not_a_place"),
        (JUDGED, 7, "outside"),
        (MET, "yes", "not_yes_or_no"),
    ],
)
def test_refused(thing, given, code):
    with pytest.raises(Refused) as refused:
        points_of(thing, given)
    assert refused.value.code == code


def test_every_rule_has_a_kind_of_input():
    kinds = {rule: input_kind(item(rule)) for rule in R.values}
    assert set(kinds.values()) == {"number", "choice", "band", "marks", "yes_no", "percent", "units", "list"}
