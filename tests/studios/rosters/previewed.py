"""Rosters as their preview leaves them, and what the register holds as a whole, for comparing."""

import hashlib
from dataclasses import dataclass, field

from django.apps import apps
from django.db import connection
from django.utils import timezone

from studios.choices import ImportState, Verdict
from studios.models import RosterImport, RosterRow, Union
from studios.services.roster_applying import apply
from studios.services.roster_dependants import is_derived
from studios.services.roster_matching import match
from tests.factories.studios import credit_code

COUNTY = {
    "union_code": "150502",
    "level": "county",
    "named_on": "2019-06",
    "unit_name": "通辽市星火铸造有限公司",
}
HONOUR = {"name": "通辽市劳动模范", "kind": "model_worker_city", "level": "city", "year": 2018}


@dataclass
class Read:
    """A row as it is read from a sheet."""

    row: int
    values: dict
    raw: dict = field(default_factory=dict)
    sheet: str = "名册"
    cells: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    skipped: str | None = None


def county_row(name="周建成劳模创新工作室", **values):
    """The values of a row about a county title in the cast's own county."""
    return {**COUNTY, "studio_name": name, **values}


def preview(union, *rows, by, answers=None, raw=None):
    """The RosterImport of a file with these rows, as its preview stores it."""
    read = [Read(number, values, dict(raw or {})) for number, values in enumerate(rows, start=2)]
    matches, questions = match(read, union=union, on=timezone.localdate(), answers=answers)
    made = RosterImport.objects.create(
        union=union,
        name="名册.xlsx",
        sha256=hashlib.sha256(repr(rows).encode()).hexdigest(),
        size=1,
        stored="roster",
        state=ImportState.PREVIEW,
        questions=list(questions.values()),
        answers=answers or {},
        previewed_at=timezone.now(),
        created_by=by,
    )
    RosterRow.objects.bulk_create(
        RosterRow(
            roster=made,
            sheet=row.sheet,
            row=row.row,
            verdict=found.verdict,
            values=row.values,
            raw=row.raw,
            messages=found.messages,
            changes=found.changes,
        )
        for row, found in zip(read, matches, strict=True)
    )
    return made


def take(union, *rows, by, **more):
    """The applied import of these rows, all of which were good."""
    made = preview(union, *rows, by=by, **more)
    problems = [row.messages for row in made.rows.filter(verdict__in=[Verdict.ERROR, Verdict.QUESTION])]
    assert not problems, problems
    apply(made, actor=by)
    made.refresh_from_db()
    return made


def verdicts(union, *rows, by, **more):
    """The verdicts that a preview of these rows gives."""
    return list(preview(union, *rows, by=by, **more).rows.values_list("verdict", flat=True))


RECORDS = {"audit_entry", "jobs_job", "studios_rosterimport", "studios_rosterrow"}  # they only grow
MOVES_ON = {"studios_studio": ("updated_at",)}


def register(*, but=()):
    """{table: its rows as sorted text}, but for records, what is worked out and the tables of ``but``."""
    held = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = model._meta.db_table
            if table in RECORDS or table in but or is_derived(model):
                continue
            cursor.execute(
                f"SELECT (to_jsonb(t) - %s::text[])::text FROM {table} AS t ORDER BY 1",
                [list(MOVES_ON.get(table, ()))],
            )
            held[table] = [row for (row,) in cursor]
    return held


def differences(before, after):
    """{table: (rows gone, rows come)} between two registers."""
    return {
        table: (
            sorted(set(before[table]) - set(after[table])),
            sorted(set(after[table]) - set(before[table])),
        )
        for table in before
        if before[table] != after[table]
    }


def a_code(number):
    """A valid credit code of a unit that the cast does not have."""
    return credit_code(9_000_000 + number)


def union_of(name):
    """The union of the new unit of that name."""
    return Union.objects.get(unit__name=name)
