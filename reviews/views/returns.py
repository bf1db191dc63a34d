"""What is to come back after a title has ended, and the public list of titles that were taken away."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import asked, page_of
from reviews.forms_cases import ReturnForm
from reviews.offering import new_form_key
from reviews.queries_cases import OLDEST_DUE_FIRST, ended_titles, return_rows
from reviews.services.returns import may_record, record_return
from reviews.views.revocations import demand_reader
from studios.models import OfficialDocument
from studios.queries.public import reason_shown
from studios.services.people import NotPossible

TABS = {"out": later("Outstanding"), "late": later("Overdue"), "back": later("Came back")}


@require_GET
@login_required
def return_list(request):
    """What is outstanding, what is overdue, what came back."""
    return show_list(request)


def show_list(request, *, form=None, at=None, problem="", status=200):
    """The list; ``form`` is what was typed for the row ``at``."""
    demand_reader(request.user)
    tab = asked(request, "tab") if asked(request, "tab") in TABS else "out"
    today = timezone.localdate()
    rows = return_rows(request.user).filter(returned_on__isnull=tab != "back")
    rows = rows.filter(due_on__lt=today) if tab == "late" else rows
    text = asked(request, "q")
    if text:
        rows = rows.filter(naming__studio__short_name__icontains=text) | rows.filter(
            union__unit__name__icontains=text
        )
    page = page_of(request, rows, keys=OLDEST_DUE_FIRST)
    for row in page.rows:
        row.is_late = row.returned_on is None and row.due_on < today
        row.may_record = may_record(request.user, row)
        initial = {"returned_on": row.returned_on or today, "note": row.note}
        row.form = form if row.pk == at else ReturnForm(initial=initial, auto_id=f"id_%s_{row.pk}")
        row.problem = problem if row.pk == at else ""
        row.form_key = new_form_key()
    context = {"page": page, "tab": tab, "tabs": TABS, "q": text, "at": at}
    return render(request, "revocations/return_list.html", context, status=status)


@require_POST
@login_required
def return_record(request, pk):
    """Note that a thing came back."""
    due = get_object_or_404(return_rows(request.user), pk=pk)
    form = ReturnForm(request.POST, auto_id=f"id_%s_{due.pk}")
    if not form.is_valid():
        return show_list(request, form=form, at=due.pk, status=422)
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            record_return(due, actor=request.user, **form.cleaned_data)
            receipt.led_to = ""
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
    except NotPossible as problem:
        return show_list(request, form=form, at=due.pk, problem=str(problem), status=409)
    else:
        messages.success(
            request,
            _("Noted: %(item)s of “%(studio)s” came back.")
            % {"item": due.get_item_display(), "studio": due.naming.studio.short_name},
        )
    return redirect("return_list")


@require_GET
def titles_ended(request):
    """For everybody: titles that were taken away, with document, day and cause as far as it is public."""
    page = page_of(request, ended_titles(), keys=("-until", "-pk"))
    documents = OfficialDocument.objects.in_bulk({row.decision_id for row in page.rows})
    today = timezone.localdate()
    for row in page.rows:
        row.decision = documents.get(row.decision_id)
        row.reason = reason_shown(row)
        row.is_notice = row.shown_until is not None and today <= row.shown_until
    return render(request, "public/titles_ended.html", {"page": page})
