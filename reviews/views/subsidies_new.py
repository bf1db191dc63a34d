"""Proposing subsidies for many titles at once, and granting many under one document."""

from contextlib import suppress

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from reviews.choices import SubsidyAction, SubsidyState
from reviews.forms_money import SignForm
from reviews.models import Budget, Subsidy
from reviews.offering import new_form_key
from reviews.queries_money import counties_below, own_offices, schemes_for, titles_for
from reviews.services.subsidies import preview, propose
from reviews.views.budgets import holds_at, offices_of
from reviews.views.payments import READING
from reviews.workflow.engine import perform
from reviews.workflow.subsidising import SUBSIDIES
from reviews.workflow.terms import TransitionNotAllowed
from studios.models import Naming
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION
from studios.services.namings import next_number, number_label
from studios.services.people import NotPossible
from studios.validators import whole

MOST = 200  # titles on one page; the rest follows when these are proposed


@READING
@login_required
def subsidy_new(request):
    """Choose a scheme, tick titles, look at the preview, propose."""
    offices_of(request.user)
    scheme = chosen_scheme(request)
    if scheme is None:
        rows = schemes_for(request.user).filter(published_at__isnull=False, union__in=own_offices_of(request))
        return render(
            request, "subsidies/choose_scheme.html", {"schemes": rows.order_by("-year", "-pk")[:50]}
        )
    budget = Budget.objects.filter(union=scheme.union_id, year=scheme.year, agreed_by__isnull=False).first()
    typed = request.POST if request.method == "POST" else kept_query(request)
    if budget is None:
        return render(request, "subsidies/no_budget.html", {"scheme": scheme}, status=200)
    if not typed:
        return tick_page(request, scheme, budget)
    return preview_or_propose(request, scheme, budget, typed)


def own_offices_of(request):
    """The offices at which the person reviews."""
    return own_offices(request.user, REVIEW_APPLICATION)


def chosen_scheme(request):
    """The published scheme of the address; 404 for others', 403 where it is looked at only."""
    pk = whole(request.GET.get("scheme", ""))
    if pk is None:
        return None
    scheme = get_object_or_404(schemes_for(request.user).filter(published_at__isnull=False), pk=pk)
    if not holds_at(request.user, REVIEW_APPLICATION, scheme):
        raise PermissionDenied
    return scheme


def kept_query(request):
    """What was typed before a session ended, as if it were sent for the preview."""
    kept = typed_text(request)
    if not kept:
        return None
    typed = QueryDict(mutable=True)
    for name, values in kept.items():
        typed.setlist(name, values)
    typed.pop("propose", None)
    messages.info(request, _("You were signed out. What you had typed is here again; it was not sent."))
    return typed


def tick_page(request, scheme, budget, *, problem="", status=200):
    """The titles of the level that have no subsidy of this scheme yet."""
    county = whole(request.GET.get("county", ""))
    titles = list(titles_for(scheme, county)[: MOST + 1])
    context = {
        "scheme": scheme,
        "budget": budget,
        "left": budget.amount - budget.committed,
        "titles": titles[:MOST],
        "more": len(titles) > MOST,
        "most": MOST,
        "ticked": "all" in request.GET,
        "counties": counties_below(request.user),
        "county": county,
        "problem": problem,
        "form_key": new_form_key(),
    }
    return render(request, "subsidies/subsidy_new.html", context, status=status)


def preview_or_propose(request, scheme, budget, typed):
    """What the ticked titles would get, each with its verdict; or the proposal itself."""
    ids = {pk for pk in (whole(text) for text in typed.getlist("title")) if pk is not None}
    namings = list(
        Naming.objects.visible_to(request.user)
        .filter(pk__in=ids)
        .select_related("studio", "union__unit", "county")
        .order_by("county__code", "pk")[:MOST]
    )
    if not namings:
        return tick_page(request, scheme, budget, problem=_("Tick at least one studio."), status=422)
    payees = {naming.pk: typed.get(f"payee_{naming.pk}", "")[:160].strip() for naming in namings}
    problem = ""
    if request.method == "POST" and typed.get("propose"):
        try:
            return proposed(request, namings, scheme, budget, payees)
        except NotPossible as refusal:
            problem = str(refusal)
    look = preview(namings, scheme, budget, actor=request.user, payees=payees)
    context = {
        "scheme": scheme,
        "budget": budget,
        "look": look,
        "problem": problem,
        "form_key": new_form_key(),
    }
    return render(request, "subsidies/preview.html", context, status=422 if problem else 200)


def proposed(request, namings, scheme, budget, payees):
    """Propose and lead to the list, once."""
    with suppress(AlreadyDone), once(request.POST.get("form_key"), user=request.user) as receipt:
        made = propose(namings, scheme, budget, actor=request.user, payees=payees)
        receipt.led_to = reverse("subsidy_list")
        messages.success(
            request,
            ngettext(
                "%(number)d subsidy is proposed; a second person decides.",
                "%(number)d subsidies are proposed; a second person decides.",
                len(made),
            )
            % {"number": len(made)},
        )
    return redirect("subsidy_list")


@READING
@login_required
def subsidy_sign(request):
    """Grant several proposed subsidies of one scheme under one document."""
    offices = list(own_offices(request.user, APPROVE_APPLICATION))
    if not offices:
        raise PermissionDenied
    rows = (
        Subsidy.objects.open_at(request.user, APPROVE_APPLICATION, [SubsidyState.PROPOSED])
        .exclude(proposed_by=request.user)
        .select_related("naming__studio", "naming__level", "scheme__union", "budget", "union__unit", "county")
        .order_by("scheme", "county__code", "pk")
    )
    form = SignForm(request.POST or None, initial={"document_on": timezone.localdate()})
    problem = ""
    if request.method == "POST" and form.is_valid():
        problem = granted(request, form, rows)
        if not problem:
            return redirect("subsidy_list")
    shown = list(rows[: MOST + 1])
    union, today = offices[0], timezone.localdate()
    number = next_number(union, today.year)
    context = {
        "rows": shown[:MOST],
        "more": len(shown) > MOST,
        "form": form,
        "ticked": set(request.POST.getlist("subsidy")),
        "problem": problem,
        "number": number,
        "label": number_label(union, today.year, number),
        "form_key": new_form_key(),
    }
    return render(request, "subsidies/sign.html", context, status=422 if problem or form.errors else 200)


def granted(request, form, rows):
    """Grant what is ticked, all or nothing; the sentence that stands in the way, or ""."""
    ids = {pk for pk in (whole(text) for text in request.POST.getlist("subsidy")) if pk is not None}
    chosen = list(rows.filter(pk__in=ids)[:MOST])
    if not chosen:
        return _("Tick at least one studio.")
    if len({subsidy.scheme.union_id for subsidy in chosen}) > 1:
        return _("These are paid by different unions; grant them union by union.")
    subsidy = chosen[0]
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            receipt.led_to = reverse("subsidy_list")
            values = {"document_title": _("Subsidies: %(scheme)s") % {"scheme": subsidy.scheme.title}}
            for subsidy in chosen:
                decision = perform(
                    subsidy.pk,
                    SubsidyAction.GRANT,
                    actor=request.user,
                    values=values,
                    process=SUBSIDIES,
                    **form.cleaned_data,
                )
                values = {"document": decision.document_id}
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
        return ""
    except (TransitionNotAllowed, NotPossible) as refusal:
        return f"{subsidy.naming.studio.short_name}：{refusal}"
    messages.success(
        request,
        ngettext("%(number)d subsidy is granted.", "%(number)d subsidies are granted.", len(chosen))
        % {"number": len(chosen)},
    )
    return ""
