"""Areas, counts and money with their units, and Chinese numerals."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from studios.rosters.cells.amounts import read_area, read_count, read_money
from studios.rosters.cells.numerals import value_of
from tests.studios.rosters.reading import noted, read


@pytest.mark.parametrize(
    "raw",
    [
        "25㎡",
        "25平米",
        "25平方米",
        "25m2",
        "25M²",
        "25 ㎡",
        "二十五",
        "二十五平方米",
        "２５",
        "25.0",
        25,
        "面积25平方",
    ],
)
def test_an_area_is_read_from_every_spelling(raw):
    assert read(read_area(raw)) == 25
    assert noted(read_area(raw)) == []


@pytest.mark.parametrize(
    ("raw", "value", "notes"),
    [
        ("约25", 25, ["amount.rough"]),
        ("25余", 25, ["amount.rough"]),
        ("25多平米", 25, ["amount.rough"]),
        ("约二十五平方米左右", 25, ["amount.rough"]),
        ("25m2以上", 25, ["amount.rough"]),
        ("25㎡（自有）", 25, ["amount.brackets"]),
        ("25.5", 25.5, []),
        (25.1 + 0.2, 25.3, []),
        ("1,200㎡", 1200, []),
        ("1.2万平方米", 12000, []),
        ("25.333", 25.33, ["area.rounded"]),
        ("无", None, []),
    ],
)
def test_words_around_an_area_are_noted(raw, value, notes):
    assert read(read_area(raw)) == value
    assert noted(read_area(raw)) == notes


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("25-30㎡", ("?amount.range", [25, 30])),
        ("5×6", ("?area.sides", [30])),
        ("5*6米", ("?area.sides", [30])),
        ("办公室20㎡，实训室30㎡", ("?area.several", [50, 20, 30])),
        ("两间共50㎡", ("?area.several", [50])),
        ("不足25", ("?amount.below", [25])),
        ("①25", "!area.shape"),
        ("2 5", "!area.shape"),
        ("3亩", "!area.shape"),
        ("1,20", "!area.shape"),
        ("较大", "!area.shape"),
        (True, "!area.shape"),
        (0, "!area.limits"),
        (-3, "!area.limits"),
        (10**9, "!area.limits"),
        (".001", "!area.limits"),
        ("二余十", "!area.shape"),
        (float("inf"), "!area.shape"),
    ],
)
def test_an_area_that_is_not_one_number_is_asked_or_refused(raw, answer):
    assert read(read_area(raw)) == answer


@pytest.mark.parametrize(
    ("raw", "answer"),
    [
        ("8人", 8),
        ("共8人", 8),
        ("8名", 8),
        ("十二人", 12),
        ("两人", 2),
        ("8.0", 8),
        (8, 8),
        (0, 0),
        ("约8人", 8),
        ("8人（其中女3人）", 8),
        ("无", None),
        ("5-8", ("?amount.range", [5, 8])),
        ("5至8人", ("?amount.range", [5, 8])),
        ("张三等8人", ("?count.among_words", [8])),
        ("男5人女3人", ("?count.among_words", [5, 3])),
        (8.5, "!count.shape"),
        ("8+1", "!count.shape"),
        ("若干", "!count.shape"),
        (-1, "!count.limits"),
        (10**6, "!count.limits"),
        (False, "!count.shape"),
    ],
)
def test_counts(raw, answer):
    assert read(read_count(raw)) == answer


@pytest.mark.parametrize(
    ("raw", "scale", "answer"),
    [
        ("5万元", "万元", "5"),
        ("5万", "元", "5"),
        ("50000元", "万元", "5"),
        ("五万元", None, "5"),
        ("伍万元整", None, "5"),
        ("￥50000元", None, "5"),
        ("5万8千元", None, "5.8"),
        ("1.2亿", "万元", "12000"),
        ("1亿2000万元", None, "12000"),
        ("1,200", "万元", "1200"),
        (5, "万元", "5"),
        (50000, "元", "5"),
        (0, "万元", "0"),
        ("约5万元", None, "5"),
        ("1,200.5元", None, "0.1201"),
        (50000, "万元", ("?money.ten_thousandfold", ["50000", "5"])),
        ("50000", "万元", ("?money.ten_thousandfold", ["50000", "5"])),
        (5, "元", ("?money.ten_thousandfold", ["5", "0.0005"])),
        (5, None, ("?money.unit", ["5", "0.0005"])),
        ("5-8万元", None, ("?amount.range", ["5", "8"])),
        ("5万-8万", None, ("?amount.range", ["5", "8"])),
        ("5-8", "万元", ("?amount.range", ["5", "8"])),
        ("不足5万", "万元", ("?amount.below", ["5"])),
        ("8千万元", "元", "8000"),
        ("8千千元", "万元", "!money.shape"),
        ("8万亿", "万元", "!money.limits"),
        (10**15, "万元", "!money.limits"),
        ("1-99999999999999999999999999999999", "万元", ("?amount.range", ["1"])),
        ("5万8", "万元", "!money.shape"),
        ("100美元", "万元", "!money.shape"),
        ("若干", "万元", "!money.shape"),
        (-5, "万元", "!money.shape"),
        ("—", "万元", None),
    ],
)
def test_money_is_read_in_ten_thousand_yuan(raw, scale, answer):
    assert read(read_money(raw, scale=scale)) == answer


def test_the_question_about_money_shows_both_units():
    assert read_money(50000, scale="万元").question.choices == (("50000", "50000万元"), ("5", "50000元"))


@given(st.decimals(min_value="0.01", max_value="9999", places=2))
def test_money_means_the_same_in_every_unit(amount):
    expected = Decimal(read(read_money(f"{amount}万元")))
    assert expected == amount
    assert Decimal(read(read_money(f"{amount * 10000}元", scale="万元"))) == amount
    assert Decimal(read(read_money(f"{amount:,}", scale="万元"))) == amount


@given(st.integers(1, 999_999))
def test_an_area_is_the_number_however_it_is_typed(number):
    assert {read(read_area(raw)) for raw in (number, str(number), f"{number:,}㎡", f"约{number}平米")} == {
        number
    }


def chinese(number):
    """A number below 10,000 in words."""
    if number == 0:
        return "零"
    text, gap = "", False
    for size, unit in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, size)
        if digit:
            text += ("零" if gap and text else "") + "一二三四五六七八九"[digit - 1] + unit
            gap = False
        else:
            gap = True
    return text


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_numerals_are_read_by_value(high, low):
    assert value_of(chinese(low)) == str(low)
    if 10 <= low < 20:
        assert value_of(chinese(low).removeprefix("一")) == str(low)
    if high and low > 999:
        assert value_of(f"{chinese(high)}万{chinese(low)}") == str(high * 10_000 + low)


@pytest.mark.parametrize(
    "text", ["一百二", "三四十", "五万八", "十十", "百", "万", "一二三", "零五", "二千三", "五亿万"]
)
def test_numerals_that_can_be_taken_two_ways_are_no_number(text):
    assert value_of(text) is None


@pytest.mark.parametrize(
    ("text", "number"), [("廿五", "25"), ("贰拾", "20"), ("一百一十", "110"), ("三点五", "3.5")]
)
def test_numerals_of_accounts_and_old_forms(text, number):
    assert value_of(text) == number
