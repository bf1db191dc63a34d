"""Headings in the words of offices, and where the tables of a sheet begin and end."""

import pytest

from studios.resources.columns import ROSTER
from studios.rosters.headings import meaning
from studios.rosters.layout import find_tables, is_header
from tests.studios.rosters.corpus.pages import Page, book_of


@pytest.mark.parametrize("column", ROSTER, ids=lambda column: column.key)
def test_every_own_heading_is_known(column):
    wanted = column.key
    for text in (column.heading, str(column.column_name), column.label_en):
        assert meaning(text).known == wanted, text
    if column.group:
        assert meaning(column.label, column.group).known == wanted


@pytest.mark.parametrize(
    "column", [column for column in ROSTER if column.comes_in], ids=lambda column: column.key
)
def test_every_other_word_of_a_column_is_read(column):
    for text in column.also:
        assert meaning(text).key == column.key, text
        assert meaning(f"*{text[0]} {text[1:]}（必填）").key == column.key, text


@pytest.mark.parametrize(
    ("text", "group", "key"),
    [
        ("工作室\n名  称", "", "studio_name"),
        ("＊工作室名称（全称）", "", "studio_name"),
        ("劳模和工匠人才创新工作室名称", "", "studio_name"),
        ("职工（劳模）创新工作室名称", "", "studio_name"),
        ("旗、县（市）、区", "", "union_code"),
        ("所属旗县市区", "", "union_code"),
        ("面积(平方米)", "", "area_sqm"),
        ("No.", "", "serial"),
        ("1.工作室名称", "", "studio_name"),
        ("姓名", "领衔人", "leader"),
        ("姓名", "联系人", "contact_name"),
        ("联系电话", "领衔人", "leader_phone"),
        ("联系电话", "联系人", "contact_phone"),
        ("联系电话", "", "contact_phone"),
        ("出生\n年月", "工作室领衔人基本情况", "leader_birth_month"),
        ("性质", "单位", "ownership"),
        ("名称", "单位", "unit_name"),
        ("名称", "工作室", "studio_name"),
        ("实用新型", "专利", "patents"),
        ("国家级", "所获荣誉", "honours"),
        ("级别", "荣誉", ""),
        ("时间", "取消", "revoked_on"),
        ("数量", "专利", ""),
        ("发明", "专利（件）", ""),
        ("专利（项）", "", ""),
        ("工会主席", "", ""),
        ("主要成果", "", ""),
        ("命名单位", "", ""),
        ("", "", ""),
        ("本表由各旗县市区总工会填写，工作室名称、所在单位请按照公章填写全称，不得使用简称", "", ""),
    ],
)
def test_headings_as_offices_write_them(text, group, key):
    assert meaning(text, group).key == key


@pytest.mark.parametrize(
    ("text", "scale"),
    [("经济效益（万元）", "万元"), ("场地面积（㎡）", "m2"), ("奖金(单位：元)", "元"), ("备注（可选）", "")],
)
def test_the_unit_of_a_heading_is_kept(text, scale):
    assert meaning(text).scale == scale


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (["工作室名称", "所在单位"], True),
        (["序号", "单位名称", "甲", "乙"], False),
        (["工作室名称"], False),
        (["姓名", "性别", "职称"], False),
        (["工作室名称", "甲创新工作室", "所在单位", "甲公司"], False),
        (["工作室名称", "所在单位", 2019], False),
        (["工作室名称", "领衔人", "成果一", "成果二", "成果三", "备注"], True),
    ],
)
def test_what_a_header_is(row, expected):
    assert is_header(row) is expected


def tables(*rows, **how):
    return find_tables(book_of(Page(rows, **how)).sheets[0])


def labels(table):
    return [(column.label, column.key) for column in table.columns]


def test_of_two_columns_with_one_meaning_the_more_exact_is_read():
    (table,) = tables(("单位", "单位名称", "工作室", "工作室名称"), ("甲", "甲公司", "一", "甲创新工作室"))
    assert labels(table) == [
        ("单位", ""), ("单位名称", "unit_name"), ("工作室", ""), ("工作室名称", "studio_name"),
    ]  # fmt: skip


def test_units_in_a_row_of_their_own_belong_to_the_header():
    (table,) = tables(
        ("工作室名称", "所在单位", "场地面积", "命名时间"),
        ("（全称）", None, "（㎡）", "（年月）"),
        ("甲创新工作室", "甲公司", 100, "2019.6"),
    )
    assert table.header == range(2)
    assert table.columns[2].scale == "m2"


def test_a_row_of_data_is_no_second_row_of_headings():
    (table,) = tables(("工作室名称", "所在单位", "领衔人", None), ("甲创新工作室", "甲公司", "张三", "男"))
    assert table.header == range(1)


def test_three_rows_of_headings():
    (table,) = tables(
        ("序号", "基本情况", None, None, None),
        (None, "工作室名称", "所在单位", "领衔人", None),
        (None, None, None, "姓名", "性别"),
        (1, "甲创新工作室", "甲公司", "张三", "男"),
        merges=("A1:A3", "B1:E1", "B2:B3", "C2:C3", "D2:E2"),
    )
    assert table.first == 3
    assert [key for _, key in labels(table)] == ["serial", "studio_name", "unit_name", "leader", "leader_sex"]


def test_a_merge_that_reaches_beyond_the_table_fills_no_further_than_it():
    (table,) = tables(
        ("旗县", "工作室名称", "所在单位"), ("科尔沁区", "甲创新工作室", "甲公司"), merges=("A2:A90",)
    )
    assert table.fills == {}
