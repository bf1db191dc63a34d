"""Workbooks made by hand, part by part: a small good one, and containers of old .xls files."""

import io
import struct
import zipfile

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
ROWS = '<row r="1"><c r="A1" t="inlineStr"><is><t>Name</t></is></c><c r="B1"><v>1</v></c></row>'


def worksheet(rows=ROWS, after="", root=f'<worksheet xmlns="{MAIN}">'):
    return f"{HEAD}{root}<sheetData>{rows}</sheetData>{after}</worksheet>"


def strings(*items):
    texts = "".join(f"<si><t>{item}</t></si>" for item in items)
    return f'{HEAD}<sst xmlns="{MAIN}" count="{len(items)}" uniqueCount="{len(items)}">{texts}</sst>'


def parts(sheet=None, **more):
    """Part name to text of a good workbook of one sheet."""
    relations = f"{PACKAGE}/relationships"
    made = {
        "[Content_Types].xml": f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{KIND}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KIND}.worksheet+xml"/></Types>',
        "_rels/.rels": f'{HEAD}<Relationships xmlns="{relations}">'
        f'<Relationship Id="rId1" Type="{LINKS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'{HEAD}<Relationships xmlns="{relations}">'
        f'<Relationship Id="rId1" Type="{LINKS}/worksheet" Target="worksheets/sheet1.xml"/>'
        "</Relationships>",
        "xl/workbook.xml": f'{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">'
        '<sheets><sheet name="One" sheetId="1" r:id="rId1"/></sheets></workbook>',
        SHEET: sheet if sheet is not None else worksheet(),
    }
    return made | more


def packed(entries, method=zipfile.ZIP_DEFLATED):
    """A ZIP file of (name, content) pairs or a dict of them; content is text, bytes or pieces of bytes."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, content in entries.items() if isinstance(entries, dict) else entries:
            info = zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0))
            info.compress_type = method
            with archive.open(info, "w", force_zip64=zipfile.ZIP64_LIMIT < 100) as part:
                for piece in [content] if isinstance(content, (str, bytes)) else content:
                    part.write(piece.encode() if isinstance(piece, str) else piece)
    return file.getvalue()


def workbook(sheet=None, **more):
    return packed(parts(sheet, **more))


def with_parts(changes):
    return packed(parts() | changes)


SECTOR = 512


def container(streams):
    """An OLE container of name to bytes; every stream is padded to what needs no small sectors."""
    data, entries, chains = b"", [], []
    for name, content in streams.items():
        content = content.ljust(4096, b"\0")
        sectors = -(-len(content) // SECTOR)
        start = len(data) // SECTOR
        chains += [*range(start + 1, start + sectors), 0xFFFFFFFE]
        entries.append(_entry(name, 2, start, len(content)))
        data += content.ljust(sectors * SECTOR, b"\0")
    entries.insert(0, _entry("Root Entry", 5, 0xFFFFFFFE, 0))
    directory = b"".join(entries)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    first, count = len(chains), len(directory) // SECTOR
    chains += [*range(first + 1, first + count), 0xFFFFFFFE]
    tables = -(-(len(chains) + 1) // 127)
    place = len(chains)
    chains += [0xFFFFFFFD] * tables
    table = struct.pack(f"<{len(chains)}L", *chains).ljust(tables * SECTOR, b"\xff")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<5H", 0x3E, 3, 0xFFFE, 9, 6)
    header += bytes(10) + struct.pack("<LLLLLLLL", tables, first, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0)
    places = [place + number for number in range(tables)]
    header += struct.pack("<109L", *places, *[0xFFFFFFFF] * (109 - tables))
    return header + data + directory + table


def _entry(name, kind, start, size):
    text = name.encode("utf-16-le") + b"\0\0"
    fields = struct.pack("<HBB3L", len(text), kind, 1, 0xFFFFFFFF, 0xFFFFFFFF, 0xFFFFFFFF)
    return text.ljust(64, b"\0") + fields + bytes(36) + struct.pack("<LQ", start, size)


def record(kind, body=b""):
    return struct.pack("<2H", kind, len(body)) + body


def old_format(number, code):
    return record(0x041E, struct.pack("<2HB", number, len(code), 1) + code.encode("utf-16-le"))


def old_style(number):
    """A style whose cells have that format."""
    return record(0x00E0, struct.pack("<2H", 0, number) + bytes(16))


def label(row, column, text):
    return record(0x0204, struct.pack("<3HHB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def number(row, column, value, style=0):
    return record(0x0203, struct.pack("<3Hd", row, column, style, value))


def old_workbook(cells, name="旧表", before=b"", state=0, kind=0):
    """The workbook stream of an Excel 97 file of one sheet; ``cells`` are its records."""
    begin = record(0x0809, struct.pack("<4H", 0x0600, 5, 0, 0) + bytes(8))
    text = name.encode("utf-16-le")
    size = len(begin) + len(before) + 4 + 8 + len(text) + 4
    bound = record(0x0085, struct.pack("<LBBBB", size, state, kind, len(name), 1) + text)
    sheet = record(0x0809, struct.pack("<4H", 0x0600, 0x10, 0, 0) + bytes(8)) + cells + record(0x000A)
    return begin + before + bound + record(0x000A) + sheet


def old(cells, streams=None, **kwargs):
    """A whole .xls file."""
    return container({"Workbook": old_workbook(cells, **kwargs)} | (streams or {}))
