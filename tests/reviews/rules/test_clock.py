"""When three years are full, by table and against a calendar walked day by day."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.rules.clock import DEFAULTS, PARAMS, Clock, Result, months_after
from tests.reviews import watch_oracle as oracle

ROLLING, CALENDAR = Clock.of({}), Clock.of({"window": "calendar"})
DAYS = st.dates(date(2015, 1, 1), date(2032, 12, 31))
MONTH_ENDS = DAYS.flatmap(  # and the days beside them, leap days more often than the calendar has them
    lambda day: st.sampled_from(
        [day.replace(day=1), day.replace(day=1) - timedelta(days=1), date(day.year // 4 * 4, 2, 29)]
    )
)
TEXTS = DAYS.flatmap(lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)]))


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        ("2020-02-29", 12, "2021-02-28"),
        ("2020-02-29", 36, "2023-02-28"),
        ("2020-02-29", 48, "2024-02-29"),
        ("2021-02-28", 36, "2024-02-28"),
        ("2022-08-31", 30, "2025-02-28"),
        ("2021-08-31", 30, "2024-02-29"),
        ("2022-05-31", 33, "2025-02-28"),
        ("2022-12-31", 24, "2024-12-31"),
        ("2022-03-30", 33, "2024-12-30"),
    ],
)
def test_marks_at_month_ends_and_leap_days(start, months, day):
    assert ROLLING.mark(date.fromisoformat(start), months) == date.fromisoformat(day)


@given(DAYS, st.integers(0, 60))
def test_months_are_those_of_the_calendar(start, months):
    assert months_after(start, months) == oracle.later(start, 0, months)


@given(DAYS, st.integers(1, 5))
def test_years_are_full_on_the_corresponding_day(start, years):
    for window in ("rolling", "calendar"):
        clock = Clock.of({"years": years, "window": window})
        assert clock.due(start) == oracle.due(start, years=years, calendar=window == "calendar")


@given(DAYS, st.integers(-3, 3), st.sampled_from([ROLLING, CALENDAR]))
def test_the_first_fresh_day_is_exact(on, shift, clock):
    fresh = clock.fresh(on)
    assert clock.due(fresh) >= on > clock.due(fresh - timedelta(days=1))
    assert (fresh + timedelta(days=shift) >= fresh) == (clock.due(fresh + timedelta(days=shift)) >= on)


@given(
    MONTH_ENDS, st.sampled_from([24, 30, 33, 36]), st.integers(-1, 1), st.sampled_from([ROLLING, CALENDAR])
)
def test_each_mark_is_exact_to_the_day(start, months, shift, clock):
    begin = date(start.year, 12, 31) if clock is CALENDAR else start
    marks = {count: oracle.later(begin, 0, count) for count in (24, 30, 33, 36)}
    on = marks[months] + timedelta(days=shift)
    assert (clock.mark(start, months) < on) is (shift > 0)
    assert clock.warning(start, on) == max((n for n in (24, 30, 33) if marks[n] < on), default=0)


@pytest.mark.parametrize(
    ("on", "months"),
    [
        ("2024-06-15", 0),  # the last day of 24 months is still one of them
        ("2024-06-16", 24),
        ("2024-12-15", 24),
        ("2024-12-16", 30),
        ("2025-03-15", 30),
        ("2025-03-16", 33),
        ("2025-06-15", 33),
        ("2026-01-01", 33),
    ],
)
def test_warnings_come_the_day_after(on, months):
    assert ROLLING.warning(date(2022, 6, 15), date.fromisoformat(on)) == months


@given(TEXTS, DAYS)
def test_a_date_counts_as_the_last_day_it_can_mean(text, on):
    days = ROLLING.days_of(Result("", "other", "", text, "", ()), on)
    assert days == ([oracle.latest(text)] if oracle.earliest(text) <= on else [])


@pytest.mark.parametrize(
    ("params", "days"),
    [
        ({}, ["2020-05-31", "2021-03-04", "2022-12-31"]),
        ({"dates": ["completed"]}, ["2020-05-31"]),
        ({"dates": ["granted", "recognised"]}, ["2021-03-04", "2022-12-31"]),
        ({"kinds": ["paper"]}, []),
        ({"kinds": ["paper", "invention_patent"], "dates": ["granted"]}, ["2021-03-04"]),
    ],
)
def test_which_dates_of_which_results_count(params, days):
    result = Result("", "invention_patent", "granted", "2020-05", "2021-03-04", ("2022",))
    assert [day.isoformat() for day in Clock.of(params).days_of(result, date(2024, 1, 1))] == days


@pytest.mark.parametrize(
    ("patent", "recognised", "params", "counts"),
    [
        ("filed", (), {}, True),
        ("filed", (), {"patents": "granted"}, False),
        ("granted", (), {"patents": "granted"}, True),
        ("", (), {"patents": "granted"}, True),
        ("", (), {"recognised_only": True}, False),
        ("", ("",), {"recognised_only": True}, True),
        ("granted", (), {"recognised_only": True}, True),
        ("filed", (), {"recognised_only": True}, False),
    ],
)
def test_what_is_a_result(patent, recognised, params, counts):
    result = Result("", "invention_patent", patent, "2020-05", "", recognised)
    assert bool(Clock.of(params).days_of(result, date(2024, 1, 1))) is counts


def test_an_older_rule_set_means_the_defaults():
    assert set(DEFAULTS) == set(PARAMS)
    assert Clock.of({"years": 3}) == Clock.of(DEFAULTS) == ROLLING
