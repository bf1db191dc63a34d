"""Whole files whose cells show less than they hold: a month stays a month, October stays October."""

import datetime

import openpyxl
import pytest

from portal.sheets.reading import read
from studios.rosters.interpret import interpret
from tests.studios.rosters.understanding import checked, column, context, data, skipped

HEAD = ("工作室名称", "所在单位", "级别", "旗县", "命名时间", "面积")
FIRST, LATER = datetime.date(2019, 6, 1), datetime.date(2019, 6, 15)
CHINESE = 'yyyy"年"m"月"'


@pytest.fixture
def reading(tmp_path):
    """The Reading of a workbook with a row for each (value, format) of its date."""

    def run(*dates, merges=(), signed=False):
        workbook = openpyxl.Workbook()
        sheet = workbook.active
        sheet.append(HEAD)
        for number, (value, form) in enumerate(dates, 2):
            sheet.append(
                (
                    f"{'甲乙丙丁戊己庚辛壬癸'[number - 2]}明亮工作室",
                    "通辽公司",
                    "市级",
                    "开鲁县",
                    value,
                    2019.1,
                )
            )
            sheet.cell(number, 5).number_format = form
            sheet.cell(number, 6).number_format = "0.00"
        if signed:
            sheet.append((None, None, None, None, FIRST))
            sheet.cell(sheet.max_row, 5).number_format = CHINESE
        for merge in merges:
            sheet.merge_cells(merge)
        path = tmp_path / "upload"
        workbook.save(path)
        return checked(interpret(read(path, "名册.xlsx"), context(), {}))

    return run


def test_days_are_as_exact_as_they_are_shown(reading):
    found = reading(
        (FIRST, CHINESE),
        (FIRST, "yyyy.mm"),
        (FIRST, "mmm-yy"),
        (FIRST, "yyyy"),
        (datetime.date(2019, 1, 1), 'yyyy"年"'),
        (FIRST, "yyyy-mm-dd"),
        (FIRST, 'yyyy"年"m"月"d"日"'),
    )
    assert column(found, "named_on") == ["2019-06"] * 3 + ["2019"] * 2 + ["2019-06-01"] * 2
    assert not found.questions
    assert [row.messages for row in data(found)] == [[]] * 7


def test_a_hidden_day_is_kept_as_it_was_held(reading):
    found = reading((LATER, CHINESE), (LATER, "yyyy"), (LATER, "yyyy-mm-dd"), (FIRST, CHINESE))
    assert column(found, "named_on") == ["2019-06", "2019", "2019-06-15", "2019-06"]
    assert [row.raw.get("named_on") for row in data(found)] == ["2019-06-15", "2019-06-15", None, None]


def test_two_decimals_tell_october_from_january(reading):
    found = reading((2019.1, "0.00"), (2019.06, "0.00"), (2019.12, "0.00"), (2019.1, "#,##0.00"))
    assert column(found, "named_on") == ["2019-10", "2019-06", "2019-12", "2019-10"]
    assert data(found)[0].raw["named_on"] == "2019.10"
    assert not found.questions


@pytest.mark.parametrize("form", ["General", "0.0", "0.###"])
def test_other_formats_leave_the_question(reading, form):
    found = reading((2019.1, form))
    assert column(found, "named_on") == [None]
    (asked,) = found.questions.values()
    assert [value for value, _ in asked["choices"]] == ["2019-01", "2019-10"]


def test_where_march_stands_as_2019_30_january_may_stand_as_2019_10(reading):
    found = reading((2019.3, "0.00"), (2019.1, "0.00"))
    assert column(found, "named_on") == ["2019-03", None]
    assert [row.questions for row in data(found)] == [[], ["named_on|date:2019.1"]]


def test_other_columns_are_as_they_were(reading):
    assert column(reading((FIRST, "0.00")), "area_sqm") == [2019.1]


def test_a_merged_month_is_the_month_of_every_row(reading):
    found = reading((FIRST, CHINESE), (None, CHINESE), (LATER, CHINESE), merges=("E2:E3",))
    assert column(found, "named_on") == ["2019-06"] * 3


def test_the_date_below_a_table_is_no_row(reading):
    assert skipped(reading((FIRST, CHINESE), signed=True))[3] == "signature"
