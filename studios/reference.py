"""Loading the tables of reference data from ``fixtures/``.

What is missing is added; a row that is there stays as the office has it, unless the caller asks
to ``update``. Rows refer to each other by code.
"""

import json
from pathlib import Path

from django.conf import settings

from studios.models import AchievementKind, HonourKind, Industry, NamingLevel, OwnershipKind, Union
from studios.services.people import ensure_role_groups
from studios.services.unions import found_union

FOLDER = Path(settings.BASE_DIR) / "fixtures"
TABLES = {
    "ownership_kinds": OwnershipKind,
    "industries": Industry,
    "honour_kinds": HonourKind,
    "achievement_kinds": AchievementKind,
    "naming_levels": NamingLevel,
}


def rows_of(name):
    """The rows of ``fixtures/<name>.json`` as dicts of fields."""
    return [row["fields"] for row in json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))]


def load_table(name, *, update=False):
    """Add the rows of one table that are missing; returns how many were added or updated.

    A row may name one of its own table that stands before it (``"requires": ["base"]``).
    """
    model = TABLES[name]
    known = {row.code: row for row in model.objects.all()}
    links = [field.name for field in model._meta.fields if field.related_model is model]
    old, new = [], []
    for fields in rows_of(name):
        here = known.get(fields["code"])
        if here and not update:
            continue
        row = here or model()
        for field, value in fields.items():
            setattr(row, field, known[value[0]] if field in links and value else value)
        known[row.code] = row
        (old if here else new).append(row)
    for row in [*old, *(new if links else [])]:
        row.save()
    if not links:
        model.objects.bulk_create(new)
    return len(old) + len(new)


def load_unions(*, actor, update=False):
    """Found the unions that are missing, parents first, and see that each has its role groups."""
    known = {union.code: union for union in Union.objects.exclude(code__startswith="U-")}
    touched = 0
    for fields in rows_of("unions"):
        parent = known[fields.pop("parent")[0]] if fields["parent"] else fields.pop("parent")
        here = known.get(fields["code"])
        if here is None:
            known[fields["code"]] = here = found_union(actor=actor, parent=parent, **fields)
            touched += 1
        elif update:
            for field in fields.keys() - {"code", "tier", "kind"}:  # its place is changed by moving it
                setattr(here, field, fields[field])
            here.save()
            touched += 1
        ensure_role_groups(here)
    return touched
