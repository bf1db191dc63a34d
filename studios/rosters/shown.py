"""Dates as their cells show them: 2019年6月 is a month, though Excel keeps the first day of it."""

import datetime
from typing import NamedTuple

from studios.resources.columns import ROSTER

_DATES = frozenset(column.key for column in ROSTER if column.kind == "date")
_OCTOBER = ".1"  # how the end of 2019.10 is kept as a number


class Shown(NamedTuple):
    """What the cell in ``column`` shows; ``held``: the text of its value, where the cell hides a part."""

    column: int
    key: str
    text: str
    held: str | None = None


def shown_dates(sheet, table):
    """{row: [Shown]} of the cells, in date columns of a table, that show less or more than their values."""
    if not sheet.shown:
        return {}
    keys = {}  # the first column of each key is the one that is read
    for column in table.columns:
        if column.key in _DATES and column.key not in keys.values():
            keys[column.index] = column.key
    cells = {
        place: kind
        for place, kind in sheet.shown.items()
        if place[1] in keys and table.first <= place[0] < table.last
    }
    ambiguous = _ambiguous(sheet, cells)
    found = {}
    for (row, column), kind in cells.items():
        if column in ambiguous and kind == "hundredths":
            continue
        if one := _shown(_value(sheet, row, column), kind, column, keys[column]):
            found.setdefault(row, []).append(one)
    for (row, column), parent in table.fills.items():
        if (row, column) not in cells:
            same = [one for one in found.get(parent, ()) if one.column == column]
            if same:
                found.setdefault(row, []).extend(same)
    return found


def as_shown(row, cells):
    """The row with the texts of those Shown in place of the values."""
    row = list(row)
    for one in cells:
        row[one.column] = one.text
    return row


def _value(sheet, row, column):
    cells = sheet.rows[row] if row < len(sheet.rows) else ()
    return cells[column] if column < len(cells) else None


def _ambiguous(sheet, cells):
    """The columns in which 2019.3 stands as 2019.30: whoever typed that may have meant January by 2019.1."""
    return {
        column
        for (row, column), kind in cells.items()
        if kind == "hundredths" and not repr(_value(sheet, row, column)).endswith(_OCTOBER)
    }


def _shown(value, kind, column, key):
    """The Shown of a value, or None where the cell shows all there is."""
    if kind == "hundredths":
        return Shown(column, key, f"{value:.2f}") if isinstance(value, float) else None
    if not isinstance(value, datetime.date):  # a datetime is one, too
        return None
    day = value.date() if isinstance(value, datetime.datetime) else value
    first = day.replace(day=1) if kind == "month" else day.replace(month=1, day=1)
    text = day.isoformat()[: 7 if kind == "month" else 4]
    return Shown(column, key, text, None if day == first else day.isoformat())
