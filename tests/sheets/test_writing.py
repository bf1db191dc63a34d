"""Workbooks as two readers see them: any text, numbers and dates come back, and nothing is a formula."""

import io
import zipfile
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape
from python_calamine import CalamineWorkbook

from portal.sheets.plans import Column, Plan
from portal.sheets.writing import Workbook

KINDS = ("text", "integer", "decimal", "date")
COLUMNS = tuple(Column(kind, kind) for kind in KINDS)
DANGEROUS = (
    '=HYPERLINK("http://x","y")',
    "+1",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "=cmd|' /C calc'!A0",
    "_x0041_",
    "_x005F_x0041_",
    "_x000a",
    " 前后 ",
    "行\n行",
    "\r\n行\r",
    "<b>&amp;</b>",
    "]]>",
    "\x00\x0b\ud800\ufffe",
    "\\N",
    "NaN",
    "0475",
    "150502199001011234",
    "𠮷野",
)


def written(rows, columns=COLUMNS, **plan):
    out = io.BytesIO()
    book = Workbook(out.write)
    with book.sheet(Plan("名册", columns, **plan)) as sheet:
        sheet.rows(rows)
    book.finish()
    return out.getvalue()


def by_openpyxl(data, name="名册"):
    """Cells below the header; openpyxl leaves escapes in inline text alone."""
    sheet = openpyxl.load_workbook(io.BytesIO(data))[name]
    assert [cell.coordinate for row in sheet for cell in row if cell.data_type == "f"] == []
    return [
        [unescape(cell.value) if isinstance(cell.value, str) else cell.value for cell in row]
        for row in sheet.iter_rows(min_row=2)
    ]


def by_calamine(data, name="名册"):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name(name).to_python()
    return rows[1:]


def kept(text):
    """What of a text an XML 1.0 document can hold, character by character from the standard's list."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    ranges = ((0x9, 0xA), (0x20, 0xD7FF), (0xE000, 0xFFFD), (0x10000, 0x10FFFF))
    return "".join(c for c in text if any(low <= ord(c) <= high for low, high in ranges))


anything = st.text(st.characters(codec=None), max_size=60) | st.sampled_from(DANGEROUS)
numbers = st.integers(-(10**15) + 1, 10**15 - 1)
amounts = st.decimals(-(10**12), 10**12, places=2)
days = st.dates(date(1900, 3, 1), date(9999, 12, 31))
rows_of_values = st.lists(
    st.tuples(st.none() | anything, st.none() | numbers, st.none() | amounts, st.none() | days), max_size=8
)


@settings(max_examples=150, deadline=None)
@given(rows_of_values)
@example([(text, None, None, None) for text in DANGEROUS])
def test_values_come_back(rows):
    edge = ("edge", 1, Decimal("1.5"), date(2019, 6, 1))  # calamine leaves out empty rows at the edges
    rows = [edge, *rows, edge]
    data = written(rows)
    expected = [[(kept(row[0]) or None) if row[0] else None, *row[1:]] for row in rows]
    for found, row in zip(by_openpyxl(data), expected, strict=True):
        assert [found[0], found[1], found[3] and found[3].date()] == [row[0], row[1], row[3]]
        assert found[2] is None if row[2] is None else float(row[2]) == float(found[2])
    for found, row in zip(by_calamine(data), expected, strict=True):
        assert found[0] == (row[0] or "")
        assert found[1] == ("" if row[1] is None else row[1])
        assert found[2] == ("" if row[2] is None else float(row[2]))
        assert found[3] == ("" if row[3] is None else row[3])


@settings(max_examples=60, deadline=None)
@given(rows_of_values)
def test_the_same_rows_give_the_same_bytes(rows):
    assert written(rows, title="名册") == written(rows, title="名册")


@pytest.mark.parametrize("text", DANGEROUS)
def test_text_is_never_a_formula(text):
    with zipfile.ZipFile(io.BytesIO(written([(text, None, None, None)], title=text))) as file:
        sheet = file.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert sheet.count('t="inlineStr"') == sheet.count("<is>")


def test_a_partial_date_stays_a_text_among_dates():
    assert [row[3] for row in by_calamine(written([(None, None, None, "2019-06")]))] == ["2019-06"]
    assert [row[3] for row in by_calamine(written([(None, None, None, date(1889, 1, 2))]))] == ["1889-01-02"]


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ("长" * 32_768, "32,768"),
        ("𠮷" * 16_384, "32,768"),
        (float("nan"), "no number"),
        (float("inf"), "no number"),
        (Decimal("NaN"), "15 digits"),
        (10**15 + 1, "15 digits"),
    ],
)
def test_what_a_cell_cannot_hold_is_refused(value, sentence):
    with pytest.raises(ValueError, match=sentence):
        written([(value, None, None, None)])


def test_a_cell_holds_as_much_as_excel_does():
    text = "长" * 32_767
    assert by_calamine(written([(text, None, None, None)]))[0][0] == text


@pytest.mark.parametrize("value", [True, b"bytes", ["list"]])
def test_a_type_without_a_cell_is_refused(value):
    with pytest.raises(TypeError):
        written([(value, None, None, None)])


def test_a_row_has_one_value_for_each_column():
    with pytest.raises(ValueError, match="argument"):
        written([("too", "few")])


def test_empty_values_leave_empty_cells():
    sheet = openpyxl.load_workbook(io.BytesIO(written([(None, None, None, None), ("", None, None, None)])))[
        "名册"
    ]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [[None] * 4] * 2
    assert all(cell.border.left.style == "thin" for cell in sheet[2])
