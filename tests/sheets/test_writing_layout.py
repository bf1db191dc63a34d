"""What surrounds the rows: names of sheets, headings, paper, footers, and the file as a zip file."""

import io
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from portal.sheets.packing import Pack, TooLarge
from portal.sheets.plans import A3, Column, Plan, legal_name, letters
from portal.sheets.writing import Workbook

GROUPED = (
    Column("序号", "integer", 5),
    Column("姓名", "text", 10, group="领衔人"),
    Column("性别", "centred", 5, group="领衔人"),
    Column("职称", "text", 12, group="领衔人"),
    Column("备注"),
)


def workbook(*plans, fill=lambda sheet: sheet.rows([])):
    out = io.BytesIO()
    book = Workbook(out.write)
    for plan, place in plans:
        with book.sheet(plan, place) as sheet:
            fill(sheet)
    book.finish()
    return openpyxl.load_workbook(out)


def one_sheet(plan, fill=lambda sheet: sheet.rows([])):
    return workbook((plan, None), fill=fill).worksheets[0]


@pytest.mark.parametrize(
    ("wanted", "legal"),
    [
        ("科尔沁区", "科尔沁区"),
        ("a/b\\c[1]:*?", "a b c 1"),
        ("'引号'", "引号"),
        ("", "Sheet"),
        ("???", "Sheet"),
        ("x" * 40, "x" * 31),
        ("𠮷" * 20, "𠮷" * 15),
        ("History", "History (2)"),
        ("it's", "it's"),
    ],
)
def test_names_are_made_legal(wanted, legal):
    assert legal_name(wanted) == legal


def test_names_are_unique_whatever_the_case():
    taken = []
    for wanted in ("Roster", "roster", "ROSTER", "x" * 31, "X" * 35):
        taken.append(legal_name(wanted, taken))
    assert taken == ["Roster", "roster (2)", "ROSTER (3)", "x" * 31, "X" * 27 + " (2)"]


@given(st.lists(st.text(st.characters(codec=None), max_size=50), max_size=5))
def test_any_name_becomes_a_legal_one(wanted):
    taken = []
    for name in wanted:
        taken.append(legal_name(name, taken))
    for name in taken:
        assert 1 <= len(name.encode("utf-16-le")) // 2 <= 31
        assert not set(name) & set("[]:*?/\\") and name.strip("'") == name
    assert len({name.casefold() for name in taken}) == len(taken)


@pytest.mark.parametrize(("number", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_letters_of_columns(number, text):
    assert letters(number) == text


def test_a_sheet_written_last_can_be_shown_first():
    plan = Plan("县", GROUPED)
    book = workbook((plan, None), (Plan("县", GROUPED), None), (Plan("汇总", GROUPED), 0))
    assert book.sheetnames == ["汇总", "县", "县 (2)"]
    assert [sheet.print_title_rows for sheet in book.worksheets] == ["$1:$2"] * 3


def test_rows_above_are_printed_on_each_page_whatever_the_sheets_name():
    sheet = one_sheet(Plan("it's & <x>", GROUPED, title="名册", line=("填报单位",)))
    assert sheet.title == "it's & <x>"
    assert sheet.print_title_rows == "$1:$4"


def test_two_row_headings_merge_across_their_group_and_down_elsewhere():
    sheet = one_sheet(Plan("名册", GROUPED, title="名册", line=("甲", "乙", "丙")))
    merged = {str(area) for area in sheet.merged_cells.ranges}
    assert {"A1:E1", "B3:D3", "A3:A4", "E3:E4"} <= merged
    assert [cell.value for cell in sheet[3]] == ["序号", "领衔人", None, None, "备注"]
    assert [cell.value for cell in sheet[4]][1:4] == ["姓名", "性别", "职称"]
    assert sheet["B4"].border.top.style == "thin" and sheet["B4"].fill.fgColor.rgb == "FFD9E2EC"


@pytest.mark.parametrize("texts", [("甲",), ("甲", "乙"), ("甲", "乙", "丙"), ("很长" * 30, "乙", "丙")])
def test_the_line_below_the_title_keeps_all_its_texts(texts):
    sheet = one_sheet(Plan("名册", GROUPED, title="名册", line=texts))
    shown = [cell for cell in sheet[2] if cell.value]
    assert [cell.value for cell in shown] == list(texts)
    assert [cell.alignment.horizontal for cell in shown] == {
        1: ["left"],
        2: ["left", "right"],
        3: ["left", "center", "right"],
    }[len(texts)]


def test_a_plan_refuses_what_does_not_fit():
    with pytest.raises(ValueError, match="three texts"):
        Plan("名册", GROUPED, line=("1", "2", "3", "4"))
    with pytest.raises(ValueError, match="columns"):
        Plan("名册", ())
    with pytest.raises(ValueError, match="money"):
        Column("x", "money")


def test_paper_panes_filter_and_widths():
    plan = Plan("名册", GROUPED, title="名册", paper=A3, frozen_columns=2, filtered=True)
    sheet = one_sheet(plan, lambda sheet: sheet.rows([(1, "甲", "女", None, None)]))
    assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (8, "landscape")
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:E4"
    assert [sheet.column_dimensions[letter].width for letter in "AB"] == [5, 10]


def test_on_pages_abreast_the_title_stays_on_the_first_and_frozen_columns_come_again():
    columns = tuple(Column(f"第{n}列", width=10) for n in range(10))
    plan = Plan("名册", columns, title="名册", line=("甲", "乙"), frozen_columns=2, pages_wide=2)
    assert plan.abreast == 6  # of 100 and 20 again, 60 on each
    sheet = one_sheet(plan)
    assert sheet.page_setup.fitToWidth == 2
    assert sheet.print_title_cols == "$A:$B"
    assert "A1:F1" in {str(merged) for merged in sheet.merged_cells.ranges}
    assert max(merged.max_col for merged in sheet.merged_cells.ranges) == 6


def test_the_footer_counts_pages_and_takes_any_text():
    def fill(sheet):
        sheet.footer = ("A&B 共 3 个", "校验 &P")

    footer = one_sheet(Plan("名册", GROUPED), fill).oddFooter
    assert footer.center.text == "第 &P 页 共 &N 页"
    assert footer.left.text == "A&&B 共 3 个"
    assert footer.right.text == "校验 &&P"


def test_a_footer_that_excel_would_not_open_is_refused():
    def fill(sheet):
        sheet.footer = ("&" * 130, "")

    with pytest.raises(ValueError, match="255"):
        one_sheet(Plan("名册", GROUPED), fill)


def test_totals_and_notes_close_the_table():
    def fill(sheet):
        sheet.rows([(1, "甲", "女", None, None)])
        sheet.total("合计 1 个")
        sheet.total("合计", {3: 5})
        sheet.note("说明")

    sheet = one_sheet(Plan("名册", GROUPED), fill)
    assert {"A4:E4", "A5:C5", "A6:E6"} <= {str(area) for area in sheet.merged_cells.ranges}
    assert [sheet["A4"].value, sheet["D5"].value, sheet["A6"].value] == ["合计 1 个", 5, "说明"]
    assert sheet["A4"].font.b


def test_a_workbook_needs_a_sheet():
    with pytest.raises(ValueError, match="at least one"):
        Workbook(io.BytesIO().write).finish()


def test_the_zip_file_is_sound_and_knows_no_clock():
    out = io.BytesIO()
    pack = Pack(out.write)
    with pack.part("a.xml") as part:
        for _ in range(7):
            part.write(b"x" * 100_000)
    pack.add("b.xml", "字")
    pack.finish()
    with zipfile.ZipFile(out) as file:
        assert file.testzip() is None
        assert [(item.filename, item.file_size) for item in file.infolist()] == [
            ("a.xml", 700_000),
            ("b.xml", 3),
        ]
        assert {item.date_time for item in file.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@settings(deadline=None)
@given(st.lists(st.integers(0, 700_000), max_size=4))
def test_how_a_part_is_cut_leaves_no_trace(cuts):
    content = b"".join(b"%d" % (number * 7919) for number in range(60_000)) + b"abc" * 80_000

    def packed(*pieces):
        out = io.BytesIO()
        pack = Pack(out.write)
        with pack.part("x") as part:
            for piece in pieces:
                part.write(piece)
        pack.finish()
        return out.getvalue()

    edges = sorted([0, *cuts, len(content)])
    pieces = [content[a:b] for a, b in zip(edges, edges[1:], strict=False)]
    assert packed(*pieces) == packed(content)


def test_a_zip_file_takes_one_part_at_a_time_and_no_more_than_it_can_name(monkeypatch):
    pack = Pack(io.BytesIO().write)
    with pack.part("a"), pytest.raises(ValueError, match="One part"), pack.part("b"):
        pass
    monkeypatch.setattr("portal.sheets.packing.MOST", 500)
    with pytest.raises(TooLarge), pack.part("c") as part:
        part.write(b"x" * 1000)
        part.finish()
    with pytest.raises(TooLarge):
        Pack(io.BytesIO().write).add("d" * 600, "")


def test_a_row_grows_with_its_longest_text_and_may_grow_further():
    columns = (Column("短", "text", 11), Column("长", "text", 21), Column("数", "integer", 5))
    texts = [
        ("甲" * 5, "乙" * 10, 1),
        ("甲" * 6, "乙" * 10, 1),
        ("a" * 10, "乙" * 31, 1),
        ("行\n行\n行", "", 1),
    ]
    sheet = one_sheet(Plan("名册", columns), lambda sheet: sheet.rows(texts))
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4, 5)] == [None, 30, 60, 45]
    out = io.BytesIO()
    book = Workbook(out.write)
    with book.sheet(Plan("名册", columns)) as sheet:
        sheet.rows(texts)
    book.finish()
    with zipfile.ZipFile(out) as file:
        assert '<row r="3" ht="30">' in file.read("xl/worksheets/sheet1.xml").decode()


def test_no_row_is_taller_than_excel_allows():
    sheet = one_sheet(Plan("名册", (Column("长", "text", 5),)), lambda sheet: sheet.rows([("长" * 5000,)]))
    assert sheet.row_dimensions[2].height == 405
