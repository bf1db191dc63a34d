"""Changes of studios and units: asking, the list, one request, clauses to be met again, leaders."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from portal.files.refusals import Refused
from portal.ui.paging import asked
from reviews import queries_changes as queries
from reviews.change_page import LOOKS, ChangeCase
from reviews.change_words import about_retirement, deciders, follows, hint_sentences
from reviews.choices import ChangeKind
from reviews.forms_changes import FORMS, ChangeFilter, SettleForm
from reviews.models import Recheck
from reviews.services import changes as services
from reviews.services.change_kinds import KINDS, OF_STUDIOS, OF_UNITS, last_tier, needs_request, tiers_above
from reviews.services.rechecks import settle
from reviews.services.telling_changes import thing_of
from reviews.views.case_acts import act_on_case, show_case
from reviews.views.offices import demand_office
from studios.choices import Section
from studios.forms.parts import as_query
from studios.models import Studio
from studios.permissions import (
    APPROVE_APPLICATION,
    CHANGE_STUDIO,
    REVIEW_APPLICATION,
    VIEW_ACCESS,
    holds_anywhere,
)
from studios.queries.lists import counties_below
from studios.services.people import NotPossible
from studios.services.sections import Closed
from studios.views.visible import visible_studio, visible_unit

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_GET
@login_required
def change_list(request):
    """Every request one may see; offices begin with those that wait for them."""
    form = ChangeFilter(request.GET, counties=counties_below(request.user))
    acts = any(holds_anywhere(request.user, perm) for perm in (REVIEW_APPLICATION, APPROVE_APPLICATION))
    tab = asked(request, "tab") or ("mine" if acts else "all")
    values = form.values()
    page = queries.change_page(request, tab=tab if acts else "all", **values)
    for row in page.rows:
        row.thing, row.look = thing_of(row), LOOKS[row.state]
    context = {
        "page": page,
        "form": form,
        "tab": tab,
        "acts": acts,
        "filtered": bool(values),
        "is_office": of_office(request.user),
        "shows_county": "county" in form.fields,
    }
    return render(request, "changes/change_list.html", context)


def of_office(user):
    """Whether the person looks at units from above."""
    return user.is_superuser or holds_anywhere(user, VIEW_ACCESS)


@require_GET
@login_required
def change_choose(request, pk):
    """What is to change about a studio, in plain words."""
    studio = own(request, visible_studio(request, pk))
    title = services.top_title(studio)
    top = title.level.tier if title else 0
    is_resting = studio.suspensions.filter(until=None).exists()
    pointless = ChangeKind.SUSPEND if is_resting else ChangeKind.RESUME
    lines = [
        choice(kind, studio, top, reverse("change_new", args=[studio.pk, kind.code]))
        for kind in OF_STUDIOS
        if kind.code != pointless
    ]
    return chosen(request, studio, lines, unit=studio.union.unit)


@require_GET
@login_required
def unit_change_choose(request, pk):
    """What is to change about a unit, in plain words."""
    unit = own(request, visible_unit(request, pk))
    lines = [
        choice(kind, unit, 0, reverse("unit_change_new", args=[unit.pk, kind.code])) for kind in OF_UNITS
    ]
    return chosen(request, unit, lines)


def own(request, thing):
    """The thing, or 403 for who only looks at it."""
    if not request.user.has_perm(CHANGE_STUDIO, thing):
        raise PermissionDenied
    return thing


def choice(kind, thing, top_tier, url):
    """One card of the page of kinds."""
    if not tiers_above(thing) or not needs_request(kind, top_tier):
        way = _("The unit does this itself.")
    else:
        way = deciders(kind, thing, last_tier(kind, thing, top_tier))
    return {"kind": kind, "url": url, "way": way}


def chosen(request, thing, lines, unit=None):
    """The page of kinds; one that is on its way leads to its request."""
    running = {row.kind: row for row in queries.open_changes_of(thing)}
    for line in lines:
        line["open"] = running.get(line["kind"].code)
    return render(request, "changes/change_choose.html", {"thing": thing, "lines": lines, "unit": unit})


@FORM
@login_required
def change_new(request, pk, kind):
    """Ask for a change of a studio; without a higher title the unit goes on to do it itself."""
    studio = own(request, visible_studio(request, pk))
    if kind not in KINDS or KINDS[kind].of_unit:
        raise Http404
    title = services.top_title(studio)
    top = title.level.tier if title else 0
    alone = not needs_request(KINDS[kind], top)
    if alone and kind == ChangeKind.LEADER:
        return redirect("leader_change", studio.pk)
    if alone and kind == ChangeKind.RENAME:
        return redirect("studio_section", studio.pk, Section.STUDIO)
    back = reverse("change_choose", args=[studio.pk])
    return asking(request, studio, KINDS[kind], top=top, alone=alone, back=back)


@FORM
@login_required
def unit_change_new(request, pk, kind):
    """Ask for a change of a unit."""
    unit = own(request, visible_unit(request, pk))
    if kind not in KINDS or not KINDS[kind].of_unit:
        raise Http404
    return asking(request, unit, KINDS[kind], back=reverse("unit_change_choose", args=[unit.pk]))


def asking(request, thing, kind, *, back, top=0, alone=False):
    """The short form of one kind, and what was sent with it."""
    has_studio = isinstance(thing, Studio) or Studio.objects.filter(union=thing.union_id).exists()
    settings = {"thing": thing, "user": request.user, "takes_files": has_studio and not alone}
    posted = request.method == "POST"
    kept = None if posted else typed_text(request)
    data = request.POST if posted else as_query(kept) if kept else None
    form = FORMS[kind.code](data, request.FILES if posted else None, **settings)
    if posted and form.is_valid():
        done = sent(request, thing, kind, form, alone=alone)
        if done:
            return done
    context = {
        "thing": thing,
        "kind": kind,
        "form": form,
        "back": back,
        "way": "" if alone else deciders(kind, thing, last_tier(kind, thing, top)),
        "follows": follows(kind.code),
        "hints": hints_of(request, form),
        "was_kept": bool(kept),
        "once": request.POST.get("once") or uuid.uuid4(),
    }
    status = 422 if posted and form.errors else 200
    return render(request, "changes/change_new.html", context, status=status)


def hints_of(request, form):
    """Of a change of leader: what to think about before a member of the team leads."""
    members = getattr(form, "members", ())
    people = [
        {"name": row.person.name, "birth_month": row.person.birth_month, "sex": row.person.sex}
        for row in members
    ]
    return hint_sentences(queries.hints_for(request.user, people, studio_id=form.thing.pk)) if people else []


def sent(request, thing, kind, form, *, alone):
    """Take the form once; the answer, or None with the reason on the form."""
    given = {"effective_on": form.cleaned_data["effective_on"], "reason": form.cleaned_data["reason"]}
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            if alone:
                services.do_alone(thing, kind.code, actor=request.user, **given)
                receipt.led_to = reverse("studio_detail", args=[thing.pk])
            else:
                wanted = form.wanted()
                change = services.ask(
                    thing, kind.code, wanted=wanted, files=form.uploads, actor=request.user, **given
                )
                receipt.led_to = reverse("change_detail", args=[change.pk])
    except AlreadyDone as earlier:
        return redirect(earlier.led_to or "change_list")
    except (NotPossible, Closed, Refused) as problem:
        form.add_error(None, str(problem))
        return None
    messages.success(request, _("Saved.") if alone else _("The request has been sent."))
    return redirect(receipt.led_to)


@require_GET
@login_required
def change_detail(request, pk):
    """One request: what was, what is to be, who says what."""
    return show_case(request, ChangeCase, pk)


@require_POST
@login_required
def change_act(request, pk):
    """One step of a request."""
    return act_on_case(request, ChangeCase, pk)


@require_GET
@login_required
def recheck_list(request):
    """The clauses that studios are to meet again after a change, the soonest first."""
    demand_office(request.user)
    page = queries.rechecks_page(request)
    return render(request, "changes/recheck_list.html", {"page": page, "is_office": True})


@require_POST
@login_required
def recheck_settle(request, pk):
    """A reviewer judges a clause as met."""
    recheck = get_object_or_404(Recheck.objects.visible_to(request.user), pk=pk)
    form = SettleForm(request.POST)
    page = reverse("change_detail", args=[recheck.change_id])
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            receipt.led_to = page
            settle(recheck, reason=form["reason"].value() or "", actor=request.user)
        messages.success(request, _("Clause %(clause)s is settled.") % {"clause": recheck.clause})
    except AlreadyDone:
        pass
    except NotPossible as problem:
        messages.error(request, str(problem))
    return redirect(page)


@require_GET
@login_required
def leader_watch(request):
    """People who lead two studios or more, and leaders who retire within a year."""
    demand_office(request.user)
    page = queries.retiring_page(request)
    for leader in page.rows:
        leader.about = about_retirement(leader.due) if leader.due else ""
    context = {"page": page, "doubles": queries.leading_twice(request.user), "is_office": True}
    return render(request, "changes/leader_watch.html", context)
