"""Statistics of a union and a period, and the targets of a year."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.services import AlreadyDone, once
from studios.choices import Tier
from studios.forms.statistics import CHANGED, StatisticsFilter, TargetTable
from studios.models import Union
from studios.permissions import EXPORT_ROSTER, SET_TARGET, VIEW_STUDIO, unions_where
from studios.queries import statistics
from studios.services import statistics_exports
from studios.services.people import NotPossible
from studios.services.targets import set_targets
from studios.validators import whole


def offices_of(user):
    """The unions above the base at which one looks at studios, highest first, and those just below each."""
    own = [pk for tier, pk in unions_where(user, VIEW_STUDIO) if tier > Tier.BASE]
    visible = Union.objects.visible_to(user)
    found = visible.filter(pk__in=own) if own else visible.filter(parent=None)
    if not own and not user.is_superuser:
        raise PermissionDenied
    offices = {}
    for union in found.order_by("-tier", "code"):
        offices[union.pk] = union
        tier = statistics.BELOW.get(union.tier, Tier.COUNTY)
        if tier < union.tier:
            below = visible.filter(statistics.in_union(union), tier=tier).order_by("code")
            offices.update((row.pk, row) for row in below)
    return list(offices.values())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def roster_statistics(request):
    """Who holds what by place, kind of unit, industry and kind of studio; what moved; targets.

    Posted, it asks for the same as a workbook.
    """
    form = StatisticsFilter(request.POST or request.GET, unions=offices_of(request.user))
    union, period = form.asked()
    if request.method == "POST" and form.is_valid():
        return _ask(request, union, period)
    today = timezone.localdate()
    context = {
        "form": form,
        "union": union,
        "period": period,
        "composition": statistics.composition(request.user, union, period.last),
        "movement": statistics.movement(request.user, union, period),
        "endings": statistics.endings(request.user, union, period),
        "levels": [level for level in statistics.levels() if level.tier > Tier.BASE],
        "completion": statistics.completion(request.user, union, period.last.year, today),
        "may_set": any(tier > Tier.COUNTY for tier, _pk in unions_where(request.user, SET_TARGET)),
        "once": uuid.uuid4(),
        "may_export": request.user.has_perm(EXPORT_ROSTER, union),
    }
    return render(request, "rosters/statistics.html", context, status=422 if form.errors else 200)


def _ask(request, union, period):
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            export = statistics_exports.ask(union, period=period, actor=request.user)
            receipt.led_to = reverse("roster_export", args=[export.pk])
        return redirect(receipt.led_to)
    except AlreadyDone as done:
        return redirect(done.led_to or "roster_list")


def setting_from(user):
    """The highest union from which one sets targets. Raises PermissionDenied."""
    own = [pk for tier, pk in unions_where(user, SET_TARGET) if tier > Tier.COUNTY]
    union = Union.objects.visible_to(user).filter(pk__in=own).order_by("-tier", "code").first()
    if union is None:
        raise PermissionDenied
    return union


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def roster_targets(request):
    """The targets of a year for the unions below one's own."""
    today = timezone.localdate()
    year = whole(request.GET.get("year", ""), today.year)
    year = year if 2000 <= year <= today.year + 2 else today.year
    union = setting_from(request.user)
    rows = statistics.completion(request.user, union, year, today)
    table = TargetTable(rows, request.POST if request.method == "POST" else None)
    if request.method == "POST" and not table.problems:
        try:
            changed = set_targets(year, table.wanted, actor=request.user)
            messages.success(request, CHANGED % {"count": changed})
            return redirect(f"{reverse('roster_targets')}?year={year}")
        except NotPossible as problem:
            messages.error(request, str(problem))
            table.problems = 1
    context = {
        "union": union,
        "year": year,
        "years": range(today.year + 1, today.year - 5, -1),
        "table": table,
        "levels": [level for level in statistics.levels() if level.tier > Tier.BASE],
    }
    return render(request, "rosters/targets.html", context, status=422 if table.problems else 200)
