"""What people do to an application: take a step, judge a clause, write why the studio applies."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from portal.accounts.services import AlreadyDone, once
from reviews.choices import Action, Verdict
from reviews.forms import ActForm, JudgeForm, StatementForm
from reviews.models import Application
from reviews.offering import asks_again, new_form_key
from reviews.review_page import SECTIONS
from reviews.services.applications import Stale, judge, write_statement
from reviews.views.applications import carried_along, desk_for
from reviews.workflow.engine import perform
from reviews.workflow.table import NAMING
from reviews.workflow.terms import TransitionNotAllowed

REFUSED = 409


@require_POST
@login_required
def application_act(request, pk):
    """Take one step: once, with a second look at what cannot be undone."""
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    action = request.POST.get("action")
    step = step_of(action)
    if step is None:
        return refused(request, pk, _("Choose a conclusion."), status=422)
    if not request.user.has_perm(step.permission, application):
        raise PermissionDenied
    desk = desk_for(request, pk)
    form = ActForm(request.POST, choices=desk.all_choices)
    is_valid = form.is_valid()
    if action in form.offered:
        if not is_valid:
            return render(request, "reviews/application_detail.html", desk.context(form), status=422)
        if asks_again(step) and request.POST.get("confirmed") != "1" and not form.offered[action].obstacle:
            return render(request, "reviews/act_confirm.html", confirmation(request, desk, form))
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            take(request, pk, form)
            receipt.led_to = reverse("application_detail", args=[pk])
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
    except TransitionNotAllowed as problem:
        return refused(request, pk, str(problem))
    else:
        messages.success(request, _("Done: %(step)s.") % {"step": Action(action).label})
    return redirect("application_detail", pk)


def step_of(action):
    """The row of the table, or None when there is no such step."""
    return NAMING[Action(action)] if action in Action.values else None


def take(request, pk, form):
    """Hand the form to the engine."""
    action, given = Action(request.POST["action"]), form.cleaned_data
    if action == Action.SUBMIT and "statement" in request.POST:
        statement = StatementForm(request.POST)
        if statement.is_valid():
            write_statement(pk, statement.cleaned_data["statement"], actor=request.user)
    perform(
        pk,
        action,
        actor=request.user,
        reason=given.get("reason", ""),
        remarks=form.remarks if NAMING[action].needs_remarks else (),
        document_on=given.get("document_on"),
        expected_number=given.get("expected_number"),
        seen=given.get("seen"),
    )


def refused(request, pk, sentence, *, status=REFUSED):
    """The page as it is now, with the sentence and with what was typed."""
    desk = desk_for(request, pk)
    typed = ActForm(choices=desk.choices, initial={**desk.initial(), **request.POST.dict()})
    context = desk.context(typed, problem=sentence)
    if request.POST.get("statement"):
        context["statement_form"].initial["statement"] = request.POST["statement"]
    return render(request, "reviews/application_detail.html", context, status=status)


def confirmation(request, desk, form):
    """The second look: what will happen, and every typed value carried along."""
    return {
        "desk": desk,
        "application": desk.application,
        "choice": form.offered[request.POST["action"]],
        "reason": form.cleaned_data["reason"],
        "carried": carried_along(request),
        "document": desk.next_document(form.cleaned_data.get("document_on")),
        "remarks": [(SECTIONS[section], text) for section, text in form.remarks],
        "form_key": new_form_key(),
    }


@require_POST
@login_required
def application_judge(request, pk):
    """A verdict on one clause: JSON for the page that saves by itself, a redirect for a plain form."""
    application = get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return answer(request, pk, {"errors": form.errors}, status=422)
    given = form.cleaned_data
    try:
        found = judge(
            application,
            given["clause"],
            verdict=given["verdict"],
            note=given["note"],
            actor=request.user,
            version=given["version"],
        )
    except Stale as stale:
        return conflict(request, pk, given, stale.current)
    except TransitionNotAllowed as problem:
        return answer(request, pk, {"error": str(problem)}, status=400)
    told = {"saved_at": found.judged_at.isoformat(), "version": found.version}
    return answer(request, pk, told, clause=given["clause"])


def wants_json(request):
    """Whether the page's script is asking."""
    return request.headers.get("X-Requested-With") == "autosave"


def answer(request, pk, body, *, status=200, clause=""):
    """JSON with the offers as they are now, or back to the clause."""
    if not wants_json(request):
        for sentence in [
            body.get("error"),
            *(e for errors in body.get("errors", {}).values() for e in errors),
        ]:
            if sentence:
                messages.error(request, sentence)
        return redirect(reverse("application_detail", args=[pk]) + (f"#clause-{clause}" if clause else ""))
    if status == 200:
        desk = desk_for(request, pk)
        line = next((line for line in desk.lines if line.clause == clause), None)
        context = desk.context()
        body["fragments"] = {"#offers": render_to_string("reviews/_offers.html", context, request)}
        body["errors"] = {"note": [str(line.note_problem)]} if line and line.note_problem else {}
    return JsonResponse(body, status=status)


def conflict(request, pk, given, current):
    """Both versions of a judgement; nothing was overwritten."""
    context = {
        "application_pk": pk,
        "clause": given["clause"],
        "mine": {
            "verdict": Verdict(given["verdict"]).label if given["verdict"] else "",
            "note": given["note"],
        },
        "given": given,
        "current": current,
        "form_key": new_form_key(),
    }
    if wants_json(request):
        html = render_to_string("reviews/_judgement_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=REFUSED)
    page = desk_for(request, pk).context()
    return render(request, "reviews/application_detail.html", {**page, "conflict": context}, status=REFUSED)


@require_POST
@login_required
def application_write(request, pk):
    """Keep the statement of a draft while it is being written."""
    get_object_or_404(Application.objects.visible_to(request.user), pk=pk)
    form = StatementForm(request.POST)
    if not form.is_valid():
        if wants_json(request):
            return JsonResponse({"errors": form.errors}, status=422)
        return refused(request, pk, " ".join(form.errors["statement"]), status=422)
    try:
        write_statement(pk, form.cleaned_data["statement"], actor=request.user)
    except TransitionNotAllowed as problem:
        if wants_json(request):
            return JsonResponse({"error": str(problem)}, status=400)
        return refused(request, pk, str(problem))
    if wants_json(request):
        return JsonResponse({"saved_at": timezone.now().isoformat()})
    messages.success(request, _("Saved."))
    return redirect("application_detail", pk)
