"""Months back, whole years, and dates known only in part."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.periods import (
    Fit,
    Period,
    calendar_periods,
    months_before,
    rolling_periods,
    years_ended,
)
from studios.partial_dates import PartialDate

DAYS = st.dates(date(2005, 1, 1), date(2060, 12, 31))


def parse(text):
    return PartialDate.parse(text)


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (date(2026, 3, 15), 24, date(2024, 3, 15)),
        (date(2024, 2, 29), 24, date(2022, 2, 28)),
        (date(2028, 2, 29), 48, date(2024, 2, 29)),
        (date(2026, 2, 28), 24, date(2024, 2, 28)),
        (date(2026, 1, 31), 1, date(2025, 12, 31)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2026, 12, 31), 6, date(2026, 6, 30)),
        (date(2026, 3, 15), 0, date(2026, 3, 15)),
    ],
)
def test_months_before_keeps_the_day_or_takes_the_last_of_the_month(day, months, before):
    assert months_before(day, months) == before


@given(DAYS, st.integers(1, 60))
def test_months_before_never_runs_backwards(day, months):
    assert months_before(day, months) <= months_before(day + timedelta(days=1), months)
    assert months_before(day, months) < day


@pytest.mark.parametrize(
    ("moment", "fit"),
    [
        ("2024-03-14", Fit.OUTSIDE),
        ("2024-03-15", Fit.WITHIN),
        ("2024-03", Fit.PARTLY),
        ("2024-04", Fit.WITHIN),
        ("2024-02", Fit.OUTSIDE),
        ("2024", Fit.PARTLY),
        ("2025", Fit.WITHIN),
        ("2023", Fit.OUTSIDE),
        ("2026-03-15", Fit.WITHIN),
        ("2026-03-16", Fit.OUTSIDE),
        ("2026-03", Fit.WITHIN),
        ("2026", Fit.WITHIN),
        ("2026-04", Fit.OUTSIDE),
        ("2027", Fit.OUTSIDE),
    ],
)
def test_a_coarse_date_fits_when_every_day_it_may_mean_does(moment, fit):
    on = date(2026, 3, 15)
    assert Period(date(2024, 3, 15), on).fit(parse(moment), on=on) == fit


def test_a_month_across_the_end_of_an_earlier_period_fits_in_part():
    period = Period(date(2022, 3, 15), date(2024, 3, 14))
    assert period.fit(parse("2024-03"), on=date(2026, 3, 15)) == Fit.PARTLY


@given(DAYS, st.integers(0, 1500))
def test_a_day_within_makes_its_month_and_year_fit_at_least_in_part(on, back):
    period = Period(months_before(on, 24), on)
    day = on - timedelta(days=back)
    inside = period.start <= day <= period.end
    exact = PartialDate(day.year, day.month, day.day)
    assert period.fit(exact, on=on) == (Fit.WITHIN if inside else Fit.OUTSIDE)
    for coarse in (PartialDate(day.year, day.month), PartialDate(day.year)):
        fit = period.fit(coarse, on=on)
        assert fit != (Fit.OUTSIDE if inside else Fit.WITHIN)


@pytest.mark.parametrize(
    ("founded", "on", "years"),
    [
        ("2020-03", date(2026, 3, 15), [2023, 2024, 2025]),
        ("2023-12-31", date(2026, 3, 15), [2024, 2025]),
        ("2024-01-01", date(2026, 3, 15), [2024, 2025]),
        ("2024-01-02", date(2026, 3, 15), [2025]),
        ("2024", date(2026, 3, 15), [2025]),
        ("2025-01", date(2026, 3, 15), []),
        ("2026-02", date(2026, 3, 15), []),
        ("2027", date(2026, 3, 15), []),
        ("2020", date(2025, 12, 31), [2022, 2023, 2024]),
        ("2020", date(2026, 1, 1), [2023, 2024, 2025]),
    ],
)
def test_only_whole_years_that_have_ended_are_asked_for(founded, on, years):
    assert years_ended(parse(founded), on, back=3) == years


def test_rolling_periods_join_without_gap_or_overlap():
    newest, older = rolling_periods(parse("2010"), date(2026, 3, 15), years=2, back=2)
    assert (newest.start, newest.end) == (date(2024, 3, 15), date(2026, 3, 15))
    assert (older.start, older.end) == (date(2022, 3, 15), date(2024, 3, 14))


def test_calendar_periods_end_with_the_last_year():
    newest, older = calendar_periods(parse("2010"), date(2026, 3, 15), years=2, back=2)
    assert (newest.start, newest.end) == (date(2024, 1, 1), date(2025, 12, 31))
    assert (older.start, older.end) == (date(2022, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("founded", "count"),
    [
        ("2022-03-15", 2),
        ("2022-03-16", 1),
        ("2022-03", 1),
        ("2022-02", 2),
        ("2024-03-15", 1),
        ("2024-03-16", 0),
    ],
)
def test_a_period_begun_before_the_founding_is_excused(founded, count):
    assert len(rolling_periods(parse(founded), date(2026, 3, 15), years=2, back=2)) == count


@given(DAYS, st.integers(1, 3), st.integers(1, 4))
def test_each_day_of_the_rolling_periods_lies_in_exactly_one(on, years, back):
    periods = rolling_periods(parse("1900"), on, years=years, back=back)
    assert len(periods) == back
    for newer, older in zip(periods, periods[1:], strict=False):
        assert older.start <= older.end == newer.start - timedelta(days=1)
