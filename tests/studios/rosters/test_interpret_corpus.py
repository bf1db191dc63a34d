"""Every workbook of the corpus: read from its file as it is sent, and understood row by row."""

import pytest

from portal.sheets.reading import read
from studios.rosters.interpret import interpret
from tests.studios.rosters.corpus import BOOKS, PAGES
from tests.studios.rosters.corpus.headed import WORKS
from tests.studios.rosters.corpus.pages import book_of
from tests.studios.rosters.understanding import (
    HORQIN,
    HURE,
    JARUD,
    KAILU,
    NAIMAN,
    checked,
    column,
    context,
    data,
    errors,
    notes,
    skipped,
    totals,
    understand,
)


@pytest.mark.parametrize("name", BOOKS)
def test_the_file_means_what_its_cells_mean(name, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(BOOKS[name]())
    of_file = checked(interpret(read(path, "roster.xlsx"), context(), {}))
    of_cells = interpret(book_of(*PAGES[name]), context(), {})
    assert [(row.row, row.skipped, row.values) for row in of_file.rows] == [
        (row.row, row.skipped, row.values) for row in of_cells.rows
    ]
    assert of_file.questions.keys() == of_cells.questions.keys()
    assert of_file.control_totals == of_cells.control_totals
    assert of_file.book_problem == of_cells.book_problem


def of(name, **how):
    return understand(*PAGES[name], **how)


def test_title_block():
    found = of("title block")
    assert skipped(found) == {1: "title", 2: "title", 3: "header", 7: "signature", 8: "signature"}
    assert column(found, "studio_name", "unit_name", "union_code", "level", "leader", "area_sqm") == [
        ("周建成劳模创新工作室", WORKS, HORQIN, "city", "周建成", 120),
        ("包·额尔敦创新工作室", "开鲁县医院", KAILU, "city", "包·额尔敦", 80),
    ]
    assert data(found)[1].raw["area_sqm"] == "约80"
    assert data(found)[1].cells["area_sqm"] == "F5"
    assert [one["column"] for one in found.columns] == [
        "serial", "studio_name", "unit_name", "union_code", "leader", "area_sqm",
    ]  # fmt: skip


def test_two_rows_of_headings():
    found = of("two rows merged")
    assert column(found, "leader", "leader_sex", "leader_birth_month", "patents") == [
        ("周建成", "male", "1970-05", ["201710601862.3"]),
        ("李梅", "female", "1982-03", ["200820132792.8"]),
    ]
    assert column(found, "union_code", "level") == [(HORQIN, "county")] * 2
    assert [one["label"] for one in found.columns][3:7] == [
        "领衔人-姓名",
        "领衔人-性别",
        "领衔人-出生年月",
        "专利-发明",
    ]
    assert found.columns[3]["cell"] == "D3"


def test_two_rows_of_headings_without_merges():
    found = of("two rows plain")
    assert column(found, "leader", "leader_prof_title", "contact_name", "contact_phone", "union_code") == [
        ("周建成", "deputy_senior", "王芳", "13812345678", HURE)
    ]


def test_names_below_the_upper_headings():
    found = of("upper row of groups")
    assert column(found, "studio_name", "level", "unit_name", "leader", "leader_birth_month", "remarks") == [
        ("周建成劳模创新工作室", "city", WORKS, "周建成", "1970-05-01", "重点培育")
    ]


def test_headings_come_back_on_each_page():
    found = of("page breaks")
    assert skipped(found) == {1: "header", 2: "column_numbers", 5: "header", 7: "total"}
    assert column(found, "studio_name", "level", "union_code") == [
        ("甲创新工作室", "city", JARUD), ("乙创新工作室", "city", JARUD), ("丙创新工作室", "county", JARUD),
    ]  # fmt: skip
    assert totals(found) == [("合计 3", 3, 3)]
    assert len(found.columns) == 5


def test_each_table_has_its_own_title_and_columns():
    found = of("two tables")
    assert column(found, "studio_name", "unit_name", "union_code", "leader") == [
        ("甲创新工作室", "甲公司", HORQIN, None), ("乙创新工作室", "乙公司", KAILU, "李四"),
    ]  # fmt: skip
    assert skipped(found) == {1: "title", 2: "header", 4: "total", 6: "title", 7: "header"}


def test_what_the_register_does_not_have_is_kept():
    found = of("unknown columns")
    (row,) = data(found)
    assert row.values["studio_name"] == "甲创新工作室"
    assert {key: text for key, text in row.raw.items() if key[0] == "?"} == {
        "?工会主席": "赵主席", "?获奖奖金（元）": "5000", "?G": "手写批注",
    }  # fmt: skip
    assert [(one["cell"], one["column"]) for one in found.columns if not one["column"]] == [
        ("F1", ""),
        ("H1", ""),
    ]


def test_numbers_of_patents_are_no_patent_numbers():
    found = of("patents counted")
    assert [errors(row) for row in data(found)] == [[], []]
    assert data(found)[0].raw["?专利-发明"] == "3"
    assert "patents" not in data(found)[0].values


def test_groups_give_the_county_and_their_numbers_are_compared():
    found = of("counties as groups")
    assert column(found, "studio_name", "union_code", "level", "named_on") == [
        ("甲创新工作室", HORQIN, "city", "2019-06"),
        ("乙创新工作室", HORQIN, "city", "2019-06"),
        ("丙创新工作室", KAILU, "city", "2019-06"),
    ]
    assert totals(found) == [
        ("一、科尔沁区（2个）", 2, 2),
        ("小计 2", 2, 2),
        ("二、开鲁县（2个）", 2, 1),
        ("小计 1", 1, 1),
        ("合  计 3个", 3, 3),
    ]  # fmt: skip
    assert skipped(found) == {
        1: "title", 2: "header", 3: "group", 6: "total", 7: "group",
        9: "total", 10: "total", 11: "note", 12: "note",
    }  # fmt: skip


def test_groups_of_levels_hold_groups_of_counties():
    found = of("levels and counties")
    assert column(found, "studio_name", "level", "union_code") == [
        ("甲创新工作室", "city", HORQIN), ("乙创新工作室", "city", HURE), ("丙创新工作室", "county", HORQIN),
    ]  # fmt: skip
    assert totals(found) == [
        ("一、市级（2个）", 2, 2),
        ("（一）科尔沁区（1个）", 1, 1),
        ("（二）库伦旗（1个）", 1, 1),
        ("二、旗县级（1个）", 1, 1),
        ("科尔沁区（1个）", 1, 1),
    ]


def test_merged_cells_hold_for_all_their_rows_and_blanks_stay_blank():
    found = of("merged cells")
    assert column(found, "studio_name", "unit_name", "union_code", "named_on") == [
        ("甲一创新工作室", "甲公司", HORQIN, "2019-06"),
        ("甲二创新工作室", "甲公司", HORQIN, "2019-06"),
        ("乙创新工作室", "乙公司", KAILU, "2020-07"),
        ("丙创新工作室", "丙公司", KAILU, None),
    ]


def test_rows_below_a_merged_studio_go_on_with_its_lists():
    found = of("rows of one studio")
    assert column(found, "studio_name", "patents") == [
        ("甲创新工作室", ["201710601862.3", "200820132792.8"]), ("乙创新工作室", []),
    ]  # fmt: skip
    assert data(found)[0].raw["?成员姓名"] == "张三\n李四\n王五"
    assert skipped(found) == {1: "header", 3: "part_of", 4: "part_of"}


def test_a_merged_studio_may_hold_two_titles():
    assert column(of("two titles of one studio"), "studio_name", "level", "named_on") == [
        ("甲创新工作室", "county", "2018-05"), ("甲创新工作室", "city", "2020-06"),
    ]  # fmt: skip


def test_sheets_are_named_after_their_county():
    found = of("sheets of counties")
    assert [(row.sheet, row.values["union_code"], row.values["level"]) for row in data(found)] == [
        ("科尔沁区", HORQIN, "city"), ("2.奈旗", NAIMAN, "county"),
    ]  # fmt: skip
    left_out = {row.sheet: row.skipped.code for row in found.rows if row.row == 1 and row.skipped}
    assert left_out["填表说明"] == "layout.no_table_here"
    assert left_out["作废"] == "layout.hidden_sheet"


def test_formulas_and_hidden_rows_are_noted():
    found = of("formulas")
    assert column(found, "serial", "member_count") == [(1, 7), (2, 9)]
    assert [notes(row) for row in data(found)] == [[("F2", "formula")], [("A3", "hidden_row")]]


def test_title_reporter_and_sheet_say_what_rows_leave_out():
    (row,) = data(of("told around"))
    assert (row.values["union_code"], row.values["level"], row.values["named_on"]) == (
        JARUD,
        "county",
        "2019",
    )
    assert notes(row) == [("", "year_of_title")]


def test_a_naming_list_needs_no_columns():
    found = of("naming list")
    assert column(found, "studio_name", "unit_name", "named_on") == [
        ("周建成劳模创新工作室", WORKS, "2019"),
        ("李梅创新工作室", "通辽发电总厂", "2019"),
        ("包·额尔敦创新工作室", "霍林河煤业（集团）公司", "2019"),
    ]
    assert totals(found) == [("（共3个）", 3, 3), ("科尔沁区（2个）", 2, 2), ("霍林郭勒市（1个）", 1, 1)]
    assert skipped(found)[9] == "note"
    assert skipped(found)[10] == "signature"


def test_a_list_may_have_its_units_beside():
    assert column(of("list with units beside"), "studio_name", "unit_name", "union_code", "level") == [
        ("甲创新工作室", "库伦旗第一中学", HURE, "county"), ("乙创新工作室", "库伦旗医院", HURE, "county"),
    ]  # fmt: skip


def test_studio_and_unit_in_one_cell():
    found = of("studio and unit in one cell")
    assert column(found, "studio_name", "unit_name")[:4] == [
        ("甲创新工作室", "甲机械有限公司"), ("乙创新工作室", "乙机械厂"), ("丙创新工作室", "丙建筑公司"),
        ("丁创新工作室（电气）", None),
    ]  # fmt: skip
    assert errors(data(found)[4]) == [("B6", "several_studios")]
    assert data(found)[0].raw["studio_name"] == "甲创新工作室（甲机械有限公司）"


def test_examples_are_left_out_and_placeholders_further_down_are_errors():
    found = of("examples")
    assert skipped(found) == {1: "header", 2: "example", 3: "example", 4: "example"}
    assert column(found, "studio_name") == ["如意创新工作室", "乙创新工作室", "丙创新工作室", None]
    assert errors(data(found)[3]) == [("B8", "placeholder")]


def test_rows_without_names_are_errors_and_not_dropped():
    found = of("names missing")
    assert [errors(row) for row in data(found)] == [
        [("B2", "no_studio")],
        [("B3", "no_names")],
        [("B4", "too_long")],
        [("B5", "excel_error"), ("F5", "excel_error")],
    ]
    assert data(found)[2].messages[0]["values"] == {"length": 83, "limit": 60}
    assert 6 not in {row.row for row in found.rows}


def test_repeats_are_skipped_and_contradictions_are_errors():
    found = of("repeats")
    assert skipped(found) == {1: "header", 3: "repeats"}
    assert [errors(row) for row in data(found)] == [[], [("B4", "differs")], [], []]
    (contradiction,) = data(found)[1].messages
    assert contradiction["values"] == {"row": 2, "sheet": "Sheet1", "columns": "领衔人姓名"}


def test_titles_that_ended():
    found = of("ended")
    assert column(found, "status", "revoked_on", "end_reason") == [
        ("ended", "2023-05-06", "unit_closed"),
        ("ended", "2023", "unstated"),
        ("ended", None, "unstated"),
        (None, None, None),
        ("live", "2020-01", None),
        ("ended", "2014-01", "unstated"),
        ("live", None, None),
        (None, None, None),
    ]
    assert [errors(row) for row in data(found)] == [
        [], [], [("H4", "no_last_day")], [],
        [("G6", "live_but_ended")], [("H7", "ended_before_named")], [], [],
    ]  # fmt: skip
    assert data(found)[3].questions == ["status|ended:拟取消"]
    answered = of("ended", answers={"status|ended:拟取消": "live"})
    assert answered.questions == {}
    assert column(answered, "status")[3] is None
    answered = of("ended", answers={"status|ended:拟取消": "ended"})
    assert errors(data(answered)[3]) == [("H5", "no_last_day")]


def test_rows_of_others_are_refused():
    found = of("foreign rows", home=HORQIN)
    assert [errors(row) for row in data(found)] == [
        [("D2", "not_yours")], [], [], [("D5", "unknown")], [("E6", "level_not_kept")],
    ]  # fmt: skip
    assert column(found, "union_code")[2] == HORQIN


def test_what_is_nowhere_stated_is_asked_once_a_sheet():
    found = of("nothing stated")
    assert [(key, asked["rows"]) for key, asked in found.questions.items()] == [
        ("union_code|county of|名册", 2), ("level|level of|名册", 2),
        ("union_code|county of|名册二", 1), ("level|level of|名册二", 1),
    ]  # fmt: skip
    assert [value for value, _ in found.questions["level|level of|名册"]["choices"]] == [
        "base",
        "county",
        "city",
    ]
    answers = {"union_code|county of|名册": KAILU, "level|level of|名册": "county"}
    assert column(of("nothing stated", answers=answers), "union_code", "level") == [
        (KAILU, "county"), (KAILU, "county"), (None, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "code"), [("no table", "layout.no_table"), ("no studios", "layout.no_names_column")]
)
def test_a_file_without_studios_is_refused_as_a_whole(name, code):
    assert of(name).book_problem.code == code
