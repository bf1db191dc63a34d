"""Who hears of a step of a subsidy: the unit, whoever proposed it, and the offices that act next."""

from django.urls import reverse

from reviews import letters_money as letters
from reviews.amounts import yuan
from reviews.choices import SubsidyAction
from reviews.services.speaking import Speaker
from studios.permissions import (
    APPROVE_APPLICATION,
    CHANGE_STUDIO,
    CONFIRM_APPLICATION,
    REVIEW_APPLICATION,
)
from studios.services.people import people_in

A = SubsidyAction
UNIT_HEARS = {
    A.GRANT: letters.GRANTED,
    A.RETURN: letters.RETURNED,
    A.SETTLE: letters.SETTLED,
    A.RECOVER: letters.DEMANDED,
    A.RECOVERED: letters.RECOVERED,
}


def values_of(decision):
    """What the texts may mention."""
    return {
        **values_about(decision.subsidy),
        "actor": decision.actor_label,
        "reason": decision.reason,
        "document": decision.document.label if decision.document_id else "—",
    }


def values_about(subsidy):
    """What texts about a subsidy may mention, whoever acted."""
    return {
        "studio": subsidy.naming.studio.short_name,
        "unit": subsidy.union.unit.name,
        "union": subsidy.scheme.union,
        "scheme": subsidy.scheme.title,
        "amount": yuan(subsidy.amount),
        "paid": yuan(subsidy.paid),
        "spent": yuan(subsidy.spent),
        "open": yuan(subsidy.paid - subsidy.paid_back),
    }


def unit_people(subsidy):
    """Clerk and chair of the unit."""
    return people_in(subsidy.union, CHANGE_STUDIO, CONFIRM_APPLICATION)


def _audiences(decision):
    """(text, people, address), the person who has to act first."""
    subsidy, action = decision.subsidy, decision.action
    page = reverse("subsidy_detail", args=[subsidy.pk])
    office = subsidy.union_at_tier_id()
    if action == A.REPORT:
        yield letters.REPORTED, people_in(office, REVIEW_APPLICATION, APPROVE_APPLICATION), page
    if action in UNIT_HEARS:
        yield UNIT_HEARS[action], unit_people(subsidy), page
    if action == A.GRANT:
        yield letters.GRANTED_TO_PROPOSER, _proposer(subsidy, office), page
    elif action == A.REFUSE:
        yield letters.REFUSED, _proposer(subsidy, office), page
    elif action == A.RECOVER:
        yield letters.DEMANDED, people_in(office, APPROVE_APPLICATION), page


def _proposer(subsidy, office):
    """Whoever proposed it; all reviewers there when that person has left."""
    reviewers = people_in(office, REVIEW_APPLICATION)
    return reviewers.filter(pk=subsidy.proposed_by_id) or reviewers


SPEAKER = Speaker(values_of, _audiences)
