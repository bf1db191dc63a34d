"""The work queue: what I can do something about, the most urgent first."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from portal.ui.paging import COUNT_CAP, page_of
from reviews.forms import FilterForm
from reviews.offering import todo
from reviews.queries import BY_DUE_DATE, TABS, filter_words, filtered, for_list, queue_counts
from reviews.review_page import address, time_left
from reviews.timeline import STATE_LOOKS

TITLES = {
    "mine": _("On my desk"),
    "waiting": _("All that waits"),
    "overdue": _("Overdue"),
    "returned": _("With the unit for correction"),
    "done": _("Done lately"),
}
LOOKS = {"mine": "brand", "waiting": "info", "overdue": "warn", "returned": "neutral", "done": "ok"}
NOTHING = {
    "mine": (_("Nothing is on your desk"), ""),
    "waiting": (_("Nothing waits"), _("When an application reaches you, you get a message.")),
    "overdue": (_("Nothing is overdue"), ""),
    "returned": (_("Nothing is being corrected"), ""),
    "done": (_("Nothing was finished in the last 30 days"), ""),
}
PAGE = 25


@require_GET
@login_required
def queue(request):
    """One tab of the queue with its filters; the same number of queries for any number of rows."""
    counts = queue_counts(request.user)
    tab = request.GET.get("tab")
    if tab not in TABS:
        tab = "mine" if counts["mine"] or not counts["waiting"] else "waiting"
    rows_of, order = TABS[tab]
    filters = FilterForm(request.GET, words=filter_words(request.user))
    rows = for_list(rows_of(request.user))
    rows = filtered(rows, filters.cleaned_data) if filters.in_use else rows
    page = page_of(request, rows, keys=order, size=PAGE, counted=filters.in_use)
    if not filters.in_use:
        page.count, page.capped = min(counts[tab], COUNT_CAP), counts[tab] > COUNT_CAP
    context = {
        "tab": tab,
        "tabs": [tab_card(name, counts[name], current=name == tab) for name in TABS],
        "access": access_card(counts["access"]),
        "title": TITLES[tab],
        "nothing": NOTHING[tab],
        "page": page,
        "rows": [row_of(application, request.user) for application in page.rows],
        "filters": filters,
        "by_due_date": order == BY_DUE_DATE,
        "places": bool(filters.fields.get("county")),
    }
    return render(request, "reviews/queue.html", context)


def shown(count):
    """A capped count as text."""
    return f"{COUNT_CAP}+" if count > COUNT_CAP else str(count)


def tab_card(name, count, *, current):
    """One stat card: it counts and it leads to its rows."""
    return {
        "name": name,
        "label": TITLES[name],
        "count": shown(count),
        "look": LOOKS[name] if count else "neutral",
        "current": current,
    }


def access_card(count):
    """The requests for access that wait, or None where there is nothing to decide."""
    url = address("access_list")
    return {"count": shown(count), "url": url} if count and url else None


def row_of(application, user):
    """A row as the lists draw it: the application, its time, its state and what to do."""
    label, is_turn = todo(application, user)
    kind, icon = STATE_LOOKS.get(application.state, ("neutral", "clock"))
    return {
        "application": application,
        "time": time_left(application, timezone.localdate()),
        "kind": kind,
        "icon": icon,
        "todo": label,
        "is_turn": is_turn,
    }
