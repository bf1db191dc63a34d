"""Files made to hurt whoever opens them: each maker gives the bytes, ``HOSTILE`` the code of its refusal."""

import random
import struct
import zipfile

from tests.sheets import makers
from tests.sheets.makers import (
    HEAD,
    LINKS,
    MAIN,
    PACKAGE,
    SHEET,
    STRINGS,
    packed,
    parts,
    with_parts,
    worksheet,
)

MEGABYTE = 1024 * 1024
LAUGHS = (
    '<!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {new} "{f"&{old};" * 10}">' for old, new in zip("abcdefgh", "bcdefghi", strict=True))
    + "]>"
)


def far_cell():
    """One cell at the far end: a reader that fills the rectangle needs 17 thousand million cells."""
    return makers.workbook(worksheet('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'))


def bomb():
    """Some hundred kilobytes that become 300 megabytes."""
    return packed(parts() | {SHEET: (b" " * MEGABYTE for _ in range(300))})


def silent_bomb():
    """Inside the limit of bytes, and not one cell in them."""
    inner = (b" " * MEGABYTE for _ in range(150))
    start, end = worksheet().encode().split(b"<sheetData>")
    return packed(
        parts() | {SHEET: (piece for part in ([start, b"<sheetData>"], inner, [end]) for piece in part)}
    )


def laughs_in_a_sheet():
    rows = '<row r="1"><c r="A1" t="inlineStr"><is><t>&i;</t></is></c></row>'
    return makers.workbook(worksheet(rows).replace(HEAD, HEAD + LAUGHS))


def laughs_in_strings():
    return with_parts({STRINGS: makers.strings("&i;").replace(HEAD, HEAD + LAUGHS)})


def laughs_in_utf_16():
    text = (
        worksheet()
        .replace('encoding="UTF-8"', 'encoding="UTF-16"')
        .replace("<worksheet", f"{LAUGHS}<worksheet")
    )
    return makers.workbook(text.encode("utf-16"))


def entity_from_elsewhere():
    declared = '<!DOCTYPE x [<!ENTITY i SYSTEM "file:///etc/passwd">]>'
    return with_parts({"xl/workbook.xml": parts()["xl/workbook.xml"].replace(HEAD, HEAD + declared)})


def fat_rows(count=400_000):
    cells = "".join(
        f'<c r="{letter}%d" t="inlineStr"><is><t>某某市职工创新工作室 {letter}</t></is></c>'
        for letter in "ABCDE"
    )

    def rows():
        start, end = worksheet("|").split("|")
        yield start
        for first in range(1, count, 10_000):
            yield "".join(
                f'<row r="{row}">{cells % ((row,) * 5)}</row>' for row in range(first, first + 10_000)
            )
        yield end

    return packed(parts() | {SHEET: rows()})


def repeated_text():
    """A text of 30,000 characters, shown in two million cells."""
    letters = [*"ABCDEFGHIJ"]
    rows = "".join(
        f'<row r="{row}">'
        + "".join(f'<c r="{letter}{row}" t="s"><v>0</v></c>' for letter in letters)
        + "</row>"
        for row in range(1, 20_001)
    )
    return with_parts({SHEET: worksheet(rows), STRINGS: makers.strings("长" * 30_000)})


def wide_merges():
    merges = "".join(f'<mergeCell ref="A{row}:XFD{row}"/>' for row in range(1, 200))
    return makers.workbook(worksheet(after=f"<mergeCells>{merges}</mergeCells>"))


def backwards():
    return makers.workbook(worksheet('<row r="5"><c r="A5"><v>1</v></c></row><row r="4"/>'))


def deep():
    return makers.workbook(worksheet("<row r='1'>" + "<c>" * 50_000 + "</c>" * 50_000 + "</row>"))


def lying_directory():
    """The directory says that the sheet is a tenth of what it is; the sums are right for the start."""
    data = bytearray(packed(parts(worksheet("<row/>" * 5_000))))
    at = data.rfind(SHEET.encode()) - 46
    struct.pack_into("<L", data, at + 24, struct.unpack_from("<L", data, at + 24)[0] // 10)
    return bytes(data)


def overlapping_parts():
    """Two entries of the directory that share the same bytes, as the densest bombs do."""
    data = bytearray(packed([*parts().items(), ("docProps/app.xml", worksheet())]))
    at = data.rfind(b"docProps/app.xml") - 46
    struct.pack_into(
        "<L", data, at + 42, struct.unpack_from("<L", data, data.rfind(SHEET.encode()) - 46 + 42)[0]
    )
    return bytes(data)


def another_local_name():
    data = makers.workbook()
    return data.replace(b"xl/worksheets/sheet1.xml", b"xl/worksheets/sheet2.xml", 1)


def nested():
    return with_parts({"xl/media/image1.png": makers.workbook()})


def macros():
    return with_parts({"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})


def macro_type():
    kind = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    listed = parts()["[Content_Types].xml"].replace(
        "</Types>", f'<Override PartName="/xl/workbook.xml" ContentType="{kind}"/></Types>'
    )
    return with_parts({"[Content_Types].xml": listed})


def macro_sheet():
    return with_parts({"xl/macrosheets/sheet1.xml": worksheet()})


def external_link():
    return with_parts({"xl/externalLinks/externalLink1.xml": f'{HEAD}<externalLink xmlns="{MAIN}"/>'})


def external_target():
    link = (
        f'<Relationship Id="rId9" Type="{LINKS}/image" Target="http://example.org/x" TargetMode="External"/>'
    )
    text = f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">{link}</Relationships>'
    return with_parts({"xl/worksheets/_rels/sheet1.xml.rels": text})


def connection():
    return with_parts({"xl/connections.xml": f'{HEAD}<connections xmlns="{MAIN}"/>'})


def embedded():
    return with_parts({"xl/embeddings/oleObject1.bin": b"\xd0\xcf\x11\xe0" + bytes(600)})


def hidden_ole():
    return with_parts({"xl/media/image1.png": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)})


def active():
    return with_parts({"xl/activeX/activeX1.xml": f"{HEAD}<ax/>"})


def unknown_part():
    return with_parts({"xl/surprise.exe": b"MZ"})


def part_twice():
    twice = [*parts().items(), (SHEET.replace("sheet1", "SHEET1"), worksheet())]
    return packed(twice)


def path_traversal():
    return with_parts({"../../etc/cron.d/x": b"x"})


def absolute_path():
    return with_parts({"/etc/passwd": b"x"})


def many_parts():
    return with_parts({f"xl/media/image{number}.png": b"" for number in range(600)})


def not_a_worksheet():
    """What calamine would read as a sheet hides behind another root element."""
    return makers.workbook(
        worksheet(root=f'<chartsheet xmlns="{MAIN}">').replace("</worksheet>", "</chartsheet>")
    )


def truncated():
    data = makers.workbook(worksheet("".join(f'<row r="{row}"/>' for row in range(1, 3_000))))
    return data[: len(data) // 2]


def spoilt():
    """One byte of the sheet's data is not what was packed."""
    data = bytearray(packed(parts(), zipfile.ZIP_STORED))
    data[data.find(b"Name")] ^= 1
    return bytes(data)


def random_bytes():
    return b"\x00\x01" + random.Random(7).randbytes(50_000)


def long_cell():
    return makers.workbook(worksheet(f'<row r="1"><c r="A1" t="str"><v>{"x" * 40_000}</v></c></row>'))


def encrypted_zip():
    data = bytearray(makers.workbook())
    for mark, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        data[data.find(mark) + place] |= 1
    return bytes(data)


def encrypted_container():
    return makers.container(
        {"EncryptionInfo": b"\4\0", "EncryptedPackage": random.Random(3).randbytes(9_000)}
    )


def encrypted_old():
    return makers.old(makers.label(0, 0, "x"), before=makers.record(0x002F, bytes(6)))


def macros_in_old():
    return makers.old(makers.label(0, 0, "x"), streams={"_VBA_PROJECT": b"x"})


def macro_sheet_in_old():
    return makers.old(makers.label(0, 0, "x"), kind=1)


def link_in_old():
    return makers.old(
        makers.label(0, 0, "x"), before=makers.record(0x01AE, struct.pack("<2H", 1, 4) + b"abcd")
    )


def wide_old():
    return makers.old(makers.number(59_000, 255, 1.0))


def circular_container():
    """The chain of the directory's sectors comes back to where it began."""
    data = bytearray(makers.old(makers.label(0, 0, "x")))
    first, table = struct.unpack_from("<L", data, 48)[0], struct.unpack_from("<L", data, 76)[0]
    struct.pack_into("<L", data, (table + 1) * 512 + 4 * first, first)
    return bytes(data)


def word_document():
    return makers.container({"WordDocument": b"\xec\xa5\xc1\0"})


def endless_comment():
    return b"<html><table><tr><td><!--" + b"- " * (2 * MEGABYTE)


def wide_page():
    return b"<html><table><tr><td colspan=60000>x</td></tr></table></html>"


def tall_page():
    return b"<html><table>" + b"<tr><td>x" * 60_001 + b"</table></html>"


def open_quotation():
    return b'a,b\n"' + b"x,y\n" * 20_000


def tall_text():
    return b"a,b\n" * 60_001


def wide_text():
    return b"," * 300 + b"\n"


HOSTILE = {
    far_cell: "rows",
    bomb: "inflated",
    silent_bomb: "cell_text",
    laughs_in_a_sheet: "doctype",
    laughs_in_strings: "doctype",
    laughs_in_utf_16: "doctype",
    entity_from_elsewhere: "doctype",
    fat_rows: "rows",
    repeated_text: "text",
    wide_merges: "merged_cells",
    backwards: "reference",
    deep: "complex",
    lying_directory: "zip_lies",
    overlapping_parts: "zip_directory",
    another_local_name: "zip_directory",
    nested: "nested",
    macros: "macros",
    macro_type: "macros",
    macro_sheet: "macros",
    external_link: "external_link",
    external_target: "external_link",
    connection: "connection",
    embedded: "embedded",
    hidden_ole: "embedded",
    active: "active",
    unknown_part: "part_unknown",
    part_twice: "part_twice",
    path_traversal: "part_name",
    absolute_path: "part_name",
    many_parts: "parts",
    not_a_worksheet: "damaged",
    truncated: "truncated",
    spoilt: "damaged",
    random_bytes: "unknown",
    long_cell: "cell_text",
    encrypted_zip: "password",
    encrypted_container: "password",
    encrypted_old: "password",
    macros_in_old: "macros",
    macro_sheet_in_old: "macros",
    link_in_old: "external_link",
    wide_old: "cells",
    circular_container: "damaged",
    word_document: "not_a_sheet",
    endless_comment: "damaged",
    wide_page: "columns",
    tall_page: "rows",
    open_quotation: "cell_text",
    tall_text: "rows",
    wide_text: "columns",
}
# The four that bring a reader down which opens them; for measuring time and memory.
LARGE = (far_cell, bomb, laughs_in_strings, fat_rows)
