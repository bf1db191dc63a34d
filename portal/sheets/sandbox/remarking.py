"""A workbook given back with one more column: what is to be done about each row, in the office's own file.

openpyxl keeps styles, widths, merges and formulas, and sees a file only after it passed the same scan as for
reading. Values that formulas had computed are computed anew by the program that opens the file.
"""

import csv
import io
from bisect import bisect_left
from copy import copy
from zipfile import ZIP_DEFLATED, ZipFile

import compound
import opening
import openpyxl
import packages
import texts
import webpages
import workbooks
from limits import Refusal
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._writer import WorksheetWriter
from openpyxl.worksheet.dimensions import ColumnDimension
from openpyxl.writer.excel import ExcelWriter
from PIL import Image
from tables import clean

WIDTH = 48  # of the new column, in characters
LONGEST = 32_767
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
BAD_TITLE = str.maketrans("[]:*?/\\", "       ")

Image.preinit()  # pictures on a sheet are looked at when they are kept


def run(source, output, request):
    """Write the file with its remarks to ``output``; the answer names the kind that was made."""
    kind = opening.recognise(source)
    if kind != request["kind"]:
        raise Refusal("damaged")
    if kind == "csv":
        _remark_text(source, output, request)
        return {"made": "csv"}
    if kind == "xlsx":
        book = packages.scan(source, request["rules"])
        source.seek(0)
        made = openpyxl.load_workbook(source, keep_links=False)
    else:
        book, made = _anew(source, kind, request)
    for sheet in book.sheets:
        wanted = request["remarks"].get(sheet.name)
        if wanted:
            _remark(made[_title(sheet.name)], sheet, wanted, request["heading"])
    _save(made, output)
    return {"made": "xlsx"}


class _Collector:
    """Takes the sheets that a reader writes, instead of the portal."""

    def __init__(self):
        self.sheets = []

    def sheet(self, sheet, rows):
        rows = list(rows)
        sheet.height = len(rows)
        sheet.width = max((_last(row) for row in rows), default=0)
        self.sheets.append((sheet, rows))


def _last(row):
    """The number of cells up to the last that holds something."""
    return next((number for number in range(len(row), 0, -1) if row[number - 1] is not None), 0)


def _anew(source, kind, request):
    """The cells of an old workbook or a web page in a new workbook: texts, numbers, days and merges."""
    rules, taken = request["rules"], _Collector()
    if kind == "html":
        webpages.read(source, rules, taken, next(iter(request["remarks"]), "1"))
    else:
        workbooks.read(source, compound.scan(source, rules), taken)
    made = openpyxl.Workbook()
    made.remove(made.active)
    for sheet, rows in taken.sheets:
        fresh = made.create_sheet(_title(sheet.name))
        fresh.sheet_state = "visible" if sheet.visible else "hidden"
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                if value is not None:
                    _put(fresh.cell(number, column), value)
        for top, left, bottom, right in sheet.merges:
            fresh.merge_cells(None, top + 1, left + 1, bottom + 1, right + 1)
        for number in sheet.hidden:
            fresh.row_dimensions[number + 1].hidden = True
    taken.sheets = [sheet for sheet, _rows in taken.sheets]
    return taken, made


def _title(name):
    return name.translate(BAD_TITLE)[:31]


def _put(cell, value):
    """Text stays text, whatever sign it begins with."""
    if isinstance(value, str):
        value = clean(value)[:LONGEST]
        cell.value = value
        cell.data_type = "s"
        if value.startswith(FORMULA_STARTS):
            cell.quotePrefix = True
    else:
        cell.value = value


def _remark(worksheet, sheet, wanted, heading):
    """``wanted``: {"header": row, "rows": {row: text}}. An earlier column of remarks is used again."""
    header, rows = wanted["header"], {int(row): text for row, text in wanted["rows"].items()}
    column = max(sheet.width, 1)
    width = WIDTH
    if worksheet.cell(header, column).value == heading:
        for row in range(header + 1, sheet.height + 1):
            if not _covered(worksheet.cell(row, column)):
                worksheet.cell(row, column).value = None
        width = worksheet.column_dimensions[get_column_letter(column)].width
    else:
        column = max(column, _edge(sheet.merges, sorted({header, *rows}))) + 1
        _free(worksheet, column)
    for row, text in ((header, heading), *rows.items()):
        cell = worksheet.cell(row, column)
        if _covered(cell):
            raise Refusal("damaged")
        beside = worksheet.cell(row, column - 1) if column > 1 else None
        if beside is not None and beside.has_style:
            cell._style = copy(beside._style)
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        _put(cell, text)
    dimension = worksheet.column_dimensions[get_column_letter(column)]
    dimension.width, dimension.hidden = width, False


def _edge(merges, rows):
    """The last column of the merged areas that one of ``rows`` (from 1, in order) runs through."""
    edge = 0
    for top, _left, bottom, right in merges:
        found = bisect_left(rows, top + 1)
        if found < len(rows) and rows[found] <= bottom + 1:
            edge = max(edge, right + 1)
    return edge


def _free(worksheet, column):
    """Take a column out of the width that a whole group of columns shares: Excel wants each named once."""
    dimensions = worksheet.column_dimensions
    for dimension in list(dimensions.values()):
        first, last = dimension.min, dimension.max
        if first is None or last is None or not first <= column <= last:
            continue
        if last > column:
            after = get_column_letter(column + 1)
            dimensions[after] = ColumnDimension(
                worksheet, after, dimension.width, hidden=dimension.hidden, min=column + 1, max=last
            )
        if first == column:
            del dimensions[dimension.index]
        else:
            dimension.max = column - 1


def _covered(cell):
    """Inside a merged area, not at its upper left: such a cell holds nothing."""
    return isinstance(cell, openpyxl.cell.MergedCell)


class _Writer(ExcelWriter):
    """Without temporary files: nothing can be opened any more."""

    def write_worksheet(self, ws):
        ws._drawing = openpyxl.drawing.spreadsheet_drawing.SpreadsheetDrawing()
        ws._drawing.charts, ws._drawing.images = ws._charts, ws._images
        writer = WorksheetWriter(ws, io.BytesIO())
        writer.write()
        ws._rels = writer._rels
        self._archive.writestr(ws.path[1:], writer.out.getbuffer())
        self.manifest.append(ws)


def _save(workbook, output):
    with ZipFile(output, "w", ZIP_DEFLATED) as archive:
        _Writer(workbook, archive).write_data()


def _remark_text(source, output, request):
    """The same rows, separated as before, in UTF-8 with its mark or in GB 18030."""
    encoding = texts.encoding_of(source, (request["encoding"],))
    separator = texts.separator_of(source, encoding)
    taken = _Collector()
    taken.sheet(texts.Sheet(""), texts.rows(source, encoding, separator, request["rules"]))
    ((sheet, rows),) = taken.sheets
    wanted = next(iter(request["remarks"].values()), {"header": 1, "rows": {}})
    remarks = {int(row): _harmless(text) for row, text in wanted["rows"].items()}
    remarks[wanted["header"]] = request["heading"]
    width = sheet.width
    header = rows[wanted["header"] - 1] if wanted["header"] <= len(rows) else []
    if width and len(header) >= width and header[width - 1] == request["heading"]:
        width -= 1
    text = io.TextIOWrapper(
        output, "gb18030" if encoding == "gb18030" else "utf-8-sig", newline="", write_through=True
    )
    lines = csv.writer(text, delimiter=separator)
    for number, row in enumerate(rows, 1):
        cells = [value or "" for value in row[:width]]
        lines.writerow([*cells, *[""] * (width - len(cells)), remarks.get(number, "")])
    text.detach()


def _harmless(text):
    """A CSV file cannot say that something is text; a spreadsheet program takes an apostrophe for that."""
    text = clean(text)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text


def _warm_up():
    """Have every module loaded that saving and loading a workbook take, before the limits stand."""
    workbook, kept = openpyxl.Workbook(), io.BytesIO()
    _put(workbook.active.cell(1, 1), "=")
    workbook.active.merge_cells("A1:B1")
    with ZipFile(kept, "w", ZIP_DEFLATED) as archive:
        _Writer(workbook, archive).write_data()
    openpyxl.load_workbook(kept)


_warm_up()
