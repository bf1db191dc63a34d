"""Dates known to the year, the month or the day."""

from datetime import date

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from studios.partial_dates import PartialDate, describe


@st.composite
def partial_dates(draw):
    day = draw(st.dates(date(1800, 1, 1), date(2099, 12, 31)))
    parts = draw(st.integers(1, 3))
    return PartialDate(*(day.year, day.month, day.day)[:parts])


@pytest.mark.parametrize(
    ("text", "precision", "earliest", "latest"),
    [
        ("2019", "year", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-06", "month", date(2019, 6, 1), date(2019, 6, 30)),
        ("2019-06-01", "day", date(2019, 6, 1), date(2019, 6, 1)),
        ("2024-02", "month", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-02", "month", date(2023, 2, 1), date(2023, 2, 28)),
    ],
)
def test_a_partial_date_knows_the_days_it_may_mean(text, precision, earliest, latest):
    partial = PartialDate.parse(text)
    assert (partial.precision, partial.earliest(), partial.latest()) == (precision, earliest, latest)
    assert str(partial) == text


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "“” is not a date. Write a year, a month or a day: 2019, 2019-06 or 2019-06-01."),
        ("2019-6", "“2019-6” is not a date. Write a year, a month or a day: 2019, 2019-06 or 2019-06-01."),
        (
            "2019-06-",
            "“2019-06-” is not a date. Write a year, a month or a day: 2019, 2019-06 or 2019-06-01.",
        ),
        (
            "二〇一九",
            "“二〇一九” is not a date. Write a year, a month or a day: 2019, 2019-06 or 2019-06-01.",
        ),
        (
            "２０１９",
            "“２０１９” is not a date. Write a year, a month or a day: 2019, 2019-06 or 2019-06-01.",
        ),
        ("2019-13", "There is no month 13."),
        ("2019-00", "There is no month 0."),
        ("2019-02-29", "Month 2 of 2019 has no day 29."),
        ("2019-06-31", "Month 6 of 2019 has no day 31."),
        ("0219-06", "The year must lie between 1800 and 2099; this says 219."),
        ("2109", "The year must lie between 1800 and 2099; this says 2109."),
    ],
)
def test_what_is_no_date_is_refused_with_a_sentence(text, sentence):
    with translation.override("en"), pytest.raises(ValueError) as refused:
        PartialDate.parse(text)
    assert str(refused.value) == sentence


def test_a_day_needs_its_month():
    with pytest.raises(ValueError):
        PartialDate(2019, None, 1)


def test_the_leap_day_is_a_day_in_leap_years_only():
    assert PartialDate.parse("2024-02-29").latest() == date(2024, 2, 29)
    with pytest.raises(ValueError):
        PartialDate.parse("1900-02-29")


@given(partial_dates())
def test_text_and_date_are_the_same_thing(partial):
    assert PartialDate.parse(str(partial)) == partial
    assert partial.earliest() <= partial.latest()


@given(partial_dates(), partial_dates())
def test_text_sorts_as_the_dates_do(one, other):
    assert (one < other) == (str(one) < str(other))
    assert (one == other) == (str(one) == str(other))
    if one < other:
        assert one.earliest() <= other.earliest()


def test_the_coarser_date_sorts_before_the_days_it_may_mean():
    texts = ["2019-01-01", "2019-12", "2018-12-31", "2019", "2019-01", "2020"]
    assert [str(date) for date in sorted(map(PartialDate.parse, texts))] == [
        "2018-12-31",
        "2019",
        "2019-01",
        "2019-01-01",
        "2019-12",
        "2020",
    ]


def test_a_partial_date_compares_with_nothing_else():
    with pytest.raises(TypeError):
        assert PartialDate(2019) < "2020"


@pytest.mark.parametrize(
    ("text", "chinese", "english"),
    [
        ("2019", "2019年", "2019"),
        ("2019-06", "2019年6月", "June 2019"),
        ("2019-06-01", "2019年6月1日", "June 1, 2019"),
    ],
)
def test_a_date_is_described_in_the_readers_language(text, chinese, english):
    partial = PartialDate.parse(text)
    with translation.override("en"):
        assert describe(partial) == english
    with translation.override("zh-hans"):
        assert describe(partial) == chinese
