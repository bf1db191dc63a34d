"""What number formats leave out of a value: the day of a month, the month of a year, the zero of October."""

import datetime
import io
import struct

import openpyxl
import pytest
import xlsxwriter

from portal.sheets.reading import read
from tests.sheets import makers
from tests.sheets.makers import MAIN, worksheet

DAY = datetime.datetime(2019, 6, 1)  # noqa: DTZ001  # a day in a workbook is in no time zone
STYLES = "xl/styles.xml"
MONTHS = [
    'yyyy"年"m"月"',
    'yyyy"年"m"月";@',
    '[$-804]yyyy"年"m"月"',
    '[DBNum1][$-804]yyyy"年"m"月";@',
    "yyyy\\年m\\月",
    "yyyy年mm月",
    'e"年"m"月"',
    "yyyy.mm",
    "YYYY-MM",
    "yyyy_ mm",
    "[Red]yyyy/m",
    "mmm-yy",
    "mmmm",
    '"d"yyyy-mm',
    "yyyy-mm;@;yyyy-mm-dd",
    "[<60000]yyyy-mm;[>=60000]yyyy/m;@",
    17,
    27,
    36,
    50,
    52,
    57,
]
YEARS = ["yyyy", 'yyyy"年"', "yy", '[$-804]yyyy"年";@', 'yyyy"m月d日"']
FULL = [
    "yyyy-mm-dd",
    'yyyy"年"m"月"d"日";@',
    "d-mmm-yy",
    'm"月"d"日"',
    "[$-804]aaaa",
    "yyyy-mm aaa",
    "yyyy-mm-dd;yyyy-mm",
    "[<43000]yyyy-mm;yyyy-mm-dd",
    "yyyy-mm h:mm",
    "h:mm",
    "mm:ss",
    "[mm]:ss",
    "上午/下午h:mm",
    14,
    16,
    22,
    28,
    31,
    58,
]


@pytest.fixture
def shown(tmp_path):
    """{cell: what it shows} of the only sheet of what a function fills or of given bytes."""

    def run(made, **options):
        path = tmp_path / "upload"
        if callable(made):
            with xlsxwriter.Workbook(path, options) as workbook:
                made(workbook, workbook.add_worksheet())
        else:
            path.write_bytes(made)
        (sheet,) = read(path, "名册.xlsx").sheets
        return sheet.shown

    return run


def in_formats(formats, *values):
    """Fills a row of ``values`` for each format."""

    def fill(workbook, sheet):
        for row, form in enumerate(formats):
            style = workbook.add_format({"num_format": form})
            for column, value in enumerate(values):
                sheet.write(row, column, value, style)

    return fill


def kinds(found, formats):
    """What the first cell of each format's row shows."""
    return {form: found.get((row, 0)) for row, form in enumerate(formats)}


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize(("formats", "kind"), [(MONTHS, "month"), (YEARS, "year"), (FULL, None)])
def test_formats_of_days(shown, formats, kind, date_1904):
    found = shown(in_formats(formats, DAY), date_1904=date_1904)
    assert kinds(found, formats) == dict.fromkeys(formats, kind)


def test_formats_with_two_decimals(shown):
    two = ["0.00", "#,##0.00", "0.00_ ", "0.00_);[Red]\\(0.00\\)", '0.00"元"', "_ * #,##0.00_ ;_ @_ ", ".00"]
    two += [2, 4, 7, 39, 40, 43, 44]
    other = [
        "0.0",
        "0.0#",
        "0.000",
        "0.00%",
        "0.00E+00",
        "0.00,",
        "0,.00",
        "# ?/?",
        "General",
        "@",
        "0",
        1,
        3,
    ]
    found = shown(in_formats(two + other, 2019.1))
    assert kinds(found, two + other) == {**dict.fromkeys(two, "hundredths"), **dict.fromkeys(other)}


def test_only_numbers_that_may_be_months_are_noted(shown):
    numbers = [2019.1, 2019.9, 2019.12, 2019, 2019.0, 1.1, 12345.1, "2019.1", 2100.1, 1899.1, -2019.1]
    found = shown(in_formats(["0.00"], *numbers))
    assert found == {(0, 0): "hundredths", (0, 1): "hundredths"}


def test_only_numbers_are_noted(shown):
    def fill(workbook, sheet):
        style = workbook.add_format({"num_format": "yyyy-mm"})
        sheet.write_row(0, 0, ["2019-06", True, None], style)
        sheet.write_formula(1, 0, "=1/0", style, "#DIV/0!")
        sheet.write_formula(1, 1, '="x"', style, "x")
        sheet.write_formula(3, 2, "=A1+1", style, 43617)
        sheet.write_number(4, 0, 43617)

    assert shown(fill) == {(3, 2): "month"}


def test_excel_writes_more_digits_than_a_number_has(shown):
    cells = '<c r="A1" s="0"><v>2019.0999999999999</v></c><c r="B1"><v>2019.1</v></c>'
    assert shown(styled('<xf numFmtId="2"/>', cells)) == {(0, 0): "hundredths", (0, 1): "hundredths"}


def styled(uses, cells, before="", after=""):
    """A workbook with those styles of cells and one row."""
    text = f'<styleSheet xmlns="{MAIN}">{before}<cellXfs>{uses}</cellXfs>{after}</styleSheet>'
    return makers.workbook(worksheet(f'<row r="1">{cells}</row>'), **{STYLES: text})


def test_a_format_of_the_file_comes_before_a_built_in_one_of_that_number(shown):
    own = '<numFmts><numFmt numFmtId="27" formatCode="yyyy-mm-dd"/></numFmts>'
    cells = '<c r="A1" s="0"><v>43617</v></c>'
    assert shown(styled('<xf numFmtId="27"/>', cells)) == {(0, 0): "month"}
    assert shown(styled('<xf numFmtId="27"/>', cells, before=own)) == {}


def test_formats_of_conditions_and_of_named_styles_are_not_those_of_cells(shown):
    before = '<cellStyleXfs><xf numFmtId="17"/><xf numFmtId="17"/></cellStyleXfs>'
    after = '<dxfs><dxf><numFmt numFmtId="14" formatCode="yyyy"/></dxf></dxfs>'
    cells = '<c r="A1" s="1"><v>43617</v></c><c r="B1" s="0"><v>43617</v></c>'
    uses = '<xf numFmtId="17"/><xf numFmtId="14"/>'
    assert shown(styled(uses, cells, before, after)) == {(0, 1): "month"}


def test_odd_styles_say_nothing(shown):
    before = (
        '<numFmts><numFmt/><numFmt numFmtId="x" formatCode="yyyy"/><numFmt numFmtId="200"/>'
        f'<numFmt numFmtId="201" formatCode="yyyy{"-" * 2_000}"/>'
        '<numFmt numFmtId="202" formatCode="&quot;yyyy"/>'
        '<numFmt numFmtId="203" formatCode="[yyyy"/><numFmt numFmtId="204" formatCode="\\"/></numFmts>'
    )
    uses = "<xf/><xf numFmtId='-1'/><xf numFmtId='9999999999999'/>"
    uses += "".join(f"<xf numFmtId='{number}'/>" for number in (200, 201, 202, 204, 999))
    cells = "".join(
        f'<c r="{letter}1" s="{style}"><v>43617</v></c>'
        for letter, style in zip("ABCDEFGHIJK", [*range(9), "x", ""], strict=True)
    )
    assert shown(styled(uses, cells, before)) == {}


def test_a_workbook_without_styles_is_read(shown):
    assert shown(makers.workbook(worksheet('<row r="1"><c r="A1" s="3"><v>43617</v></c></row>'))) == {}


def test_elements_may_have_a_prefix(shown):
    styles = f'<x:styleSheet xmlns:x="{MAIN}"><x:cellXfs><x:xf numFmtId="17"/></x:cellXfs></x:styleSheet>'
    sheet = worksheet('<row r="1"><c r="A1" s="0"><v>43617</v></c></row>')
    assert shown(makers.workbook(sheet, **{STYLES: styles})) == {(0, 0): "month"}


@pytest.mark.parametrize("iso", [False, True])
def test_what_openpyxl_writes(shown, iso):
    """With ``iso``, days are written as text of the type d."""
    workbook = openpyxl.Workbook(iso_dates=iso)
    for row, form in enumerate(["yyyy-mm-dd", 'yyyy"年"m"月"', "yyyy"], 1):
        workbook.active.cell(row, 2, DAY).number_format = form
    file = io.BytesIO()
    workbook.save(file)
    assert shown(file.getvalue()) == {(1, 1): "month", (2, 1): "year"}


def test_texts_and_pages_show_what_they_hold(tmp_path):
    for text in ("名称,2019年6月\n甲,2019.1\n", "<table><tr><td>2019.1</table>"):
        path = tmp_path / "upload"
        path.write_text(text, encoding="utf-8")
        (sheet,) = read(path, "名册.csv").sheets
        assert sheet.shown == {}


def old(cells, *uses, formats=()):
    """The only sheet of an old workbook with those formats of its own and those styles."""
    before = b"".join(makers.old_format(*one) for one in formats)
    return makers.old(cells, before=before + b"".join(makers.old_style(use) for use in uses))


def test_old_workbooks_have_formats_too(shown):
    number = makers.number
    computed = struct.pack("<3HdHLH", 1, 1, 1, 43617.0, 0, 0, 3) + b"\x1e\x07\x00"
    said = struct.pack("<3H8sHLH", 1, 2, 1, bytes(6) + b"\xff\xff", 0, 0, 3) + b"\x1e\x07\x00"
    cells = (
        number(0, 0, 43617, 1) + number(0, 1, 43617, 0) + number(0, 2, 43617, 2) + number(0, 3, 43617, 3)
        + number(0, 4, 2019.1, 4) + number(0, 5, 2019.12, 4) + number(0, 6, 2019.1, 0) + number(0, 7, 1, 99)
        + makers.label(1, 0, "2019-06") + makers.record(0x0006, computed) + makers.record(0x0006, said)
    )  # fmt: skip
    own = [(164, 'yyyy"年"m"月"'), (165, 'yyyy"年"m"月"d"日"'), (36, "yyyy")]
    assert shown(old(cells, 0, 164, 165, 36, 2, formats=own)) == {
        (0, 0): "month",
        (1, 1): "month",
        (0, 3): "year",
        (0, 4): "hundredths",
    }


def test_packed_numbers_of_old_workbooks(shown):
    """As integers or halves of floating-point numbers, at times a hundred times as large."""
    half = struct.unpack("<Q", struct.pack("<d", 43617.0))[0] >> 32
    october, negative = 201910 << 2 | 3, -201910 * 4 + 3 & 0xFFFFFFFF
    cells = makers.record(0x027E, struct.pack("<3HL", 0, 0, 1, half))
    many = struct.pack("<HLHLHLHLHL", 2, october, 2, negative, 2, half, 1, 43617 << 2 | 2, 0, october)
    cells += makers.record(0x00BD, struct.pack("<2H", 1, 3) + many + struct.pack("<H", 7))
    assert shown(old(cells, 0, 17, 2)) == {(0, 0): "month", (1, 3): "hundredths", (1, 6): "month"}


def test_odd_formats_of_old_workbooks_say_nothing(shown):
    odd = b"".join(makers.record(0x041E, body) for body in (b"", b"\xa4", struct.pack("<2H", 164, 900)))
    odd += makers.old_style(164) + makers.old_style(999) + makers.record(0x00E0, b"\1\0\2\0")
    cells = b"".join(makers.number(0, style, 43617, style) for style in range(4))
    cells += makers.record(0x0203, struct.pack("<3H", 1, 0, 1) + bytes(8)) + makers.number(2, 0, 2019.1, 2)
    assert shown(makers.old(cells, before=odd)) == {(2, 0): "hundredths"}
