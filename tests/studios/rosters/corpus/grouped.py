"""Workbooks in which groups, merges and sheets say what the rows leave out."""

from tests.studios.rosters.corpus.pages import Computed, Page

PAGES = {
    # headings of groups with their numbers; one of them is wrong
    "counties as groups": (
        Page(
            (
                ("通辽市市级职工创新工作室汇总表",),
                ("序号", "工作室名称", "所在单位", "命名时间"),
                ("一、科尔沁区（2个）",),
                (1, "甲创新工作室", "甲公司", "2019.06"),
                (2, "乙创新工作室", "乙公司", "2019.6"),
                ("小计", 2),
                ("二、开鲁县（2个）",),
                (3, "丙创新工作室", "丙公司", "2019年6月"),
                ("小计", 1),
                ("合  计", "3个"),
                ("注：1.命名时间以文件为准。",),
                ("2.本表一式两份。",),
            ),
            merges=("A1:D1", "A3:D3", "A7:D7"),
        ),
    ),
    # levels outside, counties inside
    "levels and counties": (
        Page(
            (
                ("工作室名称", "所在单位"),
                ("一、市级（2个）",),
                ("（一）科尔沁区（1个）",),
                ("甲创新工作室", "甲公司"),
                ("（二）库伦旗（1个）",),
                ("乙创新工作室", "乙公司"),
                ("二、旗县级（1个）",),
                ("科尔沁区（1个）",),
                ("丙创新工作室", "丙公司"),
            ),
        ),
    ),
    # county, unit and date merged over rows; a plain blank below stays blank
    "merged cells": (
        Page(
            (
                ("旗县", "所在单位", "工作室名称", "命名时间", "级别"),
                ("科尔沁区", "甲公司", "甲一创新工作室", "2019.06", "市级"),
                (None, None, "甲二创新工作室", None, "旗县级"),
                ("开鲁县", "乙公司", "乙创新工作室", "2020.07", "市级"),
                ("开鲁县", "丙公司", "丙创新工作室", None, "市级"),
            ),
            merges=("A2:A3", "B2:B3", "D2:D3"),
        ),
    ),
    # one studio over three rows, a patent in each
    "rows of one studio": (
        Page(
            (
                ("工作室名称", "所在单位", "级别", "旗县", "专利号", "成员姓名"),
                ("甲创新工作室", "甲公司", "市级", "科尔沁区", "ZL201710601862.3", "张三"),
                (None, None, None, None, "ZL200820132792.8", "李四"),
                (None, None, None, None, None, "王五"),
                ("乙创新工作室", "乙公司", "市级", "科尔沁区", None, "赵六"),
            ),
            merges=("A2:A4", "B2:B4", "C2:C4", "D2:D4"),
        ),
    ),
    # a studio that holds two titles, its name merged
    "two titles of one studio": (
        Page(
            (
                ("工作室名称", "所在单位", "旗县", "级别", "命名时间"),
                ("甲创新工作室", "甲公司", "科尔沁区", "旗县级", "2018.05"),
                (None, None, None, "市级", "2020.06"),
            ),
            merges=("A2:A3", "B2:B3", "C2:C3"),
        ),
    ),
    # a sheet for each county, an empty one, a hidden one, one with instructions
    "sheets of counties": (
        Page((("请各旗县按模板填写，不要改动表头。",),), name="填表说明"),
        Page((("工作室名称", "所在单位", "级别"), ("甲创新工作室", "甲公司", "市级")), name="科尔沁区"),
        Page((("工作室名称", "所在单位", "级别"), ("乙创新工作室", "乙公司", "旗县级")), name="2.奈旗"),
        Page((), name="Sheet3"),
        Page((("工作室名称", "所在单位"), ("旧创新工作室", "旧公司")), name="作废", visible=False),
    ),
    # formulas, a hidden row, numbering by formula
    "formulas": (
        Page(
            (
                ("序号", "工作室名称", "所在单位", "旗县", "级别", "团队人数"),
                (Computed("=ROW()-1", 1), "甲创新工作室", "甲公司", "科尔沁区", "市级", Computed("=3+4", 7)),
                (Computed("=ROW()-1", 2), "乙创新工作室", "乙公司", "科尔沁区", "市级", 9),
                (Computed("=ROW()-1", 3),),
            ),
            hidden_rows=(3,),
        ),
    ),
    # the level in the name of the sheet, the county in the line of who reports
    "told around": (
        Page(
            (
                ("2019年命名职工创新工作室统计表",),
                ("填报单位（盖章）：扎鲁特旗总工会      填报时间：2019.12",),
                ("工作室名称", "所在单位"),
                ("甲创新工作室", "甲公司"),
            ),
            name="旗县级",
        ),
    ),
}
