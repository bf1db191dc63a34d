"""Clean rows: the fast import says of each what the plain one of django-import-export says."""

import random
from decimal import Decimal

import pytest
import tablib
from django.utils import timezone

from studios.models import NamingLevel
from studios.resources.columns import ROSTER
from studios.resources.roster import KEY, PLAIN, RosterResource
from studios.services.roster_matching import match
from tests.factories.studios import NamingFactory, StudioFactory, UnitFactory
from tests.studios.rosters.previewed import Read, a_code

pytestmark = pytest.mark.django_db
HEADINGS = {column.key: column.heading for column in ROSTER}
SAME_AS = {"new": "new", "update": "changed", "skip": "same"}
CHANGES = {
    "address": "新址一号",
    "specialty": "焊接",
    "area_sqm": "99.5",
    "founded_on": "2001-05",
    "named_on": "2011-07-08",
    "kind": "工匠创新工作室",
    "credit_code": None,
}


@pytest.fixture
def held(city):
    """Thirty studios with a title from an older roster, in two counties."""
    level = NamingLevel.objects.get(code="county")
    rows = []
    for number in range(30):
        county = (city.county, city.other_county)[number % 2]
        unit = UnitFactory(parent=county, name=f"比对第{number}机械厂", credit_code=a_code(number))
        studio = StudioFactory(
            union=unit.union,
            short_name=f"第{number}班组创新工作室",
            official_name=f"比对第{number}机械厂第{number}班组创新工作室",
            specialty="铸造",
            founded_on="2009",
            area_sqm="40.00",
            address="老厂区",
        )
        NamingFactory(
            studio=studio,
            level=level,
            granted_by=county,
            source="imported",
            since=f"2010-06-{number % 28 + 1:02d}",
        )
        rows.append(
            {
                "union_code": county.short_name,
                "unit_name": unit.name,
                "studio_name": studio.short_name,
                "level": level.name,
                "official_name": studio.official_name,
                "credit_code": unit.credit_code,
                "specialty": "铸造",
                "founded_on": "2009",
                "named_on": f"2010-06-{number % 28 + 1:02d}",
                "area_sqm": "40",
                "address": "老厂区",
            }
        )
    return rows


def some_rows(held, seed):
    """Rows of the register as they are, with a change, with blanks, and of studios that it does not hold."""
    chance = random.Random(seed)
    made = []
    for number, row in enumerate(held):
        row = dict(row)
        for column in chance.sample(["address", "specialty", "area_sqm", "founded_on"], chance.randrange(3)):
            row[column] = ""
        act = chance.randrange(3)
        if act == 1:
            column = chance.choice(list(CHANGES))
            row[column] = CHANGES[column] if column != "credit_code" else row["credit_code"]
        elif act == 2:
            row |= {
                "unit_name": f"新建第{seed}之{number}水泥厂",
                "credit_code": a_code(1000 + 50 * seed + number),
            }
            row |= {"studio_name": f"新建{number}号创新工作室", "official_name": ""}
        made.append(row)
    return made


def plainly(rows, user):
    """The verdicts of the plain import, in the words of the fast one."""
    keys = list(dict.fromkeys([*KEY, *PLAIN]))
    data = tablib.Dataset(headers=[HEADINGS[key] for key in keys])
    for row in rows:
        row = {**row, "area_sqm": row["area_sqm"] and Decimal(row["area_sqm"])}
        data.append([row.get(key, "") for key in keys])
    resource = RosterResource(user=user, as_of=timezone.localdate())
    result = resource.import_data(data, dry_run=True, raise_errors=True)
    return [SAME_AS[row.import_type] for row in result.rows]


def quickly(rows, union):
    """The verdicts of the fast import; it takes codes where the plain one takes words."""
    codes = {child.short_name: child.code for child in union.children.all()}
    levels = dict(NamingLevel.objects.values_list("name", "code"))
    read = []
    for number, row in enumerate(rows, start=2):
        values = {key: value for key, value in row.items() if value not in ("", None)}
        values |= {"union_code": codes[row["union_code"]], "level": levels[row["level"]]}
        if "kind" in values:
            values["kind"] = "craftsman"
        if "area_sqm" in values:
            values["area_sqm"] = float(values["area_sqm"])
        read.append(Read(number, values))
    matches, questions = match(read, union=union, on=timezone.localdate())
    assert not questions
    return [made.verdict for made in matches]


@pytest.mark.parametrize("seed", range(4))
def test_both_ways_say_the_same(city, people, held, seed):
    rows = some_rows(held, seed)
    fast = quickly(rows, city.city)
    assert {"new", "changed", "same"} <= set(fast)
    assert fast == plainly(rows, people.roster_admin)
