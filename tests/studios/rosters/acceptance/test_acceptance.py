"""What offices demand of their workbooks, through the command: verdicts, values, cells and sentences."""

import json

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction

from portal.accounts.models import User
from studios.models import Union
from studios.reference import TABLES, load_table, load_unions
from studios.services.people import appoint
from tests.factories.accounts import UserFactory
from tests.studios.rosters.acceptance import formats, habits, shapes, wordings
from tests.studios.rosters.acceptance.making import SKIPPED, Demand

CASES = [*shapes.CASES, *wordings.CASES, *habits.CASES, *formats.CASES]
pytestmark = pytest.mark.django_db
PEOPLE = {"roster": "150500", "naiman": "150525"}


@pytest.fixture(scope="module")
def unions(django_db_setup, django_db_blocker):
    """All unions of the city, and who works on rosters at two of them; nothing here is applied."""
    with django_db_blocker.unblock(), transaction.atomic():
        for name in TABLES:
            load_table(name)
        load_unions(actor=User.objects.system())
        for name, code in PEOPLE.items():
            appoint(UserFactory(username=name), "roster_admin", Union.objects.get(code=code), actor=None)
        yield
        transaction.set_rollback(True)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_office_gets_what_it_demands(unions, case, tmp_path):
    path, report = tmp_path / case.file, tmp_path / "report.json"
    path.write_bytes(case.content())
    try:
        call_command("import_roster", str(path), user=case.user, report=report)
    except CommandError as refusal:
        assert case.refused
        assert case.refused in str(refusal)
        return
    assert not case.refused
    told = json.loads(report.read_text(encoding="utf-8"))
    assert wrong(case, told["rows"]) == []
    if case.totals is not None:
        assert [(one["row"], one["stated"], one["found"]) for one in told["control_totals"]] == case.totals


def wrong(case, rows):
    """What differs from the demands, in words; rows that nobody named are to be skipped."""
    several = any(isinstance(key, tuple) for key in case.rows)
    places = {(row["sheet"], row["row"]) if several else row["row"]: row for row in rows}
    said = [f"{key}: not in the report" for key in case.rows if key not in places]
    for key, row in places.items():
        said += (f"{key}: {one}" for one in _differences(case.rows.get(key, Demand(SKIPPED, {})), row))
    return said


def _differences(demand, row):
    if row["verdict"] != demand.verdict:
        yield f"{row['verdict']}, not {demand.verdict}: {row['messages']}"
    for key, value in demand.values.items():
        found = row["values"].get(key)
        if key == "honours" and found:
            found = [(honour["level"], honour["year"]) for honour in found]
        if found != value:
            yield f"{key} is {found!r}, not {value!r}"
    cells = {message["cell"] for message in row["messages"]}
    for cell in demand.cells:
        if cell not in cells:
            yield f"nothing is said of {cell}"
