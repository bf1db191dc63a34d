"""Requests for access: a unit asks, follows its request, and its supervising union decides."""

import uuid

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts import throttle
from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from reviews import queries_access as queries
from reviews.choices import AccessAction, AccessState
from reviews.forms_access import AccessForm
from reviews.models import AccessRequest
from reviews.services.access import answer, ask, doubts_of
from reviews.workflow.engine import offers, perform
from reviews.workflow.processes import ACCESS_REQUESTS
from reviews.workflow.terms import TransitionNotAllowed
from studios.permissions import VIEW_ACCESS, VIEW_PERSON, holds_anywhere
from studios.services.people import NotPossible


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def access_new(request):
    """The public form; a request that is taken leads to its status page."""
    minutes = throttle.minutes_left(throttle.ASKING, address=throttle.address_of(request))
    if minutes:
        return too_many(request, minutes)
    form = AccessForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        led_to = taken(request, form)
        if led_to:
            return redirect(led_to)
    return render(request, "reviews/access/access_new.html", {"form": form, "once": uuid.uuid4()})


def taken(request, form):
    """Write the request down once; the address of its status page, or "" with the reason on the form."""
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            made = ask(**form.request_fields())
            throttle.note(throttle.ASKING, address=throttle.address_of(request))
            receipt.led_to = reverse("access_status", args=[made.reference])
    except AlreadyDone as earlier:
        return earlier.led_to or reverse("home")
    except NotPossible as problem:
        form.add_error("credit_code", str(problem))
        return ""
    if form.code_was_rewritten:
        messages.info(
            request,
            _("The credit code is noted as %(code)s: full-width or small letters and blanks were made plain.")
            % {"code": made.credit_code},
        )
    messages.success(request, _("The request has been sent to %(union)s.") % {"union": made.union.name})
    return receipt.led_to


def too_many(request, minutes):
    """The page for an address that asked too often."""
    sentence = ngettext(
        "From here %(tries)d requests were sent within an hour. Please go on in %(minutes)d minute.",
        "From here %(tries)d requests were sent within an hour. Please go on in %(minutes)d minutes.",
        minutes,
    ) % {"tries": throttle.ASKING.tries, "minutes": minutes}
    return render(request, "reviews/access/access_too_many.html", {"sentence": sentence}, status=429)


@never_cache
@require_GET
def access_status(request, reference):
    """State and reason, for whoever has the address: nothing about unit or persons."""
    access = get_object_or_404(AccessRequest.objects.select_related("union"), reference=reference)
    return render(request, "reviews/access/access_status.html", {"access": access})


@require_GET
@login_required
def access_list(request):
    """The supervising union's queue of requests."""
    demand_viewer(request.user)
    filters = queries.Filters.of(request)
    page = queries.access_page(request, filters)
    return render(request, "reviews/access/access_list.html", {"page": page, "filters": filters})


@require_GET
@login_required
def access_detail(request, pk):
    """One request with what to look at, and the decision."""
    access = visible(request, pk)
    kept = typed_text(request, reverse("access_act", args=[pk]))
    return detail(request, access, reason=(kept or {}).get("reason", [""])[-1], was_kept=bool(kept))


@require_POST
@login_required
def access_act(request, pk):
    """Confirm or refuse; the slower of two people is told who did what."""
    access = visible(request, pk)
    action = request.POST.get("action", "")
    reason = request.POST.get("reason", "").strip()[:500]
    if action not in AccessAction.values:
        return detail(request, access, reason=reason, problem=_("Choose what to do."))
    page = reverse("access_detail", args=[pk])
    seen = request.POST.get("seen", "")
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            receipt.led_to = page
            perform(
                access.pk,
                action,
                actor=request.user,
                reason=reason,
                seen=int(seen) if seen.isascii() and seen.isdigit() else 0,
                process=ACCESS_REQUESTS,
            )
            access.refresh_from_db()
            answer(access)
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or page)
    except (TransitionNotAllowed, NotPossible) as problem:
        access = visible(request, pk)
        return detail(request, access, reason=reason, problem=str(problem))
    messages.success(request, said(access))
    return redirect(page)


def said(access):
    """What just happened, for the person who decided."""
    if access.state == AccessState.GRANTED:
        return _("%(unit)s is in; its clerk and its chair have been invited.") % {"unit": access.unit_name}
    return _("The request was refused; the reason is shown to the unit.")


def demand_viewer(user):
    """403 for people whose role has nothing to do with requests."""
    if not (user.is_superuser or holds_anywhere(user, VIEW_ACCESS)):
        raise PermissionDenied


def visible(request, pk):
    """The request, or 404."""
    return get_object_or_404(queries.for_detail(request.user), pk=pk)


def detail(request, access, *, reason="", problem="", was_kept=False):
    """The page of one request; a refused step says why and keeps the typed reason."""
    decisions = queries.decisions_of(access)
    waiting = access.state == AccessState.PENDING
    context = {
        "access": access,
        "doubts": doubts_of(access) if waiting else None,
        "offers": {offer.action: offer for offer in offers(access, request.user, process=ACCESS_REQUESTS)},
        "seen": decisions[-1].pk if decisions else 0,
        "history": history_of(access, decisions),
        "reason": reason,
        "problem": problem,
        "was_kept": was_kept,
        "once": uuid.uuid4(),
        "may_see_people": request.user.is_superuser or holds_anywhere(request.user, VIEW_PERSON),
        "outbox_url": reverse("outbox") if settings.PORTAL_DEMO else "",
        **rows_of(access),
    }
    return render(request, "reviews/access/access_detail.html", context, status=409 if problem else 200)


def rows_of(access):
    """The data of a request as (label, value) rows for the three lists of its page."""
    return {
        "unit_rows": [
            (_("Unified social credit code"), access.credit_code),
            (_("Kind of unit"), access.ownership.label),
            (_("Industry"), access.industry.label),
            (_("Address"), access.address),
            (_("Supervising union"), access.union.name),
            (_("Note"), access.note),
        ],
        "clerk_rows": person_rows(access.clerk_name, access.clerk_phone, access.clerk_email),
        "chair_rows": person_rows(access.chair_name, access.chair_phone, access.chair_email),
    }


def person_rows(name, phone, email):
    """Name, telephone and e-mail as rows."""
    return [(_("Name"), name), (_("Mobile phone"), phone), (_("E-mail"), email)]


def history_of(access, decisions):
    """The timeline: asked, then decided by whom and why."""
    looks = {AccessAction.GRANT: "ok", AccessAction.REFUSE: "bad"}
    asked = {"title": _("Access asked for"), "who": access.unit_name, "at": access.asked_at, "icon": "send"}
    return [asked] + [
        {
            "title": step.get_action_display(),
            "who": step.actor_label,
            "at": step.at,
            "text": step.reason,
            "kind": looks[step.action],
        }
        for step in decisions
    ]
