"""Areas in square metres, whole counts, and money in 10,000 yuan."""

import re
from decimal import ROUND_HALF_UP, Decimal

from studios.rosters.cells.folding import bare
from studios.rosters.cells.quantities import (
    NUMBER,
    TEN_THOUSAND,
    notes_of,
    plain_text,
    quantity,
    two_ends,
    whole_or_not,
)
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong

SQUARE_METRES = frozenset(
    "m2 m² m^2 ㎡ 平 平米 平方 平方米 平方公尺 平方m 个平方 sqm sq.m 平m 米2 米²".split()
)
COUNTERS = frozenset(
    "人 名 位 个 项 件 次 篇 台 套 间 家 所 场 期 部 本 份 支 对 人次 个人 人员 "
    "名成员 名职工 名队员 项次".split()
)
MOST_AREA = Decimal(999_999)  # what the register can hold
MOST_COUNT = 32_767
SCALES = {"元": 1, "千元": 1000, "万元": TEN_THOUSAND, "百万元": 1_000_000, "亿元": 100_000_000}
MUCH, LITTLE = 10_000, 100  # an amount in 10,000 yuan, or in yuan, that was probably typed in the other unit
_MOST_MONEY = Decimal(10) ** 8  # below it, as the register holds

_SIDES = re.compile(rf"(?:长|约)?({NUMBER})(?:米|m)?[*x×X乘](?:宽)?({NUMBER})(?:米|m|m2|㎡|平米|平方米)?")
_PLACES = re.compile(rf"({NUMBER})(?:m2|m²|㎡|平方米|平米|平方|平)")
_PEOPLE = re.compile("([0-9]+)(?:人|名)")
_CURRENCY = re.compile("^(?:人民币|rmb|cny|[¥￥])+", re.I)
_YUAN = re.compile("^(?:元|块钱?|圆)整?(?:人民币)?$")
_UNITS = {
    "万": "万元",
    "亿": "亿元",
    "千": "千元",
    "万圆": "万元",
    "w": "万元",
    "万元整": "万元",
    "万元人民币": "万元",
}


def read_area(raw):
    """Square metres as int, or float with at most two digits behind the point."""
    if is_blank(raw):
        return NOTHING
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return wrong("area.shape")
    found = quantity(raw)
    if found is None or found.unit.lower() not in {"", *SQUARE_METRES}:
        return _several_areas(raw)
    inside = 0 < found.number <= MOST_AREA
    rounded = found.number.quantize(Decimal("0.01"), ROUND_HALF_UP) if inside else 0
    if not rounded:
        return wrong("area.limits", most=int(MOST_AREA))
    exact, rounded = rounded == found.number, whole_or_not(rounded)
    if found.below:
        return _confirm("area", raw, [rounded], "㎡", "amount.below")
    notes = notes_of(found, rounded)
    if not exact:
        notes += (Remark("area.rounded", {"value": rounded}),)
    return Understood(rounded, notes)


def _confirm(kind, raw, values, unit, code):
    """A question with the values, each with its unit behind it."""
    found = bare(raw)
    return ask(f"{kind}:{found}", code, [(value, f"{value}{unit}") for value in values], found=found)


def _several_areas(raw):
    """5×6, 25-30㎡, an office and a workshop: the total is offered, not assumed."""
    ends = two_ends(raw)
    if ends and ends[2].lower() in {"", *SQUARE_METRES}:
        return _confirm("area", raw, [whole_or_not(end) for end in ends[:2]], "㎡", "amount.range")
    text = bare(raw)
    if match := _SIDES.fullmatch(text):
        sides = [Decimal(side.replace(",", "")) for side in match.groups()]
        return _confirm("area", raw, [whole_or_not(round(sides[0] * sides[1], 2))], "㎡", "area.sides")
    places = [Decimal(place.replace(",", "")) for place in _PLACES.findall(text)]
    if not places:
        return wrong("area.shape")
    values = [sum(places), *places] if len(places) > 1 else places
    return _confirm("area", raw, [whole_or_not(value) for value in values[:6]], "㎡", "area.several")


def read_count(raw):
    """A whole number, 0 too."""
    if is_blank(raw):
        return NOTHING
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return wrong("count.shape")
    found = quantity(raw)
    if found is None or found.unit not in {"", *COUNTERS}:
        return _several_counts(raw)
    if found.number != int(found.number):
        return wrong("count.shape")
    value = int(found.number)
    if not 0 <= value <= MOST_COUNT:
        return wrong("count.limits", most=MOST_COUNT)
    if found.below:
        return _confirm("count", raw, [value], "", "amount.below")
    return Understood(value, notes_of(found, value))


def _several_counts(raw):
    ends = two_ends(raw)
    if ends and ends[2] in {"", *COUNTERS} and all(end == int(end) <= MOST_COUNT for end in ends[:2]):
        return _confirm("count", raw, [int(end) for end in ends[:2]], "", "amount.range")
    numbers = [int(number) for number in _PEOPLE.findall(bare(raw)) if len(number) < 6]
    numbers = [number for number in numbers if number <= MOST_COUNT]
    return _confirm("count", raw, numbers[:6], "", "count.among_words") if numbers else wrong("count.shape")


def read_money(raw, *, scale=None):
    """Decimal text in 10,000 yuan. ``scale``: the column's unit (元, 千元, 万元, 亿元) or None.

    A unit in the cell wins. A number that looks as if typed in the other unit is asked about, and so is one
    without any unit.
    """
    if is_blank(raw):
        return NOTHING
    if isinstance(raw, bool) or not isinstance(raw, (str, int, float)):
        return wrong("money.shape")
    found = quantity(_CURRENCY.sub("", bare(raw)) if isinstance(raw, str) and "¥" in bare(raw) else raw)
    if found is None:
        return _money_range(raw, scale)
    unit = _unit_of(found)
    if unit is None or found.number < 0:
        return wrong("money.shape")
    if not unit:
        return _without_unit(raw, found, scale)
    return _money(raw, found, unit)


def _money(raw, found, unit):
    value = _in_ten_thousands(found.number, unit)
    if value is None:
        return wrong("money.limits", most=int(_MOST_MONEY))
    if found.below:
        return _money_choice(raw, [(value, unit, found.number)], "amount.below")
    notes = notes_of(found, value)
    if Decimal(value) != found.number * SCALES[unit] / TEN_THOUSAND:
        notes += (Remark("money.rounded", {"value": value}),)
    return Understood(value, notes)


def _unit_of(found):
    """The unit in SCALES that the cell itself names, "" when it names none, None when it is another."""
    unit = found.unit.lower()
    if found.sized and (not unit or _YUAN.match(unit)):
        return "元"  # 5万 has been multiplied out
    unit = _UNITS.get(unit, unit)
    if found.sized and unit not in ("万元", "亿元"):  # 8千万 is a number, 8千千 is none
        return None
    if _YUAN.match(unit):
        return "元"
    return unit if not unit or unit in SCALES else None


def _in_ten_thousands(number, unit):
    """Decimal text to the yuan, which is what the register holds; None beyond what it can hold."""
    amount = number * SCALES[unit] / TEN_THOUSAND
    if not 0 <= amount < _MOST_MONEY:
        return None
    return plain_text(amount.quantize(Decimal("0.0001"), ROUND_HALF_UP))


def _money_choice(raw, readings, code):
    found = bare(raw)
    choices = [(value, f"{plain_text(number)}{unit}") for value, unit, number in readings if value]
    if not choices:
        return wrong("money.limits", most=int(_MOST_MONEY))
    return ask(f"money:{found}", code, choices, found=found)


def _without_unit(raw, found, scale):
    number = found.number
    readings = [(_in_ten_thousands(number, unit), unit, number) for unit in ("万元", "元")]
    if not number:
        return Understood("0", notes_of(found, "0"))
    if scale not in SCALES:
        return _money_choice(raw, readings, "money.unit")
    if (scale == "万元" and number >= MUCH) or (scale == "元" and number < LITTLE):
        return _money_choice(raw, readings, "money.ten_thousandfold")
    return _money(raw, found, scale)


def _money_range(raw, scale):
    ends = two_ends(raw)
    unit = _UNITS.get(ends[2], ends[2]) or scale if ends else None
    if unit not in SCALES:
        return wrong("money.shape")
    readings = [(_in_ten_thousands(end, unit), unit, end) for end in ends[:2]]
    return _money_choice(raw, readings, "amount.range")
