"""One year of a studio's ledger, read with one query.

An entry without a date stands in every year until it has one, and is counted in none. A mentorship
stands in each year in which it ran.
"""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from types import SimpleNamespace

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Cast, Coalesce, ExtractYear, JSONObject, Substr

from studios.choices import FileState, MentorshipOutcome
from studios.ledger.entries import KINDS
from studios.models import Achievement, Evidence, Fund, Project, Recognition, Studio

REMOVED = "removed_at"


@dataclass
class Year:
    """What a studio did in a year, as rows of plain values; dates are text, sums of money Decimals."""

    year: int
    results: list = field(default_factory=list)
    projects: list = field(default_factory=list)
    activities: list = field(default_factory=list)
    mentorships: list = field(default_factory=list)
    funds: list = field(default_factory=list)
    equipment: list = field(default_factory=list)
    media: list = field(default_factory=list)
    rewards: list = field(default_factory=list)
    years: list = field(default_factory=list)  # the years in which there is anything, newest first

    def dated(self, name):
        """The rows of a list that are counted: those with a date."""
        return [row for row in getattr(self, name) if row.on]

    @property
    def running(self):
        """The mentorships that are not at their end."""
        return [row for row in self.mentorships if row.outcome == MentorshipOutcome.RUNNING]

    def funds_by_source(self):
        """{source: sum} in units of 10,000 yuan."""
        found = Counter()
        for row in self.funds:
            found[row.source] += row.amount
        return dict(found)

    def sum_of(self, name, column):
        """The sum of a column over the counted rows of a list; empty cells count nothing."""
        return sum((getattr(row, column) or 0 for row in self.dated(name)), Decimal(0))


def read_year(studio, year):
    """The ``Year`` of a studio: one query."""
    kept = {"studio": OuterRef("pk")}
    lists = {name: _rows(rows, columns) for name, (rows, columns) in _lists(kept, year).items()}
    found = Studio.objects.filter(pk=studio.pk).annotate(
        **{f"year_{name}": rows for name, rows in lists.items()},
        **{f"years_{number}": years for number, years in enumerate(_years(kept))},
    )
    found = found.values(
        *(f"year_{name}" for name in lists), *(f"years_{n}" for n in range(len(_years(kept))))
    )
    row = found.get()
    years = {int(value) for name in row if name.startswith("years_") for value in row[name] if value}
    rows = {name: [_row(values) for values in row[f"year_{name}"]] for name in lists}
    return Year(year, **rows, years=sorted(years, reverse=True))


def _row(values):
    for name in ("amount", "value"):
        if values.get(name) is not None:
            values[name] = Decimal(values[name])
    return SimpleNamespace(**values)


def _rows(queryset, columns):
    return ArraySubquery(queryset.values(row=JSONObject(**columns)))


def _in_year(name, year):
    """In the year by a date that may lack its month, or without any date."""
    return Q(**{name: ""}) | Q(**{f"{name}__startswith": str(year)})


def _text(name):
    return Cast(name, CharField())


def _files(**owner):
    """How many files hang on a row; refused ones are none."""
    files = Evidence.objects.filter(**owner).on_form().exclude(state=FileState.REFUSED)
    [column] = owner
    counted = files.order_by().values(column).annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def _lists(kept, year):
    """{name: (rows of the year, columns)}."""
    here = {**kept, REMOVED: None}
    return {
        "results": (
            Achievement.objects.filter(_in_year("completed_on", year), **here).order_by(
                "-completed_on", "-pk"
            ),
            _result_columns(),
        ),
        "projects": (
            Project.objects.filter(year=year, **kept).order_by("pk"),
            {"id": F("pk"), "title": F("title"), "on": F("year"), "status": F("status")},
        ),
        "funds": (
            Fund.objects.filter(year=year, **kept).order_by("pk"),
            {
                "id": F("pk"),
                "on": F("year"),
                "source": F("source"),
                "amount": _text("amount"),
                "use": F("use"),
            },
        ),
        **_entry_lists(here, year),
    }


def _result_columns():
    highest = Recognition.objects.filter(achievement=OuterRef("pk")).order_by("rank", "pk").values("rank")[:1]
    return {
        "id": F("pk"),
        "title": F("title"),
        "on": F("completed_on"),
        "state": F("state"),
        "number": F("number"),
        "granted_on": F("granted_on"),
        "kind": F("kind__code"),
        "kind_name": F("kind__name"),
        "kind_name_en": F("kind__name_en"),
        "described": F("summary"),
        "rank": Subquery(highest),
        "files": _files(achievement=OuterRef("pk")),
    }


def _entry_lists(here, year):
    """The lists of the ledger's own entries."""
    return {
        "activities": (
            _entries("activity", here).filter(_in_year("held_on", year)),
            {
                **_named("title", "kind", "sessions", "people", "place", on="held_on"),
                "files": _files(activity=OuterRef("pk")),
            },
        ),
        "mentorships": _mentorships(here, year),
        "equipment": (
            _entries("equipment", here).filter(_in_year("acquired_on", year)),
            {**_named("name", "model", "quantity", on="acquired_on"), "value": _text("value")},
        ),
        "media": (
            _entries("media", here).filter(_in_year("published_on", year)),
            _named("title", "outlet", "rank", on="published_on"),
        ),
        "rewards": (
            _entries("reward", here).filter(paid_on__year=year),
            {
                **_named("name", "basis", on="paid_on"),
                "amount": _text("amount"),
                "result": F("achievement__title"),
            },
        ),
    }


def _mentorships(here, year):
    """Those that ran in the year, as far as is known."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    ran = Q(outcome_on=None) | Q(outcome_on__gte=first)
    persons = ("master_name", "apprentice_name", "apprentice_unit", "trade")
    columns = _named(*persons, "outcome", "until", "outcome_on", on="since")
    rows = _entries("mentorship", here).filter(ran, since__lte=last)
    return rows, {**columns, "files": _files(mentorship=OuterRef("pk"))}


def _entries(code, here):
    """The entries of a kind, newest first."""
    kind = KINDS[code]
    return kind.model.objects.filter(**here).order_by(f"-{kind.dated}", "-pk")


def _named(*names, on):
    """Columns under their own names, the key as ``id`` and the date as ``on``."""
    return {**{name: F(name) for name in names}, "id": F("pk"), "on": F(on)}


def _years(kept):
    """The years with anything in them, one array a table."""
    here = {**kept, REMOVED: None}

    def years(rows, value):
        return ArraySubquery(rows.order_by().values_list(value, flat=True).distinct())

    arrays = [
        years(Achievement.objects.filter(**here), Substr("completed_on", 1, 4)),
        years(Project.objects.filter(**kept), F("year")),
        years(Fund.objects.filter(**kept), F("year")),
    ]
    for kind in KINDS.values():
        rows = kind.model.objects.filter(**here)
        by_text = kind.code in ("activity", "equipment", "media")
        arrays.append(years(rows, Substr(kind.dated, 1, 4) if by_text else ExtractYear(kind.dated)))
    return arrays
