"""The shapes in which people write dates; ``dates`` decides what they mean."""

import re

from studios.rosters.cells.numerals import DIGITS, SIGNS, digits_of, value_of

_LABEL = re.compile(
    "^(?:时间|日期|年月|[命名创建成立批准授牌认定]{2}(?:时间|日期|年月)?|于|自|从)[::]?(?=[0-9〇零○一二])"
)
_ROUGH = re.compile("^(?:约|大约|大概)|(?:左右|前后|许)$")
_PART = re.compile("(?<=[年月])(?:初|底|末|中|上旬|中旬|下旬|上半年|下半年|春|夏|秋|冬|[一二三四]季度)$")
_WEEK = re.compile(r"\(?(?:星期|周)[一二三四五六日天]\)?$")
_CLOCK = re.compile(
    r"(?:(?<=[0-9])T|(?<=[0-9日]) |(?<=日))[0-9]{1,2}:[0-9]{2}"
    r"(?::[0-9]{2}(?:\.[0-9]+)?)?(?:Z|\+[0-9:]{4,5})?$"
)
_CHINESE = re.compile(f"([{SIGNS}]+)(?=[年月日号])")
_MIXED = re.compile(f"(?<=[{SIGNS}])[0oO]+(?=[{SIGNS}])")  # 二0一九
_STOPS = re.compile("((?:19|20)[0-9]{2})[、。]([0-9]{1,2})(?:[、。]([0-9]{1,2}))?")  # 2019。6
_DEED = re.compile("(?<=[0-9年月日号])(?:命名|授牌|挂牌|认定|批准|公布|成立|创建|建立|组建)$")
_LETTER_O = re.compile("(?<=[0-9.])[oO](?=[0-9])|(?<=[0-9])[oO](?=[0-9.年])")

_NEXT = re.compile(r"(?<=[0-9年月日号])\s+(?=(?:19|20)[0-9]{2}[^0-9])|\n")
_BROKEN = re.compile(r"(?<=[年月])\s*\n\s*(?=[0-9]{1,2}[月日号])")  # 2019年 and 6月 below it
_BETWEEN = re.compile(r"(?<=[0-9])\s+(?=[0-9])")

_END = "[日号]?"
_ONE = re.compile(
    "([0-9]{4})(?:年度?"
    f"|年([0-9]{{1,2}})(?:月份?)?|年([0-9]{{1,2}})月([0-9]{{1,2}}){_END}"
    f"|([-./,])([0-9]{{1,2}})(?:月份?)?|([-./,])([0-9]{{1,2}})(\\7)([0-9]{{1,2}}){_END}"
    r"|\.([0-9]{2})([0-9]{2}))"
)
_SHORT = re.compile(
    "'?([0-9]{2})(?:年(?:([0-9]{1,2})(?:月份?(?:([0-9]{1,2})[日号]?)?)?)?"
    r"|([-./])([0-9]{1,2})(?:\4([0-9]{1,2}))?)"
)
_MESSY = re.compile(r"([0-9]{1,2})([-./])([0-9]{1,2})\2([0-9]{2})")
_TURNED = re.compile(r"([0-9]{1,2})([-./])(?:([0-9]{1,2})\2)?((?:19|20)[0-9]{2})")
_MANY = re.compile(
    r"(?<![0-9])((?:19|20)[0-9]{2})(?:(?:年|[-./])([0-9]{1,2})(?![0-9])"
    r"(?:(?:月份?|[-./](?=[0-9]{1,2}(?![0-9])))(?:([0-9]{1,2})(?![0-9])(?!月|年)[日号]?)?)?|年?(?![0-9]))"
)
_JOIN = "(?:-+|~+|至|到|——)"
_SHARED = re.compile(rf"([0-9]{{4}})(?:年|\.)([0-9]{{1,2}})月?{_JOIN}([0-9]{{1,2}})月?份?")
_YEARS = re.compile(rf"([0-9]{{4}})年?{_JOIN}([0-9]{{4}})年?度?")
_RANGE = re.compile(f"[0-9年月日号]{_JOIN}(?:[0-9]|今|现|目前)")
_LOST = re.compile("([0-9]{2,4})[日号]")
_NO_YEAR = re.compile(r"[0-9]{1,2}月(?:[0-9]{1,2}[日号]?)?|[0-9]{1,2}[-./][0-9]{1,2}")


def compacted(text):
    """The folded text without a time of day and without blanks; one between digits is a sign of its own."""
    text = _NEXT.sub("、", _BROKEN.sub("", _CLOCK.sub("", text)))
    return "".join(_BETWEEN.sub(".", text).split())


def without_words(compact):
    """(the text of the date, words that say it is only about then): numerals, labels, weekdays gone."""
    text = _CHINESE.sub(_numeral, _MIXED.sub(_zeros, compact))
    text = _LETTER_O.sub("0", text)
    text = _DEED.sub("", _WEEK.sub("", _LABEL.sub("", text)))
    if stops := _STOPS.fullmatch(text):
        text = ".".join(filter(None, stops.groups()))
    words = []
    for pattern in (_ROUGH, _PART):
        match = pattern.search(text)
        if match:
            words.append(match[0])
            text = pattern.sub("", text)
    return text.rstrip(".。,;、"), words


def _zeros(match):
    return "〇" * len(match[0])


def _numeral(match):
    text = match[1]
    if len(text) in (2, 4) and match.string[match.end()] == "年" and all(sign in DIGITS for sign in text):
        return digits_of(text)
    return value_of(text) or text


def one_date(text):
    """(year, month, day) of a text that is one date in full, shorter when less is said, or None."""
    match = _ONE.fullmatch(text)
    if not match:
        return None
    year, *rest = match.groups()
    numbers = [int(part) for part in rest if part and part.isdigit()]
    return (int(year), *numbers)


def short_year(text):
    """The digits of a date whose year has two: ("19", "6") of 19年6月, or None."""
    match = _SHORT.fullmatch(text)
    if match:
        return tuple(part for part in match.groups() if part and part.isdigit())
    match = _MESSY.fullmatch(text)
    return (match[1], match[3], match[4]) if match else None


def centuries(year, *rest):
    """Both readings of a two-digit year, the later first."""
    numbers = tuple(int(part) for part in rest)
    return [(century + int(year), *numbers) for century in (2000, 1900)] if len(year) == 2 else []


def end_year(text):
    """(first, second, year) of 06/07/2019 or (month, year) of 6/2019, or None."""
    match = _TURNED.fullmatch(text)
    return tuple(int(part) for part in match.groups() if part and part.isdigit()) if match else None


def ends_of_range(text):
    """Both ends of 2019.6-12 or 2019-2021 and, where it may be one, the day; None when it is none."""
    if match := _YEARS.fullmatch(text):
        return [(int(match[1]),), (int(match[2]),)]
    if match := _SHARED.fullmatch(text):
        year, first, last = map(int, match.groups())
        ends = [(year, first), (year, last)]
        return ends if "月" in text else [*ends, (year, first, last)]
    return None


def all_dates(compact):
    """Every (year, month, day) with a four-digit year in a longer text."""
    text = _LETTER_O.sub("0", _CHINESE.sub(_numeral, compact))
    found = []
    for match in _MANY.finditer(text):
        parts = tuple(int(part) for part in match.groups() if part)
        if parts not in found:
            found.append(parts)
    return found


def is_range(compact):
    """Whether two dates are joined by a dash or 至."""
    return bool(_RANGE.search(compact))


def month_lost(text):
    """What ``98日`` or ``1228日`` may have been before its 月 got lost, as text, or ""."""
    match = _LOST.fullmatch(text)
    if not match:
        return ""
    digits = match[1]
    pairs = [(int(digits[:at]), int(digits[at:])) for at in (1, 2) if digits[at:] and digits[at] != "0"]
    return "、".join(f"{month}月{day}日" for month, day in pairs if 1 <= month <= 12 and 1 <= day <= 31)


def without_year(text):
    """Whether a month, or month and day, is said without a year."""
    return bool(_NO_YEAR.fullmatch(text))
