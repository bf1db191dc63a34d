"""Sheets as data, and the xlsx files and Books that they make."""

import io
import re
from dataclasses import dataclass
from datetime import date, datetime

import xlsxwriter

from portal.sheets.reading import Book, Sheet


@dataclass(frozen=True)
class Computed:
    """A cell with a formula and the value that Excel kept for it."""

    formula: str
    value: object


@dataclass(frozen=True)
class Page:
    """A sheet: rows of cells, merges such as A1:F1, and the numbers of hidden rows, from 1."""

    rows: tuple
    name: str = "Sheet1"
    merges: tuple = ()
    hidden_rows: tuple = ()
    visible: bool = True

    def areas(self):
        """Merges as (first row, first column, last row, last column), 0-based."""
        return [area(merge) for merge in self.merges]


def area(text):
    """A1:F1 as numbers."""
    left, top, right, bottom = re.fullmatch("([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)", text).groups()
    return int(top) - 1, _number(left), int(bottom) - 1, _number(right)


def _number(letters):
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def workbook(*pages):
    """The bytes of an xlsx file with those pages."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "default_date_format": "yyyy/m/d"})
    for page in pages:
        sheet = book.add_worksheet(page.name)
        for top, left, bottom, right in page.areas():
            sheet.merge_range(top, left, bottom, right, "")
        for at, row in enumerate(page.rows):
            for column, value in enumerate(row):
                _write(sheet, at, column, value)
        for number in page.hidden_rows:
            sheet.set_row(number - 1, None, None, {"hidden": True})
        if not page.visible:
            sheet.hide()
    book.close()
    return file.getvalue()


def _write(sheet, row, column, value):
    if isinstance(value, Computed):
        sheet.write_formula(row, column, value.formula, None, value.value)
    elif isinstance(value, (date, datetime)):
        sheet.write_datetime(row, column, value)
    elif isinstance(value, str):
        sheet.write_string(row, column, value)
    elif value is not None:
        sheet.write(row, column, value)


def book_of(*pages):
    """The Book that reading the file would give, without the file."""
    return Book("xlsx", "", False, [_sheet(page) for page in pages])


def _sheet(page):
    rows = [[cell.value if isinstance(cell, Computed) else cell for cell in row] for row in page.rows]
    formulas = {
        (at, column)
        for at, row in enumerate(page.rows)
        for column, cell in enumerate(row)
        if isinstance(cell, Computed)
    }
    hidden = frozenset(number - 1 for number in page.hidden_rows)
    return Sheet(page.name, rows, page.areas(), hidden, frozenset(formulas), page.visible)
