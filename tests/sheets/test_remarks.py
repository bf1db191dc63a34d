"""The office gets its own file back, with one column more and nothing less."""

import csv
import io

import openpyxl
import pytest
from openpyxl.styles import Font

from portal.sheets.reading import read
from portal.sheets.refusals import Refused
from portal.sheets.remarks import with_remarks
from tests.sheets import hostile, makers

HEADING = "处理意见"
DANGEROUS = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)"]


@pytest.fixture
def remarked(tmp_path):
    """Read bytes, have remarks written into them; the suffix and the path of what came back."""

    def run(data, remarks, name="名册.xlsx", heading=HEADING):
        path, target = tmp_path / "upload", tmp_path / "back.xlsx"
        path.write_bytes(data)
        book = read(path, name)
        suffix = with_remarks(path, book.kind, book.encoding, remarks, heading, target)
        return suffix, target

    return run


def roster():
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "名册"
    sheet.merge_cells("A1:C1")
    sheet["A1"] = "某市工作室名册"
    for row in (
        ["名称", "单位", "人数"],
        ["甲", "乙", 3],
        ["丙", "丁", "=1+1"],
        [None, None, None],
        ["戊", "己", 5],
    ):
        sheet.append(row)
    sheet["A2"].font = Font(bold=True)
    sheet["C2"].font = Font(bold=True, color="FFFF0000")
    sheet.column_dimensions["A"].width = 33
    workbook.create_sheet("说明")["A1"] = "请勿改动"
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def test_a_workbook_keeps_its_looks_and_gets_a_column(remarked):
    suffix, path = remarked(roster(), {"名册": {3: "缺电话\n请补", 6: "重复", "header_row": 2}})
    assert suffix == ".xlsx"
    workbook = openpyxl.load_workbook(path)
    assert workbook.sheetnames == ["名册", "说明"]
    sheet = workbook["名册"]
    assert [sheet.cell(row, 4).value for row in range(1, 7)] == [
        None,
        HEADING,
        "缺电话\n请补",
        None,
        None,
        "重复",
    ]
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:C1"]
    assert sheet.column_dimensions["A"].width == 33
    assert sheet["A2"].font.bold
    assert sheet["D2"].font.color.rgb == "FFFF0000"
    assert sheet["C4"].value == "=1+1"
    assert sheet["D3"].alignment.wrap_text
    assert workbook["说明"]["A1"].value == "请勿改动"
    assert workbook["说明"].max_column == 1


def test_without_a_header_row_the_heading_stands_above_the_first_remark(remarked):
    _suffix, path = remarked(roster(), {"名册": {4: "x", 3: "y"}})
    assert openpyxl.load_workbook(path)["名册"]["D2"].value == HEADING


def test_a_remark_is_never_a_formula(remarked):
    remarks = dict(enumerate(DANGEROUS, 2))
    _suffix, path = remarked(roster(), {"名册": remarks})
    sheet = openpyxl.load_workbook(path)["名册"]
    cells = [sheet.cell(row, 4) for row in remarks]
    assert [cell.value for cell in cells] == DANGEROUS
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells)


def test_remarks_of_an_earlier_time_make_room_for_the_new_ones(remarked):
    _suffix, path = remarked(roster(), {"名册": {3: "旧", 4: "旧", "header_row": 2}})
    _suffix, path = remarked(path.read_bytes(), {"名册": {4: "新", "header_row": 2}})
    sheet = openpyxl.load_workbook(path)["名册"]
    assert [sheet.cell(row, 4).value for row in range(2, 6)] == [HEADING, None, "新", None]
    assert sheet.max_column == 4


def test_the_column_stands_clear_of_merged_areas_and_of_shared_widths(remarked):
    merges = '<mergeCells><mergeCell ref="A1:XFD1"/><mergeCell ref="B3:D4"/></mergeCells>'
    root = (
        f'<worksheet xmlns="{makers.MAIN}"><cols><col min="2" max="16384" width="9" customWidth="1"/></cols>'
    )
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 5))
    data = makers.workbook(makers.worksheet(rows, merges, root))
    _suffix, path = remarked(data, {"One": {3: "x", 4: "y", "header_row": 2}})
    sheet = openpyxl.load_workbook(path)["One"]
    assert [sheet.cell(row, 5).value for row in (2, 3, 4)] == [HEADING, "x", "y"]
    widths = [(one.min, one.max, one.width) for one in sheet.column_dimensions.values()]
    assert sorted(widths) == [(2, 4, 9), (5, 5, 48), (6, 16_384, 9)]


def test_control_characters_do_not_spoil_the_file(remarked):
    _suffix, path = remarked(roster(), {"名册": {3: "a\x00b\x1fc"}})
    assert openpyxl.load_workbook(path)["名册"]["D3"].value == "abc"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_a_text_comes_back_as_a_text(remarked, encoding):
    text = '名称;单位\r\n甲;"乙;丙"\r\n丁\r\n'
    suffix, path = remarked(text.encode(encoding), {"名册": {2: "=1+1", 3: "缺单位"}}, "名册.csv")
    assert suffix == ".csv"
    back = "gb18030" if encoding == "gb18030" else "utf-8-sig"
    assert path.read_bytes().startswith(b"\xef\xbb\xbf") == (back == "utf-8-sig")
    rows = list(csv.reader(io.StringIO(path.read_bytes().decode(back)), delimiter=";"))
    assert rows == [["名称", "单位", HEADING], ["甲", "乙;丙", "'=1+1"], ["丁", "", "缺单位"]]


def test_a_text_that_was_remarked_before_gets_no_second_column(remarked):
    data = f"名称,{HEADING}\n甲,旧\n乙,旧\n".encode()
    _suffix, path = remarked(data, {"名册": {3: "新", "header_row": 1}}, "名册.csv")
    assert path.read_text("utf-8-sig").splitlines() == [f"名称,{HEADING}", "甲,", "乙,新"]


def test_a_web_page_comes_back_as_a_workbook(remarked):
    page = "<table><tr><td colspan=2>标题<tr><td>=1+1<td>乙<tr style='display:none'><td>丙</table>"
    suffix, path = remarked(page.encode(), {"名册": {2: "x"}}, "名册.xls")
    assert suffix == ".xlsx"
    sheet = openpyxl.load_workbook(path)["名册"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [
        ["标题", None, HEADING],
        ["=1+1", "乙", "x"],
        ["丙", None, None],
    ]
    assert sheet["A2"].data_type == "s"
    assert [str(merge) for merge in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet.row_dimensions[3].hidden


def test_an_old_workbook_comes_back_as_a_new_one(remarked):
    cells = makers.label(0, 0, "名称") + makers.label(1, 0, "甲") + makers.number(1, 1, 3.0)
    suffix, path = remarked(makers.old(cells), {"旧表": {2: "x"}}, "名册.xls")
    assert suffix == ".xlsx"
    sheet = openpyxl.load_workbook(path)["旧表"]
    assert [[cell.value for cell in row] for row in sheet.rows] == [["名称", None, HEADING], ["甲", 3, "x"]]


def test_a_sheet_without_remarks_is_left_alone(remarked):
    _suffix, path = remarked(roster(), {"说明": {}, "没有的表": {1: "x"}})
    workbook = openpyxl.load_workbook(path)
    assert [sheet.max_column for sheet in workbook] == [3, 1]


def test_a_file_that_changed_since_is_judged_again(tmp_path):
    path = tmp_path / "upload"
    path.write_bytes(hostile.far_cell())
    with pytest.raises(Refused) as caught:
        with_remarks(path, "xlsx", "", {"One": {1: "x"}}, HEADING, tmp_path / "back")
    assert caught.value.code == "rows"
    with pytest.raises(Refused) as caught:
        with_remarks(path, "csv", "utf-8", {"One": {1: "x"}}, HEADING, tmp_path / "back")
    assert caught.value.code == "damaged"
