"""The year view of a studio's ledger."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from studios.choices import Section
from studios.ledger.missing import missing_of
from studios.ledger.year import read_year
from studios.panels import LEDGER, panels_for
from studios.permissions import CHANGE_STUDIO
from studios.services.sections import why_closed
from studios.validators import whole
from studios.views.ledger_shown import parts_shown, stats_shown
from studios.views.visible import visible_studio

SHOWN_AT_ONCE = 8
FIRST_YEAR, LAST_YEAR = 1990, 2100


@require_GET
@login_required
def ledger(request, pk):
    """What a studio did in a year, with counts and sums, and what its report still lacks."""
    studio = visible_studio(request, pk)
    present = timezone.localdate().year
    year = whole(request.GET.get("year", ""), present)
    year = read_year(studio, year if FIRST_YEAR <= year <= LAST_YEAR else present)
    writable = request.user.has_perm(CHANGE_STUDIO, studio)
    missing = missing_of(studio.pk, year)
    closed = {why_closed(studio, name) for name in (Section.PROJECTS, Section.FUNDS, Section.ACHIEVEMENTS)}
    context = {
        "studio": studio,
        "year": year.year,
        "years": sorted({present, year.year, *year.years}, reverse=True),
        "missing": missing[:SHOWN_AT_ONCE],
        "more_missing": missing[SHOWN_AT_ONCE:],
        "missing_total": len(missing),
        "stats": stats_shown(year),
        "parts": parts_shown(studio, year, writable),
        "writable": writable,
        "closed": sorted(closed - {""}) if writable else [],
        "removed": request.session.pop("removed_entry", None),
        "panels": panels_for(LEDGER, request, studio),
    }
    return render(request, "ledger/ledger.html", context)
