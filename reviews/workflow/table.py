"""The only place where transitions live. Read it as the process on one screen.

State and tier are separate: a row says from which states, to which, who at which place, and
what happens to the tier. The engine (``engine.py``) is the only reader that writes.
"""

from reviews.choices import AccessAction, AccessState, Action, State
from reviews.workflow import guards as g
from reviews.workflow.terms import Moves, Place, Transition
from studios.permissions import (
    APPROVE_APPLICATION,
    CONFIRM_APPLICATION,
    DECIDE_ACCESS,
    REVIEW_APPLICATION,
    SUBMIT_APPLICATION,
)

A, S = Action, State
WITH_UNIT = frozenset({S.DRAFT, S.RETURNED})
REVIEW = frozenset({S.IN_REVIEW})
WAITING = frozenset({S.IN_REVIEW, S.WAITLISTED})
PROPOSED = frozenset({S.PROPOSED})
REVIEWING = {"permission": REVIEW_APPLICATION, "place": Place.TIER}
APPROVING = {"permission": APPROVE_APPLICATION, "place": Place.TIER, "is_second_person": True}
CONFIRMING = {"permission": CONFIRM_APPLICATION, "place": Place.UNIT, "is_second_person": True}
FIT = (g.no_ties, g.above_base, g.clauses_are_judged, g.no_clause_failed, g.holds_title_below)
UNFIT = (g.no_ties, g.above_base)

NAMING = {
    A.SUBMIT: Transition(
        WITH_UNIT,
        S.IN_REVIEW,
        SUBMIT_APPLICATION,
        Place.UNIT,
        Moves.TO_BASE,
        (g.round_is_open, g.files_are_checked, g.nothing_is_half_typed, g.rules_allow),
    ),
    A.WITHDRAW: Transition(
        WITH_UNIT | WAITING | PROPOSED,
        S.WITHDRAWN,
        SUBMIT_APPLICATION,
        Place.UNIT,
        Moves.OUT,
        is_negative=True,
    ),
    A.CONFIRM: Transition(
        REVIEW,
        S.IN_REVIEW,
        moves=Moves.UP,
        guards=(g.at_base, g.aims_above_base, g.confirms_anothers_work, g.round_is_open),
        **CONFIRMING,
    ),
    A.NAME_AT_BASE: Transition(
        REVIEW,
        S.NAMED,
        moves=Moves.OUT,
        guards=(g.at_base, g.aims_at_base, g.confirms_anothers_work),
        **CONFIRMING,
    ),
    A.HAND_BACK: Transition(
        REVIEW,
        S.RETURNED,
        CONFIRM_APPLICATION,
        Place.UNIT,
        Moves.OUT,
        (g.at_base,),
        needs_reason=True,
        needs_remarks=True,
        is_negative=True,
    ),
    A.TAKE: Transition(REVIEW, S.IN_REVIEW, guards=UNFIT, **REVIEWING),
    A.RETURN: Transition(
        REVIEW,
        S.RETURNED,
        moves=Moves.OUT,
        guards=UNFIT,
        needs_reason=True,
        needs_remarks=True,
        is_negative=True,
        **REVIEWING,
    ),
    A.PROPOSE_ENDORSE: Transition(REVIEW, S.PROPOSED, guards=(*FIT, g.not_last_tier), **REVIEWING),
    A.PROPOSE_NAME: Transition(REVIEW, S.PROPOSED, guards=(*FIT, g.last_tier), **REVIEWING),
    A.PROPOSE_WAITLIST: Transition(
        REVIEW, S.PROPOSED, guards=(*FIT, g.last_tier), needs_reason=True, is_negative=True, **REVIEWING
    ),
    A.PROPOSE_REJECT: Transition(
        REVIEW, S.PROPOSED, guards=UNFIT, needs_reason=True, is_negative=True, **REVIEWING
    ),
    A.PROPOSE_REJECT_FINAL: Transition(
        REVIEW, S.PROPOSED, guards=UNFIT, needs_reason=True, is_negative=True, **REVIEWING
    ),
    A.RECALL: Transition(
        frozenset({S.WAITLISTED}), S.IN_REVIEW, guards=UNFIT, needs_reason=True, **REVIEWING
    ),
    A.ENDORSE: Transition(
        PROPOSED,
        S.IN_REVIEW,
        moves=Moves.UP,
        guards=(g.proposed(A.PROPOSE_ENDORSE), g.second_person, g.no_ties, g.holds_title_below),
        **APPROVING,
    ),
    A.NAME: Transition(
        PROPOSED,
        S.NAMED,
        moves=Moves.OUT,
        guards=(g.proposed(A.PROPOSE_NAME), g.second_person, g.no_ties, g.last_tier, g.holds_title_below),
        takes_document=True,
        **APPROVING,
    ),
    A.WAITLIST: Transition(
        PROPOSED,
        S.WAITLISTED,
        guards=(g.proposed(A.PROPOSE_WAITLIST), g.second_person, g.no_ties),
        **APPROVING,
    ),
    A.REJECT: Transition(
        PROPOSED,
        S.REJECTED,
        moves=Moves.OUT,
        guards=(g.proposed(A.PROPOSE_REJECT), g.second_person, g.no_ties),
        needs_reason=True,
        is_negative=True,
        **APPROVING,
    ),
    A.REJECT_FINAL: Transition(
        PROPOSED,
        S.REJECTED_FINAL,
        moves=Moves.OUT,
        guards=(g.proposed(A.PROPOSE_REJECT_FINAL), g.second_person, g.no_ties),
        needs_reason=True,
        is_negative=True,
        **APPROVING,
    ),
    A.SEND_BACK: Transition(
        PROPOSED,
        S.IN_REVIEW,
        guards=(g.second_person, g.no_ties),
        needs_reason=True,
        is_negative=True,
        **APPROVING,
    ),
}

ACCESS = {
    AccessAction.GRANT: Transition(
        frozenset({AccessState.PENDING}), AccessState.GRANTED, DECIDE_ACCESS, Place.SUPERVISOR
    ),
    AccessAction.REFUSE: Transition(
        frozenset({AccessState.PENDING}),
        AccessState.REFUSED,
        DECIDE_ACCESS,
        Place.SUPERVISOR,
        needs_reason=True,
        is_negative=True,
    ),
}
