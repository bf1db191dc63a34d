"""Workbooks written while the rows come: any number of rows in flat memory, same input gives same bytes.

    book = Workbook(file.write)
    with book.sheet(Plan(name="科尔沁区", columns=…, title=…)) as sheet:
        sheet.rows(values)                # Python values, or
        sheet.feed(block)                 # text of COPY, the fast way
        sheet.total("合计 3 个")
        sheet.footer = ("共 3 个", "")
    with book.sheet(summary, place=0) as sheet: …   # written last, shown first
    book.finish()

Nothing in the file depends on the clock. ``place`` orders the sheets as shown; otherwise as written.
"""

from contextlib import contextmanager
from xml.sax.saxutils import escape, quoteattr

from portal.sheets.encoding import cell, legible, text_body
from portal.sheets.feeding import Feed
from portal.sheets.packing import Pack
from portal.sheets.plans import (
    LINE_HEIGHT,
    MOST_ROWS,
    breadth,
    height_of,
    legal_name,
    letters,
    lines_needed,
    quoted_name,
)
from portal.sheets.styles import MAIN, NUMBERS, PROLOG, styles_part

PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
OF_RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
OF_SHEETS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
TITLE_HEIGHT, LINE_ROW_HEIGHT = 30, 18  # points
LONGEST_FOOTER = 255
MARGINS = '<pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>'


class Workbook:
    """A workbook in the making; ``write`` is any callable that takes bytes."""

    def __init__(self, write):
        self._pack = Pack(write)
        self._sheets = []
        self._pack.add("_rels/.rels", _relations([("officeDocument", "xl/workbook.xml")]))
        self._pack.add("xl/styles.xml", styles_part())

    @contextmanager
    def sheet(self, plan, place=None):
        """A sheet to fill, one at a time; complete when the block ends. ``sheet.name`` is the legal name."""
        name = legal_name(plan.name, [sheet.name for sheet in self._sheets])
        number = len(self._sheets) + 1
        with self._pack.part(f"xl/worksheets/sheet{number}.xml") as part:
            sheet = Sheet(part.write, plan, name, number)
            sheet.place = number if place is None else place
            self._sheets.append(sheet)
            yield sheet
            sheet.end()

    def finish(self):
        """Write what binds the sheets together. Raises ValueError for a workbook without sheets."""
        if not self._sheets:
            raise ValueError("A workbook has at least one sheet.")
        targets = [("worksheet", f"worksheets/sheet{sheet.number}.xml") for sheet in self._sheets]
        self._pack.add("xl/workbook.xml", self._workbook())
        self._pack.add("xl/_rels/workbook.xml.rels", _relations([*targets, ("styles", "styles.xml")]))
        self._pack.add("[Content_Types].xml", self._types())
        self._pack.finish()

    def _workbook(self):
        shown = sorted(self._sheets, key=lambda sheet: (sheet.place, sheet.number))
        tabs = "".join(
            f'<sheet name={quoteattr(sheet.name)} sheetId="{sheet.number}" r:id="rId{sheet.number}"/>'
            for sheet in shown
        )
        names = "".join(
            f'<definedName name="{name}" localSheetId="{position}"{hidden}>{escape(where)}</definedName>'
            for position, sheet in enumerate(shown)
            for name, hidden, where in sheet.defined_names()
        )
        return (
            f'{PROLOG}<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><bookViews><workbookView/></bookViews>'
            f"<sheets>{tabs}</sheets><definedNames>{names}</definedNames></workbook>"
        )

    def _types(self):
        parts = [("xl/workbook.xml", "sheet.main"), ("xl/styles.xml", "styles")]
        parts += [(f"xl/worksheets/sheet{sheet.number}.xml", "worksheet") for sheet in self._sheets]
        overrides = "".join(
            f'<Override PartName="/{path}" ContentType="{OF_SHEETS}.{kind}+xml"/>' for path, kind in parts
        )
        return (
            f'{PROLOG}<Types xmlns="{PACKAGE}/content-types">'
            f'<Default Extension="rels" ContentType="{OF_RELATIONS}"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
        )


class Sheet:
    """One sheet while it is filled. ``count`` rows so far; ``footer`` left and right of the page number."""

    def __init__(self, write, plan, name, number):
        self.plan, self.name, self.number = plan, name, number
        self.footer = plan.footer
        self.count = 0
        self._send = write
        self._next = 1
        self._merged = []
        self._feed = None
        self._begin()

    def rows(self, rows):
        """Rows of Python values: str, int, float, Decimal, date, None; the type decides, not the column."""
        columns = [(letters(i), NUMBERS[column.kind]) for i, column in enumerate(self.plan.columns)]
        texts, rooms = self.plan.texts, self.plan.rooms
        for values in rows:
            cells = [
                f'<c r="{letter}{self._next}" s="{style}"{cell(value)}'
                for (letter, style), value in zip(columns, values, strict=True)
            ]
            bodies = [text_body(values[i]).encode() if isinstance(values[i], str) else b"" for i in texts]
            self._row(cells, height_of(bodies, rooms), fixed=False)
            self.count += 1

    def feed(self, block):
        """Whole lines of ``COPY (…) TO STDOUT (NULL '')``, as bytes; one value for each column.

        Dates come as dates in ISO form, or coarser (``2019-06``) as text; numbers as PostgreSQL writes them.
        """
        self._feed = self._feed or Feed(self.plan)
        xml, number = self._feed.rows(block, self._next)
        self._step(number)
        self.count += number
        self._send(xml)

    def total(self, label, values=None):
        """A last row: ``label`` across the columns before the first of ``values`` ({column: value})."""
        values = values or {}
        width = len(self.plan.columns)
        self._merge(0, min([*values, self.plan.abreast]) - 1)
        cells = [self._cell(0, "total_text", label)]
        for position in range(1, width):
            kind = self.plan.columns[position].kind
            style = f"total_{kind}" if kind in ("integer", "decimal") else "total_text"
            cells.append(self._cell(position, style, values.get(position)))
        self._row(cells, height=LINE_ROW_HEIGHT)

    def note(self, text):
        """A line below the table, across all columns."""
        columns = self.plan.columns
        self._merge(0, len(columns) - 1)
        lines = lines_needed(text, sum(column.width for column in columns))
        self._row([self._cell(0, "note", text)], height=lines * LINE_HEIGHT)

    def end(self):
        """Everything that follows the rows; ``Workbook.sheet`` calls it."""
        merged = "".join(f'<mergeCell ref="{reference}"/>' for reference in self._merged)
        merges = f'<mergeCells count="{len(self._merged)}">{merged}</mergeCells>' if merged else ""
        filtered = f'<autoFilter ref="{self._filter()}"/>' if self.plan.filtered else ""
        side = "landscape" if self.plan.landscape else "portrait"
        self._send(
            f'</sheetData>{filtered}{merges}<printOptions horizontalCentered="1"/>{MARGINS}'
            f'<pageSetup paperSize="{self.plan.paper}" orientation="{side}"'
            f' fitToWidth="{self.plan.pages_wide}" fitToHeight="0"/>'
            f"<headerFooter><oddFooter>{self._footer()}</oddFooter></headerFooter></worksheet>".encode()
        )

    def defined_names(self):
        """(name, attributes, reference) of what the workbook knows of the sheet: rows on each page."""
        quoted = quoted_name(self.name)
        if self.plan.filtered:
            first, last = self._filter().split(":")
            where = ":".join(f"${ref.rstrip('0123456789')}${ref.lstrip(ALPHABET)}" for ref in (first, last))
            yield "_xlnm._FilterDatabase", ' hidden="1"', f"{quoted}!{where}"
        titles = f"{quoted}!$1:${self.plan.rows_above}"
        if self.plan.pages_wide > 1 and self.plan.frozen_columns:
            titles = f"{quoted}!$A:${letters(self.plan.frozen_columns - 1)},{titles}"
        yield "_xlnm.Print_Titles", "", titles

    def _begin(self):
        plan = self.plan
        widths = "".join(
            f'<col min="{i}" max="{i}" width="{column.width}" customWidth="1"/>'
            for i, column in enumerate(plan.columns, start=1)
        )
        self._send(
            f'{PROLOG}<worksheet xmlns="{MAIN}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr>'
            f'<sheetViews><sheetView workbookViewId="0">{self._pane()}</sheetView></sheetViews>'
            f'<sheetFormatPr defaultRowHeight="{LINE_HEIGHT}"/><cols>{widths}</cols><sheetData>'.encode()
        )
        if plan.title:
            self._merge(0, plan.abreast - 1)
            self._row([self._cell(0, "title", plan.title)], height=TITLE_HEIGHT)
        if plan.line:
            self._line()
        self._head()

    def _line(self):
        """The texts below the title, each as wide as its share of what they need."""
        columns, texts = self.plan.columns[: self.plan.abreast], self.plan.line
        aligned = {1: ("left",), 2: ("left", "right"), 3: ("left", "center", "right")}[len(texts)]
        needs = [breadth(text) + 2 for text in texts]
        total, room, spent = sum(needs), sum(column.width for column in columns), 0
        cells, start = [], 0
        for order, (text, side) in enumerate(zip(texts, aligned, strict=True)):
            spent += needs[order]
            last = len(columns) - (len(texts) - order)  # each later text keeps a column
            end = start
            while end < last and (order == len(texts) - 1 or self._reach(end + 1) <= room * spent / total):
                end += 1
            self._merge(start, end)
            cells.append(self._cell(start, f"line_{side}", text))
            start = end + 1
        self._row(cells, height=LINE_ROW_HEIGHT)

    def _reach(self, column):
        return sum(other.width for other in self.plan.columns[: column + 1])

    def _head(self):
        columns, grouped = self.plan.columns, self.plan.grouped
        upper = [column.group or column.heading for column in columns] if grouped else []
        for start, end in _runs(columns, self.plan.abreast) if grouped else ():
            self._merge(start, end)
        for position, column in enumerate(columns):
            if grouped and not column.group:
                self._merged.append(f"{letters(position)}{self._next}:{letters(position)}{self._next + 1}")
        if grouped:
            self._row([self._cell(i, "head", text) for i, text in enumerate(upper)], height=LINE_ROW_HEIGHT)
        lower = ["" if grouped and not column.group else column.heading for column in columns]
        cells = [self._cell(i, "head", text) for i, text in enumerate(lower)]
        lines = max(lines_needed(column.heading, column.width) for column in columns)
        self._row(cells, height=max(2, lines) * LINE_HEIGHT)

    def _cell(self, position, style, value):
        return f'<c r="{letters(position)}{self._next}" s="{NUMBERS[style]}"{cell(value)}'

    def _merge(self, start, end):
        if end > start:
            self._merged.append(f"{letters(start)}{self._next}:{letters(end)}{self._next}")

    def _row(self, cells, height=None, fixed=True):
        """``fixed``: the height stays when somebody changes the text."""
        number = self._next
        self._step(1)
        high = f' ht="{height}"' + ' customHeight="1"' * fixed if height else ""
        self._send(f'<row r="{number}"{high}>{"".join(cells)}</row>'.encode())

    def _step(self, rows):
        if self._next + rows - 1 > MOST_ROWS:
            raise ValueError(f"A sheet holds {MOST_ROWS:,} rows.")
        self._next += rows

    def _pane(self):
        across, down = self.plan.frozen_columns, self.plan.rows_above
        corner = f"{letters(across)}{down + 1}"
        split = f'xSplit="{across}" ySplit="{down}"' if across else f'ySplit="{down}"'
        active = "bottomRight" if across else "bottomLeft"
        return (
            f'<pane {split} topLeftCell="{corner}" activePane="{active}" state="frozen"/>'
            f'<selection pane="{active}" activeCell="{corner}" sqref="{corner}"/>'
        )

    def _filter(self):
        above = self.plan.rows_above
        return f"A{above}:{letters(len(self.plan.columns) - 1)}{above + self.count}"

    def _footer(self):
        """Left text, page number, right text; in them ``&`` would begin a code (18.3.1.46)."""
        left, right = (legible(text).replace("&", "&&") for text in self.footer)
        footer = f"&L{left}&C第 &P 页 共 &N 页&R{right}"
        if len(footer) > LONGEST_FOOTER:
            raise ValueError(f"A footer holds {LONGEST_FOOTER} characters, this one has {len(footer)}.")
        return escape(footer)


ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def _runs(columns, abreast):
    """(first, last) of neighbours that share a group; a group that goes on on the next page is two."""
    start = 0
    for position in range(1, len(columns) + 1):
        if position in (len(columns), abreast) or columns[position].group != columns[start].group:
            if columns[start].group:
                yield start, position - 1
            start = position


def _relations(targets):
    items = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{PROLOG}<Relationships xmlns="{PACKAGE}/relationships">{items}</Relationships>'
