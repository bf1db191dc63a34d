"""Rows, one trouble at a time: what is read, asked, refused or only noted."""

import pytest

from tests.studios.rosters.corpus.pages import Page
from tests.studios.rosters.understanding import (
    CITY,
    HOLINGOL,
    HORQIN,
    HURE,
    KAILU,
    column,
    data,
    errors,
    notes,
    skipped,
    table,
    totals,
    understand,
)

HEAD = ("工作室名称", "所在单位", "级别", "旗县")
ZONE, DIRECT = "150571", "150500-SZJ"


def only(*cells, head=HEAD, **how):
    """The one row of data of a table with a header and that row."""
    reading = table(head, cells, **how)
    (row,) = data(reading)
    return row


# --- counties


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("科区", HORQIN),
        ("开鲁县总工会", KAILU),
        ("库伦旗（3个）", HURE),
        ("通辽市开鲁县", KAILU),
        ("市直机关", DIRECT),
    ],
)
def test_unions_by_any_name(text, code):
    assert only("甲工作室", "甲公司", "市级", text).values["union_code"] == code


def test_a_name_of_several_unions_is_asked_and_the_answer_holds_for_the_whole_file():
    pages = [
        Page(
            (HEAD, ("甲工作室", "甲公司", "市级", "科尔沁"), ("乙工作室", "乙公司", "市级", "科尔沁")),
            name="一",
        ),
        Page((HEAD, ("丙工作室", "丙公司", "市级", "科尔沁")), name="二"),
    ]
    asked = understand(*pages)
    assert asked.questions["union_code|place:科尔沁"]["rows"] == 3
    assert column(asked, "union_code") == [None] * 3
    answered = understand(*pages, answers={"union_code|place:科尔沁": HORQIN})
    assert column(answered, "union_code") == [HORQIN] * 3


def test_an_answer_that_was_no_choice_is_asked_again():
    rows = (HEAD, ("甲工作室", "甲公司", "市级", "科尔沁"))
    assert "union_code|place:科尔沁" in table(*rows, answers={"union_code|place:科尔沁": "150999"}).questions


def test_the_city_itself_is_no_county():
    row = only("甲工作室", "甲公司", "市级", "通辽市总工会")
    assert row.questions == ["union_code|place:通辽市总工会"]
    assert row.values["union_code"] is None


def test_rows_of_a_county_are_its_own_unless_they_say_otherwise():
    assert only("甲工作室", "甲公司", "旗县级", None, home=KAILU).values["union_code"] == KAILU
    row = only("甲工作室", "甲公司", "旗县级", "库伦旗", home=KAILU)
    assert [(one["code"], one["found"], one["values"]) for one in row.messages] == [
        ("layout.not_yours", "库伦旗", {"found": "库伦旗总工会", "home": "开鲁县总工会"})
    ]


def test_a_title_of_another_county_refuses_its_rows():
    reading = table(("科尔沁区创新工作室名单",), HEAD[:3], ("甲工作室", "甲公司", "旗县级"), home=KAILU)
    assert errors(data(reading)[0]) == [("", "not_yours")]


def test_a_group_with_an_unknown_place_is_asked_and_does_not_go_on_with_the_last():
    reading = table(
        HEAD[:3],
        ("科尔沁区（1个）",),
        ("甲工作室", "甲公司", "市级"),
        ("鄂伦春旗（1个）",),
        ("乙工作室", "乙公司", "市级"),
    )
    assert column(reading, "union_code") == [HORQIN, None]
    assert data(reading)[1].questions == ["union_code|place:鄂伦春旗"]


def test_towns_inside_a_county_change_nothing():
    reading = table(HEAD[:3], ("一、开鲁县",), ("大榆树镇（1个）",), ("甲工作室", "甲公司", "旗县级"))
    assert column(reading, "union_code") == [KAILU]
    assert totals(reading) == [("大榆树镇（1个）", 1, 1)]


def test_a_town_alone_in_the_first_column_is_a_group_and_a_numbered_blank_row_is_nothing():
    reading = table(
        ("序号", *HEAD[:3]),
        ("大榆树镇",),
        (1, "甲工作室", "甲公司", "旗县级"),
        (2,),
        ("（三）",),
        ("王芳记",),
        home=KAILU,
    )
    assert skipped(reading) == {1: "header", 2: "group"}
    assert [(row.row, errors(row)) for row in data(reading)] == [(3, []), (6, [("B6", "no_names")])]


def test_the_number_of_a_group_may_stand_beside_it():
    reading = table(
        ("序号", "工作室名称", "单位"),
        ("科尔沁区", None, 2),
        (1, "甲工作室", "甲公司"),
        ("开发区", "1个"),
        (1, "乙工作室", "乙公司"),
        ("总计", None, 3),
        name="市级",
    )
    assert column(reading, "union_code", "level") == [(HORQIN, "city"), (ZONE, "city")]
    assert totals(reading) == [("科尔沁区", 2, 1), ("开发区", 1, 1), ("总计 3", 3, 2)]


# --- levels


def test_city_level_from_a_city_below_the_city_is_asked():
    assert only("甲工作室", "甲公司", "市级", "霍市").questions == ["level|level:市级"]
    assert only("甲工作室", "甲公司", "市级", None, home=HOLINGOL).questions == ["level|level:市级"]
    assert only("甲工作室", "甲公司", "盟市级", "霍市").values["level"] == "city"
    answered = only("甲工作室", "甲公司", "市级", "霍市", answers={"level|level:市级": "county"})
    assert (answered.values["level"], answered.questions) == ("county", [])


@pytest.mark.parametrize(
    ("title", "level"),
    [
        ("通辽市市级职工创新工作室名册", "city"),
        ("2023年旗县级创新工作室统计表", "county"),
        ("科尔沁区区级劳模创新工作室名单", "county"),
        ("基层级职工创新工作室", "base"),
        ("市级、旗县级职工创新工作室统计表", None),
        ("职工创新工作室名册（市级以上）", None),
    ],
)
def test_levels_in_titles(title, level):
    reading = table((title,), ("工作室名称", "所在单位", "旗县"), ("甲工作室", "甲公司", "开鲁县"))
    assert column(reading, "level") == [level]
    assert bool(reading.questions) == (level is None)


def test_the_column_wins_over_the_group_and_the_group_over_the_title():
    reading = table(
        ("市级创新工作室名册",),
        HEAD,
        ("甲工作室", "甲公司", None, "开鲁县"),
        ("旗县级（2个）",),
        ("乙工作室", "乙公司", None, "开鲁县"),
        ("丙工作室", "丙公司", "基层级", "开鲁县"),
    )
    assert column(reading, "level") == ["city", "county", "base"]


# --- rows that are none


@pytest.mark.parametrize(
    ("cells", "code"),
    [
        (("小 计", None, 1), "total"),
        ((None, "合计：1个"), "total"),
        (("共计", 1), "total"),
        (("注：数据截至五月底",), "note"),
        (("填表说明：1.请填全称",), "note"),
        (("填表人：张三", None, "审核人：李四"), "signature"),
        (("负责人（签字）：", None, "2024年 月 日"), "signature"),
        (("科尔沁区总工会（盖章）",), "signature"),
        (("年    月    日",), "signature"),
        (("例：", "张三工作室", "甲公司", "市级"), "example"),
        (("示例", "张三工作室", "甲公司", "市级"), "example"),
    ],
)
def test_rows_that_hold_no_studio(cells, code):
    reading = table(("序号", *HEAD), (1, "甲工作室", "甲公司", "市级", "科区"), cells)
    assert skipped(reading) == {1: "header", 3: code}
    assert len(data(reading)) == 1


def test_studios_may_begin_like_other_rows():
    names = ("注塑机创新工作室", "如意创新工作室", "例外创新工作室", "合计划创新工作室", "负责任创新工作室")
    assert column(table(HEAD, *[(name, "甲公司", "市级", "科区") for name in names]), "studio_name") == list(
        names
    )


def test_a_total_of_something_else_is_no_number_of_studios():
    reading = table(
        ("序号", *HEAD, "团队人数", "年经济效益（万元）"),
        (1, "甲工作室", "甲公司", "市级", "科区", 12, 300),
        ("合计", None, None, None, None, 12, 300),
    )
    assert totals(reading) == []


# --- names


def test_the_name_comes_from_the_full_name_where_there_is_no_other():
    row = only("甲公司张三创新工作室", "甲公司", "市级", "科区", head=("工作室全称", *HEAD[1:]))
    assert row.values["studio_name"] == "张三创新工作室"
    assert row.values["official_name"] == "甲公司张三创新工作室"
    assert notes(row) == [("A2", "from_full_name")]


def test_brackets_that_repeat_the_unit_are_taken_off_and_others_stay():
    assert only("甲工作室（甲公司）", "甲公司", "市级", "科区").values["studio_name"] == "甲工作室"
    kept = only("甲工作室（原乙工作室）", "甲公司", "市级", "科区").values
    assert (kept["studio_name"], kept["unit_name"]) == ("甲工作室（原乙工作室）", "甲公司")
    assert only("甲工作室（乙公司）", "甲公司", "市级", "科区").values["unit_name"] == "甲公司"


def test_a_roster_of_units_lacks_its_studios():
    reading = table(("所在单位", "领衔人", "级别", "旗县"), ("甲公司", "张三", "市级", "科区"))
    assert errors(data(reading)[0]) == [("", "no_studio")]
    assert reading.book_problem is None


@pytest.mark.parametrize(("name", "limit"), [("studio_name", 60), ("unit_name", 120), ("leader", 60)])
def test_texts_longer_than_the_register_takes(name, limit):
    cells = {"studio_name": "甲工作室", "unit_name": "甲公司", "leader": "张三"}
    cells[name] = "·".join(["长"] * limit)[: limit + 1] if name == "leader" else "长" * (limit + 1)
    row = only(*cells.values(), "市级", "科区", head=("工作室名称", "所在单位", "领衔人", "级别", "旗县"))
    assert len(errors(row)) >= 1
    assert row.values[name] is None


# --- dates, ends


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2021年5月10日因领衔人退休取消命名", ("ended", "2021-05-10", "leader_gone")),
        ("因单位破产，2021年5月撤销", ("ended", "2021-05", "unit_closed")),
        ("已取消（2022.3）", ("ended", "2022-03", "unstated")),
        ("2018年复核合格", (None, None, None)),
        ("未取消", (None, None, None)),
    ],
)
def test_remarks_that_say_an_end(text, expected):
    row = only("甲工作室", "甲公司", "市级", "科区", text, head=(*HEAD, "备注"))
    assert tuple(row.values.get(key) for key in ("status", "revoked_on", "end_reason")) == expected
    assert row.questions == []
    assert row.values["remarks"]


def test_an_end_without_a_date_is_an_error():
    row = only("甲工作室", "甲公司", "市级", "科区", "已取消", head=(*HEAD, "备注"))
    assert errors(row) == [("E2", "no_last_day")]
    row = only("甲工作室", "甲公司", "市级", "科区", "未达标", head=(*HEAD, "取消原因"))
    assert errors(row) == [("", "no_last_day")]
    assert (row.values["end_reason"], row.raw["end_reason"]) == ("unstated", "未达标")


def test_the_year_of_naming_may_come_from_the_document():
    row = only("甲工作室", "甲公司", "市级", "科区", "通工发（2019）12号", head=(*HEAD, "命名文号"))
    assert row.values["named_on"] == "2019"
    assert row.values["document_number"] == "通工发〔2019〕12号"
    assert ("E2", "year_of_document") in notes(row)
    row = only(
        "甲工作室",
        "甲公司",
        "市级",
        "科区",
        "通工发（2019）12号",
        "近三年",
        head=(*HEAD, "命名文号", "命名时间"),
    )
    assert row.values["named_on"] is None


def test_a_first_day_of_1904_belongs_to_the_workbook():
    from studios.rosters.interpret import interpret
    from tests.studios.rosters.corpus.pages import book_of
    from tests.studios.rosters.understanding import context

    book = book_of(Page(((*HEAD, "命名时间"), ("甲工作室", "甲公司", "市级", "科区", 42155))))
    mac = type(book)("xlsx", "", True, book.sheets)
    assert column(interpret(book, context(CITY), {}), "named_on") == ["2015-05-31"]
    assert column(interpret(mac, context(CITY), {}), "named_on") == ["2019-06-01"]


# --- whole files


def test_nothing_but_hidden_sheets():
    problem = understand(Page((HEAD, ("甲工作室",)), name="甲", visible=False)).book_problem
    assert (problem.code, problem.values) == ("layout.all_hidden", {"sheets": "甲"})


def test_nothing_at_all():
    assert understand(Page(())).book_problem.code == "layout.empty"
    assert understand(Page(((None, " "),))).book_problem.code == "layout.empty"


def test_headings_and_no_rows():
    assert table(HEAD, (), ("合计", 0)).book_problem.code == "layout.no_rows"
