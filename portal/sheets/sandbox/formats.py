"""Number formats (ECMA-376, 18.8.30 and 18.8.31): how much of its value does a cell with this one show?

Whoever types 2019年6月 gets the first day of that month in a format that shows no day, and 2019.10 typed
into a cell of two decimals is kept as 2019.1: only the format still knows what was meant.
"""

import re

MONTH, YEAR, HUNDREDTHS = "month", "year", "hundredths"
LONGEST = 1_000  # Excel itself takes 255 characters

# Those that Excel means by their number alone; 27 to 58 as Excel and WPS in Chinese do.
BUILT_IN = {
    **dict.fromkeys((17, 27, 36, 50, 52, 57), MONTH),
    **dict.fromkeys((2, 4, 7, 8, 39, 40, 43, 44), HUNDREDTHS),
}

MOST = 65_536  # styles of a file, and formats; Excel takes fewer

_TOKEN = re.compile(
    r"""
      (?P<end> ; )
    | (?P<literal> "[^"]*"? | [\\_*]. | General )
    | (?P<time> am/pm | a/p | 上午/下午 | \[(?:h+|m+|s+)\] | h+ | s+ )
    | (?P<condition> \[[<>=][^\]]*\] )
    | (?P<bracket> \[[^\]]*\] )
    | (?P<exponent> e[-+] )
    | (?P<year> y+ | e+ )
    | (?P<month> m+ )
    | (?P<day> d+ | a{3,} )
    | (?P<digit> [0#?.,%/@] )
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_TWO_DECIMALS = re.compile(r"(?:[0#?,]*[0#?])?\.00")


def shown(code):
    """``month``: and no day; ``year`` alone; ``hundredths``: a number with two decimals; or "".

    ``code`` is a format as the file has it. Times of day make a format neither of these.
    """
    if len(code) > LONGEST:
        return ""
    sections, conditions = _sections(code)
    if not conditions:  # the first is that of positive numbers
        return _kind(*sections[0])
    kinds = {_kind(found, digits) for found, digits in sections if digits != "@"}
    return kinds.pop() if len(kinds) == 1 else ""


def _sections(code):
    """([({names of tokens}, digit signs)] of each section, whether any has a condition)."""
    sections, found, digits, conditions = [], set(), "", False
    for match in _TOKEN.finditer(code):
        token = match.lastgroup
        if token == "end":
            sections.append((found, digits))
            found, digits = set(), ""
        elif token == "condition":
            conditions = True
        else:
            found.add(token)
            digits += match[0] if token == "digit" else ""
    sections.append((found, digits))
    return sections, conditions


def _kind(found, digits):
    if found & {"time", "day"}:
        return ""
    if "month" in found:
        return MONTH
    if "year" in found:
        return YEAR
    if "exponent" not in found and _TWO_DECIMALS.fullmatch(digits):
        return HUNDREDTHS
    return ""


class Styles:
    """The styles of cells of one file; what is odd in them says nothing."""

    def __init__(self):
        self._kinds = dict(BUILT_IN)
        self._uses = []  # the format of each style

    def define(self, number, code):
        """A format of the file itself; one with the number of a built-in format takes its place."""
        if number >= 0 and (number in self._kinds or len(self._kinds) < MOST):
            self._kinds[number] = shown(code)

    def use(self, number):
        """The next style has the format of this number."""
        if len(self._uses) < MOST:
            self._uses.append(number)

    def notable(self):
        """{number of a style: what it shows}, of those that show something else than their value."""
        kinds = ((style, self._kinds.get(number)) for style, number in enumerate(self._uses))
        return {style: kind for style, kind in kinds if kind}


def year_and_tenth(number):
    """Whether a number such as 2019.1, which two decimals show as 2019.10, may be a year and a month."""
    return 1900 < number < 2100 and number % 1 != 0 and len(repr(number)) == 6
