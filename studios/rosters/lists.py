"""Naming lists without a header, and cells that hold the studio together with its unit."""

import re

from studios.rosters.cells.folding import bare, fold
from studios.rosters.layout import Column, Table, filled
from studios.rosters.rows import group_of, without_number

LEAST = 2  # studios that make a list
MOST_CELLS = 4  # a row of a list; more are the columns of a table whose headings are missing
_UNIT_WORDS = (
    "公司|集团|厂|矿|电站|医院|学校|中学|小学|幼儿园|大学|学院|银行|支行|中心|局|站|所|处|院|社|店|队|段|馆|委员会|委|办|协会"
    "|合作社|分公司|车间|部|场|支队|大队|街道|苏木|镇|乡|企业|工会|研究院"
)
_UNIT = re.compile(rf".*(?:{_UNIT_WORDS})(?:[(（][^()（）]*[)）])?$", re.S)
_IN_BRACKETS = re.compile(r"\s*(.*工作室)\s*[(（]((?:[^()（）]|[(（][^()（）]*[)）])+)[)）]\s*", re.S)
_LABELLED = re.compile(
    r"(?:(?P<first>所?[在属]?单位(?:名称)?)|(?P<second>(?:创新)?工作室(?:名称)?))[:：]\s*", re.S
)
_BETWEEN = re.compile(r"\s*(?:\n|\t|——|--|-(?=[^-])| {2,}|/|\|| )\s*")
_EDGES = " ,;，；\n\u3000"
_OTHER_WORDS = re.compile("^(?:原|曾用名|原名|简称|以下简称|已|拟|暂|[0-9]{4})")
_STUDIO = re.compile(r".{2,}工作室(?:\(.+\))?", re.S)


def split_studio(text, *, every=False):
    """(studio, unit or "") of a cell that may hold both, text as it stands in the cell.

    ``every``: what stands in brackets is the unit whatever its name, as in naming lists.
    """
    marks = list(_LABELLED.finditer(text))
    if len(marks) == 2 and marks[0].lastgroup != marks[1].lastgroup:
        parts = {
            marks[0].lastgroup: text[marks[0].end() : marks[1].start()],
            marks[1].lastgroup: text[marks[1].end() :],
        }
        return parts["second"].strip(_EDGES), parts["first"].strip(_EDGES)
    match = _IN_BRACKETS.fullmatch(text)
    if match and not _OTHER_WORDS.match(match[2]) and (every or _UNIT.fullmatch(bare(match[2]))):
        return match[1].strip(), match[2].strip()
    parts = [part for part in _BETWEEN.split(text.strip()) if part]
    if len(parts) == 2:
        studios = [part for part in parts if bare(part).endswith("工作室")]
        others = [part for part in parts if part not in studios]
        if len(studios) == 1 and _UNIT.fullmatch(bare(others[0])):
            return studios[0], others[0]
    return "", ""


def of_leader(name, leader):
    """(studio, unit) of a full name such as 开鲁县供电公司古二创新工作室 whose leader is known, or None."""
    at = name.find(leader) if leader else -1
    return (name[at:], name[:at]) if at > 3 and _UNIT.fullmatch(name[:at]) else None


def several_studios(text):
    """Whether a cell lists more than one studio, joined by 、 or line breaks."""
    parts = [part for part in re.split(r"[、;；\n](?![^(（]*[)）])", fold(text)) if part.strip()]
    return len(parts) > 1 and sum(bool(_STUDIO.fullmatch(bare(part))) for part in parts) > 1


def looks_like_studio(text):
    """Whether a text is the name of a studio, with or without its unit, and no sentence or title."""
    return isinstance(text, str) and len(text) <= 120 and bool(_STUDIO.fullmatch(bare(without_number(text))))


def list_table(sheet):
    """The Table of a naming list: a column of studios, of units if one stands beside it; or None."""
    found, first = {}, None
    for number, row in enumerate(sheet.rows):
        for column, value in filled(row):
            if looks_like_studio(value):
                found.setdefault(column, []).append(number)
    column = max(found, key=lambda at: len(found[at]), default=None)
    if column is None or len(found[column]) < LEAST:
        return None
    numbers = found[column]
    if sum(len(filled(sheet.rows[number])) > MOST_CELLS for number in numbers) * 2 > len(numbers):
        return None
    first = _first(sheet, numbers[0])
    columns = [Column(column, "", "studio_name")]
    beside = {}
    for number in numbers:
        for at, value in filled(sheet.rows[number]):
            if at != column and isinstance(value, str) and _UNIT.fullmatch(bare(value)):
                beside[at] = beside.get(at, 0) + 1
    if beside and max(beside.values()) * 2 > len(numbers):
        columns.append(Column(max(beside, key=beside.get), "", "unit_name"))
    return Table(range(first, first), columns, range(0, first), first, len(sheet.rows))


def _first(sheet, number):
    """The row of the list's first group, directly above its first studio, or that studio's row."""
    while number and len(cells := filled(sheet.rows[number - 1])) == 1:
        text = bare(cells[0][1])
        group = group_of(text)
        if group.count is None and group.name == text:
            break
        number -= 1
    return number
