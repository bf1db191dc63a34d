"""What a row of a sheet is when it holds no studio: total, note, signature, example, heading of a group."""

import re
from dataclasses import dataclass

from studios.rosters.cells.folding import bare
from studios.rosters.cells.numerals import SIGNS, value_of

_TOTAL = re.compile(
    r"[(\[]?(?:本页|本表|全[市旗县区])?(小计|合计|总计|共计|累计|总数)[)\]]?(?:[:]?(.{0,20}))", re.S
)
_NOTE = re.compile(
    r"[(\[*※]*(?:注|说明|备注|附注|填表说明|填报说明|填写说明|注意事项|要求)[0-9]?[)\]]?[::、.]"
)
_SIGNATURE = re.compile(
    r"(?:填表|填报|制表|审核|复核|审批|经办|联系|负责|主管领导|分管|单位|工会|主席|领导|统计)[^,。;]{0,12}?(?:[:]|\(?(?:签字|签章|盖章|公章))"
    r"|.{0,20}\(?(?:盖章|公章|签字|签章)\)?[:]?$"
    r"|(?:填报|填表|制表|上报|报送)?(?:时间|日期)[:]"
    r"|(?:[0-9]{4}|[0-9 ]{0,4})年[0-9]{0,2}月[0-9]{0,2}日?$"
    r"|(?:电话|手机)[:]"
)
_SUSPECT = re.compile(
    r"\W*(?:[0-9\s]*年|[小合总共累注说备附填制审复经联负主分单工领统例示样范举如参本全日时电手报上要])|.*(?:章|签字)",
    re.S,
)
_EXAMPLE = re.compile(
    r"[(\[【]?(?:填写|填报)?(?:例|示例|样例|范例|举例|例如|样本|参考示例|如)[)\]】]?[0-9一二三四五]?(?:[:、.].*)?",
    re.S,
)
_EXAMPLE_HEAD = re.compile(
    r"[(\[【]?(?:例|示例|样例|范例|举例|例如)[)\]】]?[0-9]?[::]|[(\[【](?:例|示例|样例|范例|举例|例如)[)\]】]"
)
_PLACEHOLDER = re.compile(r"[xXＸｘ×＊*○〇]{2,}|某某|某(?=公司|单位|厂|工作室|市|旗|县|区)")
_NUMBERING = re.compile(
    r"^(?:[(]?[一二三四五六七八九十]{1,3}[)]?[、.:]|[(][一二三四五六七八九十]{1,3}[)]|[(]?[0-9]{1,2}[)]?[、.])"
)
_COUNT = re.compile(
    rf"[(\[]?(?:共|合计|计)?:?([0-9]+|[{SIGNS}]+)[个家间][)\]]?$|[(\[](?:共|合计|计)?([0-9]+)[)\]]$|:([0-9]+)$"
)
_ORDINAL = re.compile("[(]?(?:[A-Za-z]?[-.0-9]*|[一二三四五六七八九十百零]{1,4})[)]?[、.]?")
_STATED = re.compile(rf"([0-9]+|[{SIGNS}]+)(?:([个家间])|$)")
_BARE_COUNT = re.compile("([0-9]{1,6})(?:[.]0+)?[个家间]?")


@dataclass(frozen=True, slots=True)
class Group:
    """The heading of a group: its name, and the number of studios that it states, if any."""

    name: str
    count: int | None


def may_be_other(text):
    """Whether it is worth asking if a cell begins a total, a note, a signature or an example; fast."""
    return bool(_SUSPECT.match(text))


def is_total(text):
    """Whether a (bare) text is 小计, 合计 and the like with no more than a number behind it."""
    match = _TOTAL.fullmatch(text)
    return bool(match) and not (match[2] and "工作室" in match[2] and not re.search("[0-9]", match[2]))


def stated_number(cells, naming, amounts=frozenset()):
    """The number of studios in a row of totals: in its words, below the names, or the only number there is.

    ``cells``: (column, value) pairs; ``naming`` and ``amounts``: indexes of columns with names, and of those
    that count something else. None when it is not certain.
    """
    for place, (_, value) in enumerate(cells):
        match = _STATED.search(bare(value)) if isinstance(value, str) else None
        if match and (place == 0 or match[2]):
            return _whole(match[1])
    numbers = [
        (at, number) for at, value in cells if at not in amounts and (number := whole(value)) is not None
    ]
    below = [number for at, number in numbers if at in naming]
    if len(below) == 1 or (not below and len(numbers) == 1):
        return below[0] if below else numbers[0][1]
    return None


def is_numbering(value):
    """Whether a cell is nothing but a number of a row: 7, （7）, 七、, A-7."""
    return not isinstance(value, str) or bool(_ORDINAL.fullmatch(bare(value)))


def whole(value):
    """The whole number that a cell holds, as a number, as digits or as 3个; or None."""
    if isinstance(value, str):
        match = _BARE_COUNT.fullmatch(bare(value))
        return int(match[1]) if match else None
    if isinstance(value, (int, float)) and not isinstance(value, bool) and value % 1 == 0:
        return int(value)
    return None


def _whole(text):
    if text.isdigit():
        return int(text)
    found = value_of(text)
    return int(found) if found and found.isdigit() else None


def is_note(text):
    """Whether a (bare) text begins as a note below a table does."""
    return bool(_NOTE.match(text))


def is_signature(text):
    """Whether a (bare) text is where people sign, or the day on which they did."""
    return bool(_SIGNATURE.match(text))


def is_example(texts):
    """Whether the first cell says that the row is an example."""
    return bool(_EXAMPLE.fullmatch(texts[0]) or _EXAMPLE_HEAD.match(texts[0])) or (
        len(texts) > 1 and bool(_EXAMPLE_HEAD.match(texts[1]))
    )


def is_placeholder(text):
    """Whether a name is XXX or 某某 instead of one."""
    return bool(text) and isinstance(text, str) and bool(_PLACEHOLDER.search(text))


def are_column_numbers(cells):
    """Whether the cells below a header are nothing but 1, 2, 3 … or A, B, C …, at least three."""
    if len(cells) < 3:
        return False
    texts = [bare(value).strip("()[]").removesuffix(".0") for _, value in cells]
    start = 1 if texts[0] == "1" else 0
    numbers = [str(number) for number in range(start, start + len(texts))]
    if texts == numbers:
        return True
    first = texts[0].upper()
    alphabet = [chr(ord("A") + at) for at in range(len(texts))]
    if first in ("甲", "A") and len(texts) <= 26:
        return (
            [text.upper() for text in texts] == alphabet
            or texts[1:] == numbers[1 : len(texts)]
            or (
                len(texts) > 2
                and texts[-1].isdigit()
                and all(t.isdigit() or t in "甲乙丙丁戊" for t in texts)
            )
        )
    return False


def group_of(text):
    """The Group in a (bare) text such as 一、科尔沁区（5个）; its name is "" when nothing is left."""
    name = _NUMBERING.sub("", text)
    match = _COUNT.search(name)
    count = None
    if match:
        count = _whole(next(part for part in match.groups() if part))
        name = name[: match.start()]
    return Group(name.rstrip(":、.("), count)


def without_number(text):
    """A name without the number that a list put before it: 1.周建成… or （1）周建成…"""
    return re.sub(
        r"^\s*(?:[(（]\s*[0-9０-９]{1,3}\s*[)）]|[0-9０-９]{1,3}\s*[.、．)）](?![0-9]))\s*", "", text
    )
