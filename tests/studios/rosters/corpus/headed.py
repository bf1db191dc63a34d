"""Workbooks whose headings make the trouble: titles above, two rows, other words, page breaks."""

from datetime import date

from tests.studios.rosters.corpus.pages import Page

WORKS = "内蒙古宏昌机械制造有限公司"

PAGES = {
    # a title over all columns, a line with who reports when and in which unit, then the header
    "title block": (
        Page(
            (
                ("通辽市市级职工创新工作室名册",),
                ("填报单位（盖章）：通辽市总工会", None, "填报时间：2023年5月", None, "单位：万元"),
                ("序号", "工作室\n名称", "所在单位（全称）", "旗县（市区）", "*领 衔 人", "场地面积(平方米)"),
                (1, "周建成劳模创新工作室", WORKS, "科区", "周建成", 120),
                (2, "包·额尔敦创新工作室", "开鲁县医院", "开鲁", "包·额尔敦", "约80"),
                (),
                ("填表人：王芳", None, "审核人：李军", None, "联系电话：0475-8212345"),
                ("2023年5月6日",),
            ),
            merges=("A1:F1",),
        ),
    ),
    # two rows of headings, the upper ones merged
    "two rows merged": (
        Page(
            (
                ("科尔沁区旗县级职工创新工作室汇总表",),
                ("序号", "工作室名称", "所在单位", "领衔人", None, None, "专利", None, None, "备注"),
                (None, None, None, "姓名", "性别", "出生年月", "发明", "实用新型", "外观"),
                (1, "周建成劳模创新工作室", WORKS, "周建成", "男", "1970.05", "ZL201710601862.3", None, None),
                (
                    2,
                    "李梅创新工作室",
                    "通辽发电总厂",
                    "李梅",
                    "女",
                    "1982年3月",
                    "无",
                    "ZL200820132792.8",
                    None,
                ),
            ),
            merges=("A1:J1", "A2:A3", "B2:B3", "C2:C3", "D2:F2", "G2:I2", "J2:J3"),
        ),
    ),
    # the same without a single merge, as CSV and some programs leave it
    "two rows plain": (
        Page(
            (
                ("序号", "工作室名称", "所在单位", "级别", "旗县", "领衔人", None, None, "联系人", None),
                (None, None, None, None, None, "姓名", "性别", "职称", "姓名", "电话"),
                (
                    1,
                    "周建成劳模创新工作室",
                    WORKS,
                    "市级",
                    "库伦旗",
                    "周建成",
                    "男",
                    "高级工程师",
                    "王芳",
                    "13812345678",
                ),
            ),
        ),
    ),
    # the group of headings above has the names below it
    "upper row of groups": (
        Page(
            (
                ("工作室基本情况", None, None, None, "领衔人情况", None, "其他"),
                ("名称", "级别", "单位", "旗县", "姓名", "出生年月", "备注"),
                ("周建成劳模创新工作室", "市级", WORKS, "奈曼旗", "周建成", date(1970, 5, 1), "重点培育"),
            ),
            merges=("A1:D1", "E1:F1"),
        ),
    ),
    # numbers of the columns below the header; the header again at each printed page
    "page breaks": (
        Page(
            (
                ("序号", "工作室名称", "所在单位", "命名级别", "所属旗县"),
                (1, 2, 3, 4, 5),
                (1, "甲创新工作室", "甲公司", "市级", "扎旗"),
                (2, "乙创新工作室", "乙公司", "市级", "扎旗"),
                ("序号", "工作室名称", "所在单位", "命名级别", "所属旗县"),
                (3, "丙创新工作室", "丙公司", "旗县级", "扎旗"),
                ("合计", 3),
            ),
        ),
    ),
    # two tables below each other, each with a title that names the county
    "two tables": (
        Page(
            (
                ("科尔沁区市级创新工作室名单",),
                ("工作室名称", "所在单位"),
                ("甲创新工作室", "甲公司"),
                ("合计", 1),
                (),
                ("开鲁县市级创新工作室名单",),
                ("单位名称", "创新工作室名称", "带头人"),
                ("乙公司", "乙创新工作室", "李四"),
            ),
        ),
    ),
    # unknown columns, a column without heading, blank columns, English headings
    "unknown columns": (
        Page(
            (
                ("Studio", None, "Unit", "Level", "County union", "工会主席", None, "获奖奖金（元）"),
                ("甲创新工作室", None, "甲公司", "市级", "科尔沁区", "赵主席", "手写批注", 5000),
            ),
        ),
    ),
    # numbers of patents, not their numbers
    "patents counted": (
        Page(
            (
                ("工作室名称", "所在单位", "级别", "旗县", "专利", None),
                (None, None, None, None, "发明", "实用新型"),
                ("甲创新工作室", "甲公司", "市级", "科尔沁区", 3, 12),
                ("乙创新工作室", "乙公司", "市级", "科尔沁区", 0, "无"),
            ),
            merges=("E1:F1",),
        ),
    ),
}
