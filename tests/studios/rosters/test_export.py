"""The fast roster against the plain one, and against the days that follow."""

import hashlib
import io
from datetime import date, datetime, timedelta
from decimal import Decimal

import openpyxl
import pytest
from django.utils import timezone
from openpyxl.utils import get_column_letter as letter

from studios.models import Achievement, Leader, Member, Naming, NamingLevel
from studios.queries.roster_export import expressions, roster_columns
from studios.resources import ROSTER, RosterResource
from tests.factories.studios import (
    AchievementFactory,
    LeaderFactory,
    NamingFactory,
    PersonFactory,
    StudioFactory,
    UnionFactory,
    UnitFactory,
)
from tests.studios.rosters.exporting import DAY, build, exported, rows_of, sheets_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(city, people, ready_studio):
    return build(city, people, ready_studio)


def same(cell, plain):
    """Whether a cell of the workbook says what django-import-export wrote."""
    if cell is None:
        return plain in (None, "")
    if isinstance(cell, datetime):
        return cell.date().isoformat() == str(plain)
    if isinstance(cell, (int, float)):
        return Decimal(str(cell)) == Decimal(str(plain))
    return cell.replace("_x005F_", "_") == str(plain)


def test_every_column_that_goes_out_has_an_expression():
    assert set(expressions()) == {column.key for column in ROSTER if column.goes_out}


def test_personal_columns_go_out_only_when_asked_for():
    personal = {column.key for column in ROSTER if column.personal}
    assert personal and not personal & {column.key for column in roster_columns()}
    assert personal < {column.key for column in roster_columns(personal=True)}


@pytest.mark.parametrize("personal", [False, True])
@pytest.mark.parametrize("code", ["county", "base", None])
@pytest.mark.parametrize("day", [DAY, date(2024, 6, 30), date(2025, 12, 31)])
def test_the_fast_roster_says_what_the_plain_one_says(roster, personal, code, day):
    level = NamingLevel.objects.get(code=code) if code else None
    resource = RosterResource(user=roster.people.roster_admin, as_of=day, level=level, personal=personal)
    plain = resource.export()
    data, written = exported(roster.city.city, level=level, as_of=day, personal=personal)
    rows = rows_of(data)
    assert written.count == len(rows) == len(plain) > 0
    keys = written.columns
    for row, expected in zip(rows, plain, strict=True):
        wrong = {
            key: (cell, value)
            for key, cell, value in zip(keys, row, expected, strict=True)
            if key != "serial" and not same(cell, value)
        }
        assert wrong == {}
    assert len({tuple(row) for row in rows}) > 1 or len(rows) == 1


def test_rows_are_numbered_in_each_sheet(roster):
    data, _written = exported(roster.city.city, level=roster.level)
    for rows in sheets_of(data).values():
        assert [row[0] for row in rows] == list(range(1, len(rows) + 1))


def test_a_sheet_for_each_union_below_and_the_summary_first(roster):
    data, written = exported(roster.city.city, level=roster.level)
    book = openpyxl.load_workbook(io.BytesIO(data))
    city = roster.city
    below = sorted([city.county, city.other_county, city.industry], key=lambda union: union.code)
    assert book.sheetnames == ["汇总", *(union.short_name for union in below)]
    summary = [[cell.value for cell in row] for row in book["汇总"].iter_rows()]
    assert summary[0][0] == "通辽市旗县级职工创新工作室名册（截至2025年9月30日）"
    assert [text for text in summary[1] if text] == [
        "填报单位：通辽市总工会",
        "截至日期：2025年9月30日",
        "单位：个",
    ]
    counts = {row[1]: row[-2] for row in summary[3:6]}
    assert counts == {
        union.short_name: len(rows) for union, rows in zip(below, sheets_of(data).values(), strict=True)
    }
    assert summary[6][0] == "合计" and summary[6][-2] == written.count == 4
    assert any(written.content_hash in str(row[0]) for row in summary[7:])


def test_the_footer_carries_count_and_hash_of_the_sheet(roster):
    data, written = exported(roster.city.city, level=roster.level)
    book = openpyxl.load_workbook(io.BytesIO(data))
    shown = {row[1].value: row[-1].value for row in book["汇总"].iter_rows(min_row=4, max_row=6)}
    for sheet in book.worksheets[1:]:
        footer = sheet.oddFooter
        assert footer.center.text == "第 &P 页 共 &N 页"
        assert footer.right.text == f"校验码 {shown[sheet.title]}"
        rows = sheet.max_row - 5
        assert footer.left.text == f"共 {rows} 个"
        assert sheet.cell(sheet.max_row, 1).value == f"合计 {rows} 个"
        assert (sheet.print_title_rows, sheet.freeze_panes) == ("$1:$4", "D5")
    assert written.content_hash[:16] in book["汇总"].oddFooter.right.text


def test_the_same_day_gives_the_same_bytes_whenever_it_is_asked_for(roster, monkeypatch):
    first, _written = exported(roster.city.city, level=roster.level)
    later = timezone.now() + timedelta(days=400)
    monkeypatch.setattr(timezone, "now", lambda: later)
    again, _written = exported(roster.city.city, level=roster.level)
    assert hashlib.sha256(first).digest() == hashlib.sha256(again).digest()


def test_what_happens_later_leaves_the_roster_of_a_day_alone(roster):
    before, _written = exported(roster.city.city, level=roster.level, personal=True)
    after_day = DAY + timedelta(days=1)
    studio = roster.studios.plain
    Leader.objects.filter(studio=studio, until=None).update(until=DAY)
    LeaderFactory(studio=studio, person=PersonFactory(union=studio.union), since=after_day)
    Member.objects.filter(studio=studio, until=None, since__lte=DAY).update(until=DAY)
    Naming.objects.filter(studio=studio).update(until=after_day, end_reason="fraud")
    AchievementFactory(studio=studio, completed_on=after_day.isoformat())
    NamingFactory(
        studio=StudioFactory(union=studio.union),
        level=roster.level,
        granted_by=roster.city.county,
        source="imported",
        since=after_day,
    )
    UnionFactory(parent=roster.city.city)
    after, _written = exported(roster.city.city, level=roster.level, personal=True)
    assert before == after
    Achievement.objects.filter(studio=studio, completed_on="2024").update(completed_on="2023")
    assert exported(roster.city.city, level=roster.level, personal=True)[0] == before
    Naming.objects.filter(studio=studio).update(until=DAY - timedelta(days=1))
    assert exported(roster.city.city, level=roster.level, personal=True)[0] != before


@pytest.mark.parametrize("place", ["county", "other_county", "industry"])
def test_a_roster_holds_what_lies_below_its_union_and_nothing_else(roster, place):
    union = getattr(roster.city, place)
    data, written = exported(union, level=roster.level)
    assert list(sheets_of(data)) == [union.short_name]
    assert {row[1] for row in rows_of(data)} == {union.short_name}
    whole = sheets_of(exported(roster.city.city, level=roster.level)[0])
    assert written.count == len(whole[union.short_name])


def test_a_province_has_a_sheet_for_each_city_and_the_nation_for_each_province(roster):
    nation = UnionFactory(tier=5, code="000000", name="全国总工会", short_name="全国")
    province = UnionFactory(tier=4, code="150000", name="自治区总工会", short_name="内蒙古", parent=nation)
    roster.city.city.parent = province
    roster.city.city.save()
    for union, sheets in ((province, [roster.city.city.short_name]), (nation, ["内蒙古"])):
        data, written = exported(union, level=roster.level)
        assert list(sheets_of(data)) == sheets
        assert written.count == 4


def test_units_directly_below_the_union_come_last_under_its_own_name(roster):
    unit = UnitFactory(parent=roster.city.city)
    studio = StudioFactory(union=unit.union)
    place = {"studio": studio, "level": roster.level, "granted_by": roster.city.city}
    NamingFactory(**place, since=date(2023, 1, 1), source="imported")
    sheets = sheets_of(exported(roster.city.city, level=roster.level)[0])
    assert list(sheets)[-1] == roster.city.city.short_name
    assert [row[2] for row in sheets[roster.city.city.short_name]] == [studio.short_name]


def test_an_empty_roster_is_a_summary_that_says_so(roster):
    data, written = exported(roster.city.city, level=roster.level, as_of=date(2001, 1, 1))
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["汇总"] and written.count == 0
    assert written.content_hash == hashlib.sha256().hexdigest()
    assert "合计" in [cell.value for cell in book["汇总"]["A"]]


def test_no_text_becomes_a_formula(roster):
    book = openpyxl.load_workbook(io.BytesIO(exported(roster.city.city, level=None, personal=True)[0]))
    kinds = {cell.data_type for sheet in book for row in sheet for cell in row}
    assert "f" not in kinds
    assert "=HYPERLINK(1)工作室" in {cell.value for sheet in book for row in sheet for cell in row}


def test_thirty_columns_fit_on_two_pages_abreast_and_dates_keep_their_width(roster):
    book = openpyxl.load_workbook(io.BytesIO(exported(roster.city.city, level=roster.level)[0]))
    sheet = book.worksheets[1]
    assert [page.page_setup.paperSize for page in (sheet, book["汇总"])] == [9, 9]
    assert [page.page_setup.fitToWidth for page in (sheet, book["汇总"])] == [2, 1]
    assert (sheet.print_title_cols, sheet.print_title_rows) == ("$A:$C", "$1:$4")
    widths = {column.key: column.width for column in roster_columns()}
    heads = {
        sheet.cell(3, i).value: sheet.column_dimensions[letter(i)].width for i in range(1, len(widths) + 1)
    }
    assert heads["命名时间"] == widths["named_on"]
    assert heads["工作室全称"] < widths["official_name"]
    assert "旗县\n（市区）" in heads
    assert sum(heads.values()) < 400
