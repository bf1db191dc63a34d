"""Verbs about money that moved: transfers to the unit's union, their reversal, and what came back.

Rows are only ever added (trigger); the sums on the subsidy are added to in the statement itself, under the
row's lock, and the database refuses what would overdraw them.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.messages.services import tell
from reviews.amounts import yuan
from reviews.choices import SubsidyState
from reviews.letters_money import PAID, PAYMENT_REVERSED
from reviews.models import Payment, Repayment
from reviews.queries_money import FOR_THESE, instalments_of
from reviews.services.subsidies import add_to, locked
from reviews.services.ties import has_ties_to
from studios.permissions import CHANGE_STUDIO, CONFIRM_APPLICATION, REVIEW_APPLICATION, unions_where
from studios.services.people import NotPossible, people_in

S = SubsidyState
PAYABLE = (S.GRANTED, S.REPORTED)
REVERSIBLE = (S.GRANTED, S.REPORTED, S.RECOVERING)
GIVES_BACK = (S.GRANTED, S.REPORTED, S.RECOVERING)


def may_book(subsidy, actor):
    """Whether ``actor`` keeps the accounts of the union that pays, and has no ties to the unit."""
    place = (subsidy.tier, subsidy.union_at_tier_id())
    return actor.is_active and place in unions_where(actor, REVIEW_APPLICATION)


def demand_booker(subsidy, actor):
    """PermissionDenied or NotPossible unless ``actor`` may record money of this subsidy."""
    if not may_book(subsidy, actor):
        raise PermissionDenied
    if has_ties_to(subsidy.union_id, actor):
        raise NotPossible(_("You belong or belonged to this unit; a colleague has to record it."))


def why_unpayable(subsidy):
    """Why nothing can be paid now, as a sentence, or ""."""
    if subsidy.state not in PAYABLE:
        return _("Nothing is paid while the state is “%(state)s”.") % {"state": subsidy.get_state_display()}
    naming = subsidy.naming
    if subsidy.revocation_id or (naming.until and naming.end_reason in FOR_THESE):
        return _("The title was revoked for false statements or misuse: nothing more is paid.")
    if subsidy.paid >= subsidy.amount:
        return _("The whole amount has been paid.")
    return ""


@transaction.atomic
def record_payment(subsidy, instalment, amount, *, paid_on, voucher, is_met, actor):
    """Record one transfer. ``is_met``: the person confirms that the instalment's condition is met."""
    subsidy = locked(subsidy)
    demand_booker(subsidy, actor)
    if problem := why_unpayable(subsidy):
        raise NotPossible(problem)
    part = _part(subsidy, instalment)
    if part["instalment"].condition and not is_met:
        raise NotPossible(_("Confirm first that the condition of the instalment is met."))
    _demand_within(subsidy, part, amount)
    _demand_past(paid_on)
    payment = Payment.objects.create(
        subsidy=subsidy,
        instalment=part["instalment"],
        amount=amount,
        paid_on=paid_on,
        voucher=voucher,
        recorded_by=actor,
    )
    add_to(subsidy, paid=amount)
    record("subsidy.pay", subsidy, actor=actor, payment=payment.pk, amount=str(amount), voucher=voucher)
    _tell_unit(subsidy, PAID, payment, amount, actor)
    return payment


def _part(subsidy, instalment):
    """The part of the amount that the instalment is, or NotPossible."""
    for part in instalments_of(subsidy):
        if part["instalment"].pk == getattr(instalment, "pk", instalment):
            return part
    raise NotPossible(_("Choose an instalment of this scheme."))


def _demand_within(subsidy, part, amount):
    left = subsidy.amount - subsidy.paid
    if amount > left:
        raise NotPossible(
            _("Of %(amount)s yuan %(left)s are still to be paid; %(found)s is more.")
            % {"amount": yuan(subsidy.amount), "left": yuan(left), "found": yuan(amount)}
        )
    if amount > part["left"]:
        raise NotPossible(
            _("Of instalment %(order)s %(left)s yuan are still to be paid; %(found)s is more.")
            % {"order": part["instalment"].order, "left": yuan(part["left"]), "found": yuan(amount)}
        )


def _demand_past(day):
    today = timezone.localdate()
    if day > today:
        raise NotPossible(
            _("%(date)s lies in the future; today is %(today)s.")
            % {"date": day.isoformat(), "today": today.isoformat()}
        )


@transaction.atomic
def reverse_payment(payment, *, on, voucher, reason, actor):
    """Take a wrongly recorded transfer back by a row below zero; both rows stay."""
    subsidy = locked(payment.subsidy)
    demand_booker(subsidy, actor)
    if subsidy.state not in REVERSIBLE:
        raise NotPossible(
            _("Nothing is reversed while the state is “%(state)s”.") % {"state": subsidy.get_state_display()}
        )
    if not reason.strip():
        raise NotPossible(_("Give the reason."))
    if payment.reverses_id or Payment.objects.filter(reverses=payment).exists():
        raise NotPossible(_("This payment has been reversed already."))
    _demand_past(on)
    rest = subsidy.paid - payment.amount
    if rest < max(subsidy.spent, subsidy.paid_back):
        raise NotPossible(
            _("%(spent)s yuan are accounted for and %(back)s paid back; %(rest)s would be less than that.")
            % {"spent": yuan(subsidy.spent), "back": yuan(subsidy.paid_back), "rest": yuan(rest)}
        )
    undone = Payment.objects.create(
        subsidy=subsidy,
        instalment=payment.instalment,
        amount=-payment.amount,
        paid_on=on,
        voucher=voucher,
        reverses=payment,
        recorded_by=actor,
    )
    add_to(subsidy, paid=-payment.amount)
    record("subsidy.reverse", subsidy, actor=actor, payment=payment.pk, reason=reason.strip())
    _tell_unit(subsidy, PAYMENT_REVERSED, undone, payment.amount, actor)
    return undone


def left_to_give_back(subsidy):
    """What may still come back: all that was paid when it is demanded, else what is not accounted for."""
    if subsidy.state == S.RECOVERING:
        return subsidy.paid - subsidy.paid_back
    return max(subsidy.paid - subsidy.spent - subsidy.paid_back, 0)


@transaction.atomic
def record_repayment(subsidy, amount, *, received_on, voucher, actor):
    """Record money that came back, demanded or left over."""
    subsidy = locked(subsidy)
    demand_booker(subsidy, actor)
    if subsidy.state not in GIVES_BACK:
        raise NotPossible(
            _("Nothing is paid back while the state is “%(state)s”.") % {"state": subsidy.get_state_display()}
        )
    left = left_to_give_back(subsidy)
    if amount > left:
        raise NotPossible(
            _("%(left)s yuan are still to come back; %(found)s is more.")
            % {"left": yuan(left), "found": yuan(amount)}
        )
    _demand_past(received_on)
    repayment = Repayment.objects.create(
        subsidy=subsidy, amount=amount, received_on=received_on, voucher=voucher, recorded_by=actor
    )
    add_to(subsidy, paid_back=amount)
    record("subsidy.repay", subsidy, actor=actor, repayment=repayment.pk, amount=str(amount))
    return repayment


def _tell_unit(subsidy, letter, payment, amount, actor):
    values = {
        "studio": subsidy.naming.studio.short_name,
        "union": subsidy.scheme.union,
        "amount": yuan(amount),
        "on": payment.paid_on,
        "scheme": subsidy.scheme.title,
    }
    people = people_in(subsidy.union, CHANGE_STUDIO, CONFIRM_APPLICATION)
    page = reverse("subsidy_detail", args=[subsidy.pk])
    tell(people, letter, values, url=page, event_key=f"payment-{payment.pk}", actor=actor)
