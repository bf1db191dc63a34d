"""The values of a workbook whose bytes were judged before: read by calamine, numbered as in the sheet."""

import python_calamine
from limits import Refusal
from tables import clean, plain


def read(source, book, writer):
    """Write every worksheet of ``book``; calamine failing after the scan passed is a damaged file."""
    source.seek(0)
    try:
        workbook = python_calamine.CalamineWorkbook.from_filelike(source)
        names = workbook.sheet_names
        for sheet in book.sheets:
            name = names[sheet.place]
            if sheet.name not in ("", name):
                raise Refusal("damaged")
            sheet.name = name
            writer.sheet(sheet, _rows(workbook.get_sheet_by_index(sheet.place), sheet))
    except (Refusal, MemoryError):
        raise
    except python_calamine.PasswordError:
        raise Refusal("password") from None
    except BaseException:  # calamine's panics are no Exceptions
        raise Refusal("damaged") from None


def _rows(values, sheet):
    """Lists of plain values; calamine leaves out empty columns at the left, and shows errors as nothing."""
    if values.start is None:
        yield from _errors_alone(sheet)
        return
    before = [None] * values.start[1]
    number = -1
    for number, row in enumerate(values.iter_rows()):
        cells = before + [
            (value or None)
            if type(value) is str
            else value
            if type(value) is float and 0 < value < 1e15 and value % 1
            else plain(value)
            for value in row
        ]
        if sheet.escapes:
            cells = [clean(value) or None if isinstance(value, str) else value for value in cells]
        if number in sheet.errors:
            _put(cells, sheet.errors[number])
        yield cells
    if number != values.end[0]:
        raise Refusal("damaged")
    yield from _errors_alone(sheet, number + 1)


def _errors_alone(sheet, first=0):
    """The rows from ``first`` on that hold nothing but errors, which calamine takes for empty."""
    for number in range(first, max(sheet.errors, default=-1) + 1):
        row = []
        _put(row, sheet.errors.get(number, {}))
        yield row


def _put(cells, errors):
    for column, text in errors.items():
        cells.extend([None] * (column + 1 - len(cells)))
        cells[column] = text
