"""Dates in the spellings of old rosters."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.partial_dates import PartialDate
from studios.rosters.cells.dates import read_date
from tests.studios.rosters.reading import noted, read

TODAY = date(2025, 11, 22)


def reading(raw, **context):
    return read(read_date(raw, today=TODAY, **context))


@pytest.mark.parametrize(
    ("raw", "value"),
    [
        ("2019.06", "2019-06"),
        ("2019.6", "2019-06"),
        ("2019-06", "2019-06"),
        ("2019—06", "2019-06"),
        ("2019/6/1", "2019-06-01"),
        ("2019年6月", "2019-06"),
        ("2019年06", "2019-06"),
        ("2019年6月份", "2019-06"),
        ("2019年6月1日", "2019-06-01"),
        ("2019 年 6 月 1 日", "2019-06-01"),
        ("2019年6月1号", "2019-06-01"),
        ("2019 06 01", "2019-06-01"),
        ("2019 1 1", "2019-01-01"),
        ("2019年", "2019"),
        ("2019年度", "2019"),
        ("2019", "2019"),
        (2019, "2019"),
        ("201906", "2019-06"),
        (201906, "2019-06"),
        ("20190601", "2019-06-01"),
        (20190601, "2019-06-01"),
        ("2019.06.01", "2019-06-01"),
        ("2019.0601", "2019-06-01"),
        ("２０１９．０６", "2019-06"),
        ("２０１９年６月１日", "2019-06-01"),
        ("二〇一九年六月", "2019-06"),
        ("二零一九年十二月三十一日", "2019-12-31"),
        ("二○二○年十月", "2020-10"),
        ("\u3000 2019.6 \n", "2019-06"),
        ("2019-06-01 00:00:00", "2019-06-01"),
        ("2019-06-01T10:11:12.000Z", "2019-06-01"),
        ("2019/6/1 0:00", "2019-06-01"),
        ("2019/6/11 0:00", "2019-06-11"),
        ("2019年6月1日15:30", "2019-06-01"),
        ("2019年6月1日 星期六", "2019-06-01"),
        ("命名时间：2019.6", "2019-06"),
        ("于2019年6月", "2019-06"),
        ("2O19.O6", "2019-06"),
        ("2019.6.", "2019-06"),
        ("6/2019", "2019-06"),
        (date(2019, 6, 1), "2019-06-01"),
        (datetime(2019, 6, 1, 8, 30), "2019-06-01"),  # noqa: DTZ001 - as sheets give them
        (2019.06, "2019-06"),
        (2019.12, "2019-12"),
        (2019.11, "2019-11"),
        (2019.9, "2019-09"),
        (2019.0601, "2019-06-01"),
        ("2019.1", "2019-01"),
        ("2019.10", "2019-10"),
        (None, None),
        ("", None),
        (" \u3000", None),
        ("无", None),
        ("/", None),
        ("——", None),
    ],
)
def test_every_spelling_is_read_at_its_own_precision(raw, value):
    assert reading(raw) == value


@pytest.mark.parametrize(
    ("raw", "value", "note"),
    [
        (43617, "2019-06-01", "date.serial"),
        ("43617", "2019-06-01", "date.serial"),
        (44562, "2022-01-01", "date.serial"),
        (42736.75, "2017-01-01", "date.serial"),
        ("约2019年", "2019", "date.about"),
        ("2019年底", "2019", "date.about"),
        ("2019年6月上旬", "2019-06", "date.about"),
        ("25/06/2019", "2019-06-25", "date.turned"),
    ],
)
def test_what_was_left_out_or_computed_is_said(raw, value, note):
    understood = read_date(raw, today=TODAY)
    assert read(understood) == value
    assert noted(understood) == [note]


def test_a_workbook_of_1904_counts_from_its_own_day():
    assert reading(43617 - 1462, date1904=True) == "2019-06-01"


@pytest.mark.parametrize(
    ("raw", "code", "choices"),
    [
        (2019.1, "?date.january_or_october", ["2019-01", "2019-10"]),
        ("19年6月", "?date.two_digit_year", ["2019-06"]),
        ("一九年六月", "?date.two_digit_year", ["2019-06"]),
        ("98年6月", "?date.two_digit_year", ["1998-06"]),
        ("190601", "?date.two_digit_year", ["2019-06-01"]),
        ("900301", "?date.two_digit_year", ["1990-03-01"]),
        ("19.06.01", "?date.two_digit_year", ["2019-06-01", "2001-06-19"]),
        ("2019111", "?date.digits", ["2019-01-11", "2019-11-01"]),
        (20196, "?date.digits", ["2019-06", "1955-04-17"]),
        ("6.1.2019", "?date.day_or_month", ["2019-01-06", "2019-06-01"]),
        ("06/07/2019", "?date.day_or_month", ["2019-07-06", "2019-06-07"]),
        ("2019.06—2021.12", "?date.range", ["2019-06", "2021-12"]),
        ("2019.06~2021.12", "?date.range", ["2019-06", "2021-12"]),
        ("2019-06-01—2020-12-31", "?date.range", ["2019-06-01", "2020-12-31"]),
        ("2019-2021", "?date.range", ["2019", "2021"]),
        ("2019年6月至2021年12月", "?date.range", ["2019-06", "2021-12"]),
        ("2019年6月-12月", "?date.range", ["2019-06", "2019-12"]),
        ("2019.6-12", "?date.range", ["2019-06", "2019-12", "2019-06-12"]),
        ("2019.06至今", "?date.one_among_words", ["2019-06"]),
        ("2019.06（自治区级）", "?date.one_among_words", ["2019-06"]),
        ("2018年5月、2019年6月", "?date.several", ["2018-05", "2019-06"]),
        ("2019/06/07\n2020/01/02", "?date.several", ["2019-06-07", "2020-01-02"]),
    ],
)
def test_what_can_mean_two_things_is_asked(raw, code, choices):
    assert reading(raw) == (code, choices)


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        ("2019.13", "!date.no_month"),
        ("2019.00", "!date.no_month"),
        (2019.13, "!date.no_month"),
        ("201913", "!date.no_month"),
        ("2019-02-30", "!date.no_day"),
        ("20190230", "!date.no_day"),
        ("29/02/2019", "!date.no_day"),
        ("1948.10", "!date.too_early"),
        ("2025-11-23", "!date.future"),
        ("2026", "!date.future"),
        (date(2030, 1, 1), "!date.future"),
        (60000, "!date.future"),
        ("至今", "!date.relative"),
        ("现在", "!date.relative"),
        ("近三年", "!date.relative"),
        ("今年6月", "!date.relative"),
        ("98日", "!date.month_lost"),
        ("1228日", "!date.month_lost"),
        ("9月8日", "!date.no_year"),
        ("6月", "!date.no_year"),
        (True, "!date.shape"),
        ("张三", "!date.shape"),
        (2019.061, "!date.shape"),
        (99999, "!date.shape"),
        (10**20, "!date.shape"),
        (-5, "!date.shape"),
        (float("inf"), "!date.shape"),
        ("3019.06", "!date.shape"),
    ],
)
def test_what_is_no_date_says_why(raw, code):
    assert reading(raw) == code


def test_a_lost_month_is_never_put_back():
    assert read_date("98日", today=TODAY).error.values == {"readings": "9月8日"}
    assert read_date("1228日", today=TODAY).error.values == {"readings": "12月28日"}
    assert read_date("111日", today=TODAY).error.values == {"readings": "1月11日、11月1日"}


def test_the_span_of_years_is_the_columns():
    assert reading("1945.3", first_year=1900) == "1945-03"
    assert reading("2027.3", future=True) == "2027-03"
    assert reading("19年3月", first_year=1900) == ("?date.two_digit_year", ["2019-03", "1919-03"])


HAN = dict(zip("0123456789", "〇一二三四五六七八九", strict=True))


def han(number):
    """12 as 十二."""
    tens, ones = divmod(number, 10)
    return ("" if tens == 0 else "十" if tens == 1 else HAN[str(tens)] + "十") + (
        HAN[str(ones)] if ones else ""
    )


def wide(text):
    return text.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


DAY = [
    "{y}-{m:02}-{d:02}",
    "{y}.{m}.{d}",
    "{y}/{m}/{d}",
    "{y}年{m}月{d}日",
    "{y}{m:02}{d:02}",
    "{y}-{m:02}-{d:02} 00:00:00",
]
MONTH = ["{y}-{m:02}", "{y}.{m:02}", "{y}.{m}", "{y}/{m}", "{y}年{m}月", "{y}年{m}月份", "{y}{m:02}"]
DAYS = st.dates(date(1949, 1, 1), TODAY)


@given(DAYS, st.sampled_from(DAY), st.sampled_from([str, wide]), st.sampled_from(["", " ", "\u3000", "\n"]))
def test_every_day_is_read_from_every_spelling(day, form, width, pad):
    text = form.format(y=day.year, m=day.month, d=day.day)
    assert reading(pad + width(text) + pad) == day.isoformat()


@given(DAYS, st.sampled_from(MONTH), st.sampled_from([str, wide]))
def test_every_month_is_read_from_every_spelling(day, form, width):
    assert reading(width(form.format(y=day.year, m=day.month))) == f"{day.year}-{day.month:02}"


@given(DAYS)
def test_every_day_is_read_in_chinese_numerals(day):
    year = "".join(HAN[digit] for digit in str(day.year))
    assert reading(f"{year}年{han(day.month)}月{han(day.day)}日") == day.isoformat()
    assert reading(f"{year}年{han(day.month)}月") == f"{day.year}-{day.month:02}"
    assert reading(f"{year}年") == str(day.year)


@given(st.dates(date(1955, 12, 31), TODAY))
def test_every_serial_is_read_back_to_its_day(day):
    assert reading((day - date(1899, 12, 30)).days) == day.isoformat()
    assert reading(day) == day.isoformat()


@given(st.dates(date(1960, 1, 1), TODAY))
def test_every_serial_of_1904_is_read_back_to_its_day(day):
    assert reading((day - date(1904, 1, 1)).days, date1904=True) == day.isoformat()


@given(DAYS, st.sampled_from(["year", "month", "day"]))
def test_what_was_read_is_read_again_unchanged(day, precision):
    parts = {"year": (day.year,), "month": (day.year, day.month), "day": (day.year, day.month, day.day)}[
        precision
    ]
    assert reading(str(PartialDate(*parts))) == str(PartialDate(*parts))


@given(DAYS, st.timedeltas(timedelta(days=40), timedelta(days=4000)))
def test_both_ends_of_a_range_are_offered(day, length):
    end = min(day + length, TODAY)
    if (end.year, end.month) == (day.year, day.month):
        return
    code, choices = reading(f"{day.year}.{day.month}-{end.year}.{end.month:02}")
    assert code == "?date.range"
    assert choices == [f"{day.year}-{day.month:02}", f"{end.year}-{end.month:02}"]
