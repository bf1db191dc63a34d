"""What the pages about rosters show."""

from dataclasses import dataclass

from django.db.models import Q

from portal.ui.paging import page_of
from studios.choices import ImportState, Tier, Verdict
from studios.models import (
    Industry,
    NamingLevel,
    OwnershipKind,
    RosterExport,
    RosterImport,
    RosterRow,
    Union,
)
from studios.permissions import unions_where

VERDICTS = (  # as the tabs stand: what needs a person comes first
    Verdict.ERROR,
    Verdict.QUESTION,
    Verdict.CHANGED,
    Verdict.NEW,
    Verdict.SAME,
    Verdict.SKIPPED,
)
ALL = "all"
ROWS, CHANGED_ROWS = 50, 20  # of a page; rows that change something say a lot
LATEST = 10
HEAVY = ("questions", "answers", "columns", "control_totals")


def imports_page(request):
    """A page of the imports that the person may see, the newest first."""
    rows = RosterImport.objects.visible_to(request.user)
    return page_of(
        request, rows.select_related("union", "created_by", "job").defer(*HEAVY), keys=("-pk",), size=LATEST
    )


def latest_exports(user):
    """The person's own latest exports."""
    rows = RosterExport.objects.visible_to(user).select_related("union", "level", "job")
    return list(rows.order_by("-pk")[:LATEST])


def same_file_before(roster, user):
    """An import of the very same file that went in before and still stands, or None."""
    rows = RosterImport.objects.visible_to(user).filter(sha256=roster.sha256, state=ImportState.APPLIED)
    return rows.exclude(pk=roster.pk).defer(*HEAVY).order_by("-pk").first()


def chosen_verdict(asked, counts):
    """The tab that was asked for, or the first one that has rows."""
    if asked == ALL or asked in VERDICTS:
        return asked
    return next((verdict.value for verdict in VERDICTS if counts.get(verdict.value)), ALL)


def rows_page(request, roster, verdict):
    """A page of the rows of an import, as they stand in the file; the number comes from the counts kept."""
    rows = RosterRow.objects.filter(roster=roster)
    if verdict != ALL:
        rows = rows.filter(verdict=verdict)
    page = page_of(
        request, rows, keys=("pk",), size=CHANGED_ROWS if verdict == Verdict.CHANGED else ROWS, counted=False
    )
    page.count = sum(roster.counts.values()) if verdict == ALL else roster.counts.get(verdict, 0)
    return page


@dataclass(frozen=True)
class Names:
    """``tables``: {column key: {code: name}} of what rows hold as codes."""

    tables: dict


def names_for(rows):
    """The names that these rows need; a table is asked only where a row names something of it."""
    tables = {"level": _labels(NamingLevel.objects.all())}
    codes = {row.values.get("union_code") for row in rows} - {None, ""}
    if codes:
        unions = Union.objects.filter(code__in=codes).values_list("code", "short_name", "name")
        tables["union_code"] = {code: short or name for code, short, name in unions}
    for key, model in (("ownership", OwnershipKind), ("industry", Industry)):
        if any(key in row.changes for row in rows):
            tables[key] = _labels(model.objects.all())
    return Names(tables)


def _labels(rows):
    return {row.code: str(row) for row in rows}


def unions_of(user, perm):
    """The open unions at which ``user`` holds ``perm``, the highest first."""
    held = [pk for _tier, pk in unions_where(user, perm)]
    return list(Union.objects.filter(pk__in=held).open().order_by("-tier", "code"))


def unions_to_export(user, perm, under=None):
    """What the form offers: where ``perm`` is held and right below there, or ``under`` and its own.

    Offices only: a unit's own union has no roster.
    """
    offices = Union.objects.within(user, perm).open().filter(tier__gt=Tier.BASE)
    if under is not None:
        near = Q(pk=under) | Q(parent=under)
    else:
        held = [pk for _tier, pk in unions_where(user, perm)]
        near = Q(pk__in=held) | Q(parent__in=held)
    return offices.filter(near).order_by("-tier", "code")
