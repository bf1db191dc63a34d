"""The process on one screen: from which state which step leads where."""

import pytest

from reviews.choices import AccessAction, AccessState, Action, State
from reviews.models import AccessRequest, Application
from reviews.verbs import register  # noqa: F401 - importing registers the verbs
from reviews.workflow.processes import ACCESS_REQUESTS, APPLICATIONS
from reviews.workflow.table import ACCESS, NAMING
from reviews.workflow.terms import Moves, Place
from studios.permissions import ROLES

EXPECTED = """
                      draft in_review proposed returned waitlisted
submit                  x       .        .        x         .
withdraw                x       x        x        x         x
confirm                 .       x        .        .         .
name_at_base            .       x        .        .         .
hand_back               .       x        .        .         .
take                    .       x        .        .         .
return                  .       x        .        .         .
propose_endorse         .       x        .        .         .
propose_name            .       x        .        .         .
propose_waitlist        .       x        .        .         .
propose_reject          .       x        .        .         .
propose_reject_final    .       x        .        .         .
recall                  .       .        .        .         x
endorse                 .       .        x        .         .
name                    .       .        x        .         .
waitlist                .       .        x        .         .
reject                  .       .        x        .         .
reject_final            .       .        x        .         .
send_back               .       .        x        .         .
"""

TARGETS = {
    "submit": "in_review",
    "withdraw": "withdrawn",
    "confirm": "in_review",
    "name_at_base": "named",
    "hand_back": "returned",
    "take": "in_review",
    "return": "returned",
    "propose_endorse": "proposed",
    "propose_name": "proposed",
    "propose_waitlist": "proposed",
    "propose_reject": "proposed",
    "propose_reject_final": "proposed",
    "recall": "in_review",
    "endorse": "in_review",
    "name": "named",
    "waitlist": "waitlisted",
    "reject": "rejected",
    "reject_final": "rejected_final",
    "send_back": "in_review",
}


def as_grid(text):
    """``{(state, action): possible}`` for every state and action; states not drawn allow nothing."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    drawn = {(state, row[0]): mark == "x" for row in lines for state, mark in zip(head, row[1:], strict=True)}
    return {(s.value, a.value): drawn.get((s.value, a.value), False) for s in State for a in Action}


def test_every_state_and_action_is_decided():
    assert as_grid(EXPECTED) == {(s.value, a.value): s in NAMING[a].sources for s in State for a in Action}


def test_every_step_leads_where_it_should():
    assert {action.value: str(step.target.value) for action, step in NAMING.items()} == TARGETS


def test_access_is_decided_once():
    assert {(a, s): s in ACCESS[a].sources for a in AccessAction for s in AccessState} == {
        (a, s): s is AccessState.PENDING for a in AccessAction for s in AccessState
    }


@pytest.mark.parametrize("process", [APPLICATIONS, ACCESS_REQUESTS], ids=lambda process: process.noun)
def test_every_step_has_an_effect_and_somebody_who_may_take_it(process):
    granted = set().union(*ROLES.values())
    for action, step in process.table.items():
        assert action in process.effects
        assert step.permission in granted


def test_every_negative_step_of_a_union_needs_a_reason():
    for action, step in NAMING.items():
        if step.is_negative and action != Action.WITHDRAW:
            assert step.needs_reason, action


def test_what_names_or_rejects_is_the_second_persons():
    for action in (Action.NAME, Action.NAME_AT_BASE, Action.REJECT, Action.REJECT_FINAL, Action.ENDORSE):
        assert NAMING[action].is_second_person


def test_no_state_with_a_union_is_left_without_a_way_out():
    for state in (State.IN_REVIEW, State.PROPOSED, State.WAITLISTED):
        assert any(
            state in step.sources and step.target != state and step.place is Place.TIER
            for step in NAMING.values()
        ), state


def test_closed_states_have_no_way_out():
    for state in (State.NAMED, State.REJECTED, State.REJECTED_FINAL, State.WITHDRAWN):
        assert not [action for action, step in NAMING.items() if state in step.sources]


def test_only_naming_takes_a_document_and_leaves_the_union():
    assert [a for a, step in NAMING.items() if step.takes_document] == [Action.NAME]
    assert NAMING[Action.NAME].moves is Moves.OUT


def test_processes_point_at_their_models():
    assert APPLICATIONS.model is Application
    assert ACCESS_REQUESTS.model is AccessRequest
