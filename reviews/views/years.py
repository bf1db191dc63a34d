"""The years of the assessment as the city sets them; opening a year is a job's."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.services import AlreadyDone, once
from reviews import queries_schemes as queries
from reviews.forms_schemes import YearForm, preset_of
from reviews.models import AssessmentYear
from reviews.services import schemes as services
from reviews.views.schemes import demand_office, kept, status_of
from studios.models import Union
from studios.permissions import REVIEW_APPLICATION
from studios.services.people import NotPossible

PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@login_required
def year_list(request):
    """The years with their days, the newest first."""
    demand_office(request.user)
    context = {
        "page": queries.year_page(request),
        "own": set(services.offices_where(request.user, REVIEW_APPLICATION)),
    }
    return render(request, "schemes/year_list.html", context)


@PAGE_METHODS
@login_required
def year_new(request):
    """Set a further year."""
    own = services.offices_where(request.user, REVIEW_APPLICATION)
    if not own:
        raise PermissionDenied
    year = AssessmentYear(union=Union.objects.get(pk=min(own)), year=timezone.localdate().year)
    return year_page(request, year)


@PAGE_METHODS
@login_required
def year_edit(request, pk):
    """Change what is set, until the year is opened; afterwards it is only read."""
    year = get_object_or_404(queries.years_seen_by(request.user), pk=pk)
    services.demand(request.user, REVIEW_APPLICATION, year.union_id)
    return year_page(request, year)


def year_page(request, year):
    """The form of a year."""
    data = request.POST if request.method == "POST" else kept(request)
    schemes = queries.published_at(year.union_id)
    form = YearForm(data, schemes=schemes, stored=year.pk, initial=initial_of(year))
    if request.method == "POST" and form.is_valid() and was_set(request, year, form):
        return redirect("year_list")
    context = {"year": year, "form": form, "has_schemes": schemes.exists(), "once": uuid.uuid4()}
    return render(request, "schemes/year_edit.html", context, status=status_of(request, form))


def was_set(request, year, form):
    """Whether the year was written; the refusal stands on the form otherwise."""
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            receipt.led_to = reverse("year_list")
            year = services.set_year(year, form.year_fields(), actor=request.user)
    except AlreadyDone:
        return True
    except NotPossible as problem:
        form.add_error(None, str(problem))
        return False
    messages.success(request, _("The assessment of %(year)s has been set.") % {"year": year.year})
    return True


def initial_of(year):
    """What the form shows first: the stored values, or the model's own defaults."""
    names = ("year", "excellent_percent", "sample_percent", "lowest_tier")
    if not year.pk:
        return {"period": "calendar", **{name: getattr(year, name) for name in names}}
    stored = {name: getattr(year, name) for name in (*names, *services.YEAR_FIELDS) if name != "scheme"}
    return {**stored, "scheme": year.scheme_id, "period": preset_of(year)}
