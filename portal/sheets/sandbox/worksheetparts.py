"""Worksheets and shared texts: how large are they, and which rows and cells are special?"""

import re
from array import array
from itertools import product
from string import ascii_uppercase

from formats import HUNDREDTHS, year_and_tenth
from limits import Refusal
from xmlparts import Walker

LAST_ROW = 1_048_576  # of Excel itself
COLUMNS = {
    "".join(letters): number
    for number, letters in enumerate(
        [pair for length in (1, 2, 3) for pair in product(ascii_uppercase, repeat=length)][:16_384]
    )
}
RANGE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})(?::\$?([A-Z]{1,3})\$?([0-9]{1,7}))?")


class Tally:
    """What all sheets of a workbook take together."""

    def __init__(self, rules):
        self._rules = rules
        self.area = self.elements = self.text = 0

    def add(self, elements, area, text):
        self.elements += elements
        self.area += area
        self.text += text
        if max(self.area, self.elements) > self._rules["cells"]:
            raise Refusal("cells", found=max(self.area, self.elements), limit=self._rules["cells"])
        if self.text > self._rules["text"]:
            raise Refusal("text", found=self.text, limit=self._rules["text"])


class Strings(Walker):
    """xl/sharedStrings.xml: the length of each text, so that a long one shown a million times is noticed."""

    def __init__(self, rules):
        super().__init__()
        self._limit = rules["cell_text"]
        self._most = rules["cells"]
        self._inside = False
        self._length = 0
        self.lengths = array("H")
        self.escapes = False
        self.starts = {"si": self._start_item, "t": self._start_text}
        self.ends = {"si": self._end_item, "t": self._end_text}

    def _start_item(self, _attributes):
        self._length = 0

    def _end_item(self):
        if len(self.lengths) >= self._most:
            raise Refusal("cells", found=len(self.lengths) + 1, limit=self._most)
        self.lengths.append(self._length)

    def _start_text(self, _attributes):
        self._inside = True

    def _end_text(self):
        self._inside = False

    def text(self, data):
        if self._inside:
            self._length += len(data)
            if self._length > self._limit:
                raise Refusal("cell_text", found=self._length, limit=self._limit)
            if "_x" in data:
                self.escapes = True


class Worksheet(Walker):
    """One sheet: notes hidden rows, merges, formulas, errors and what formats leave out of numbers.

    ``styles``: {number of a style: what it shows}, of the notable ones. What is too large or disordered is
    refused.
    """

    def __init__(self, sheet, strings, styles, tally, rules):
        super().__init__()
        self._sheet = sheet
        self._strings = strings.lengths
        sheet.escapes = strings.escapes
        sheet.shown = {kind: [] for kind in set(styles.values())}
        self._styles = {style: sheet.shown[kind] for style, kind in styles.items()}
        self._tenths = sheet.shown.get(HUNDREDTHS)
        self._tally = tally
        self._rules = rules
        self._most_cells = rules["cells"]
        self._most_text = rules["cell_text"]
        self._row = self._column = -1
        self._label = ""  # the row's number as it is written at the end of its cells' references
        self._attributes = {}  # of the cell
        self._open = self._valued = self._inside = False  # in a cell; it has a value; in that
        self._value = ""
        self._cells = self._text = self._merged = 0
        self._rows = self._columns = 0  # that hold values
        self.starts = {
            "c": self._start_cell,
            "v": self._start_value,
            "t": self._start_value,
            "row": self._start_row,
            "f": self._start_formula,
            "mergeCell": self._start_merge,
        }
        self.ends = {"c": self._end_cell, "worksheet": self._end_sheet}

    def _end_sheet(self):
        self._sheet.height, self._sheet.width = self._rows, self._columns
        self._tally.add(self._cells, self._rows * self._columns, self._text)

    def text(self, data):
        if self._inside:
            self._value = value = self._value + data
            if len(value) > self._most_text:
                self._refuse("cell_text", len(value))

    def _refuse(self, code, found, rule=None):
        limit = self._rules[rule or code]
        raise Refusal(code, sheet=self._sheet.name[:100], found=found, limit=limit)

    def _start_row(self, attributes):
        label = attributes.get("r")
        if label is None:
            label = str(self._row + 2)
        if not (label.isascii() and label.isdigit() and len(label) < 8):
            raise Refusal("reference", sheet=self._sheet.name[:100], reference=label[:20])
        number = int(label) - 1
        if number <= self._row or number >= LAST_ROW:
            raise Refusal("reference", sheet=self._sheet.name[:100], reference=label)
        self._row, self._label, self._column = number, label, -1
        if attributes.get("hidden") in ("1", "true", "on") and number < self._rules["rows"]:
            self._sheet.hidden.append(number)

    def _start_cell(self, attributes):
        reference = attributes.get("r")
        if reference is None:
            column = self._column + 1
        else:
            column = COLUMNS.get(reference[: -len(self._label)], -1)
            if column <= self._column or not self._label or not reference.endswith(self._label):
                raise Refusal("reference", sheet=self._sheet.name[:100], reference=reference[:20])
        self._column = column
        self._attributes = attributes
        self._open = True
        self._valued = self._inside = False
        self._value = ""
        self._cells = cells = self._cells + 1
        if cells > self._most_cells:
            self._refuse("cells", cells)

    def _start_value(self, _attributes):
        if self._valued or not self._open:  # a text in several runs
            self.start("", None)
        self._valued = self._inside = self._open

    def _end_cell(self):
        self._open = self._inside = False
        if not self._valued:
            return
        row, column = self._row, self._column
        if row >= self._rows or column >= self._columns:
            self._grow(row + 1, column + 1)
        kind = self._attributes.get("t")
        if kind == "s":
            index = self._value.strip()
            if not index.isdigit() or len(index) > 9 or int(index) >= len(self._strings):
                raise Refusal("damaged")
            self._text += self._strings[int(index)]
            return
        self._text += len(self._value)
        if kind == "e":
            self._sheet.errors.setdefault(row, {})[column] = self._value.strip() or None
        elif kind is None or kind in ("n", "d"):
            style = self._attributes.get("s", "0")
            if style in self._styles:
                noted = self._styles[style]
                if noted is not self._tenths or self._may_be_month():
                    noted += (row, column)
        elif "_x" in self._value:
            self._sheet.escapes = True

    def _grow(self, rows, columns):
        self._rows, self._columns = max(rows, self._rows), max(columns, self._columns)
        if rows > self._rules["rows"]:
            self._refuse("rows", rows)
        if columns > self._rules["columns"]:
            self._refuse("columns", columns)

    def _may_be_month(self):
        """Whether the number with two decimals in this cell may be a year and a month."""
        if self._value[4:5] != ".":
            return False
        try:
            return year_and_tenth(float(self._value))
        except ValueError:  # the values are read by somebody else
            return False

    def _start_formula(self, _attributes):
        self.start("", None)
        if self._open:  # and not a condition at the end of the sheet
            self._sheet.formulas += (self._row, self._column)

    def _start_merge(self, attributes):
        """A title is at times merged over all 16,384 columns: only what is inside the limits is kept."""
        reference = attributes.get("ref", "")
        match = RANGE.fullmatch(reference)
        if not match or match[1] not in COLUMNS or (match[3] or match[1]) not in COLUMNS:
            raise Refusal("reference", sheet=self._sheet.name[:100], reference=reference[:20])
        top, bottom = int(match[2]) - 1, int(match[4] or match[2]) - 1
        left, right = COLUMNS[match[1]], COLUMNS[match[3] or match[1]]
        if not 0 <= top <= bottom < LAST_ROW or left > right:
            raise Refusal("reference", sheet=self._sheet.name[:100], reference=reference[:20])
        self._merged += (bottom - top + 1) * (right - left + 1)
        if self._merged > self._most_cells:
            self._refuse("merged_cells", self._merged, "cells")
        merges = self._sheet.merges
        if len(merges) >= self._rules["merges"]:
            self._refuse("merges", len(merges) + 1)
        bottom = min(bottom, self._rules["rows"] - 1)
        right = min(right, self._rules["columns"] - 1)
        if top <= bottom and left <= right:
            merges.append((top, left, bottom, right))
