"""The hint about retirement: the published table, and that the list's months agree with it."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.retirement import PATHS, born_from, born_until, delay, due_of, reached_in, within_a_year

MEN, CADRES, WORKERS = PATHS
MONTHS = st.tuples(st.integers(1950, 1999), st.integers(1, 12))
DAYS = st.dates(date(2024, 1, 1), date(2040, 12, 31))


@pytest.mark.parametrize(
    ("path", "born", "reached"),
    [
        (MEN, (1964, 12), date(2024, 12, 1)),
        (MEN, (1965, 1), date(2025, 2, 1)),
        (MEN, (1965, 4), date(2025, 5, 1)),
        (MEN, (1965, 5), date(2025, 7, 1)),
        (MEN, (1976, 8), date(2039, 7, 1)),
        (MEN, (1976, 9), date(2039, 9, 1)),
        (MEN, (1990, 1), date(2053, 1, 1)),
        (CADRES, (1969, 12), date(2024, 12, 1)),
        (CADRES, (1970, 1), date(2025, 2, 1)),
        (CADRES, (1981, 9), date(2039, 9, 1)),
        (WORKERS, (1974, 12), date(2024, 12, 1)),
        (WORKERS, (1975, 1), date(2025, 2, 1)),
        (WORKERS, (1975, 3), date(2025, 5, 1)),
        (WORKERS, (1984, 11), date(2039, 11, 1)),
    ],
)
def test_the_published_ages(path, born, reached):
    assert reached_in(path, born) == reached


@given(MONTHS)
def test_the_later_born_never_retires_earlier(born):
    later = (born[0] + born[1] // 12, born[1] % 12 + 1)
    for path in PATHS:
        assert reached_in(path, born) <= reached_in(path, later)
        assert 0 <= delay(path, born) <= path.most


@given(MONTHS, DAYS)
def test_the_list_and_the_hint_agree(born, today):
    text = f"{born[0]}-{born[1]:02}"
    listed = text <= born_until(MEN, today)
    assert (within_a_year("male", text, today) is not None) == listed
    woman = text <= born_until(CADRES, today) or (
        born_from(WORKERS, today) <= text <= born_until(WORKERS, today)
    )
    assert (within_a_year("female", text, today) is not None) == woman


@pytest.mark.parametrize(("sex", "born"), [("", "1970-01"), ("male", ""), ("male", "1970"), ("male", "x-y")])
def test_nothing_is_said_without_sex_or_month(sex, born):
    assert due_of(sex, born) == []
