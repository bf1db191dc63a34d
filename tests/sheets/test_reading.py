"""Good workbooks: the cells stand where they stand in the sheet, as what they are."""

import datetime
import io

import openpyxl
import pytest
import xlsxwriter

from portal.sheets.reading import read, title_of
from tests.sheets import makers
from tests.sheets.makers import MAIN, SHEET, STRINGS, packed, parts, with_parts, worksheet

DAY = datetime.datetime(2019, 6, 1)  # noqa: DTZ001  # a day in a workbook is in no time zone


@pytest.fixture
def book(tmp_path):
    """Put bytes into a file, or let a function fill an XlsxWriter workbook; the Book that was read."""

    def run(made, name="名册.xlsx", **options):
        path = tmp_path / "upload"
        if callable(made):
            with xlsxwriter.Workbook(path, options) as workbook:
                made(workbook)
        else:
            path.write_bytes(made)
        return read(path, name)

    return run


def only(book):
    (sheet,) = book.sheets
    return sheet


def test_cells_are_what_they_are(book):
    def fill(workbook):
        sheet = workbook.add_worksheet("汇总表")
        sheet.write_row(0, 0, ["姓名", 12, 2019.1, True, -3, 0])
        sheet.write_number(1, 0, 123456789012345678)
        sheet.write_number(1, 1, 999999999999999)
        sheet.write_string(2, 0, "028000")
        sheet.write_string(2, 1, "=1+1")
        sheet.write_string(3, 0, "两\n行 ")
        sheet.write_blank(5, 5, None, workbook.add_format({"bold": True}))

    read_book = book(fill)
    assert (read_book.kind, read_book.encoding, read_book.date1904) == ("xlsx", "", False)
    sheet = only(read_book)
    assert (sheet.name, sheet.visible) == ("汇总表", True)
    assert sheet.rows == [
        ["姓名", 12, 2019.1, True, -3, 0],
        [1.234567890123457e17, 999999999999999],
        ["028000", "=1+1"],
        ["两\n行 "],
    ]
    assert [type(value) for value in sheet.rows[0]] == [str, int, float, bool, int, int]
    assert type(sheet.rows[1][0]) is float
    assert (sheet.merges, sheet.hidden_rows, sheet.formulas) == ([], frozenset(), frozenset())


@pytest.mark.parametrize("date_1904", [False, True])
@pytest.mark.parametrize("form", ["yyyy-mm-dd", "yyyy.mm", 'yyyy"年"m"月"', "mmm-yy", 31, 57])
def test_days_are_days_whatever_their_format_and_first_day(book, date_1904, form):
    def fill(workbook):
        sheet, style = workbook.add_worksheet(), workbook.add_format({"num_format": form})
        sheet.write_datetime(0, 0, DAY, style)
        sheet.write_datetime(0, 1, DAY.replace(hour=8, minute=30), style)

    read_book = book(fill, date_1904=date_1904)
    assert read_book.date1904 is date_1904
    assert only(read_book).rows == [[DAY.date(), DAY.replace(hour=8, minute=30)]]


def test_times_and_durations_become_text(book):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_number(0, 0, 0.5, workbook.add_format({"num_format": "h:mm"}))
        sheet.write_number(0, 1, 1.25, workbook.add_format({"num_format": "[h]:mm"}))

    assert only(book(fill)).rows == [["12:00:00", "30:00:00"]]


def test_rows_and_columns_are_numbered_as_in_the_sheet(book):
    sheet = only(book(lambda workbook: workbook.add_worksheet().write(4, 3, "D5")))
    assert sheet.rows == [[], [], [], [], [None, None, None, "D5"]]


def test_formulas_are_noted_and_errors_are_text(book):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        sheet.write_formula(1, 1, "=ROW()-1", None, 1)
        sheet.write_formula(2, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(5, 2, "=X!A1", None, "#REF!")
        sheet.write_formula(3, 0, '="文"', None, "文")

    sheet = only(book(fill))
    assert sheet.rows == [[], [None, 1], [None, "#DIV/0!"], ["文"], [], [None, None, "#REF!"]]
    assert sheet.formulas == {(1, 1), (2, 1), (5, 2), (3, 0)}


def test_a_formula_in_a_condition_makes_no_cell_computed(book):
    after = (
        '<extLst><ext xmlns:x14="x"><x14:conditionalFormattings xmlns:xm="m">'
        "<xm:f>$A$1&gt;1</xm:f></x14:conditionalFormattings></ext></extLst>"
    )
    sheet = only(book(makers.workbook(worksheet(after=after))))
    assert (sheet.rows, sheet.formulas) == ([["Name", 1]], frozenset())


def test_a_sheet_of_errors_alone_is_not_empty(book):
    sheet = only(book(makers.workbook(worksheet('<row r="2"><c r="B2" t="e"><v>#N/A</v></c></row>'))))
    assert sheet.rows == [[], [None, "#N/A"]]


def test_merges_hidden_rows_and_hidden_sheets(book):
    def fill(workbook):
        sheet = workbook.add_worksheet("一")
        sheet.merge_range("A1:C1", "标题")
        sheet.merge_range("A2:A3", "科尔沁区")
        sheet.set_row(2, None, None, {"hidden": True})
        hidden = workbook.add_worksheet("二")
        hidden.very_hidden()
        hidden.write(0, 0, "x")
        workbook.add_chartsheet("图").set_chart(chart(workbook))
        workbook.add_worksheet("三")

    def chart(workbook):
        made = workbook.add_chart({"type": "line"})
        made.add_series({"values": "=一!$A$1:$A$3"})
        return made

    first, second, third = book(fill).sheets
    assert first.rows == [["标题"], ["科尔沁区"]]
    assert first.merges == [(0, 0, 0, 2), (1, 0, 2, 0)]
    assert first.hidden_rows == {2}
    assert [(sheet.name, sheet.visible) for sheet in (first, second, third)] == [
        ("一", True),
        ("二", False),
        ("三", True),
    ]
    assert second.rows == [["x"]]
    assert third.rows == []


def test_a_title_merged_over_all_columns_is_cut_to_what_is_read(book):
    merge = '<mergeCells><mergeCell ref="A1:XFD1"/></mergeCells>'
    assert only(book(makers.workbook(worksheet(after=merge)))).merges == [(0, 0, 0, 255)]


def test_empty_cells_far_away_that_only_have_a_style_do_no_harm(book):
    far = '<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    lying = f'<worksheet xmlns="{MAIN}"><dimension ref="A1:XFD1048576"/>'
    sheet = only(book(makers.workbook(worksheet(makers.ROWS + far, root=lying))))
    assert sheet.rows == [["Name", 1]]


def test_cells_without_references_follow_each_other(book):
    rows = "<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='4'><c><v>4</v></c></row>"
    assert only(book(makers.workbook(worksheet(rows)))).rows == [[1, None, 3], [], [], [4]]


def test_elements_may_have_a_prefix(book):
    """As the Open XML SDK writes them."""
    text = worksheet().replace("<", "<x:").replace("<x:/", "</x:").replace("<x:?", "<?")
    sheet = only(book(makers.workbook(text.replace("xmlns=", "xmlns:x="))))
    assert sheet.rows == [["Name", 1]]


def test_escaped_characters_are_read_as_meant_and_control_characters_left_out(book):
    data = with_parts(
        {
            STRINGS: makers.strings("a_x000D_b", "a_x0001_b", "a_x005F_x000D_b", "snake_xylophone"),
            SHEET: worksheet(
                '<row r="1">'
                + "".join(f'<c r="{letter}1" t="s"><v>{n}</v></c>' for n, letter in enumerate("ABCD"))
                + "</row>"
            ),
        }
    )
    assert only(book(data)).rows == [["a\rb", "ab", "a_x000D_b", "snake_xylophone"]]


@pytest.mark.parametrize("name", ["表.xls", "表.csv", "表", "", "表.pdf"])
def test_the_name_decides_nothing(book, name):
    assert book(makers.workbook(), name).kind == "xlsx"


def test_what_openpyxl_writes_is_read(book):
    workbook = openpyxl.Workbook()
    workbook.active.title = "年度名册"
    workbook.active.append(["工作室", "日期", 0.25])
    workbook.active.append([None, DAY, "x"])
    workbook.active["A2"].comment = openpyxl.comments.Comment("请核实", "a")
    workbook.active["C2"].hyperlink = "https://example.org/"
    workbook.create_sheet("空")
    file = io.BytesIO()
    workbook.save(file)
    first, second = book(file.getvalue()).sheets
    assert first.rows == [["工作室", "日期", 0.25], [None, DAY.date(), "x"]]
    assert (second.name, second.rows) == ("空", [])


def test_a_package_with_64_bit_numbers_is_read(book, monkeypatch):
    """As Java's streaming writers make them, of whatever size."""
    monkeypatch.setattr("zipfile.ZIP64_LIMIT", 10)
    monkeypatch.setattr("zipfile.ZIP_FILECOUNT_LIMIT", 1)
    data = makers.workbook()
    assert b"PK\x06\x06" in data
    assert only(book(data)).rows == [["Name", 1]]


def test_directories_in_the_package_do_no_harm(book):
    assert only(book(packed([("xl/", ""), *parts().items()]))).rows == [["Name", 1]]


def test_a_large_sheet_passes(book):
    def fill(workbook):
        sheet = workbook.add_worksheet()
        for row in range(3_000):
            sheet.write_row(row, 0, ["市级", row] * 15)

    sheet = only(book(fill, constant_memory=True))
    assert len(sheet.rows) == 3_000
    assert sheet.rows[2_999] == ["市级", 2_999] * 15


@pytest.mark.parametrize(
    ("name", "title"),
    [("名册.csv", "名册"), ("a/b:c.csv", "b c"), ("", "1"), (None, "1"), ("很" * 40 + ".csv", "很" * 31)],
)
def test_the_sheet_of_a_text_is_called_as_the_file(name, title):
    assert title_of(name) == title
