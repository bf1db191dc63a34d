"""Uploads of rosters for tests: a small workbook with a title, a header and rows."""

import io

import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile

HEAD = (
    "序号",
    "旗县（市区）",
    "工作室名称",
    "所在单位",
    "命名级别",
    "命名时间",
    "命名文号",
    "领衔人",
    "场地面积",
)
GOOD = (
    "科尔沁区",
    "周建成劳模创新工作室",
    "通辽市星火铸造有限公司",
    "旗县级",
    "2019.6",
    "科工发〔2019〕7号",
    "周建成",
    "80平米",
)
NEXT = (
    "科尔沁区",
    "王晓芃创新工作室",
    "通辽市旭日机械厂",
    "旗县级",
    "2020年",
    "科工发〔2020〕3号",
    "王晓芃",
    45,
)


def workbook(*rows, head=HEAD, total=None):
    """The bytes of a roster; ``total`` is the number that its last line states."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名册")
        sheet.write(0, 0, "通辽市职工创新工作室名册")
        sheet.write_row(1, 0, head)
        for number, row in enumerate(rows, start=1):
            sheet.write_row(number + 1, 0, (number, *row))
        if total is not None:
            sheet.write_row(len(rows) + 2, 0, ("合计", f"{total}个"))
    return made.getvalue()


def upload(*rows, name="名册.xlsx", **more):
    """The same as it comes from a form."""
    return SimpleUploadedFile(name, workbook(*rows, **more))
