"""The engine: the only writer of a state. Locks, checks, writes the step, its record and its outbox row."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.jobs.services import enqueue
from reviews.models import Decision, Remark
from reviews.models.places import supervisor_of
from reviews.workflow.processes import APPLICATIONS
from reviews.workflow.terms import Overtaken, Place, StepInput, TransitionNotAllowed
from studios.choices import Tier
from studios.permissions import unions_where

SYSTEM = "system"  # see ``User.objects.system``; nobody can sign in as it


@dataclass(frozen=True)
class Offer:
    """A step that a person's role could take now; ``obstacle`` is the sentence that stands in its way."""

    action: str
    step: object
    obstacle: str = ""

    @property
    def is_open(self):
        """Whether the step would be accepted."""
        return not self.obstacle


def place_of(subject, step):
    """The ``(tier, union id)`` at which the step's permission must be held."""
    if step.place is Place.UNIT:
        return Tier.BASE, subject.union_id
    if step.place is Place.TIER:
        return subject.tier, subject.union_at_tier_id()
    if step.place is Place.SUPERVISOR:
        return supervisor_of(subject)
    if step.place is Place.TOP:
        return subject.top_office()
    return None, None


def may(subject, step, actor):
    """Whether ``actor`` holds the step's permission at exactly the union where it counts.

    A city reviewer's scope covers every county, yet counties review for themselves: looking
    reaches down the tree, acting does not. Superusers decide nothing.
    """
    if step.place is Place.PORTAL:
        return actor.username == SYSTEM
    return actor.is_active and place_of(subject, step) in unions_where(actor, step.permission)


def obstacle(subject, step, actor):
    """The sentence of the first guard that does not hold, or the empty string."""
    for guard in step.guards:
        if not guard.holds(subject, actor):
            return str(guard.reason(subject) if callable(guard.reason) else guard.reason)
    return ""


def check(subject, action, actor, *, process=APPLICATIONS):
    """Raise unless ``actor`` may take ``action`` on ``subject`` now.

    PermissionDenied for the wrong person, TransitionNotAllowed with a sentence for the wrong
    moment.
    """
    step = process.table[action]
    if subject.state not in step.sources:
        raise TransitionNotAllowed(
            _("Not possible while the state is “%(state)s”.") % {"state": subject.get_state_display()}
        )
    if not may(subject, step, actor):
        raise PermissionDenied
    problem = obstacle(subject, step, actor)
    if problem:
        raise TransitionNotAllowed(problem)


def offers(subject, actor, *, process=APPLICATIONS):
    """Every step that ``actor``'s role could take in this state, with what stands in its way."""
    return [
        Offer(action, step, obstacle(subject, step, actor))
        for action, step in process.table.items()
        if subject.state in step.sources and may(subject, step, actor)
    ]


def available_actions(subject, actor, *, process=APPLICATIONS):
    """The actions that would be accepted now."""
    return [offer.action for offer in offers(subject, actor, process=process) if offer.is_open]


def newest_decision(subject, process):
    """The last step taken, or None."""
    return Decision.objects.filter(**{process.decision_field: subject}).order_by("-pk").first()


@transaction.atomic
def perform(  # noqa: PLR0913 - keyword-only: each is something the person gave on the form
    pk,
    action,
    *,
    actor,
    reason="",
    remarks=(),
    document_on=None,
    expected_number=None,
    seen=None,
    values=None,
    process=APPLICATIONS,
):
    """Take one step: lock, check, move, write down, tell. Returns the decision row.

    ``remarks``: (section, text) pairs of a return. ``document_on``, ``expected_number``: date and shown
    number of the document. ``seen``: newest step the person's page showed (0: none); a newer one raises
    Overtaken. ``values``: what else the step asks for. Others: TransitionNotAllowed, PermissionDenied.
    """
    subject = process.locked(pk)
    refuse_if_overtaken(subject, seen, process)
    check(subject, action, actor, process=process)
    given = StepInput(
        step=process.table[action],
        actor=actor,
        reason=reason.strip(),
        remarks=[(section, text.strip()) for section, text in remarks if text.strip()],
        document_on=document_on,
        expected_number=expected_number,
        values=values or {},
    )
    demand_reasons(given)
    before = whereabouts(subject, given.step)
    outcome = process.effects[action](subject, given)
    decision = write_down(process, subject, action, given, outcome, before)
    enqueue("reviews.tell", {"decision": decision.pk}, actor=actor, key=f"tell-{decision.pk}")
    return decision


def whereabouts(subject, step):
    """Where a subject stands before a step, and at which union the step is taken."""
    return {
        "from_state": subject.state,
        "from_tier": getattr(subject, "tier", None),
        "union_id": place_of(subject, step)[1],
    }


def refuse_if_overtaken(subject, seen, process):
    """Raise Overtaken when a step was taken after the one the person's page showed."""
    newest = newest_decision(subject, process)
    if seen is not None and newest is not None and newest.pk != seen:
        raise Overtaken(newest)


def write_down(process, subject, action, given, outcome, before):
    """The decision row with its remarks, what follows from them, and the record."""
    decision = Decision.objects.create(
        **{process.decision_field: subject},
        **before,
        action=action,
        to_state=subject.state,
        to_tier=getattr(subject, "tier", None),
        actor=given.actor,
        actor_label=given.actor.name,
        reason=given.reason,
        second_to_id=outcome.second_to,
        dossier=outcome.dossier,
        document=outcome.document,
    )
    for section, text in given.remarks:
        Remark.objects.create(decision=decision, section=section, text=text)
    if process.afterwards is not None:
        process.afterwards(subject)
    record(f"{process.noun}.{action}", subject, actor=given.actor, decision=decision.pk, state=subject.state)
    return decision


def demand_reasons(given):
    """Raise unless what the step needs in words is there."""
    if given.step.needs_remarks and not given.remarks:
        raise TransitionNotAllowed(_("Say at least for one section what is to be mended."))
    if given.step.needs_reason and not given.reason:
        if not given.step.needs_remarks:
            raise TransitionNotAllowed(_("Give the reason."))
        given.reason = "；".join(text for _section, text in given.remarks)
    lacking = [name for name in given.step.asks if given.values.get(name) in (None, "")]
    if lacking:
        raise TransitionNotAllowed(_("Something that this step needs was not given."))
