"""Applications: the list, opening one, and the one page that everybody concerned reads."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import page_of
from reviews.forms import ActForm, FilterForm
from reviews.models import Application
from reviews.queries import NEWEST_FIRST, filter_words, filtered, for_detail, for_list
from reviews.review_page import Desk
from reviews.services.applications import open_application
from reviews.views.queue import PAGE, row_of
from reviews.workflow.terms import TransitionNotAllowed
from studios.models import NamingLevel, Studio


@require_GET
@login_required
def application_list(request):
    """Everything the person may open, newest first."""
    filters = FilterForm(request.GET, words=filter_words(request.user))
    rows = for_list(Application.objects.visible_to(request.user))
    rows = filtered(rows, filters.cleaned_data) if filters.in_use else rows
    page = page_of(request, rows, keys=NEWEST_FIRST, size=PAGE)
    context = {
        "page": page,
        "rows": [row_of(application, request.user) for application in page.rows],
        "filters": filters,
        "places": bool(filters.fields.get("county")),
    }
    return render(request, "reviews/application_list.html", context)


@require_POST
@login_required
def application_open(request):
    """Start an application for a studio at a level; sent twice, it is one application."""
    studio = get_object_or_404(Studio.objects.visible_to(request.user), pk=number(request.POST.get("studio")))
    level = get_object_or_404(NamingLevel, code=request.POST.get("level", ""))
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            application = open_application(studio, level, actor=request.user)
            receipt.led_to = reverse("application_detail", args=[application.pk])
    except AlreadyDone as done:
        return redirect(done.led_to or "application_list")
    except TransitionNotAllowed as problem:
        messages.error(request, str(problem))
        on_its_way = Application.objects.visible_to(request.user).filter(studio=studio, level=level).open()
        found = on_its_way.first()
        return redirect("application_detail", found.pk) if found else redirect("application_list")
    return redirect(receipt.led_to)


@require_GET
@login_required
def application_detail(request, pk):
    """Read it, judge it, decide it, mend it: whatever the reader's role offers at this moment."""
    desk = desk_for(request, pk)
    form = None
    kept = typed_text(request, reverse("application_act", args=[pk]))
    if kept:
        form = ActForm(choices=desk.choices, initial={**desk.initial(), **first_values(kept)})
        messages.info(request, _("You were signed out. What you had typed is here again; it was not sent."))
    judgement = typed_text(request, reverse("application_judge", args=[pk]))
    if judgement:
        desk.type_again(judgement)
        messages.info(request, _("You were signed out. What you had typed is here again; it was not saved."))
    context = desk.context(form)
    if kept and kept.get("statement"):
        context["statement_form"].initial["statement"] = kept["statement"][0]
    return render(request, "reviews/application_detail.html", context)


def desk_for(request, pk):
    """The application before this person, or 404."""
    return Desk(get_object_or_404(for_detail(request.user), pk=pk), request.user)


def first_values(kept):
    """Kept form fields (lists) as initial values."""
    typed = QueryDict(mutable=True)
    for name, values in kept.items():
        typed.setlist(name, values)
    return typed.dict()


def carried_along(request):
    """(name, value) of everything typed, for the page that asks once more before it is done."""
    left_out = ("csrfmiddlewaretoken", "confirmed", "form_key")
    rows = request.POST.lists()
    return [(name, value) for name, values in rows if name not in left_out for value in values]


def number(text):
    """A number from a form, 0 (no row has it) when it is none."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 18 else 0
