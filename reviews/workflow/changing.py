"""Requested changes: the county's opinion, the decision, taking effect (reference §1.7)."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import ChangeAction, ChangeKind, ChangeState
from reviews.models import ChangeRequest
from reviews.services.change_effects import put_into_effect, why_not
from reviews.services.change_kinds import tiers_above
from reviews.services.ties import has_ties_to
from reviews.workflow.guards import looked_up
from reviews.workflow.terms import Guard, Moves, Outcome, Place, Process, Transition, TransitionNotAllowed
from studios.models import Studio
from studios.permissions import APPROVE_APPLICATION, CHANGE_STUDIO, DECIDE_ACCESS, REVIEW_APPLICATION
from studios.services.people import NotPossible

A, S = ChangeAction, ChangeState


def has_ties(change, actor):
    """Whether ``actor`` belongs or belonged to the unit, or to that of the studio it merges into."""
    return looked_up(change, ("ties", actor.pk), lambda: _ties(change, actor))


def _ties(change, actor):
    if has_ties_to(change.union_id, actor):
        return True
    if change.kind != ChangeKind.MERGE:
        return False
    into = Studio.objects.filter(pk=change.wanted.get("into")).values_list("union", flat=True).first()
    return into is not None and has_ties_to(into, actor)


no_ties = Guard(
    "no_ties",
    lambda change, actor: not has_ties(change, actor),
    _("You belong or belonged to this unit: somebody else must act here."),
)
below_the_last_tier = Guard(
    "below_the_last_tier",
    lambda change, actor: change.tier is not None and change.tier < change.last_tier,
    _("This union decides itself; there is nobody to pass it on to."),
)
at_the_last_tier = Guard(
    "at_the_last_tier",
    lambda change, actor: change.tier == change.last_tier,
    _("The union above decides; here it is supported or refused."),
)
can_take_effect = Guard(
    "can_take_effect",
    lambda change, actor: not looked_up(change, "why_not", lambda: why_not(change)),
    lambda change: looked_up(change, "why_not", lambda: why_not(change)),
)

REVIEW = frozenset({S.IN_REVIEW})
TABLE = {
    A.ENDORSE: Transition(
        REVIEW,
        S.IN_REVIEW,
        REVIEW_APPLICATION,
        Place.TIER,
        Moves.UP,
        (no_ties, below_the_last_tier),
        needs_reason=True,
    ),
    A.APPROVE: Transition(
        REVIEW,
        S.APPROVED,
        APPROVE_APPLICATION,
        Place.TIER,
        Moves.OUT,
        (no_ties, at_the_last_tier, can_take_effect),
        is_second_person=True,
    ),
    A.REFUSE: Transition(
        REVIEW,
        S.REFUSED,
        DECIDE_ACCESS,  # held by those who review and by those who approve, at every office
        Place.TIER,
        Moves.OUT,
        (no_ties,),
        needs_reason=True,
        is_negative=True,
    ),
    A.WITHDRAW: Transition(REVIEW, S.WITHDRAWN, CHANGE_STUDIO, Place.UNIT, Moves.OUT, is_negative=True),
}


def tier_above(change):
    """The next tier on the way to the deciding one."""
    return next(tier for tier in tiers_above(change) if tier > change.tier)


def endorse(change, given):
    """With the opinion to the union above."""
    change.tier = tier_above(change)
    change.save(update_fields=["tier"])
    return Outcome()


def close(change, given):
    """The request is over."""
    change.state = given.step.target
    change.tier = None
    change.decided_at = timezone.now()
    change.save(update_fields=["state", "tier", "decided_at"])
    return Outcome()


def approve(change, given):
    """Approved; in effect at once where the day has come, else the daily job sees to it."""
    outcome = close(change, given)
    if change.effective_on <= timezone.localdate():
        try:
            put_into_effect(change, actor=given.actor)
        except NotPossible as problem:
            raise TransitionNotAllowed(str(problem)) from None
    return outcome


EFFECTS = {A.ENDORSE: endorse, A.APPROVE: approve, A.REFUSE: close, A.WITHDRAW: close}
CHANGES = Process("change", ChangeRequest, "change", TABLE, EFFECTS)
