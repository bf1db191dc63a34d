"""Cases about files that are not what they are called, texts in every encoding, and hostile files."""

import io
import zipfile

from tests.studios.rosters.acceptance.making import Case, book, new

HEAD = ("旗县市区", "工作室名称", "所在单位", "领衔人", "级别", "命名时间", "文号")
ROW = ("开鲁县", "任青松创新工作室", "开鲁供水公司", "任青松", "市级", "2019.06", "通工发〔2019〕1号")
BROKEN = ("奈曼旗", "鲁青松创新工作室", '"奈曼,\n供水"', *ROW[3:])
UNDERSTOOD = new("任青松创新工作室", union_code="150523", named_on="2019-06", level="city")
BELOW = {2: UNDERSTOOD}


def text(separator, encoding, *lines, mark=b"", end="\r\n"):
    """Bytes of a text file; a line is a tuple of cells."""
    written = end.join(separator.join(line) for line in lines or (HEAD, ROW)) + end
    return lambda: mark + written.encode(encoding)


def html(encoding="utf-8"):
    """The table that web systems call an Excel file."""
    cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in line)}</tr>" for line in (HEAD, ROW))
    page = f"<html><head><meta charset='{encoding}'></head><body><table>{cells}</table></body></html>"
    return lambda: page.encode(encoding)


def cut():
    return book(HEAD, ROW)()[:-700]


def zipped(**members):
    def content():
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
            for name, data in members.items():
                made.writestr(name.replace("__", "/"), data)
        return target.getvalue()

    return content


def changed(name, edit):
    """A workbook with one member replaced."""

    def content():
        target = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(book(HEAD, ROW)())) as source,
            zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
        ):
            for member in source.namelist():
                data = source.read(member)
                made.writestr(member, edit(data) if member == name else data)
        return target.getvalue()

    return content


SHEET = "xl/worksheets/sheet1.xml"
LAUGHS = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


CASES = [
    Case("an .xls that is a workbook of today", book(HEAD, ROW), BELOW, file="名册.xls"),
    Case("an .xls that is a web page", html(), BELOW, file="导出.xls"),
    Case("an .xls that is a web page in GB2312", html("gb2312"), BELOW, file="导出.xls"),
    Case("an .xls that is text with tabs", text("\t", "gb18030"), BELOW, file="名册.xls"),
    Case("Unicode text of a spreadsheet", text("\t", "utf-16-le", mark=b"\xff\xfe"), BELOW, file="名册.txt"),
    Case("CSV in UTF-8 with a mark", text(",", "utf-8", mark=b"\xef\xbb\xbf"), BELOW, file="名册.csv"),
    Case("CSV in UTF-8", text(",", "utf-8"), BELOW, file="名册.csv"),
    Case("CSV in GB18030", text(",", "gb18030"), BELOW, file="名册.csv"),
    Case("CSV with semicolons", text(";", "gb18030"), BELOW, file="名册.csv"),
    Case(
        "CSV with quoted line breaks and titles",
        text(",", "gb18030", ("通辽市名册",), HEAD, ROW, BROKEN, end="\n"),
        {3: UNDERSTOOD, 4: new("鲁青松创新工作室", union_code="150525", unit_name="奈曼, 供水")},
        file="名册.csv",
    ),
    Case("a workbook called CSV", book(HEAD, ROW), BELOW, file="名册.csv"),
    Case("an empty file", lambda: b"", refused="空", file="名册.xlsx"),
    Case("a file cut short", cut, refused="不完整"),
    Case("a picture", lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 400, refused="图片"),
    Case("a PDF", lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\n", refused="PDF"),
    Case("a text document", zipped(word__document_xml="<w/>"), refused="Word"),
    Case(
        "an old file with nothing in it",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000,
        refused="。",
    ),
    Case("entities that multiply", changed(SHEET, lambda data: LAUGHS + data), refused="。"),
    Case(
        "a billion rows",
        changed(SHEET, lambda data: data.replace(b"</sheetData>", b"<row/>" * 3_000_000 + b"</sheetData>")),
        refused="1048577",
    ),
    Case(
        "a sheet that unpacks to gigabytes",
        changed(SHEET, lambda data: data.replace(b"</sheetData>", b" " * 600_000_000 + b"</sheetData>")),
        refused="。",
    ),
    Case("a workbook without a roster", book(("会议通知",), ("请于周五前参加会议。",)), refused="工作室名称"),
    Case("only headings", book(("名册",), HEAD), refused="。"),
    Case(
        "a cell far out",
        book(HEAD, ROW, change=lambda made: made["名册"].cell(1048576, 16384, "x")),
        refused="60000",
    ),
]
