"""The empty roster to fill in: the declared columns as text, with one example row that an import skips."""

from io import BytesIO

import xlsxwriter
from django.utils import translation

from studios.choices import Education, ProfTitle, Sex, SkillLevel, StudioKind
from studios.models import Industry, NamingLevel, OwnershipKind
from studios.resources.columns import ROSTER

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILE_NAME = "工作室名册模板.xlsx"
SHEET = "名册"
AS_TEXT = 49  # the number format "@"
ROWS = 2000  # as many are prepared: text cells keep 0475 and 2019.10 as they are typed
LONGEST_LIST = 255  # characters of a list that Excel takes within a cell's rule
NEEDED = {"union_code", "studio_name", "unit_name", "level"}
CHOICES = {
    "kind": StudioKind,
    "leader_sex": Sex,
    "leader_education": Education,
    "leader_prof_title": ProfTitle,
    "leader_skill_level": SkillLevel,
}
TABLES = {"level": NamingLevel, "ownership": OwnershipKind, "industry": Industry}
EXAMPLE = {
    "serial": "示例",
    "union_code": "科尔沁区",
    "studio_name": "示例职工创新工作室",
    "official_name": "示例机械有限公司示例职工创新工作室",
    "level": "旗县级",
    "unit_name": "示例机械有限公司",
    "specialty": "机械加工",
    "founded_on": "2019-06",
    "named_on": "2021-05-01",
    "document_number": "某工发〔2021〕1号",
    "leader": "示例",
    "leader_post": "钳工",
    "member_count": "8",
    "area_sqm": "60",
    "remarks": "这一行是示例，导入时跳过",
}
HINTS = {
    "date": "可填 2019、2019-06 或 2019-06-01",
    "phone": "带区号的座机请写成 0475-8200000",
    "patents": "多件用分号隔开",
    "honours": "写明年份，多项用分号隔开",
}


def blank_roster():
    """The bytes of the workbook."""
    out = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(out, {"in_memory": True, **plain}) as book:
        fill(book, book.add_worksheet(SHEET), [column for column in ROSTER if column.comes_in])
    return out.getvalue()


def fill(book, sheet, columns):
    """Headings in the first row, the example below, rules for what is a choice."""
    text = book.add_format({"num_format": AS_TEXT, "valign": "vcenter"})
    example = book.add_format({"num_format": AS_TEXT, "italic": True, "font_color": "#6b7280"})
    heading = {"bold": True, "border": 1, "align": "center", "valign": "vcenter", "text_wrap": True}
    usual = book.add_format({**heading, "bg_color": "#eeeeee"})
    needed = book.add_format({**heading, "bg_color": "#f8dfdc", "font_color": "#96141a"})
    sheet.set_row(0, 36)
    for place, column in enumerate(columns):
        sheet.set_column(place, place, max(column.width, 8), text)
        sheet.write_string(0, place, column.heading, needed if column.key in NEEDED else usual)
        if column.key in EXAMPLE:
            sheet.write_string(1, place, EXAMPLE[column.key], example)
        if rule := rule_for(column):
            sheet.data_validation(1, place, ROWS, place, rule)
    sheet.freeze_panes(1, 3)
    sheet.set_landscape()
    sheet.set_paper(8)  # A3
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def rule_for(column):
    """What the cell offers and says; nothing is forbidden, the import asks about other words."""
    words = words_of(column.key)
    hint = HINTS.get(column.kind, "")
    if column.key in NEEDED:
        hint = f"必填。{hint}"
    rule = {"validate": "any"}
    if words and len(",".join(words)) <= LONGEST_LIST:
        rule = {"validate": "list", "source": words, "error_type": "information"}
    elif not hint:
        return None
    if hint:
        rule |= {"input_title": column.heading[:32], "input_message": hint}
    return rule


def words_of(key):
    """The words that a column knows, in Chinese."""
    if key in TABLES:
        return list(TABLES[key].objects.order_by("order", "pk").values_list("name", flat=True))
    with translation.override("zh-hans"):
        return [str(label) for label in CHOICES[key].labels] if key in CHOICES else []
