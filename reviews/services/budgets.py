"""Verbs about a union's budget of a year: one person sets it, a second agrees; changes go the same way."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.messages.services import tell
from reviews.amounts import yuan
from reviews.letters_money import BUDGET_TO_AGREE
from reviews.models import Budget
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION, unions_where
from studios.services.people import NotPossible, people_in


def demand_role(actor, perm, union):
    """PermissionDenied unless ``actor`` holds ``perm`` at exactly this union."""
    if not actor.is_active or (union.tier, union.pk) not in unions_where(actor, perm):
        raise PermissionDenied


@transaction.atomic
def set_budget(union, year, amount, *, actor):
    """What the union may grant in a year; grants can rest on it once a second person has agreed."""
    demand_role(actor, REVIEW_APPLICATION, union)
    try:
        with transaction.atomic():
            budget = Budget.objects.create(union=union, year=year, amount=amount, set_by=actor)
    except IntegrityError:
        raise NotPossible(
            _("%(union)s already has a budget for %(year)s. Change that one instead.")
            % {"union": union.name, "year": year}
        ) from None
    record("budget.set", budget, actor=actor, amount=str(amount), year=year)
    _ask_second_person(budget, amount, actor)
    return budget


@transaction.atomic
def change_budget(budget, amount, *, actor):
    """Ask for another amount. A budget nobody has agreed to yet simply takes it; else the old one stands
    until a second person agrees."""
    budget = _locked(budget)
    demand_role(actor, REVIEW_APPLICATION, budget.union)
    _demand_room(budget, amount)
    if budget.agreed_by_id is None:
        budget.amount, budget.set_by = amount, actor
    elif amount == budget.amount:
        raise NotPossible(_("This is the budget as it stands; there is nothing to change."))
    else:
        budget.wanted, budget.wanted_by = amount, actor
    budget.save()
    record("budget.change", budget, actor=actor, amount=str(amount), year=budget.year)
    _ask_second_person(budget, amount, actor)
    return budget


@transaction.atomic
def agree_budget(budget, amount, *, actor):
    """The second person's yes to exactly the ``amount`` that the page showed."""
    budget = _locked(budget)
    demand_role(actor, APPROVE_APPLICATION, budget.union)
    waiting = budget.wanted if budget.agreed_by_id else budget.amount
    if waiting is None:
        raise NotPossible(_("A second person has agreed to this budget meanwhile; nothing is left to do."))
    if waiting != amount:
        raise NotPossible(
            _("The amount was changed to %(amount)s yuan meanwhile. Please look again.")
            % {"amount": yuan(waiting)}
        )
    asked_by = budget.wanted_by_id or budget.set_by_id
    if asked_by == actor.pk:
        raise NotPossible(_("You set this amount yourself; another person has to agree."))
    _demand_room(budget, waiting)
    budget.amount, budget.set_by_id, budget.agreed_by = waiting, asked_by, actor
    budget.wanted = budget.wanted_by = None
    budget.save()
    record("budget.agree", budget, actor=actor, amount=str(waiting), year=budget.year)
    return budget


def _locked(budget):
    """The row under the lock that grants take, too."""
    rows = Budget.objects.select_for_update(no_key=True, of=("self",)).select_related("union")
    return rows.get(pk=budget.pk)


def _demand_room(budget, amount):
    if amount < budget.committed:
        raise NotPossible(
            _("%(committed)s yuan of this budget are granted already; it cannot be lowered to %(amount)s.")
            % {"committed": yuan(budget.committed), "amount": yuan(amount)}
        )


def _ask_second_person(budget, amount, actor):
    people = [user for user in people_in(budget.union, APPROVE_APPLICATION) if user.pk != actor.pk]
    values = {"union": budget.union, "year": budget.year, "amount": yuan(amount), "actor": actor.name}
    key = f"budget-{budget.pk}-{amount}-{budget.committed}"
    tell(people, BUDGET_TO_AGREE, values, url=reverse("budget_list"), event_key=key, actor=actor)
