"""Who is told of the steps by which a title is lost or kept, and reminded of the last day."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.messages.services import tell
from reviews import letters_cases as letters
from reviews.choices import AnnulmentAction, RevocationAction
from reviews.models import ReturnDue
from reviews.services.speaking import Speaker
from studios.choices import EndReason, Tier
from studios.models import Union
from studios.permissions import APPROVE_APPLICATION, CHANGE_STUDIO, REVIEW_APPLICATION, ROLES, live
from studios.services.people import people_in

A = RevocationAction
UNIT_HEARS = {
    A.SERVE: letters.SERVED,
    A.EXTEND: letters.EXTENDED,
    A.LAPSE: letters.LAPSED,
    A.CHECK: letters.CHECKED,
    A.REVOKE: letters.REVOKED,
    A.KEEP: letters.KEPT,
    A.DISCARD: letters.KEPT,
    A.STOP: letters.STOPPED,
}
OFFICES_HEAR = {
    A.SERVE: letters.INFORMED,
    A.EXTEND: letters.INFORMED,
    A.ANSWER: letters.ANSWERED,
    A.LAPSE: letters.LAPSED,
    A.CHECK: letters.CHECKED,
    A.REVOKE: letters.REVOKED,
    A.KEEP: letters.KEPT,
    A.DISCARD: letters.KEPT,
    A.STOP: letters.STOPPED,
}
CITY_HEARS = {A.REVOKE}  # of what a county decides, the city hears the outcome


def values_of(decision):
    """What the texts mention of a step."""
    return {
        **values_of_case(decision.revocation),
        "union": decision.union or decision.revocation.naming.granted_by,
        "actor": decision.actor_label,
        "reason": decision.reason,
        "document": decision.document.label if decision.document_id else "—",
    }


def values_of_case(case):
    """What the texts mention of a case."""
    naming = case.naming
    due = ReturnDue.objects.filter(revocation=case).values_list("due_on", flat=True).first()
    found = {True: _("mended"), False: _("not mended")}.get(case.is_mended, "—")
    return {
        "studio": naming.studio.short_name,
        "unit": naming.studio.union.unit.name,
        "level": naming.level,
        "cause": EndReason(case.cause).label,
        "until": case.mend_until or "—",
        "found": found,
        "back": due or "—",
    }


def _audiences(decision):
    """(text, people, address), the person who has to act first."""
    case, action = decision.revocation, decision.action
    page = reverse("revocation_detail", args=[case.pk])
    decides = Union.objects.get(pk=case.union_at_tier_id())
    if action == A.PROPOSE:
        yield letters.TO_SIGN, people_in(decides, APPROVE_APPLICATION), page
    elif action == A.SEND_BACK:
        reviewers = people_in(decides, REVIEW_APPLICATION)
        yield letters.SENT_BACK, reviewers.filter(pk=decision.second_to_id) or reviewers, page
    was_served = case.served_at is not None
    if action in UNIT_HEARS and was_served:
        yield UNIT_HEARS[action], people_in(case.union, CHANGE_STUDIO), page
    if action in OFFICES_HEAR and (was_served or action != A.DISCARD):
        for pk in offices_of(case, action):
            yield OFFICES_HEAR[action], people_in(pk, REVIEW_APPLICATION), page


def offices_of(case, action):
    """The unions that hear of a step: the one above the unit, the deciding one, of an outcome the city."""
    above = case.supervisor()[1]
    if action == A.ANSWER:
        return [above]
    found = [above, case.union_at_tier_id()]
    if action in CITY_HEARS and case.tier < Tier.CITY:
        found.append(case.city_id)
    return list(dict.fromkeys(pk for pk in found if pk))


@transaction.atomic
def remind(case):
    """Say once for each last day that it is near; returns how many people."""
    return tell(
        people_in(case.union, CHANGE_STUDIO),
        letters.REMINDED,
        values_of_case(case),
        url=reverse("revocation_detail", args=[case.pk]),
        event_key=f"case-{case.pk}-remind-{case.mend_until}",
    )


def values_of_annulment(decision):
    """What the texts mention of an annulment."""
    annulment = decision.annulment
    due = ReturnDue.objects.filter(annulment=annulment).values_list("due_on", flat=True).first()
    return {
        "annulled": annulment.annulled.label,
        "union": annulment.union,
        "actor": decision.actor_label,
        "reason": decision.reason or annulment.grounds,
        "document": decision.document.label if decision.document_id else "—",
        "back": due or "—",
    }


def _annulment_audiences(decision):
    annulment = decision.annulment
    page = reverse("annulment_detail", args=[annulment.pk])
    if decision.action == AnnulmentAction.DROP:
        yield letters.ANNULMENT_DROPPED, [annulment.proposed_by], page
        return
    returns = annulment.returns.order_by()
    yield letters.ANNULLED, people_at(returns.values("union"), CHANGE_STUDIO), reverse("return_list")
    counties = people_at(returns.exclude(county=None).values("county"), REVIEW_APPLICATION)
    yield letters.ANNULLED, counties, page
    yield letters.ANNULLED, people_in(annulment.union, REVIEW_APPLICATION, APPROVE_APPLICATION), page


def people_at(unions, perm):
    """The users who hold ``perm`` at one of ``unions`` today, in one query."""
    return User.objects.filter(
        live(prefix="appointments__"),
        is_active=True,
        appointments__role_group__union__in=unions,
        appointments__role_group__role__in=[role for role, held in ROLES.items() if perm in held],
    ).distinct()


def tell_to_sign(annulment):
    """A proposed annulment waits for the approvers of its union."""
    values = {
        "annulled": annulment.annulled.label,
        "union": annulment.union,
        "actor": annulment.proposed_by.name,
        "reason": annulment.grounds,
    }
    return tell(
        people_in(annulment.union, APPROVE_APPLICATION).exclude(pk=annulment.proposed_by_id),
        letters.ANNULMENT_TO_SIGN,
        values,
        url=reverse("annulment_detail", args=[annulment.pk]),
        event_key=f"annulment-{annulment.pk}",
        actor=annulment.proposed_by,
    )


SPEAKER = Speaker(values_of, _audiences)
ANNULMENT_SPEAKER = Speaker(values_of_annulment, _annulment_audiences)
