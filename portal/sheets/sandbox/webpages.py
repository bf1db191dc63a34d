"""Web pages called .xls, as many systems export them: all tables of the page, one below the other."""

import re
from html.parser import HTMLParser

import texts
from limits import Refusal
from tables import Sheet, clean

CHUNK = 64 * 1024
UNFINISHED = 1024 * 1024  # characters of a tag or comment that does not end
CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
CHINESE = {"gb2312", "gbk", "gb18030", "gb_2312-80", "cp936", "x-gbk"}
UNICODE = {"utf-8", "utf8", "unicode"}
SPACES = re.compile(r"[ \t\r\n\f\v\xa0]+")
LINE = "\x0b"  # stands for <br> until the white space is put in order


def read(source, rules, writer, title):
    """Write the one sheet of a page; the name of its encoding."""
    encoding = _encoding(source)
    page = _Page(rules, title)
    text = texts.opened(source, encoding)
    while chunk := text.read(CHUNK):
        page.feed(chunk)
        if len(page.rawdata) > UNFINISHED:
            raise Refusal("damaged")
    page.close()
    page.finish()
    if not page.tables:
        raise Refusal("no_table")
    writer.sheet(page.sheet, iter(page.rows))
    return encoding


def _encoding(source):
    source.seek(0)
    declared = CHARSET.search(source.read(4096))
    name = declared[1].decode().lower() if declared else ""
    if name in CHINESE:
        return texts.encoding_of(source, ("gb18030", "utf-8"))
    if not name or name in UNICODE:
        return texts.encoding_of(source)
    raise Refusal("encoding")


class _Page(HTMLParser):
    """``rows`` of texts; a cell over several rows or columns is a merge with its text at the upper left."""

    def __init__(self, rules, title):
        super().__init__(convert_charrefs=True)
        self._rules = rules
        self.sheet = Sheet(title)
        self.rows = []
        self.tables = 0
        self._depth = 0  # tables inside a cell belong to its text
        self._blocked = {}  # column: first row that is free again
        self._column = 0
        self._cell = None  # parts of the text of the open cell
        self._length = self._area = 0
        self._spans = (1, 1)
        self._silent = 0  # inside <style> or <script>

    def handle_starttag(self, tag, attributes):
        if tag == "table":
            self._depth += 1
            if self._depth == 1:
                self.tables += 1
                self._blocked = {}
        elif tag in ("style", "script", "title"):
            self._silent += 1
        elif self._depth > 1:
            return
        elif tag == "tr":
            self._start_row(dict(attributes))
        elif tag in ("td", "th"):
            self._start_cell(dict(attributes))
        elif tag in ("br", "p", "div") and self._cell:
            self._cell.append(LINE)

    def handle_endtag(self, tag):
        if tag in ("style", "script", "title"):
            self._silent = max(0, self._silent - 1)
        elif tag == "table":
            if self._depth == 1:
                self._end_cell()
            self._depth = max(0, self._depth - 1)
        elif self._depth <= 1 and tag in ("td", "th", "tr"):
            self._end_cell()

    def handle_data(self, data):
        if self._cell is None or self._silent:
            return
        self._cell.append(data)
        self._length += len(data)
        if self._length > 2 * self._rules["cell_text"]:  # white space between the lines is not counted
            self._refuse("cell_text", self._length)

    def finish(self):
        self._end_cell()
        for number, (top, left, bottom, right) in enumerate(self.sheet.merges):
            self.sheet.merges[number] = (top, left, min(bottom, len(self.rows) - 1), right)

    def _start_row(self, attributes):
        self._end_cell()
        if not self._depth:
            return
        if len(self.rows) >= self._rules["rows"]:
            self._refuse("rows", len(self.rows) + 1)
        if "display:none" in (attributes.get("style") or "").replace(" ", "").lower():
            self.sheet.hidden.append(len(self.rows))
        self.rows.append([])
        self._column = 0

    def _start_cell(self, attributes):
        self._end_cell()
        if not self._depth:
            return
        if not self.rows:
            self._start_row({})
        row = len(self.rows) - 1
        while self._blocked.get(self._column, 0) > row:
            self._column += 1
        self._spans = _span(attributes.get("rowspan")), _span(attributes.get("colspan"))
        if self._column + self._spans[1] > self._rules["columns"]:
            self._refuse("columns", self._column + self._spans[1])
        if "x:fmla" in attributes:
            self.sheet.formulas += (row, self._column)
        self._cell, self._length = [], 0

    def _end_cell(self):
        if self._cell is None:
            return
        text = clean(_lines(self._cell))
        if len(text) > self._rules["cell_text"]:
            self._refuse("cell_text", len(text))
        row, column = len(self.rows) - 1, self._column
        down, across = self._spans
        cells = self.rows[row]
        grown = column + across - len(cells)
        cells.extend([None] * grown)
        cells[column] = text or None
        if down > 1 or across > 1:
            self._merge(row, column, down, across)
        self._area += max(grown, 0)
        if self._area > self._rules["cells"]:
            self._refuse("cells", self._area)
        self._column += across
        self._cell = None

    def _merge(self, row, column, down, across):
        self.sheet.merges.append((row, column, row + down - 1, column + across - 1))
        if len(self.sheet.merges) > self._rules["merges"]:
            self._refuse("merges", len(self.sheet.merges))
        for place in range(column, column + across):
            self._blocked[place] = row + down

    def _refuse(self, code, found):
        raise Refusal(code, sheet=self.sheet.name, found=found, limit=self._rules[code])


def _lines(parts):
    joined = "".join(parts)
    return "\n".join(filter(None, (SPACES.sub(" ", line).strip() for line in joined.split(LINE))))


def _span(text):
    """A span as browsers read it: 1 where it is nothing sensible."""
    digits = (text or "").strip()
    return (
        min(max(int(digits), 1), 65_534) if digits.isascii() and digits.isdigit() and len(digits) < 9 else 1
    )
