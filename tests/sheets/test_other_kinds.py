"""Old workbooks, web pages and texts: what offices also call a table."""

import datetime
import struct

import pytest

from portal.sheets.reading import read
from tests.sheets import makers
from tests.sheets.makers import label, number, record


@pytest.fixture
def book(tmp_path):
    def run(data, name="名册.xls"):
        path = tmp_path / "upload"
        path.write_bytes(data)
        return read(path, name)

    return run


def only(book):
    (sheet,) = book.sheets
    return sheet


def test_an_old_workbook_is_read_with_its_marks(book):
    cells = (
        record(0x0208, struct.pack("<8H", 2, 0, 3, 255, 0, 0, 0x0120, 15))
        + label(1, 1, "姓名")
        + number(2, 2, 12.0)
        + number(3, 2, 2019.1)
        + record(0x0205, struct.pack("<3HBB", 4, 0, 0, 0x17, 1))
        + record(0x0205, struct.pack("<3HBB", 5, 0, 0, 1, 0))
        + record(0x0006, struct.pack("<3HdHLH", 6, 1, 0, 7.0, 0, 0, 3) + b"\x1e\x07\x00")
        + record(0x00E5, struct.pack("<H8H", 2, 0, 0, 0, 3, 1, 2, 0, 0))
    )
    read_book = book(makers.old(cells, name="汇总"), "名册.xlsx")
    assert (read_book.kind, read_book.date1904) == ("xls", False)
    sheet = only(read_book)
    assert sheet.name == "汇总"
    assert sheet.rows == [
        [],
        [None, "姓名"],
        [None, None, 12],
        [None, None, 2019.1],
        ["#REF!"],
        [True],
        [None, 7],
    ]
    assert sheet.merges == [(0, 0, 0, 3), (1, 0, 2, 0)]
    assert sheet.hidden_rows == {2}
    assert sheet.formulas == {(6, 1)}


def test_an_old_workbook_says_which_sheets_are_hidden_and_when_its_days_begin(book):
    read_book = book(makers.old(label(0, 0, "x"), state=1, before=record(0x0022, b"\1\0")))
    assert read_book.date1904 is True
    assert only(read_book).visible is False


TABLE = (
    '<table><tr><td colspan="3">名册 &amp; <b>汇总</b></td></tr>'
    "<tr><td rowspan=2>科尔沁<br>区</td><td> 张&nbsp; 三\n</td><td>1 &lt; 2</td></tr>"
    '<tr style="DISPLAY: none"><td>李四<table><tr><td>内</td></tr></table></td>'
    '<td x:fmla="=1">=1+1</td></tr></table>'
)


@pytest.mark.parametrize(
    ("charset", "encoding", "told"),
    [
        ("gb2312", "gb18030", "gb18030"),
        ("utf-8", "utf-8", "utf-8"),
        ("utf-8", "gb18030", "gb18030"),
        ("", "gb18030", "gb18030"),
        ("", "utf-8-sig", "utf-8-sig"),
        ("", "utf-16", "utf-16"),
    ],
)
def test_a_web_page_called_xls_is_read(book, charset, encoding, told):
    meta = f'<meta http-equiv="Content-Type" content="text/html; charset={charset}">' if charset else ""
    page = f"<html xmlns:x='urn:x'><head>{meta}<style>td {{ x }}</style></head><body>{TABLE}</body></html>"
    read_book = book(page.encode(encoding))
    assert (read_book.kind, read_book.encoding) == ("html", told)
    sheet = only(read_book)
    assert sheet.name == "名册"
    assert sheet.rows == [
        ["名册 & 汇总"],
        ["科尔沁\n区", "张 三", "1 < 2"],
        [None, "李四内", "=1+1"],
    ]
    assert sheet.merges == [(0, 0, 0, 2), (1, 0, 2, 0)]
    assert sheet.hidden_rows == {2}
    assert sheet.formulas == {(2, 2)}


def test_tables_of_a_page_follow_each_other_and_spans_end_with_their_table(book):
    sheet = only(book(b"<table><tr><td rowspan=9>a<td>b</table><table><tr><td>c<tr><td>d</table>"))
    assert sheet.rows == [["a", "b"], ["c"], ["d"]]


def test_a_page_in_another_encoding_is_not_guessed(book):
    from portal.sheets.refusals import Refused

    with pytest.raises(Refused) as caught:
        book(b'<html><meta charset="shift_jis"><table><tr><td>x</table>')
    assert caught.value.code == "encoding"


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8-sig"), ("utf-16", "utf-16"), ("gb18030", "gb18030")],
)
@pytest.mark.parametrize("separator", [",", "\t", ";", "，"])
def test_texts_are_read_in_every_provable_encoding_and_with_every_separator(book, encoding, told, separator):
    lines = [
        ["名称", "单位", "电话"],
        ["甲工作室", "乙公司", "028000"],
        ["含" + separator, "丙", "=1+1"],
        ["", "", "x"],
    ]
    text = "\r\n".join(
        separator.join(f'"{cell}"' if separator in cell else cell for cell in line) for line in lines
    )
    read_book = book(text.encode(encoding), "名册.csv")
    assert (read_book.kind, read_book.encoding) == ("csv", told)
    sheet = only(read_book)
    assert sheet.name == "名册"
    assert sheet.rows == [*lines[:3], [None, None, "x"]]


def test_a_text_without_separators_is_one_column(book):
    assert only(book("甲，乙来了\n丙\n\n丁".encode(), "x.txt")).rows == [["甲，乙来了"], ["丙"], [], ["丁"]]


def test_a_cell_in_quotation_marks_may_have_lines(book):
    assert only(book(b'a,"b\nc"\nd,"e ""f"""\n', "x.csv")).rows == [["a", "b\nc"], ["d", 'e "f"']]


def test_no_day_is_made_of_text(book):
    sheet = only(book(b"2019-06-01,43617\n", "x.csv"))
    assert sheet.rows == [["2019-06-01", "43617"]]
    assert not isinstance(sheet.rows[0][0], datetime.date)
