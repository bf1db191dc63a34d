"""Statistics of a union and a period, and the targets of a year."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from portal.accounts.services import AlreadyDone, once
from studios.choices import Tier
from studios.forms.statistics import CHANGED, StatisticsFilter, TargetTable
from studios.models import Union
from studios.permissions import EXPORT_ROSTER, SCOPE_COLUMN, SET_TARGET, VIEW_STUDIO, unions_where
from studios.queries.statistics import BELOW, Period, Statistics
from studios.services import statistics_exports
from studios.services.people import NotPossible
from studios.services.targets import set_targets
from studios.validators import whole


def offices_of(user):
    """The unions above the base at which one looks at studios, highest first, and those just below each."""
    held = [(tier, pk) for tier, pk in unions_where(user, VIEW_STUDIO) if tier > Tier.BASE]
    if not held and not user.is_superuser:
        raise PermissionDenied
    wanted = Q(pk__in=[pk for _tier, pk in held]) if held else Q(parent=None) | Q(parent__parent=None)
    for tier, pk in held:
        below = BELOW.get(tier, Tier.COUNTY)
        if below < tier:
            within = Q(**{SCOPE_COLUMN[tier]: pk}) if tier in SCOPE_COLUMN else Q()
            wanted |= within & Q(tier=below)
    found = Union.objects.visible_to(user).filter(wanted, tier__gt=Tier.BASE)
    return list(found.order_by("-tier", "code"))


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
    found = Statistics(request.user, union, period, today=timezone.localdate())
    context = {
        "form": form,
        "union": union,
        "period": period,
        "composition": found.composition(),
        "movement": found.movement(),
        "endings": found.endings(),
        "levels": found.levels_above_base,
        "completion": found.completion(),
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
    found = Statistics(request.user, union, Period.calendar(year), today=today)
    table = TargetTable(found.completion(), request.POST if request.method == "POST" else None)
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
        "levels": found.levels_above_base,
    }
    return render(request, "rosters/targets.html", context, status=422 if table.problems else 200)
