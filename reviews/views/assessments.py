"""The page of one yearly assessment: looking, writing the report, scoring, taking a step."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from reviews import queries_schemes
from reviews.assessment_page import AssessmentCase
from reviews.choices import AssessmentAction as A
from reviews.models import Assessment
from reviews.services.years import Stale, write_report, write_scores
from reviews.views.acts import wants_json
from reviews.views.applications import first_values
from reviews.views.case_acts import REFUSED, act_on_case, case_of
from reviews.views.schemes import table_of
from reviews.workflow.engine import perform
from reviews.workflow.processes import ASSESSMENTS
from reviews.workflow.terms import TransitionNotAllowed


@require_GET
@login_required
def assessment_detail(request, pk):
    """The page, with what was typed before a session ended."""
    case = case_of(AssessmentCase, request, pk)
    return render(request, case.template, case.context(**typed_before(request, case)))


@require_GET
@login_required
def assessment_scheme(request, pk):
    """By what the year is scored, to read, for everybody who may open the assessment."""
    rows = Assessment.objects.visible_to(request.user).select_related("campaign__scheme__union", "studio")
    subject = get_object_or_404(rows, pk=pk, campaign__isnull=False)
    scheme = subject.campaign.scheme
    context = {"subject": subject, **table_of(scheme, queries_schemes.as_plain(scheme))}
    return render(request, "assessments/assessment_scheme.html", context)


def typed_before(request, case):
    """Forms with the text that was sent when the session had ended, as arguments of ``context``."""
    for url in (case.write_url, case.score_url, case.act_url):
        kept = typed_text(request, url)
        if not kept:
            continue
        messages.info(request, _("You were signed out. What you had typed is here again; it was not sent."))
        typed = QueryDict(mutable=True)
        for name, values in kept.items():
            typed.setlist(name, values)
        if "grade" in typed:
            return {"form": case.make_form(initial={**case.initial(), **first_values(kept)})}
        return {"report_form": case.report_form(typed), "score_form": case.score_form(typed)}
    return {}


@require_POST
@login_required
def assessment_write(request, pk):
    """Keep what the unit writes; JSON for the page that saves by itself."""
    return keep(request, case_of(AssessmentCase, request, pk), write)


@require_POST
@login_required
def assessment_score(request, pk):
    """Keep the assessor's scores as a draft; the state stays."""
    return keep(request, case_of(AssessmentCase, request, pk), score)


def version_of(request):
    """The version that the page showed; ``over`` is that of the version a person chose to write over."""
    given = request.POST.get("over") or request.POST.get("version", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else None


def forms_of(request, case):
    """The sent forms, checked: ``(report form, score form, whether both are right)``."""
    report_form, score_form = case.report_form(request.POST), case.score_form(request.POST)
    is_valid = report_form.is_valid() & (score_form is None or score_form.is_valid())
    return report_form, score_form, is_valid


def write(request, case, report_form, score_form):
    """The unit's side."""
    return write_report(
        case.subject.pk,
        actor=request.user,
        version=version_of(request),
        inputs=score_form.inputs if score_form else {},
        **report_form.cleaned_data,
    )


def score(request, case, _report_form, score_form):
    """The assessor's side."""
    return write_scores(
        case.subject.pk,
        actor=request.user,
        version=version_of(request),
        inputs=score_form.inputs if score_form else {},
        remarks=score_form.remarks if score_form else {},
    )


def keep(request, case, act):
    """Write what was sent: 422 with the sentences, 409 when somebody else saved, else kept."""
    report_form, score_form, is_valid = forms_of(request, case)
    forms = {"report_form": report_form, "score_form": score_form}
    if not is_valid:
        return wrong(request, case, forms)
    try:
        kept = act(request, case, report_form, score_form)
    except Stale as stale:
        return overtaken(request, case, forms, stale.current)
    except TransitionNotAllowed as problem:
        return refused(request, case, str(problem), forms)
    if wants_json(request):
        return JsonResponse(saved(request, kept))
    messages.success(request, _("Saved."))
    return redirect(case.url)


def saved(request, kept):
    """What the script takes after a save: the version and the parts of the page that follow from it."""
    case = case_of(AssessmentCase, request, kept.pk)
    context = case.context()
    parts = {"#totals": "assessments/_totals.html", "#offers": "assessments/_offers.html"}
    marks = {f"#mark-{item.line.name}": item.mark for item in context["items"] if item.line}
    return {
        "saved_at": timezone.now().isoformat(),
        "version": kept.version,
        "errors": {},
        "fragments": marks
        | {place: render_to_string(name, context, request) for place, name in parts.items()},
    }


def wrong(request, case, forms):
    """Something cannot be taken: nothing was kept, all of it is still there."""
    if wants_json(request):
        found = [form for form in forms.values() if form is not None]
        errors = {name: errors for form in found for name, errors in form.errors.items()}
        return JsonResponse({"errors": errors}, status=422)
    return render(request, case.template, case.context(**forms), status=422)


def overtaken(request, case, forms, current):
    """Both texts; nothing was overwritten."""
    context = {"case": case, "current": current}
    if wants_json(request):
        html = render_to_string("assessments/_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=REFUSED)
    page = case.context(**forms)
    return render(request, case.template, {**page, "conflict": True, "current": current}, status=REFUSED)


def refused(request, case, sentence, forms):
    """The page as it is now with the sentence and what was typed."""
    if wants_json(request):
        return JsonResponse({"error": sentence}, status=400)
    case = case_of(AssessmentCase, request, case.subject.pk)
    typed = {name: form for name, form in forms.items() if form is not None}
    return render(request, case.template, case.context(problem=sentence, **typed), status=REFUSED)


@require_POST
@login_required
def assessment_act(request, pk):
    """Take one step; handing in keeps the sent text in the same act."""
    if request.POST.get("action") == A.REPORT and "summary" in request.POST:
        return hand_in(request, case_of(AssessmentCase, request, pk))
    return act_on_case(request, AssessmentCase, pk)


def hand_in(request, case):
    """The one button of the unit: keep the text, freeze the report, send it up."""
    page = reverse("assessment_detail", args=[case.subject.pk])
    report_form, score_form, is_valid = forms_of(request, case)
    forms = {"report_form": report_form, "score_form": score_form}
    if case.may_write and not is_valid:
        return wrong(request, case, forms)
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            receipt.led_to = page
            if case.may_write:
                write(request, case, report_form, score_form)
            perform(case.subject.pk, A.REPORT, actor=request.user, process=ASSESSMENTS)
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
    except Stale as stale:
        return overtaken(request, case, forms, stale.current)
    except TransitionNotAllowed as problem:
        keep_anyway(request, case, report_form, score_form)
        return refused(request, case, str(problem), forms)
    else:
        messages.success(request, _("The report has been handed in."))
    return redirect(page)


def keep_anyway(request, case, report_form, score_form):
    """What was typed is kept although the report cannot go yet."""
    if not case.may_write:
        return
    try:
        write(request, case, report_form, score_form)
    except (Stale, TransitionNotAllowed, PermissionDenied):
        return
