"""The list of the three-year watch: whose years are over, and whose are running out."""

from django.contrib.auth.decorators import login_required
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET

from portal.ui.paging import asked, page_of
from reviews.choices import REVOCATION_CLOSED
from reviews.models import DormancyFlag, Revocation, WatchClock
from reviews.queries_watch import clock_on
from reviews.review_page import address
from reviews.views.offices import demand_office
from studios.models import Studio

PAGE = 25
ORDER = ("due_on", "pk")
LOOKS = {"full": "brand", "33": "warn", "30": "warn", "24": "info"}
FULL = gettext_lazy("years are over")


@require_GET
@login_required
def watch_list(request):
    """Everybody the watch points to in one's own area, the longest overdue first."""
    demand_office(request.user)
    clock = clock_on(timezone.localdate())
    full = 12 * clock.years if clock else 0
    rows = rows_for(request.user, asked(request, "q"))
    tabs = tabs_of(rows, clock, request.GET.get("stage", ""))
    stage = next((tab["stage"] for tab in tabs if tab["current"]), None)
    rows = rows.filter(stage=stage) if stage else rows
    page = page_of(request, with_facts(rows), keys=ORDER, size=PAGE)
    context = {"page": page, "rows": page.rows, "tabs": tabs, "q": asked(request, "q"), "full": full}
    for row in page.rows:
        row.look = "bad" if row.stage >= full else "warn"
        row.words = FULL if row.stage >= full else _("%(months)s months are over") % {"months": row.stage}
        row.case_url = address("revocation_detail", row.case) if row.case else ""
    return render(request, "watch/watch_list.html", context)


def rows_for(user, words):
    """The stored clocks that warn, of studios that ``user`` may see."""
    studios = Studio.objects.visible_to(user)
    if words:
        studios = studios.filter(Q(short_name__icontains=words) | Q(union__unit__name__icontains=words))
    return WatchClock.objects.filter(stage__gt=0, studio__in=studios)


def with_facts(rows):
    """With what a row shows: unit, title, flag, and a case that is open for it."""
    flags = DormancyFlag.objects.filter(studio=OuterRef("studio"), cleared_at=None)
    cases = Revocation.objects.filter(naming__studio=OuterRef("studio")).exclude(state__in=REVOCATION_CLOSED)
    return rows.select_related("level", "studio__union__unit", "studio__county").annotate(
        flag=Subquery(flags.values("pk")[:1]),
        flagged_at=Subquery(flags.values("raised_at")[:1]),
        case=Subquery(cases.values("pk")[:1]),
        leader=F("studio__leader_name"),
    )


def tabs_of(rows, clock, chosen):
    """One card for each stage, with how many there are."""
    if clock is None:
        return []
    counts = dict(rows.order_by().values_list("stage").annotate(n=Count("pk")))
    stages = sorted({12 * clock.years, *clock.warn_months}, reverse=True)
    return [
        {
            "stage": stage,
            "count": counts.get(stage, 0),
            "label": FULL
            if stage == 12 * clock.years
            else _("%(months)s months are over") % {"months": stage},
            "look": LOOKS.get("full" if stage == 12 * clock.years else str(stage), "info")
            if counts.get(stage)
            else "neutral",
            "current": str(stage) == chosen,
        }
        for stage in stages
    ]
