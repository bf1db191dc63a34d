"""Rosters at the size of a country: going out, coming in, and hostile files, each beside its limit."""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from bench.measuring import measured

LAST_DAY = date(2025, 12, 31)  # of the made-up country, see reviews.scale.plan
STOCK_ROWS = 10_000  # the library's own way is measured on these and scaled up: all of it takes minutes
SIZES = (5_000, 50_000, 200_000)
IN_ROWS, STOCK_IN_ROWS = 20_000, 1_000
HOSTILE = ("far_cell", "bomb", "laughs_in_strings", "fat_rows")  # of tests.sheets.hostile


# -- what runs in the measured process --------------------------------------------------------------
def whole():
    """(union, level): the titles of every base unit of the country."""
    from studios.choices import Tier
    from studios.models import NamingLevel, Union

    return Union.objects.get(tier=Tier.NATION), NamingLevel.objects.get(tier=Tier.BASE)


def statement(rows):
    """The roster's own COPY, of its first ``rows`` titles."""
    from django.db import connection

    from studios.queries.roster_export import roster_copy

    union, level = whole()
    with connection.cursor() as cursor:
        text = roster_copy(union, level=level, as_of=LAST_DAY).as_string(cursor.connection)
    inner, _tail = text.rsplit(") TO STDOUT", 1)
    return f"{inner} LIMIT {int(rows)}) TO STDOUT"


def copy_csv(rows):
    """The limit: the same query as CSV, read and dropped."""
    from django.db import connection, transaction

    from studios.queries.roster_export import copy_roster

    size = 0

    def count(block):
        nonlocal size
        size += len(block)

    with transaction.atomic(), connection.cursor() as cursor:
        copy_roster(cursor, f"{statement(rows)} CSV", count)
    return {"bytes": size}


def export(rows):
    """The roster as the portal writes it, to a file."""
    from unittest import mock

    from django.db import transaction

    from studios.services import roster_workbook

    union, level = whole()
    limited = f"{statement(rows)} (NULL '')"
    with tempfile.TemporaryFile() as file, transaction.atomic():
        with mock.patch.object(roster_workbook, "roster_copy", lambda *a, **k: limited):
            written = roster_workbook.Roster(union, level=level, as_of=LAST_DAY).write(file.write)
        return {"rows": written.count, "bytes": file.tell()}


def stock_export(rows):
    """The same resource through django-import-export: objects, a dataset, its own workbook."""
    from portal.accounts.models import User
    from studios.resources import RosterResource

    _union, level = whole()
    user = User.objects.get(username="scale-roster")
    resource = RosterResource(user=user, as_of=LAST_DAY, level=level)
    dataset = resource.export(resource.get_queryset()[: int(rows)])
    return {"rows": len(dataset), "bytes": len(dataset.export("xlsx"))}


# -- the tables ---------------------------------------------------------------------------------------
def report():
    """Everything, as lines of text."""
    return [*exports(), "", *imports(), "", *hostile()]


def exports():
    """Export of 200,000 rows beside COPY … CSV and beside the library's way; memory by size."""
    limit = measured("rosters:copy_csv", SIZES[-1], times=3)
    runs = {rows: measured("rosters:export", rows, times=3 if rows == SIZES[-1] else 1) for rows in SIZES}
    stock = measured("rosters:stock_export", STOCK_ROWS)
    ours = runs[SIZES[-1]]
    scaled = stock.cpu * ours.said["rows"] / stock.said["rows"]
    yield f"Roster of {ours.said['rows']:,} titles going out (processor: client + PostgreSQL)"
    yield f"  {'COPY … TO CSV of the same query':44} {limit.client:7.1f} + {limit.postgres:6.1f} s   1.0"
    yield (
        f"  {'the portal, a workbook of ' + format(ours.said['bytes'] / 1e6, '.0f') + ' MB':44} "
        f"{ours.client:7.1f} + {ours.postgres:6.1f} s   {ours.cpu / limit.cpu:.1f}"
    )
    yield (
        f"  {'django-import-export, scaled from ' + format(stock.said['rows'], ','):44} "
        f"{scaled:16.0f} s   {scaled / limit.cpu:.0f} ({scaled / ours.cpu:.0f} × the portal)"
    )
    peaks = ", ".join(f"{rows:,} rows {work.peak_mb:.0f} MB" for rows, work in runs.items())
    yield f"  memory at its peak: {peaks}"


def imports():
    """Coming in: see bench.incoming."""
    from bench import incoming

    yield from incoming.lines(IN_ROWS, STOCK_IN_ROWS)


def hostile():
    """Hostile workbooks: seconds until they are refused and the memory of the process that looked."""
    yield "Hostile workbooks"
    for name in HOSTILE:
        work = measured("incoming:refuse", name)
        said = work.said
        yield (
            f"  {name:18} refused ({said['code']}) after {said['cpu']:.1f} s of processor, "
            f"{said['wall']:.1f} s in all, {said['peak_mb']:.0f} MB at its peak"
        )


def build(studios, seed=1):
    """Migrate, load the reference data and the made-up country."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    for command in (
        ["migrate", "--verbosity=0"],
        ["build_locale", "--verbosity=0"],
        ["load_reference", "--verbosity=0"],
        ["load_scale", f"--studios={studios}", f"--seed={seed}", "--this-is-no-real-portal"],
    ):
        subprocess.run([sys.executable, "manage.py", *command], check=True, cwd=Path(__file__).parent.parent)


def main(arguments, lines):
    """``[--studios N] [--built]``: print ``lines()``; ``--built`` takes the database as it is."""
    studios = int(arguments[arguments.index("--studios") + 1]) if "--studios" in arguments else 200_000
    if "--built" not in arguments:
        build(studios)
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    for line in lines():
        sys.stdout.write(line + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:], report)
