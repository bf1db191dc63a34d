"""A sent form of a case becomes one step of the engine: once, with a second look at what cannot be undone."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from reviews.offering import new_form_key
from reviews.views.applications import carried_along, first_values
from reviews.workflow.engine import perform
from reviews.workflow.terms import TransitionNotAllowed
from studios.services.people import NotPossible

REFUSED = 409


def case_of(case_class, request, pk):
    """The case before this person, or 404."""
    return case_class(get_object_or_404(case_class.rows(request.user), pk=pk), request.user)


def show_case(request, case_class, pk):
    """The page of a case, with what was typed before a session ended."""
    case = case_of(case_class, request, pk)
    form = None
    kept = typed_text(request, case.act_url)
    if kept:
        form = case.make_form(initial={**case.initial(), **first_values(kept)})
        messages.info(request, _("You were signed out. What you had typed is here again; it was not sent."))
    return render(request, case.template, case.context(form))


def act_on_case(request, case_class, pk):
    """Take the step that the form names. 422: something is missing, 403: wrong person, 409: refused."""
    case = case_of(case_class, request, pk)
    action = request.POST.get("action", "")
    step = case.process.table.get(action)
    if step is None:
        return refused(request, case, _("Choose a conclusion."), status=422)
    form = case.make_form(request.POST)
    is_valid = form.is_valid()
    if action in form.offered:
        if not is_valid:
            return render(request, case.template, case.context(form), status=422)
        choice = form.offered[action]
        if choice.asks_again and request.POST.get("confirmed") != "1" and not choice.obstacle:
            return render(request, "cases/confirm.html", confirmation(request, case, form, choice))
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            take(request, case, action, form)
            receipt.led_to = case.url
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
    except (TransitionNotAllowed, NotPossible) as problem:
        return refused(request, case, str(problem))
    else:
        label = next(known for known in case.process.table if known == action).label
        messages.success(request, _("Done: %(step)s.") % {"step": label})
    return redirect(case.url)


def take(request, case, action, form):
    """Hand the form to the engine; a form that is not right reaches it only to be refused for the step."""
    given = form.cleaned_data
    perform(
        case.subject.pk,
        next(known for known in case.process.table if known == action),
        actor=request.user,
        reason=given.get("reason", ""),
        document_on=given.get("document_on"),
        expected_number=given.get("expected_number"),
        seen=given.get("seen"),
        values=form.values(),
        process=case.process,
    )


def refused(request, case, sentence, *, status=REFUSED):
    """The page as it is now, with the sentence and with what was typed."""
    case = case_of(type(case), request, case.subject.pk)
    typed = case.make_form(initial={**case.initial(), **request.POST.dict()})
    return render(request, case.template, case.context(typed, problem=sentence), status=status)


def confirmation(request, case, form, choice):
    """The second look: what will happen, and every typed value carried along."""
    return {
        "case": case,
        "subject": case.subject,
        "choice": choice,
        "reason": form.cleaned_data["reason"],
        "lines": form.lines(),
        "carried": carried_along(request),
        "document": case.next_document(form.cleaned_data.get("document_on"))
        if choice.takes_document
        else None,
        "form_key": new_form_key(),
    }
