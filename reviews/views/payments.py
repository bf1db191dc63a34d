"""Money that moved: payments and their reversal, expenses with invoices, repayments."""

from functools import partial

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from portal.files.refusals import Refused
from reviews.forms_money import ExpenseForm, PaymentForm, RepaymentForm, ReverseForm
from reviews.models import Expense, Payment
from reviews.offering import new_form_key
from reviews.queries_money import for_detail, instalments_of
from reviews.services.expenses import enter_expense, remove_expense, why_closed
from reviews.services.payments import (
    left_to_give_back,
    may_book,
    record_payment,
    record_repayment,
    reverse_payment,
    why_unpayable,
)
from reviews.views.applications import first_values
from reviews.workflow.terms import TransitionNotAllowed
from studios.permissions import CHANGE_STUDIO
from studios.services.people import NotPossible
from studios.services.sections import Closed

READING = require_http_methods(["GET", "HEAD", "POST"])
REFUSALS = (NotPossible, TransitionNotAllowed, Refused, Closed)


def kept_values(request):
    """What this person had typed here before the session ended, as initial values; {} mostly."""
    kept = typed_text(request)
    if not kept:
        return {}
    messages.info(request, _("You were signed out. What you had typed is here again; it was not saved."))
    return first_values(kept)


def done_once(request, form, act, *, led_to, done):
    """Whether ``act()`` was carried out, now or by the same form before; else the form says why not."""
    try:
        with once(request.POST.get("form_key"), user=request.user) as receipt:
            act()
            receipt.led_to = led_to
    except AlreadyDone:
        messages.info(request, _("This was already done; it was not done twice."))
    except REFUSALS as problem:
        form.add_error(None, str(problem))
        return False
    else:
        messages.success(request, done)
    return True


def money_page(request, template, form, subsidy, **context):
    """The page of one form about a subsidy; 422 with everything typed when something is wrong."""
    context = {"form": form, "subsidy": subsidy, "form_key": new_form_key(), **context}
    return render(request, f"subsidies/{template}.html", context, status=422 if form.errors else 200)


def visible(request, pk):
    """The subsidy, or 404."""
    return get_object_or_404(for_detail(request.user), pk=pk)


def booked(request, pk):
    """The subsidy for whoever keeps the accounts of the union that pays; 403 for others who see it."""
    subsidy = visible(request, pk)
    if not may_book(subsidy, request.user):
        raise PermissionDenied
    return subsidy


def own(request, pk):
    """The subsidy for the unit's own people; 403 for others who see it."""
    subsidy = visible(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, subsidy):
        raise PermissionDenied
    return subsidy


def page_of(subsidy):
    """The address of a subsidy."""
    return reverse("subsidy_detail", args=[subsidy.pk])


@READING
@login_required
def payment_new(request, pk):
    """Record a transfer to the unit's union."""
    subsidy = booked(request, pk)
    parts = instalments_of(subsidy)
    form = PaymentForm(request.POST or None, parts=parts, initial=kept_values(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = partial(
            record_payment,
            subsidy,
            given["instalment"],
            given["amount"],
            paid_on=given["paid_on"],
            voucher=given["voucher"],
            is_met=given.get("is_met", False),
            actor=request.user,
        )
        if done_once(request, form, act, led_to=page_of(subsidy), done=_("The payment is recorded.")):
            return redirect(page_of(subsidy))
    return money_page(request, "payment_new", form, subsidy, closed=why_unpayable(subsidy))


@READING
@login_required
def payment_reverse(request, pk, payment):
    """Take a wrongly recorded transfer back."""
    subsidy = booked(request, pk)
    payment = get_object_or_404(Payment, pk=payment, subsidy=subsidy, reverses=None)
    form = ReverseForm(request.POST or None, initial=kept_values(request))
    if request.method == "POST" and form.is_valid():
        act = partial(reverse_payment, payment, actor=request.user, **form.cleaned_data)
        if done_once(request, form, act, led_to=page_of(subsidy), done=_("The payment is reversed.")):
            return redirect(page_of(subsidy))
    return money_page(request, "payment_reverse", form, subsidy, payment=payment)


@READING
@login_required
def repayment_new(request, pk):
    """Record money that came back."""
    subsidy = booked(request, pk)
    form = RepaymentForm(request.POST or None, initial=kept_values(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        act = partial(
            record_repayment,
            subsidy,
            given["amount"],
            received_on=given["received_on"],
            voucher=given["voucher"],
            actor=request.user,
        )
        if done_once(request, form, act, led_to=page_of(subsidy), done=_("The repayment is recorded.")):
            return redirect(page_of(subsidy))
    return money_page(request, "repayment_new", form, subsidy, left=left_to_give_back(subsidy))


@READING
@login_required
def expense_new(request, pk):
    """Account for a part of what was paid, with the invoice."""
    subsidy = own(request, pk)
    form = ExpenseForm(request.POST or None, request.FILES or None, initial=kept_values(request))
    if request.method == "POST" and form.is_valid():
        given = dict(form.cleaned_data)
        upload = given.pop("invoice")
        act = partial(enter_expense, subsidy, upload=upload, actor=request.user, **given)
        if done_once(request, form, act, led_to=page_of(subsidy), done=_("The expense is entered.")):
            return redirect(page_of(subsidy))
    left = max(subsidy.paid - subsidy.spent - subsidy.paid_back, 0)
    return money_page(request, "expense_new", form, subsidy, closed=why_closed(subsidy), left=left)


@require_POST
@login_required
def expense_remove(request, pk, expense):
    """Take an entry out of the accounts."""
    subsidy = own(request, pk)
    expense = get_object_or_404(Expense, pk=expense, subsidy=subsidy)
    try:
        remove_expense(expense, actor=request.user)
    except NotPossible as problem:
        messages.error(request, str(problem))
    else:
        messages.success(request, _("Taken out: %(what)s") % {"what": expense.what})
    return redirect(page_of(subsidy))
