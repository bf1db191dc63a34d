"""The way of cells from the child to the portal: lines of JSON, the rows of a sheet in blocks."""

import datetime
import json
import math
import re

from limits import Refusal

BLOCK = 500
MARKS = ("name", "visible", "merges", "hidden", "formulas", "shown")
WHOLE = 1e15  # above this a floating-point number no longer has all its digits
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

_encode = json.JSONEncoder(
    ensure_ascii=False, allow_nan=False, separators=(",", ":"), default=lambda day: {"d": day.isoformat()}
).encode


class Sheet:
    """What is known of one sheet before its values: marks by 0-based row and column."""

    def __init__(self, name, visible=True, place=0):
        self.name = name
        self.place = place  # among all sheets of the workbook, charts included
        self.height = self.width = 0  # up to the last cell with a value
        self.visible = visible
        self.merges = []
        self.hidden = []
        self.formulas = []  # row, column, row, column, …
        self.errors = {}  # row: {column: text}
        self.shown = {}  # what formats show of a number: [row, column, row, column, …]
        self.escapes = False  # _x0001_ and the like occur, or anything may


class Book:
    """The worksheets of a workbook in their order, and whether its days are counted from 1904."""

    def __init__(self):
        self.sheets = []
        self.date1904 = False


class Writer:
    """Lines of JSON: for each sheet what is known of it, blocks of rows, and ``null``."""

    def __init__(self, output, rules):
        self._output = output
        self._rules = rules

    def sheet(self, sheet, rows):
        """``rows``: lists of plain values; empty cells and rows at the end are left out."""
        self._line({name: getattr(sheet, name) for name in MARKS})
        block, empty = [], 0
        for row in rows:
            while row and row[-1] is None:
                row.pop()
            if not row:
                empty += 1
                continue
            if empty:
                block.extend([[]] * empty)
                empty = 0
            block.append(row)
            if len(block) >= BLOCK:
                self._line(block)
                block = []
        self._line(block)
        self._line(None)

    def _line(self, value):
        try:
            self._output.write(_encode(value).encode("utf-8", "replace") + b"\n")
        except OSError:  # more than a file may have
            raise Refusal("too_much_memory") from None

    def close(self):
        try:
            self._output.flush()
        except OSError:
            raise Refusal("too_much_memory") from None


def plain(value):
    """A calamine value that is neither text nor a number with a fraction as one that a Book may hold."""
    if isinstance(value, (bool, datetime.date)):  # a datetime is a date, too
        return value
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        return int(value) if value.is_integer() and abs(value) < WHOLE else value
    if isinstance(value, datetime.time):
        return value.isoformat(timespec="seconds")
    if isinstance(value, datetime.timedelta):
        seconds = round(value.total_seconds())
        sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
        return f"{sign}{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return value


def clean(text):
    """Without the control characters that no database and no workbook takes."""
    return CONTROL.sub("", text)
