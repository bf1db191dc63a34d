"""Chinese numerals of cells: 二〇一九 digit by digit, 一百二十五 by value, 拾 and 零 as in accounts."""

import re

DIGITS = {
    **{sign: n for n, sign in enumerate("零一二三四五六七八九")},
    **{sign: n for n, sign in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "○": 0, "两": 2, "貳": 2, "叄": 3, "陸": 6,
}  # fmt: skip
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
GROUPS = {"万": 10_000, "萬": 10_000, "亿": 100_000_000, "億": 100_000_000}
_SCORES = str.maketrans({"廿": "二十", "卅": "三十"})

SIGNS = "".join([*DIGITS, *UNITS, *GROUPS, "廿", "卅"])
NUMERAL = re.compile(f"[{SIGNS}]+(?:点[{''.join(DIGITS)}]+)?")


def digits_of(text):
    """``二〇一九`` as ``2019``; None when a sign in it is no single digit."""
    found = [DIGITS.get(sign) for sign in text]
    return None if None in found else "".join(map(str, found))


def value_of(text):
    """The number that ``一百二十五`` or ``三点五`` says, as decimal text.

    None when it is not said in full or not in order: 一百二 and 三四十 may mean this or that.
    """
    text = text.translate(_SCORES)
    whole, point, rest = text.partition("点")
    number = _whole(whole)
    behind = digits_of(rest)
    if number is None or (point and not behind):
        return None
    return f"{number}.{behind}" if point else str(number)


def _whole(text):
    """万 and 亿 split the number into groups of thousands."""
    total, last = 0, None
    for part in re.split("(?<=[万萬亿億])", text):
        if not part:
            continue
        size = GROUPS.get(part[-1], 1)
        if last is not None and size >= last:
            return None
        number = _below_ten_thousand(part[:-1] if size > 1 else part, leading=last is None)
        if number is None or (size > 1 and not number):
            return None
        if last and len(part) == 1:  # 五万八 is 58,000 to some and 50,008 to others
            return None
        total, last = total + number * size, size
    return total if text else None


def _below_ten_thousand(text, *, leading):
    """The value of 八百零五; None when a unit is missing or out of order. 十二 is 12 only at the start."""
    if len(text) == 1 and text in DIGITS:
        return DIGITS[text]
    total, digit, last, gap = 0, None, 10_000, False
    for sign in text:
        if sign in UNITS:
            unit = UNITS[sign]
            if digit is None and (unit != 10 or gap or not (total or leading)):
                return None
            if unit >= last or digit == 0:
                return None
            total, digit, last, gap = total + (1 if digit is None else digit) * unit, None, unit, False
        elif digit is not None or sign not in DIGITS:
            return None
        elif DIGITS[sign] == 0:
            if gap or (leading and not total):
                return None
            gap = True
        else:
            digit = DIGITS[sign]
    if digit is None:
        return total if total and not gap else None
    return total + digit if gap or last == 10 else None
