"""What the pages about requests for access show."""

from dataclasses import dataclass

from django.db.models import Q

from portal.ui.paging import asked, page_of
from reviews.choices import AccessState
from reviews.models import AccessRequest, Decision
from studios.permissions import DECIDE_ACCESS, unions_where

OLDEST_FIRST = ("pk",)
NEWEST_FIRST = ("-pk",)


@dataclass
class Filters:
    """What the address of the queue asks for."""

    tab: str = "pending"
    text: str = ""

    @classmethod
    def of(cls, request):
        """From ``?tab=`` and ``?q=``."""
        tab = asked(request, "tab")
        return cls(tab=tab if tab in {"pending", "decided"} else "pending", text=asked(request, "q"))


def access_page(request, filters):
    """A page of requests that the person may see: waiting ones oldest first, decided ones newest first."""
    rows = AccessRequest.objects.visible_to(request.user).select_related("union", "ownership", "industry")
    waiting = filters.tab == "pending"
    rows = rows.pending() if waiting else rows.exclude(state=AccessState.PENDING)
    if filters.text:
        rows = rows.filter(
            Q(unit_name__icontains=filters.text) | Q(credit_code__startswith=filters.text.upper())
        )
    page = page_of(request, rows, keys=OLDEST_FIRST if waiting else NEWEST_FIRST)
    own = {pk for _tier, pk in unions_where(request.user, DECIDE_ACCESS)}
    for row in page.rows:
        row.is_mine = row.union_id in own
    return page


def for_detail(user):
    """The requests that ``user`` may open, with what the page shows."""
    return AccessRequest.objects.visible_to(user).select_related(
        "union__parent", "ownership", "industry", "unit__union"
    )


def decisions_of(access):
    """The steps taken, oldest first (there is one at most)."""
    return list(Decision.objects.filter(access_request=access).select_related("union").order_by("pk"))
