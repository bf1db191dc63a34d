"""The budgets of the unions: what may be granted, what is granted, what is left."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.ui.paging import page_of
from reviews.amounts import NotAnAmount, read_yuan
from reviews.forms_money import BudgetChangeForm, BudgetForm
from reviews.offering import new_form_key
from reviews.queries_money import budgets_for, own_offices
from reviews.services.budgets import agree_budget, change_budget, set_budget
from reviews.views.offices import demand_office
from reviews.views.payments import READING, done_once, kept_values
from studios.permissions import (
    APPROVE_APPLICATION,
    REVIEW_APPLICATION,
    holds_anywhere,
    unions_where,
)
from studios.services.people import NotPossible

PAGE = 25


def holds_at(user, perm, row):
    """Whether ``user`` holds ``perm`` at exactly the union of a budget or scheme."""
    return (row.union.tier, row.union_id) in unions_where(user, perm)


def row_of(budget, user):
    """A line of the list: the budget, what is left, and what this person may do."""
    waiting = budget.wanted if budget.agreed_by_id else budget.amount
    asked_by = budget.wanted_by_id if budget.agreed_by_id else budget.set_by_id
    approves = waiting is not None and holds_at(user, APPROVE_APPLICATION, budget)
    return {
        "budget": budget,
        "left": budget.amount - budget.committed if budget.agreed_by_id else None,
        "waiting": waiting,
        "may_agree": approves and asked_by != user.pk,
        "may_change": holds_at(user, REVIEW_APPLICATION, budget),
        "percent": int(100 * budget.committed / budget.amount) if budget.amount else 0,
    }


@require_GET
@login_required
def budget_list(request):
    """Every budget that the person may look at."""
    demand_office(request.user)
    page = page_of(request, budgets_for(request.user), keys=("-year", "-pk"), size=PAGE)
    context = {
        "page": page,
        "rows": [row_of(budget, request.user) for budget in page.rows],
        "may_set": holds_anywhere(request.user, REVIEW_APPLICATION),
        "form_key": new_form_key(),
    }
    return render(request, "subsidies/budget_list.html", context)


def offices_of(user):
    """Where the person may set budgets and schemes; 403 without one."""
    offices = list(own_offices(user, REVIEW_APPLICATION))
    if not offices:
        raise PermissionDenied
    return offices


@READING
@login_required
def budget_new(request):
    """Set the budget of a year."""
    initial = {"year": timezone.localdate().year, **kept_values(request)}
    form = BudgetForm(request.POST or None, offices=offices_of(request.user), initial=initial)
    if request.method == "POST" and form.is_valid():
        act = partial(
            set_budget,
            form.office,
            form.cleaned_data["year"],
            form.cleaned_data["amount"],
            actor=request.user,
        )
        done = _("The budget is set; it counts once a second person has agreed.")
        if done_once(request, form, act, led_to=reverse("budget_list"), done=done):
            return redirect("budget_list")
    return form_page(request, form, None)


@READING
@login_required
def budget_change(request, pk):
    """Ask for another amount."""
    budget = get_object_or_404(budgets_for(request.user), pk=pk)
    if not holds_at(request.user, REVIEW_APPLICATION, budget):
        raise PermissionDenied
    form = BudgetChangeForm(request.POST or None, initial=kept_values(request))
    if request.method == "POST" and form.is_valid():
        act = partial(change_budget, budget, form.cleaned_data["amount"], actor=request.user)
        done = _("The new amount is noted; it counts once a second person has agreed.")
        if done_once(request, form, act, led_to=reverse("budget_list"), done=done):
            return redirect("budget_list")
    return form_page(request, form, budget)


def form_page(request, form, budget):
    """The page of a budget's form."""
    context = {"form": form, "budget": budget, "form_key": new_form_key()}
    return render(request, "subsidies/budget_form.html", context, status=422 if form.errors else 200)


@require_POST
@login_required
def budget_agree(request, pk):
    """The second person's yes to the amount that the page showed."""
    budget = get_object_or_404(budgets_for(request.user), pk=pk)
    if not holds_at(request.user, APPROVE_APPLICATION, budget):
        raise PermissionDenied
    try:
        with once(request.POST.get("form_key"), user=request.user):
            agree_budget(budget, read_yuan(request.POST.get("amount", "")), actor=request.user)
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
    except (NotPossible, NotAnAmount) as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Agreed: the budget can be used now."))
    return redirect("budget_list")
