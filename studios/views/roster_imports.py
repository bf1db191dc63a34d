"""Bringing a roster in: the file, the preview with its questions, confirming, undoing."""

import uuid
from pathlib import PurePath

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.files import store
from portal.sheets.refusals import Refused
from studios.choices import ImportState
from studios.forms.rosters import ImportForm
from studios.models import RosterImport
from studios.permissions import IMPORT_ROSTER, holds_anywhere
from studios.queries import rosters as queries
from studios.rosters.remarks import HEADING
from studios.services import roster_imports as services
from studios.services import roster_remarks as remarks
from studios.services.people import NotPossible
from studios.services.roster_remarks import WITH_ROWS
from studios.services.roster_report import MEDIA_TYPES, problem_sentence, remarks_file, report
from studios.views import roster_preview as preview
from studios.views import roster_shown as shown
from studios.views.rosters import guarded

FORM = require_http_methods(["GET", "HEAD", "POST"])
ANSWER = "answer-"
REMARKS = "remarks"  # what the progress of is asked for, if not that of the import


def visible_import(request, pk, *, without=()):
    """The import, or 404; ``without`` are fields that the answer does not need."""
    rows = RosterImport.objects.visible_to(request.user).defer(*without)
    return get_object_or_404(
        rows.select_related("union", "created_by", "applied_by", "undone_by", "job", "remarks_job"), pk=pk
    )


def own_import(request, pk):
    """The import that the person may carry on with: 404 when not visible, 403 when not theirs to act on."""
    roster = visible_import(request, pk)
    if not request.user.has_perm(IMPORT_ROSTER, roster):
        raise PermissionDenied
    return roster


@FORM
@login_required
def roster_import_new(request):
    """Choose the file; it is read after the answer."""
    if not holds_anywhere(request.user, IMPORT_ROSTER):
        raise PermissionDenied
    given = {"data": request.POST, "files": request.FILES} if request.method == "POST" else {}
    form = ImportForm(**given, user=request.user, perm=IMPORT_ROSTER)
    if form.is_bound and form.is_valid():
        try:
            with once(request.POST.get("once"), user=request.user) as receipt:
                made = services.receive(
                    form.cleaned_data["file"], union=form.cleaned_data["union"], actor=request.user
                )
                receipt.led_to = reverse("roster_import", args=[made.pk])
            return redirect(receipt.led_to)
        except AlreadyDone as done:
            return redirect(done.led_to or "roster_list")
        except (Refused, NotPossible) as problem:
            form.add_error("file", str(problem))
    context = {"form": form, "once": uuid.uuid4()}
    return render(request, "rosters/import_new.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def roster_import(request, pk):
    """What the file holds and what would become of it, or what has become of it."""
    roster = visible_import(request, pk)
    progress = shown.import_progress(roster)
    context = {
        "roster": roster,
        "look": shown.IMPORT_LOOKS[roster.state],
        "progress": progress,
        "steps": shown.steps_of(roster.state),
        "problem": problem_sentence(roster.problem),
        "may": request.user.has_perm(IMPORT_ROSTER, roster),
        "outcome": shown.outcome_of(roster.counts),
        "once": uuid.uuid4(),
    }
    if roster.state in WITH_ROWS and not progress.open:
        context["remarks"] = shown.remarks_of(roster)
        context |= preview_of(request, roster)
    return render(request, "rosters/import_detail.html", context)


def preview_of(request, roster):
    """The parts of the preview; the rows stay as they were when the roster has gone in."""
    verdict = queries.chosen_verdict(request.GET.get("verdict", ""), roster.counts)
    page = queries.rows_page(request, roster, verdict)
    names = queries.names_for(page.rows)
    sheets = {entry.get("sheet", "") for entry in roster.columns}
    page.rows = [preview.row_shown(row, names, sheets) for row in page.rows]
    return {
        "tabs": preview.tabs(roster.counts, verdict),
        "page": page,
        "questions": preview.questions_shown(roster),
        "totals": preview.totals_shown(roster.control_totals),
        "reading": preview.reading_of(roster.columns),
        "before": queries.same_file_before(roster, request.user),
    }


@require_GET
@login_required
def roster_import_status(request, pk):
    """How far the work is, for progress.js."""
    roster = visible_import(request, pk, without=queries.HEAVY)
    of_remarks = request.GET.get("of") == REMARKS
    progress = shown.remarks_progress(roster) if of_remarks else shown.import_progress(roster)
    return JsonResponse({"state": roster.state, **progress.as_json()})


@require_POST
@login_required
def roster_import_answer(request, pk):
    """Take the answers; the preview is made anew with them."""
    roster = own_import(request, pk)
    answers = {
        name.removeprefix(ANSWER): value
        for name, value in request.POST.items()
        if name.startswith(ANSWER) and value
    }
    answers = {key: value for key, value in answers.items() if str(roster.answers.get(key)) != value}
    if not answers:
        messages.error(request, _("Choose an answer first."))
        return redirect("roster_import", pk)
    return act(
        request,
        pk,
        lambda: services.answer(roster, answers, actor=request.user),
        _("Thank you. The rows are looked at again."),
    )


@FORM
@login_required
def roster_import_confirm(request, pk):
    """Say once more what goes in, then let it in."""
    roster = own_import(request, pk)
    if request.method == "POST":
        if request.POST.get("seen") != seen(roster) and roster.state == ImportState.PREVIEW:
            messages.error(request, _("The preview has changed meanwhile. Please look at it once more."))
            return redirect("roster_import", pk)
        return act(request, pk, lambda: services.confirm(roster, actor=request.user), "")
    if roster.state != ImportState.PREVIEW:
        return redirect("roster_import", pk)
    context = {
        "roster": roster,
        "outcome": shown.outcome_of(roster.counts),
        "totals": preview.totals_shown(roster.control_totals),
        "seen": seen(roster),
        "once": uuid.uuid4(),
    }
    return render(request, "rosters/import_confirm.html", context)


def seen(roster):
    """Names the preview that a page was made from."""
    return roster.previewed_at.isoformat() if roster.previewed_at else ""


@FORM
@login_required
def roster_import_undo(request, pk):
    """Say once more what undoing takes back, then take it back."""
    roster = own_import(request, pk)
    if request.method == "POST":
        return act(request, pk, lambda: services.undo(roster, actor=request.user), "")
    if roster.state != ImportState.APPLIED:
        return redirect("roster_import", pk)
    context = {"roster": roster, "outcome": shown.outcome_of(roster.counts), "once": uuid.uuid4()}
    return render(request, "rosters/import_undo.html", context)


@require_POST
@login_required
def roster_import_drop(request, pk):
    """Give an import up before it went in."""
    roster = own_import(request, pk)
    return act(
        request,
        pk,
        lambda: services.drop(roster, actor=request.user),
        _("The import has been dropped; nothing of it went in."),
    )


def act(request, pk, verb, sentence, place=""):
    """Do it once, say so or why not, and show the import at ``place``."""
    led_to = reverse("roster_import", args=[pk]) + place
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            receipt.led_to = led_to
            verb()
    except AlreadyDone:
        return redirect(led_to)
    except NotPossible as problem:
        messages.error(request, str(problem))
    else:
        if sentence:
            messages.success(request, sentence)
    return redirect(led_to)


@FORM
@login_required
def roster_import_remarks(request, pk):
    """The office's own workbook with a column of remarks; a large one is asked for first, with POST."""
    roster = visible_import(request, pk)
    if not remarks.has_remarks(roster):
        raise Http404
    if request.method == "POST":
        return act(request, pk, lambda: remarks.ask(roster, actor=request.user), "", place="#remarks")
    try:
        if remarks.is_there(roster):
            ending = PurePath(roster.remarks_stored).suffix
            content = store.open_file(roster.remarks_stored)
        elif remarks.at_once(roster):
            content, ending = remarks_file(roster)
        else:
            return redirect(reverse("roster_import", args=[pk]) + "#remarks")
    except Refused as problem:
        messages.error(request, str(problem))
        return redirect("roster_import", pk)
    except FileNotFoundError as problem:
        raise Http404 from problem
    name = f"{PurePath(roster.name).stem}-{HEADING}{ending}"
    answer = HttpResponse if isinstance(content, bytes) else FileResponse
    return guarded(answer(content, content_type=MEDIA_TYPES[ending]), name)


@require_GET
@login_required
def roster_import_report(request, pk):
    """Everything that was said about the file, for another program."""
    roster = visible_import(request, pk)
    answer = JsonResponse(report(roster), json_dumps_params={"ensure_ascii": False, "indent": 1})
    return guarded(answer, f"{PurePath(roster.name).stem}.json")
