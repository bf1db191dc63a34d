"""A small roster to export, with everything that a column can show, and what reads it back."""

import io
from datetime import date
from types import SimpleNamespace

import openpyxl

from studios.models import AchievementKind, NamingLevel, OfficialDocument
from studios.services.roster_workbook import Roster
from tests.factories.studios import (
    AchievementFactory,
    FundFactory,
    HonourFactory,
    LeaderFactory,
    MemberFactory,
    NamingFactory,
    PersonFactory,
    ProjectFactory,
    RecognitionFactory,
    StudioFactory,
)

DAY = date(2025, 9, 30)
ABOVE = 4  # title, line, two header rows


def build(city, people, ready_studio):
    """``roster.level``, ``roster.studios`` by name of the place, each with a county title in force on DAY."""
    level = NamingLevel.objects.get(code="county")
    document = OfficialDocument.objects.create(
        union=city.county,
        prefix="科工发",
        year=2023,
        number=1,
        title="关于命名的决定",
        issued_on=date(2023, 4, 20),
        source="imported",
    )
    studios = SimpleNamespace(
        plain=_studio(city.unit.union, "=HYPERLINK(1)工作室", founded_on="2018"),
        other=_studio(city.other_unit.union, " 第二\t工作室 ", founded_on="2017-05-04", stated_members=12),
        industry=_studio(city.industry_unit.union, "_x0041_工作室", founded_on="", kind="craftsman"),
    )
    _title(studios.plain, level, city.county, document=document)
    _title(studios.other, level, city.other_county, stated_since="2023-05")
    _title(studios.industry, level, city.industry, until=date(2025, 12, 31), end_reason="voluntary")
    _title(_studio(city.unit.union, "乙工作室"), level, city.county)
    _fill(studios.plain)
    return SimpleNamespace(level=level, studios=studios, city=city, people=people, ready=ready_studio)


def _studio(union, name, **fields):
    return StudioFactory(union=union, short_name=name, area_sqm="30.50", address="一号楼\n东侧", **fields)


def _title(studio, level, granting, **fields):
    """As from an older roster, which rests on no title below."""
    place = {"studio": studio, "level": level, "granted_by": granting}
    return NamingFactory(**place, since=date(2023, 5, 1), source="imported", **fields)


def _fill(studio):
    """A leader who changed, a member who left, results before and after the day."""
    old, new = PersonFactory(union=studio.union, name="旧人"), PersonFactory(union=studio.union, name="新人")
    LeaderFactory(studio=studio, person=old, since=date(2020, 1, 1), until=date(2025, 3, 31))
    LeaderFactory(studio=studio, person=new, since=date(2025, 4, 1))
    HonourFactory(person=new, granted_on="2020", name="全国劳动模范", rank=20)
    HonourFactory(person=new, granted_on="", name="")
    HonourFactory(person=new, granted_on="2025-10", name="太晚")
    MemberFactory(studio=studio, since=date(2024, 1, 1), until=DAY)
    MemberFactory(studio=studio, since=date(2024, 1, 1))
    MemberFactory(studio=studio, since=date(2025, 10, 1))
    patent = AchievementKind.objects.filter(is_patent=True).first()
    granted = {"studio": studio, "kind": patent, "patent_status": "granted", "completed_on": "2024"}
    AchievementFactory(
        **granted, number="ZL201010101010.1", granted_on=date(2024, 5, 1), benefit_amount="1.5"
    )
    AchievementFactory(**granted, number="ZL201010101011.X", benefit_amount="10.25")
    AchievementFactory(**granted, number="", granted_on=DAY)
    AchievementFactory(**granted, number="太晚", granted_on=date(2025, 10, 1))
    RecognitionFactory(achievement=AchievementFactory(studio=studio, completed_on="2025-09"))
    RecognitionFactory(
        achievement=AchievementFactory(studio=studio, completed_on="2025-08"), granted_on="2025-12"
    )
    AchievementFactory(studio=studio, completed_on="2025-10")
    for year in (2024, 2025, 2026):
        ProjectFactory(studio=studio, year=year)
        FundFactory(studio=studio, year=year, amount=f"{year - 2020}.1250")


def exported(union, *, level, as_of=DAY, personal=False):
    """(bytes of the workbook, Written)."""
    out = io.BytesIO()
    written = Roster(union, level=level, as_of=as_of, personal=personal).write(out.write)
    return out.getvalue(), written


def sheets_of(data):
    """{name of a sheet: its rows of values}, the summary and what surrounds the rows left out."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    return {
        sheet.title: [
            [cell.value for cell in row]
            for row in sheet.iter_rows(min_row=ABOVE + 1, max_row=sheet.max_row - 1)
        ]
        for sheet in book.worksheets[1:]
    }


def rows_of(data):
    """The rows of all sheets, one after the other."""
    return [row for rows in sheets_of(data).values() for row in rows]
