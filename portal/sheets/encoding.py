"""Values as cells of a worksheet (ECMA-376, 18.3.1.4): text stays text, numbers numbers, dates dates.

Text is always an inline string, so a name that begins with ``=`` is a name. What follows an ``s`` attribute
here is the rest of the cell, e.g. ``><v>5</v></c>``; the reference and the style are the caller's.
"""

import re
from datetime import date, datetime
from decimal import Decimal
from math import isfinite

MOST_CHARACTERS = 32_767  # of a cell, in UTF-16 units
MOST_DIGITS = 15  # of a number in Excel; the rest would become zeros
FIRST_SAFE_DAY = date(1900, 3, 1)  # Excel believes in a 29 February 1900
DAY_ZERO = date(1899, 12, 30).toordinal()

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
EMPTY = "/>"
ESCAPES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def legible(text):
    """The text as XML can carry it: without control characters and lone surrogates, lines end in ``\\n``."""
    return UNPRINTABLE.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))


def text_body(text):
    """The text between ``<t>`` and ``</t>``. Raises ValueError where a cell cannot hold it all."""
    text = legible(text)
    units = len(text) + sum(character > "\uffff" for character in text)
    if units > MOST_CHARACTERS:
        raise ValueError(
            f"A cell holds {MOST_CHARACTERS:,} characters, this text has {units:,}: {text[:40]}…"
        )
    return LOOKS_ESCAPED.sub("_x005F_", text).translate(ESCAPES)


def has_edges(text):
    """Whether space at the beginning or end must be protected."""
    return text != text.strip(" \t\n")


def text_cell(text):
    """The rest of a cell with a text; empty text is an empty cell."""
    body = text_body(text)
    if not body:
        return EMPTY
    space = ' xml:space="preserve"' if has_edges(body) else ""
    return f' t="inlineStr"><is><t{space}>{body}</t></is></c>'


def number_cell(number):
    """The rest of a cell with a number. Raises ValueError for what Excel cannot hold exactly enough."""
    if isinstance(number, float):
        if not isfinite(number):
            raise ValueError(f"{number} is no number for a cell.")
        return f"><v>{number!r}</v></c>"
    exact = Decimal(number)
    if not exact.is_finite() or len(exact.normalize().as_tuple().digits) > MOST_DIGITS:
        raise ValueError(f"A number in a cell has at most {MOST_DIGITS} digits: {number}")
    return f"><v>{exact:f}</v></c>"


def day_cell(day):
    """The rest of a cell with a date; days from before Excel's calendar are written out."""
    if day < FIRST_SAFE_DAY:
        return text_cell(day.isoformat())
    return f"><v>{day.toordinal() - DAY_ZERO}</v></c>"


def cell(value):
    """The rest of a cell with a Python value. Raises TypeError for a type that has no cell."""
    if value is None:
        return EMPTY
    if isinstance(value, str):
        return text_cell(value)
    if isinstance(value, (int, float, Decimal)) and not isinstance(value, bool):
        return number_cell(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return day_cell(value)
    raise TypeError(f"No cell for a {type(value).__name__}.")


class DayCells(dict):
    """Cells by the text of a date as PostgreSQL writes it, ``2019-06-01``, or a coarser one, ``2019-06``.

    Bytes to bytes, each made once; a day that is no day becomes a text.
    """

    MOST = 100_000

    def __missing__(self, text):
        if len(self) >= self.MOST:
            self.clear()
        found = self[text] = self._cell(text.decode()).encode()
        return found

    def _cell(self, text):
        if len(text) != 10:
            return text_cell(text)
        try:
            return day_cell(date.fromisoformat(text))
        except ValueError:
            return text_cell(text)
