"""What holds for every item and every input, whoever wrote the scheme."""

from contextlib import suppress
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from reviews.choices import ScoreRule as R
from reviews.scoring.engine import Item, Refused, Scheme, points_of, prefill, total
from reviews.scoring.facts import BY_RANK, FLAGS, NUMBERS, RANKS
from tests.factories.schemes import tongliao

CODES = ("a", "b", "c")
points = st.decimals(0, 60, places=2)
counts = st.integers(0, 400)
TONGLIAO = tongliao()


def rows_with(**fields):
    """Three rows with codes a, b, c."""
    row = st.fixed_dictionaries(fields)
    return st.tuples(row, row, row).map(
        lambda rows: [{**r, "code": c} for r, c in zip(rows, CODES, strict=True)]
    )


def items(rule, rows=None, **params):
    """Items of a rule."""
    inner = st.fixed_dictionaries({**({"rows": rows} if rows is not None else {}), **params})
    made = st.fixed_dictionaries(
        {"code": st.just("x"), "rule": st.just(rule), "points": points, "params": inner}
    )
    return made.map(Item.of)


DEDUCT = items(R.DEDUCT, rows_with(points=points, how=st.just("each")))
UNITS = st.sampled_from([R.PER_UNIT, R.BONUS]).flatmap(
    lambda rule: items(rule, rows_with(points=points, cap=points))
)
HIGHEST = items(R.HIGHEST, rows_with(points=points))
SHARED = items(R.SHARED, rows_with(points=points))
PERCENT = items(R.PERCENT, rows_with(points=points, least=st.integers(0, 100)))
counted = st.dictionaries(st.sampled_from(CODES), counts)
listed = st.lists(
    st.fixed_dictionaries({"subject": st.sampled_from(["", "x", "y"]), "rank": st.sampled_from(CODES)})
)
json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


def in_range(item, value):
    """Points as they are stored: between nothing and the most, two decimals."""
    return 0 <= value <= item.points and value == value.quantize(Decimal("0.01"))


@given(DEDUCT | UNITS, counted)
def test_points_stay_within_the_most(item, marks):
    assert in_range(item, points_of(item, marks))


@given(st.sampled_from(TONGLIAO["items"]), json_like)
def test_whatever_is_sent_gives_points_in_range_or_is_refused(data, sent):
    item = Item.of(data)
    with suppress(Refused):
        assert in_range(item, points_of(item, sent))


@given(UNITS, counted, st.sampled_from(CODES))
def test_one_more_never_gives_fewer_points(item, marks, code):
    more = {**marks, code: marks.get(code, 0) + 1}
    assert points_of(item, more) >= points_of(item, marks)


@given(DEDUCT, counted, st.sampled_from(CODES))
def test_one_more_lack_never_gives_more_points(item, marks, code):
    more = {**marks, code: marks.get(code, 0) + 1}
    assert points_of(item, more) <= points_of(item, marks)


@given(PERCENT, st.decimals(0, 100, places=1), st.decimals(0, 100, places=1))
def test_a_higher_percentage_never_gives_fewer_points(item, one, other):
    assert points_of(item, min(one, other)) <= points_of(item, max(one, other))


@given(HIGHEST, st.lists(st.sampled_from(CODES), min_size=1, max_size=12))
def test_highest_only_is_the_highest(item, ranks):
    one_thing = [{"subject": "x", "rank": code} for code in ranks]
    highest = max(item.row(code).number("points") for code in ranks)
    assert points_of(item, one_thing) == min(highest, item.points)


@given(HIGHEST, listed, st.sampled_from(CODES))
def test_a_further_award_never_gives_fewer_points(item, entries, code):
    assert points_of(item, [*entries, {"subject": "x", "rank": code}]) >= points_of(item, entries)


@given(SHARED, st.lists(st.integers(0, 100), max_size=6), st.sampled_from(CODES))
def test_shares_of_one_thing_never_exceed_the_whole(item, shares, code):
    entries = [{"subject": "x", "unit": code, "share": share} for share in shares]
    if sum(shares) > 100:
        try:
            points_of(item, entries)
        except Refused as problem:
            assert problem.code == "shares_above_whole"
        else:
            raise AssertionError("more than the whole was given away")
    else:
        whole = item.row(code).number("points")
        assert points_of(item, entries) <= min(whole, item.points)


ranked = st.dictionaries(st.sampled_from(RANKS), st.integers(0, 30))
facts = st.fixed_dictionaries(
    {},
    optional={
        **{name: st.integers(0, 500) | st.decimals(0, 90_000_000, places=4) for name in NUMBERS},
        **{name: st.booleans() for name in FLAGS},
        **dict.fromkeys(BY_RANK, ranked),
    },
)


@given(facts)
def test_what_the_ledger_fills_in_always_gives_points(known):
    scheme = Scheme.of(TONGLIAO)
    result = total(scheme, prefill(scheme, known))
    assert result.refused == {}
    assert 0 <= result.base <= 100
    assert 0 <= result.bonus <= scheme.bonus_cap
    assert result.points == result.base + result.bonus


@given(st.dictionaries(st.sampled_from([item["code"] for item in TONGLIAO["items"]]), json_like))
def test_a_total_never_breaks_and_never_exceeds_the_scheme(sent):
    scheme = Scheme.of(TONGLIAO)
    result = total(scheme, sent)
    assert 0 <= result.points <= scheme.whole + scheme.bonus_cap
    assert set(result.by_item) == {item.code for item in scheme.items}
