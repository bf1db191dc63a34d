"""Verbs of the unit: what a subsidy was spent on, each with its invoice."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.amounts import yuan
from reviews.choices import SubsidyState
from reviews.models import CaseFile, Expense
from reviews.services.subsidies import add_to, locked
from studios.permissions import CHANGE_STUDIO
from studios.services.evidence import receive
from studios.services.people import NotPossible

SLOT = "subsidy.proof"


def why_closed(subsidy):
    """Why the unit cannot change its accounts now, as a sentence, or ""."""
    if subsidy.state == SubsidyState.REPORTED:
        return _("The report is with the union. It can return it to you; then the accounts are open again.")
    if subsidy.state != SubsidyState.GRANTED:
        return _("The accounts are closed: the state is “%(state)s”.") % {
            "state": subsidy.get_state_display()
        }
    return ""


def _opened(subsidy, actor):
    """The locked row, for the unit's own people."""
    subsidy = locked(subsidy)
    if not actor.has_perm(CHANGE_STUDIO, subsidy):
        raise PermissionDenied
    if problem := why_closed(subsidy):
        raise NotPossible(problem)
    return subsidy


@transaction.atomic
def enter_expense(subsidy, *, spent_on, use, what, amount, upload, actor):
    """Account for a part of what was paid. The invoice is checked in the background like any file."""
    subsidy = _opened(subsidy, actor)
    left = subsidy.paid - subsidy.spent - subsidy.paid_back
    if amount > left:
        raise NotPossible(
            _("%(paid)s yuan were paid; %(left)s are not accounted for yet, and %(found)s is more.")
            % {"paid": yuan(subsidy.paid), "left": yuan(max(left, 0)), "found": yuan(amount)}
        )
    today = timezone.localdate()
    if spent_on > today:
        raise NotPossible(
            _("%(date)s lies in the future; today is %(today)s.")
            % {"date": spent_on.isoformat(), "today": today.isoformat()}
        )
    invoice = receive(subsidy.naming.studio, slot=SLOT, upload=upload, actor=actor)
    used = Expense.objects.filter(invoice=invoice, removed_at=None).first()
    if used is not None:
        raise NotPossible(
            _("This file is already the proof of “%(what)s” (%(amount)s yuan).")
            % {"what": used.what, "amount": yuan(used.amount)}
        )
    CaseFile.objects.get_or_create(evidence=invoice, defaults={"subsidy": subsidy})
    expense = Expense.objects.create(
        subsidy=subsidy,
        spent_on=spent_on,
        use=use,
        what=what,
        amount=amount,
        invoice=invoice,
        entered_by=actor,
    )
    add_to(subsidy, spent=amount)
    record("subsidy.spend", subsidy, actor=actor, expense=expense.pk, amount=str(amount), use=use)
    return expense


@transaction.atomic
def remove_expense(expense, *, actor):
    """Take an entry out; the row and its file stay."""
    subsidy = _opened(expense.subsidy, actor)
    expense = Expense.objects.select_for_update().get(pk=expense.pk)
    if expense.removed_at is not None:
        raise NotPossible(_("This entry was taken out already."))
    expense.removed_at = timezone.now()
    expense.save(update_fields=["removed_at"])
    add_to(subsidy, spent=-expense.amount)
    record("subsidy.unspend", subsidy, actor=actor, expense=expense.pk, amount=str(expense.amount))
