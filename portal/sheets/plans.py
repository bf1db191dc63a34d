"""What a sheet is to look like, as data: columns, lines above and below the rows, paper."""

import re
from dataclasses import dataclass, field
from itertools import accumulate, compress
from math import ceil
from operator import gt
from unicodedata import east_asian_width

from portal.sheets.encoding import legible

KINDS = ("text", "centred", "integer", "decimal", "date")  # names of styles too
A4, A3 = 9, 8  # ST_PaperSize
LINE_HEIGHT, TALLEST_ROW = 15, 405  # points
LONGEST_NAME = 31  # UTF-16 units
ILLEGAL = re.compile(r"[\x00-\x1f\[\]:*?/\\]+")
MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``width`` counts Latin characters; neighbours of one ``group`` share a heading above.

    ``kind``: text, centred (text in the middle), integer, decimal, or date, which takes whole dates and,
    as text, dates that are known to the month or the year only.
    """

    heading: str
    kind: str = "text"
    width: float = 12
    group: str = ""

    def __post_init__(self):
        if self.kind not in KINDS:
            raise ValueError(f"No kind of column: {self.kind}")


@dataclass(frozen=True)
class Plan:
    """One sheet. ``line`` holds up to three texts that share the row below the title, left to right."""

    name: str
    columns: tuple
    title: str = ""
    line: tuple = ()
    frozen_columns: int = 0
    filtered: bool = False
    paper: int = A4
    pages_wide: int = 1  # on further ones the frozen columns come again
    landscape: bool = True
    footer: tuple = field(default=("", ""))  # left and right of the page number; ``Sheet.footer`` replaces it

    def __post_init__(self):
        if not 0 < len(self.columns) <= MOST_COLUMNS:
            raise ValueError(f"A sheet has 1 to {MOST_COLUMNS} columns, not {len(self.columns)}.")
        if len(self.line) > min(3, len(self.columns)):
            raise ValueError("The line below the title has room for three texts, and one in each column.")

    @property
    def texts(self):
        """The positions of the columns whose texts may need several lines."""
        return [i for i, column in enumerate(self.columns) if column.kind in ("text", "centred")]

    @property
    def rooms(self):
        """Latin characters on a line of each of the columns ``texts``."""
        return [max(2, int(self.columns[i].width) - 1) for i in self.texts]

    @property
    def grouped(self):
        """Whether the header has two rows."""
        return any(column.group for column in self.columns)

    @property
    def abreast(self):
        """How many columns stand on the first of the pages side by side: what has a middle, has it there."""
        if self.pages_wide == 1:
            return len(self.columns)
        widths = [column.width for column in self.columns]
        repeated = sum(widths[: self.frozen_columns]) * (self.pages_wide - 1)
        room = (sum(widths) + repeated) / self.pages_wide
        return max(1, sum(reach <= room for reach in accumulate(widths)))

    @property
    def rows_above(self):
        """Rows before the first row of data."""
        return bool(self.title) + bool(self.line) + 1 + self.grouped


def legal_name(wanted, taken=()):
    """A name that Excel takes for a sheet, close to ``wanted``; unlike those ``taken``, whatever the case."""
    name = ILLEGAL.sub(" ", legible(wanted)).strip(" '") or "Sheet"
    used = {other.casefold() for other in taken} | {"history"}  # Excel keeps that one for itself
    candidate, number = _cut(name, LONGEST_NAME), 1
    while candidate.casefold() in used:
        number += 1
        ending = f" ({number})"
        candidate = _cut(name, LONGEST_NAME - len(ending)) + ending
    return candidate


def _cut(name, most):
    """``name`` without what is longer than ``most``, counted as Excel does, in UTF-16."""
    units = name.encode("utf-16-le", "replace")[: 2 * most]
    return units.decode("utf-16-le", "ignore").strip(" '") or "Sheet"


def quoted_name(name):
    """A sheet's name as it stands in a reference to its cells."""
    return "'" + name.replace("'", "''") + "'"


def letters(column):
    """0 → A, 25 → Z, 26 → AA."""
    text, rest = "", column + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        text = chr(65 + letter) + text
    return text


def breadth(text):
    """How wide a text is, in Latin characters: a Chinese one counts for two."""
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)


def height_of(bodies, rooms, broken=True):
    """Points that a row needs for its texts (UTF-8), or None where each fits on one line.

    ``rooms`` gives the Latin characters that a line of each column holds. Programs do not agree on whether
    a row without a height grows with its text, so those that need more say how much.
    ``broken`` says that some text may hold line ends; without them only long ones are looked at.
    """
    lines = 1
    if broken:
        for body, room in zip(bodies, rooms, strict=True):
            lines = max(lines, sum(_lines(part, room) for part in body.split(b"\n")))
    else:
        for body, room in compress(zip(bodies, rooms, strict=True), map(gt, map(len, bodies), rooms)):
            lines = max(lines, _lines(body, room))
    return min(lines * LINE_HEIGHT, TALLEST_ROW) if lines > 1 else None


def _lines(body, room):
    """A Chinese character takes three bytes and the room of two Latin ones."""
    characters = len(body.decode())
    return max(1, -(-(characters + (len(body) - characters) // 2) // room))


def lines_needed(text, width):
    """Lines that a wrapped text takes in a column of that width."""
    room = max(width - 1, 1)  # the cell keeps a little space at both sides
    return sum(max(1, ceil(breadth(line) / room)) for line in text.split("\n"))
