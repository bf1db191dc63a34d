"""The records of an old workbook ([MS-XLS] 2.4): its sheets, their extent, what is special in them."""

import struct

import formats
from limits import Refusal
from tables import Book, Sheet

BOF, EOF, BOUND_SHEET, FILE_PASS, DATE_MODE = 0x0809, 0x000A, 0x0085, 0x002F, 0x0022
SUP_BOOK, OB_PROJ, ROW, MERGE_CELLS = 0x01AE, 0x00D3, 0x0208, 0x00E5
FORMULAS = {0x0006, 0x0206, 0x0406}
BOOL_ERR, MUL_RK = 0x0205, 0x00BD
NUMBER, RK, FORMAT, XF = 0x0203, 0x027E, 0x041E, 0x00E0
CELLS = {NUMBER, RK, 0x00FD, 0x0204, 0x00D6, BOOL_ERR, MUL_RK, *FORMULAS}
WORKSHEET, MACRO_SHEET, CHART, MODULE = 0, 1, 2, 6
OWN_BOOK, ADD_IN = 0x0401, 0x3A01
HIDDEN_ROW = 0x20
ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}


def scan(data, rules):
    """The Book in a workbook stream; Refusal of a password, of macros and of more than ``rules`` allow."""
    return _Scan(data, rules).book


class _Scan:
    """Goes once through all records; ``_sheet`` is the worksheet that the records at hand belong to."""

    def __init__(self, data, rules):
        self._data = data
        self._rules = rules
        self.book = Book()
        self._listed = {}  # place in the stream: Sheet, or None for a chart
        self._sheet = None
        self._sheets = 0
        self._rows = self._columns = self._area = 0
        self._wide_names = True
        self._depth = 0
        self._styles = formats.Styles()
        self._notable = None  # styles, known once all formats are
        self._walk()
        if self._listed:  # pointing to where nothing begins
            raise Refusal("damaged")
        if not self.book.sheets:
            raise Refusal("no_sheet")

    def _walk(self):
        data, at, end = self._data, 0, len(self._data)
        while at + 4 <= end:
            kind, length = struct.unpack_from("<2H", data, at)
            body = at + 4
            if body + length > end:
                raise Refusal("damaged")
            if kind in CELLS:
                if self._sheet is not None and self._depth == 1:
                    self._cell(kind, body, length)
            elif kind == BOF:
                self._begin(at, body, length)
            elif kind == EOF:
                self._end()
                if self._depth == 0 and not self._listed:
                    return  # what follows is padding
            else:
                self._other(kind, data[body : body + length])
            at = body + length
        if self._depth:
            raise Refusal("damaged")

    def _begin(self, at, body, length):
        if length < 4:
            raise Refusal("damaged")
        version, kind = struct.unpack_from("<2H", self._data, body)
        self._depth += 1
        if self._depth > 1:  # a chart that lies on a sheet
            return
        if at == 0:
            self._wide_names = version == 0x0600
            return
        if self._notable is None:
            self._notable = self._styles.notable()
        self._sheet = self._listed.pop(at, None)
        self._rows = self._columns = 0
        if kind == 0x0040:
            raise Refusal("macros")

    def _end(self):
        self._depth -= 1
        if self._depth < 0:
            raise Refusal("damaged")
        if self._depth == 0:
            self._area += self._rows * self._columns
            if self._area > self._rules["cells"]:
                raise Refusal("cells", found=self._area, limit=self._rules["cells"])
            if self._sheet is not None:
                self._sheet.height, self._sheet.width = self._rows, self._columns
            self._sheet = None

    def _other(self, kind, body):
        try:
            if kind == FILE_PASS:
                raise Refusal("password")
            if kind == OB_PROJ:
                raise Refusal("macros")
            if kind == BOUND_SHEET:
                self._bound_sheet(body)
            elif kind == SUP_BOOK:
                if struct.unpack_from("<2H", body)[1] not in (OWN_BOOK, ADD_IN):
                    raise Refusal("external_link")
            elif kind == DATE_MODE:
                self.book.date1904 = struct.unpack_from("<H", body)[0] == 1
            elif kind == FORMAT:
                self._styles.define(*_format(body, self._wide_names))
            elif kind == XF:
                self._styles.use(int.from_bytes(body[2:4], "little"))
            elif self._sheet is not None and self._depth == 1:
                self._sheet_mark(kind, body)
        except (struct.error, IndexError):
            raise Refusal("damaged") from None

    def _bound_sheet(self, body):
        place, state, kind, length = struct.unpack_from("<LBBB", body)
        if kind in (MACRO_SHEET, MODULE):
            raise Refusal("macros")
        if place in self._listed or place == 0:
            raise Refusal("damaged")
        self._sheets += 1
        if kind != WORKSHEET:
            self._listed[place] = None
            return
        if len(self.book.sheets) >= self._rules["sheets"]:
            raise Refusal("sheets", found=len(self.book.sheets) + 1, limit=self._rules["sheets"])
        if not self._wide_names:
            name = ""  # in the writer's own code page; calamine's name is taken by its place
        elif body[7] & 1:
            name = body[8 : 8 + 2 * length].decode("utf-16-le", "replace")
        else:
            name = body[8 : 8 + length].decode("latin-1")
        self._listed[place] = sheet = Sheet(name, state & 3 == 0, self._sheets - 1)
        sheet.escapes = True
        self.book.sheets.append(sheet)

    def _sheet_mark(self, kind, body):
        if kind == ROW:
            number, flags = struct.unpack_from("<H10xH", body)
            if flags & HIDDEN_ROW:
                self._sheet.hidden.append(number)
        elif kind == MERGE_CELLS:
            count = struct.unpack_from("<H", body)[0]
            merges = self._sheet.merges
            for number in range(count):
                top, bottom, left, right = struct.unpack_from("<4H", body, 2 + 8 * number)
                if top <= bottom and left <= right:
                    right = min(right, self._rules["columns"] - 1)
                    merges.append((top, left, min(bottom, self._rules["rows"] - 1), right))
            if len(merges) > self._rules["merges"]:
                raise self._too_large("merges", len(merges))

    def _cell(self, kind, body, length):
        if length < 6:
            raise Refusal("damaged")
        row, column = struct.unpack_from("<2H", self._data, body)
        last = column
        if kind == MUL_RK:
            last = struct.unpack_from("<H", self._data, body + length - 2)[0]
        if row >= self._rows:
            self._rows = row + 1
            if row >= self._rules["rows"]:
                raise self._too_large("rows", row + 1)
        if last >= self._columns:
            self._columns = last + 1
            if last >= self._rules["columns"]:
                raise self._too_large("columns", last + 1)
        if self._notable:
            for at, style, number in _numbers(kind, self._data[body : body + length]):
                shown = self._notable.get(style)
                if shown and (shown != formats.HUNDREDTHS or formats.year_and_tenth(number)):
                    self._sheet.shown.setdefault(shown, []).extend((row, at))
        if kind in FORMULAS:
            self._formula(row, column, body, length)
        elif kind == BOOL_ERR and length >= 8 and self._data[body + 7]:
            self._error(row, column, self._data[body + 6])

    def _formula(self, row, column, body, length):
        self._sheet.formulas += (row, column)
        if length >= 14:
            result = self._data[body + 6 : body + 14]
            if result[6:] == b"\xff\xff" and result[0] == 2:
                self._error(row, column, result[2])

    def _error(self, row, column, code):
        self._sheet.errors.setdefault(row, {})[column] = ERRORS.get(code, "#N/A")

    def _too_large(self, code, found):
        return Refusal(code, sheet=self._sheet.name[:100], found=found, limit=self._rules[code])


def _format(body, wide):
    """(number, code) of a FORMAT record; of an odd one whatever can be made of it."""
    number = int.from_bytes(body[:2], "little")
    if not wide:  # Excel 5
        return number, body[3:].decode("gb18030", "replace")
    return number, body[5:].decode("utf-16-le" if body[4:5] > b"\0" else "latin-1", "replace")


def _numbers(kind, body):
    """(column, style, number) of the cells of a record that hold numbers."""
    if kind == MUL_RK:
        first = struct.unpack_from("<H", body, 2)[0]
        for place, at in enumerate(range(4, len(body) - 7, 6)):
            style, packed = struct.unpack_from("<HL", body, at)
            yield first + place, style, _unpacked(packed)
        return
    column, style = struct.unpack_from("<2H", body, 2)
    if kind == RK and len(body) >= 10:
        yield column, style, _unpacked(struct.unpack_from("<L", body, 6)[0])
    elif (kind == NUMBER or (kind in FORMULAS and body[12:14] != b"\xff\xff")) and len(body) >= 14:
        yield column, style, struct.unpack_from("<d", body, 6)[0]


def _unpacked(packed):
    """The number in the four bytes of an RkNumber ([MS-XLS] 2.5.218)."""
    if packed & 2:
        number = (packed ^ 0x80000000) - 0x80000000 >> 2
    else:
        number = struct.unpack("<d", struct.pack("<Q", (packed & ~3) << 32))[0]
    return number / 100 if packed & 1 else number
