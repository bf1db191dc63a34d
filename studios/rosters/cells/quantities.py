"""Numbers as people write them: 约25, 1,200, 二十五, 5万8千, 5-8; ``amounts`` knows what they count."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from studios.rosters.cells.folding import fold
from studios.rosters.cells.numerals import NUMERAL, SIGNS, value_of
from studios.rosters.cells.understood import Remark

TEN_THOUSAND = 10_000
SIZES = {"亿": 100_000_000, "百万": 1_000_000, "万": TEN_THOUSAND, "w": TEN_THOUSAND, "千": 1000, "百": 100}

_ROUGH = re.compile("^(?:大约|约为|约|将近|接近|近|大概|超过|超|至少|不少于|不低于|大于|[≥≈>~]=?)")
_BELOW = re.compile("^(?:不足|不到|不满|少于|小于|低于|最多|至多|[≤<]=?)")
_PLAIN_HEAD = re.compile(
    "^(?:总共|共计|一共|合计|总计|累计|共有|共|计|现有|有|为|面积|人数|总面积|建筑面积|[::])+"
)
_ROUGH_TAIL = re.compile(r"(?:余|多|左右|上下|以上|\+|\+以上)(?=[^0-9零〇一二三四五六七八九十两]*$)")
_BRACKETS = re.compile(r"[(\[【][^()\[\]【】]*[)\]】]$")
_SPLIT_NUMBER = re.compile(r"[0-9] +[0-9]")
NUMBER = r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?|[0-9]+(?:\.[0-9]+)?|\.[0-9]+"
_HEAD = re.compile(rf"({NUMBER}|[{SIGNS}]+(?:点[{SIGNS}]+)?)(百万|[亿万千百wW])?(.*)", re.S)
_RANGE = re.compile(rf"({NUMBER})([^0-9.,]{{0,4}}?)(?:-|~|至|到)({NUMBER})(.*)", re.S)
_STEPS = re.compile(
    rf"(?:({NUMBER})亿)?(?:({NUMBER})万)?(?:({NUMBER})千)?(?:({NUMBER})百)?({NUMBER})?([^0-9]*)"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """One number of a cell. ``sized``: a word such as 万 was part of it; ``unit``: what stands behind it."""

    number: Decimal
    unit: str
    sized: bool = False
    rough: str = ""  # 约, 余
    below: str = ""  # 不足: the number itself is not reached
    left: str = ""  # a remark in brackets


def whole_or_not(number):
    """A Decimal as int, or float when it has a fraction."""
    return int(number) if number == int(number) else float(number)


def plain_text(number):
    """A Decimal without exponent and needless noughts: ``5``, ``0.1234``."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def of_number(raw):
    """The Decimal of an int or float, without the noise of binary fractions."""
    return Decimal(raw) if isinstance(raw, int) else Decimal(f"{raw:.12g}")


def quantity(raw):
    """The Quantity that a cell (not blank) says, or None when it says none, or more than one."""
    if isinstance(raw, (int, float)):
        number = of_number(raw)
        return Quantity(number, "") if number.is_finite() else None
    text = fold(raw)
    if _SPLIT_NUMBER.search(text):
        return None
    text = "".join(text.split())
    left = ""
    if (match := _BRACKETS.search(text)) and match.start():
        left, text = match[0], text[: match.start()]
    text = _PLAIN_HEAD.sub("", text)
    below, text = _taken(_BELOW, text)
    rough, text = _taken(_ROUGH, text)
    tail = _ROUGH_TAIL.search(text)
    if tail and tail.start():
        rough, text = rough + tail[0], text[: tail.start()] + text[tail.end() :]
    found = _number_and_unit(text)
    return Quantity(*found, rough, below, left) if found else None


def _taken(pattern, text):
    match = pattern.match(text)
    return (match[0], text[match.end() :]) if match else ("", text)


def _number_and_unit(text):
    """(Decimal, unit, sized) of the whole text, or None."""
    match = _HEAD.fullmatch(text)
    if not match:
        return None
    written, size, unit = match.groups()
    if not written[0].isdigit() and written[0] != ".":
        said = value_of(written)
        if said is None or size or re.search("[0-9]|" + NUMERAL.pattern, unit):
            return None
        return Decimal(said), unit, written[-1] in "万亿"
    if size and re.match("[0-9.]", unit):
        return _of_steps(text)
    if re.search("[0-9](?<!m2)(?<!M2)", unit):
        return None
    if size in ("千", "百") and unit[:1] in ("克", "米", "瓦"):
        return None
    number = _decimal(written)
    return (number * SIZES[size.lower()], unit, True) if size else (number, unit, False)


def _of_steps(text):
    """5万8千, 1亿2000万, 5万8000; 5万8 means different things to different people and is None."""
    match = _STEPS.fullmatch(text)
    if not match:
        return None
    *steps, rest, unit = match.groups()
    sizes = (100_000_000, TEN_THOUSAND, 1000, 100)
    parts = [(_decimal(step), size) for step, size in zip(steps, sizes, strict=True) if step]
    if rest:
        if len(rest.partition(".")[0]) < len(str(parts[-1][1])) - 1:
            return None
        parts.append((_decimal(rest), 1))
    for (_more, above), (number, size) in zip(parts, parts[1:], strict=False):
        if number * size >= above:
            return None
    return sum(number * size for number, size in parts), unit, True


def _decimal(written):
    try:
        return Decimal(written.replace(",", ""))
    except InvalidOperation:
        return None


def two_ends(raw):
    """(first, last, unit) of a range such as 5-8人, or None."""
    match = _RANGE.fullmatch("".join(fold(raw).split())) if isinstance(raw, str) else None
    if not match:
        return None
    first, between, last, unit = match.groups()
    if between and not unit.startswith(between):
        return None
    return _decimal(first), _decimal(last), unit


def notes_of(found, value):
    """The remarks about what stood beside the number and does not change it."""
    notes = []
    if found.rough:
        notes.append(Remark("amount.rough", {"words": found.rough, "value": value}))
    if found.left:
        notes.append(Remark("amount.brackets", {"words": found.left, "value": value}))
    return tuple(notes)
