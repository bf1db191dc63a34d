"""Subsidy schemes: the list, drafting, publishing by a second person, copying for the next year."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import page_of
from reviews.forms_money import SchemeForm
from reviews.offering import new_form_key
from reviews.queries_money import schemes_for
from reviews.services.subsidy_schemes import copy_scheme, draft_scheme, edit_scheme, publish_scheme
from reviews.views.budgets import PAGE, holds_at, offices_of
from reviews.views.offices import demand_office
from reviews.views.payments import READING, done_once, kept_values
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION, holds_anywhere
from studios.services.people import NotPossible

DRAFTED = gettext_noop("The draft is kept; it counts once a second person has published it.")


@require_GET
@login_required
def subsidy_scheme_list(request):
    """Every scheme that the person may look at, the newest year first."""
    demand_office(request.user)
    page = page_of(request, schemes_for(request.user), keys=("-year", "-pk"), size=PAGE)
    context = {"page": page, "may_draft": holds_anywhere(request.user, REVIEW_APPLICATION)}
    return render(request, "subsidies/scheme_list.html", context)


def visible(request, pk):
    """The scheme, or 404."""
    return get_object_or_404(schemes_for(request.user), pk=pk)


@require_GET
@login_required
def subsidy_scheme_detail(request, pk):
    """One scheme with its instalments, and what the person may do with it."""
    scheme = visible(request, pk)
    is_draft = scheme.published_at is None
    reviews_here = holds_at(request.user, REVIEW_APPLICATION, scheme)
    approves_here = holds_at(request.user, APPROVE_APPLICATION, scheme)
    context = {
        "scheme": scheme,
        "instalments": list(scheme.instalments.all()),
        "may_edit": is_draft and reviews_here,
        "may_copy": not is_draft and reviews_here,
        "may_use": not is_draft and reviews_here,
        "may_publish": is_draft and approves_here and scheme.drafted_by_id != request.user.pk,
        "form_key": new_form_key(),
    }
    return render(request, "subsidies/scheme_detail.html", context)


@READING
@login_required
def subsidy_scheme_new(request):
    """Draft a scheme."""
    initial = {"year": timezone.localdate().year, "percent_1": 100, **kept_values(request)}
    form = SchemeForm(request.POST or None, offices=offices_of(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        act = partial(draft_scheme, form.office, form.scheme_fields(), form.instalments(), actor=request.user)
        made = Made(act)
        if done_once(request, form, made, led_to=reverse("subsidy_scheme_list"), done=_(DRAFTED)):
            return redirect(*(["subsidy_scheme_detail", made.pk] if made.pk else ["subsidy_scheme_list"]))
    return form_page(request, form, None)


class Made:
    """Runs an act and remembers the id of what it made."""

    def __init__(self, act):
        self.act, self.pk = act, None

    def __call__(self):
        self.pk = self.act().pk


@READING
@login_required
def subsidy_scheme_edit(request, pk):
    """Change a draft."""
    scheme = visible(request, pk)
    if not holds_at(request.user, REVIEW_APPLICATION, scheme):
        raise PermissionDenied
    if scheme.published_at is not None:
        messages.error(request, _("A published scheme does not change any more. Copy it for another year."))
        return redirect("subsidy_scheme_detail", pk)
    form = SchemeForm(
        request.POST or None,
        offices=[scheme.union],
        initial={**values_of(scheme), **kept_values(request)},
    )
    if request.method == "POST" and form.is_valid():
        act = partial(edit_scheme, scheme, form.scheme_fields(), form.instalments(), actor=request.user)
        page = reverse("subsidy_scheme_detail", args=[pk])
        if done_once(request, form, act, led_to=page, done=_(DRAFTED)):
            return redirect(page)
    return form_page(request, form, scheme)


def values_of(scheme):
    """A scheme as the initial values of its form."""
    names = ("year", "kind", "title", "title_en", "amount", "conditions")
    values = {**{name: getattr(scheme, name) for name in names}, "level": scheme.level_id}
    for row in scheme.instalments.all():
        values[f"percent_{row.order}"], values[f"condition_{row.order}"] = row.percent, row.condition
    return values


def form_page(request, form, scheme):
    """The page of a scheme's form."""
    context = {"form": form, "scheme": scheme, "form_key": new_form_key()}
    return render(request, "subsidies/scheme_form.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def subsidy_scheme_publish(request, pk):
    """The second person's yes."""
    scheme = visible(request, pk)
    if not holds_at(request.user, APPROVE_APPLICATION, scheme):
        raise PermissionDenied
    return acted(request, scheme, publish_scheme, _("Published: the scheme does not change any more."))


@require_POST
@login_required
def subsidy_scheme_copy(request, pk):
    """A draft for the next year."""
    scheme = visible(request, pk)
    if not holds_at(request.user, REVIEW_APPLICATION, scheme):
        raise PermissionDenied
    return acted(request, scheme, copy_scheme, _("Copied for the next year; change the draft as needed."))


def acted(request, scheme, act, done):
    """Do it once and lead to the scheme that came of it."""
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            found = act(scheme, actor=request.user)
            receipt.led_to = reverse("subsidy_scheme_detail", args=[found.pk])
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or "subsidy_scheme_list")
    except NotPossible as problem:
        messages.error(request, str(problem))
        return redirect("subsidy_scheme_detail", scheme.pk)
    messages.success(request, done)
    return redirect(receipt.led_to)
