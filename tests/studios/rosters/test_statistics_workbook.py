"""The statistics as a workbook: the numbers of the page, no formula, the same bytes twice."""

import hashlib
from datetime import date
from io import BytesIO

import openpyxl
import pytest

from studios.models import Naming, NamingLevel, Union
from studios.queries.statistics import Period, Statistics
from studios.services import statistics_workbook
from tests.factories.studios import NamingFactory

pytestmark = pytest.mark.django_db
PERIOD = Period.calendar(2025)


@pytest.fixture
def world(city, people, ready_studio):
    NamingFactory(
        studio=ready_studio,
        level=NamingLevel.objects.get(code="county"),
        granted_by=city.county,
        source="imported",
        since=date(2025, 3, 1),
    )
    Union.objects.filter(pk=city.county.pk).update(short_name="=HYPERLINK(1)")
    return people


def written(user, union):
    target = BytesIO()
    done = statistics_workbook.write(target, user=user, union=union, period=PERIOD)
    return done, target.getvalue()


def test_the_same_numbers_give_the_same_bytes(world, city):
    first, one = written(world.city_reviewer, city.city)
    second, two = written(world.city_reviewer, city.city)
    assert first == second
    assert hashlib.sha256(one).digest() == hashlib.sha256(two).digest()


def test_another_number_gives_another_hash(world, city):
    first, _bytes = written(world.city_reviewer, city.city)
    Naming.objects.filter(since=date(2025, 3, 1)).delete()
    second, _bytes = written(world.city_reviewer, city.city)
    assert first.content_hash != second.content_hash


def test_the_sheets_hold_the_numbers_of_the_page(world, city):
    done, content = written(world.city_reviewer, city.city)
    book = openpyxl.load_workbook(BytesIO(content))
    assert book.sheetnames == ["构成", "变动", "目标任务"]
    assert not [c.coordinate for sheet in book for row in sheet for c in row if c.data_type == "f"]
    cells = [[cell.value for cell in row] for row in book["变动"]]
    table = Statistics(world.city_reviewer, city.city, PERIOD, today=PERIOD.last).movement()[1]
    label, numbers = next((label, numbers) for label, numbers in table.rows if label == "=HYPERLINK(1)")
    assert numbers[1] == 1
    assert [label, *numbers] in [row[: len(numbers) + 1] for row in cells]
    assert done.content_hash[:16] in book["构成"].oddFooter.left.text


def test_a_sheet_is_ready_for_printing(world, city):
    _done, content = written(world.city_reviewer, city.city)
    sheet = openpyxl.load_workbook(BytesIO(content))["构成"]
    assert sheet.page_setup.orientation == "landscape"
    assert int(sheet.page_setup.paperSize) == 9
    assert sheet.print_title_rows == "$1:$2"
    assert sheet.freeze_panes == "B3"
