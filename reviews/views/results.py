"""Results of the ledger: the list of an area, one beside its possible duplicates, many verified together."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import page_of
from reviews import queries_results as queries
from reviews.choices import ResultAction
from reviews.forms_results import ResultFilterForm
from reviews.offering import new_form_key
from reviews.results_bulk import MOST, decided, previewed
from reviews.results_page import STATE_LOOKS, ResultCase
from reviews.views.case_acts import act_on_case, show_case
from reviews.workflow.engine import may
from reviews.workflow.verifying import RESULTS
from studios.choices import LedgerState
from studios.permissions import REVIEW_APPLICATION, VIEW_ACCESS, holds_anywhere
from studios.queries.twin_hints import hints_of
from studios.validators import whole

ALL = "all"
TABS = (
    (LedgerState.ENTERED, later("To verify")),
    (LedgerState.QUERIED, later("Asked about")),
    (LedgerState.VERIFIED, pgettext_lazy("results", "Verified")),
    (ALL, pgettext_lazy("results", "All")),
)
PAGE = 25


@require_GET
@login_required
def result_list(request):
    """The results of one's area in one state, those to verify first; what may be a duplicate is marked."""
    tab = tab_of(request)
    filters = ResultFilterForm(request.GET, words=queries.filter_words(request.user))
    wanted = {**filters.wanted, "state": "" if tab == ALL else tab}
    rows = queries.for_list(queries.filtered(queries.of_area(request.user), wanted))
    page = page_of(request, rows, keys=queries.ORDERS.get(tab, queries.NEWEST_FIRST), size=PAGE)
    hints = hints_of(page.rows) if page.rows else {}
    shown = [row_of(result, request.user, hints) for result in page.rows]
    context = {
        "tab": tab,
        "tabs": [(name, label, address_of(request, name)) for name, label in TABS],
        "filters": filters,
        "page": page,
        "rows": shown,
        "tickable": sum(row["may_verify"] for row in shown),
        "places": "county" in filters.fields,
    }
    return render(request, "results/result_list.html", context)


def tab_of(request):
    """The state asked for; offices begin with what waits for them, units with everything."""
    tab = request.GET.get("state", "")
    if tab in dict(TABS):
        return tab
    of_office = request.user.is_superuser or holds_anywhere(request.user, VIEW_ACCESS)
    return LedgerState.ENTERED if of_office else ALL


def address_of(request, tab):
    """The first page of another tab with the same filters."""
    query = request.GET.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    query["state"] = tab
    return f"?{query.urlencode()}"


def row_of(result, user, hints):
    """A row as the list draws it."""
    kind, icon = STATE_LOOKS[result.state]
    step = RESULTS.table[ResultAction.VERIFY]
    return {
        "result": result,
        "kind": kind,
        "icon": icon,
        "days": queries.waiting_days(result),
        "twins": result.pk in hints,
        "was_queried": result.state == LedgerState.ENTERED and result.last_action == ResultAction.QUERY,
        "was_answered": result.state == LedgerState.ENTERED and result.last_action == ResultAction.ANSWER,
        "may_verify": result.state in step.sources and may(result, step, user),
    }


@require_GET
@login_required
def result_detail(request, pk):
    """One result with its facts, its doubts, its possible duplicates, and what can be done."""
    return show_case(request, ResultCase.beside(request.GET.get("with", "")), pk)


@require_POST
@login_required
def result_act(request, pk):
    """Verify, query or answer."""
    return act_on_case(request, ResultCase, pk)


@require_POST
@login_required
def result_verify_many(request):
    """Several results at once: first a look at what would happen to each, then each by a step of its own."""
    if not holds_anywhere(request.user, REVIEW_APPLICATION):
        raise PermissionDenied
    results = picked(request)
    if results is None:
        messages.info(request, _("Nothing was ticked; nothing was done."))
        return redirect("result_list")
    if request.POST.get("confirmed") != "1":
        context = {"rows": previewed(results, request.user), "form_key": new_form_key(), "most": MOST}
        return render(request, "results/verify_many.html", context)
    try:
        with once(request.POST.get("form_key"), user=request.user):
            rows = decided(results, request.user, marks=request.POST)
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
        return redirect("result_list")
    done = sum(not row.obstacle for row in rows)
    return render(request, "results/verified_many.html", {"rows": rows, "done": done})


def picked(request):
    """The ticked results, in the order of their studios; None: none was ticked. 404 where none is visible."""
    asked = request.POST.getlist("row" if request.POST.get("whole") else "pick")
    pks = [pk for pk in map(whole, asked) if pk is not None][:MOST]
    if not pks:
        return None
    rows = queries.for_deciding(queries.of_area(request.user), request.user).filter(pk__in=pks)
    results = sorted(rows, key=lambda result: (result.studio_id, result.pk))
    if not results:
        raise Http404
    step = RESULTS.table[ResultAction.VERIFY]
    if not any(may(result, step, request.user) for result in results):
        raise PermissionDenied
    return results
