"""Who is told of a step, and what: everyone concerned, and nobody else."""

from dataclasses import dataclass

from django.urls import NoReverseMatch, reverse

from portal.accounts.models import User
from portal.messages.services import tell
from reviews import letters
from reviews.choices import Action, State
from reviews.models import Decision
from reviews.models.decision import SUBJECTS
from reviews.services import telling_cases, telling_changes, telling_money, telling_results, telling_years
from reviews.services.speaking import Speaker
from studios.choices import Tier
from studios.permissions import (
    APPROVE_APPLICATION,
    CONFIRM_APPLICATION,
    REVIEW_APPLICATION,
    SUBMIT_APPLICATION,
    VIEW_APPLICATION,
)
from studios.services.people import people_in

A = Action
PROPOSING = {
    A.PROPOSE_ENDORSE,
    A.PROPOSE_NAME,
    A.PROPOSE_WAITLIST,
    A.PROPOSE_REJECT,
    A.PROPOSE_REJECT_FINAL,
}
OUTCOMES = {A.NAME, A.WAITLIST, A.REJECT, A.REJECT_FINAL}
UNIT_HEARS = {
    A.CONFIRM: letters.STEP,
    A.NAME_AT_BASE: letters.NAMED,
    A.HAND_BACK: letters.RETURNED,
    A.RETURN: letters.RETURNED,
    A.ENDORSE: letters.STEP,
    A.NAME: letters.NAMED,
    A.WAITLIST: letters.STEP,
    A.REJECT: letters.STEP,
    A.REJECT_FINAL: letters.STEP,
    A.RECALL: letters.STEP,
    A.WITHDRAW: letters.WITHDRAWN,
}


@dataclass(frozen=True)
class Letter:
    """One text with the people it goes to."""

    code: str
    recipients: tuple
    url: str


def tell_of(decision_pk):
    """Write the messages of a step; running it again changes nothing. Returns how many people."""
    decision = Decision.objects.select_related(
        "application__studio",
        "application__level",
        "application__union",
        "application__county",
        "application__city",
        "union",
        "document",
    ).get(pk=decision_pk)
    field = next(name for name in SUBJECTS if getattr(decision, f"{name}_id"))
    if field not in SPOKEN_OF:
        return 0  # requests for access answer by mail, where they are decided
    speaker = SPOKEN_OF[field]
    values = speaker.values_of(decision)
    told = 0
    for letter in letters_of(decision, speaker.audiences):
        told += tell(
            letter.recipients,
            letter.code,
            values,
            url=letter.url,
            event_key=f"decision-{decision.pk}",
            actor=decision.actor,
        )
    return told


def values_of(decision):
    """What the texts may mention; dates and names in a form that can be worded in any language."""
    application = decision.application
    return {
        "studio": application.studio.short_name,
        "number": application.number,
        "level": application.level,
        "union": decision.union,
        "actor": decision.actor_label,
        "step": Action(decision.action).label,
        "reason": reason_of(decision),
        "document": decision.document.label if decision.document_id else "—",
        "due": application.due_on or "—",
    }


def reason_of(decision):
    """The reason; of a return also its remarks, as one sentence without its full stop."""
    remarks = [remark.text.strip().rstrip("。.；;") for remark in decision.remarks.all()]
    if not remarks:
        return decision.reason
    joined = "；".join(remark.text for remark in decision.remarks.all())
    own = [decision.reason.strip().rstrip("。.；;")] if decision.reason not in ("", joined) else []
    return "；".join([*own, *remarks])


def letters_of(decision, audiences):
    """Every ``Letter`` of a step; nobody gets two, and nobody one about their own act."""
    seen, found = {decision.actor_id}, []
    for code, people, url in audiences(decision):
        fresh = tuple(user for user in people if user.pk not in seen)
        seen |= {user.pk for user in fresh}
        if fresh:
            found.append(Letter(code, fresh, url))
    return found


def _audiences(decision):
    """(text, people, address), the person who has to act first."""
    application, action = decision.application, decision.action
    page = reverse("application_detail", args=[application.pk])
    if action == A.SUBMIT:
        yield letters.TO_CONFIRM, people_in(application.union, CONFIRM_APPLICATION), page
    elif action in PROPOSING:
        yield letters.TO_SIGN, people_in(decision.union, APPROVE_APPLICATION), page
    elif action == A.SEND_BACK:
        yield letters.SENT_BACK, _proposer(decision), page
    elif action in (A.CONFIRM, A.ENDORSE):
        arrives_at = {Tier.COUNTY: application.county, Tier.CITY: application.city}.get(decision.to_tier)
        if arrives_at is not None:
            yield letters.ARRIVED, people_in(arrives_at, REVIEW_APPLICATION), page
    elif action == A.WITHDRAW:
        yield letters.WITHDRAWN, _those_who_had_it(decision), page
    elif action == A.NAME_AT_BASE and application.county_id:
        yield letters.NAMED_AT_BASE, people_in(application.county, REVIEW_APPLICATION), _studio_page(decision)
    if action in OUTCOMES and decision.from_tier > Tier.COUNTY:
        yield letters.OUTCOME_ABOVE, _endorsers(decision), page
    if action in UNIT_HEARS:
        unit = people_in(application.union, SUBMIT_APPLICATION, CONFIRM_APPLICATION)
        yield UNIT_HEARS[action], unit, page


def _proposer(decision):
    """The reviewer whose proposal came back; all reviewers there when that person has left."""
    reviewers = people_in(decision.union, REVIEW_APPLICATION)
    return reviewers.filter(pk=decision.second_to_id) or reviewers


def _endorsers(decision):
    """Who recommended it upward, both persons, as far as they may still open it."""
    endorsed = Decision.objects.filter(application=decision.application_id, action=A.ENDORSE)
    ids = {pk for pair in endorsed.values_list("actor", "second_to") for pk in pair if pk}
    people = User.objects.filter(pk__in=ids, is_active=True).order_by("pk")
    return [user for user in people if user.has_perm(VIEW_APPLICATION, decision.application)]


def _those_who_had_it(decision):
    """At the union where it stood: its reviewers, and the approvers when it waited for them."""
    application = decision.application
    union = {Tier.COUNTY: application.county, Tier.CITY: application.city}.get(decision.from_tier)
    if union is None:
        return []
    perms = [REVIEW_APPLICATION]
    if decision.from_state == State.PROPOSED:
        perms.append(APPROVE_APPLICATION)
    return people_in(union, *perms)


def _studio_page(decision):
    """A base application stays the unit's own affair; the studio itself is open to the union above."""
    try:
        return reverse("studio_detail", args=[decision.application.studio_id])
    except NoReverseMatch:
        return ""


SPOKEN_OF = {  # field of the decision -> who knows what is said
    "application": Speaker(values_of, _audiences),
    "assessment": telling_years.SPEAKER,
    "subsidy": telling_money.SPEAKER,
    "revocation": telling_cases.SPEAKER,
    "annulment": telling_cases.ANNULMENT_SPEAKER,
    "achievement": telling_results.SPEAKER,
    "change": telling_changes.SPEAKER,
}
