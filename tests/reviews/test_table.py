"""The processes on one screen: from which state which step leads where."""

import pytest

from portal.audit.verbs import VERBS
from reviews.choices import (
    REVOCATION_CLOSED,
    AccessAction,
    AccessState,
    Action,
    ChangeAction,
    RevocationAction,
    RevocationState,
    State,
)
from reviews.models import AccessRequest, Application, Decision
from reviews.models.decision import STATES
from reviews.verbs import register  # noqa: F401 - importing registers the verbs
from reviews.workflow.processes import ACCESS_REQUESTS, APPLICATIONS, PROCESSES, REVOCATIONS
from reviews.workflow.revoking import REVOKING
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


WITHOUT_A_FIRST = {ChangeAction.APPROVE}  # nobody of the office signs before: the unit itself asked


def as_grid(text, states=State, actions=Action):
    """``{(state, action): possible}`` for every state and action; states not drawn allow nothing."""
    head, *lines = [line.split() for line in text.strip().splitlines()]
    drawn = {(state, row[0]): mark == "x" for row in lines for state, mark in zip(head, row[1:], strict=True)}
    return {(s.value, a.value): drawn.get((s.value, a.value), False) for s in states for a in actions}


def test_every_state_and_action_is_decided():
    assert as_grid(EXPECTED) == {(s.value, a.value): s in NAMING[a].sources for s in State for a in Action}


def test_every_step_leads_where_it_should():
    assert {action.value: str(step.target.value) for action, step in NAMING.items()} == TARGETS


def test_access_is_decided_once():
    assert {(a, s): s in ACCESS[a].sources for a in AccessAction for s in AccessState} == {
        (a, s): s is AccessState.PENDING for a in AccessAction for s in AccessState
    }


every_process = pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.noun)


@every_process
def test_every_step_has_an_effect_and_somebody_who_may_take_it(process):
    granted = set().union(*ROLES.values())
    assert set(process.effects) == set(process.table)
    for action, step in process.table.items():
        assert (step.permission in granted) is (step.place is not Place.PORTAL), action
        assert bool(step.permission) is (step.place is not Place.PORTAL), action


@every_process
def test_states_are_words_of_the_model_and_steps_of_the_record(process):
    states = {value for value, _label in process.model._meta.get_field("state").choices}
    actions = {value for value, _label in Decision._meta.get_field("action").choices}
    assert states <= set(STATES)
    for action, step in process.table.items():
        assert step.sources and {str(source.value) for source in step.sources} <= states, action
        assert step.target in states, action
        assert action in actions
        assert f"{process.noun}.{action}" in VERBS


@every_process
def test_a_second_signature_is_never_the_firsts(process):
    for action, step in process.table.items():
        guards = {guard.name for guard in step.guards}
        if step.is_second_person and action not in WITHOUT_A_FIRST:
            assert guards & {"second_person", "confirms_anothers_work"}, action


@every_process
def test_nobody_decides_about_the_own_unit(process):
    for action, step in process.table.items():
        ties = {"no_ties", "no_ties_to_any"} & {guard.name for guard in step.guards}
        if step.place in (Place.TIER, Place.SUPERVISOR, Place.TOP) and process is not ACCESS_REQUESTS:
            assert ties, action


REVOCATION = """
                  open rectifying answered checked proposed
serve_notice       x       .         .        .       .
answer_notice      .       x         .        .       .
note_no_answer     .       x         .        .       .
check_answer       .       .         x        .       .
extend_time        .       .         .        x       .
propose_revoke     .       .         .        x       .
revoke             .       .         .        .       x
send_back_case     .       .         .        .       x
keep_title         .       .         x        x       x
discard_case       x       x         .        .       .
stop_case          x       x         x        x       x
"""
REVOCATION_TARGETS = {
    "serve_notice": "rectifying",
    "answer_notice": "answered",
    "note_no_answer": "answered",
    "check_answer": "checked",
    "extend_time": "rectifying",
    "propose_revoke": "proposed",
    "revoke": "revoked",
    "send_back_case": "checked",
    "keep_title": "dropped",
    "discard_case": "dropped",
    "stop_case": "stopped",
}


def test_every_state_and_step_of_a_revocation_is_decided():
    assert as_grid(REVOCATION, RevocationState, RevocationAction) == {
        (s.value, a.value): s in REVOKING[a].sources for s in RevocationState for a in RevocationAction
    }
    assert {a.value: str(step.target.value) for a, step in REVOKING.items()} == REVOCATION_TARGETS


def test_only_two_persons_with_a_document_take_a_title():
    leading = [action for action, step in REVOKING.items() if step.target == RevocationState.REVOKED]
    assert leading == [RevocationAction.REVOKE]
    step = REVOKING[RevocationAction.REVOKE]
    assert step.takes_document and step.is_second_person
    assert step.sources == {RevocationState.PROPOSED}
    assert {guard.name for guard in step.guards} >= {"second_person", "no_ties", "title_is_live"}


def test_the_portal_itself_only_lapses_and_stops():
    own = [
        (process.noun, str(action))
        for process in PROCESSES
        for action, step in process.table.items()
        if step.place is Place.PORTAL
    ]
    assert own == [("revocation", "note_no_answer"), ("revocation", "stop_case")]


def test_a_closed_case_stays_closed():
    for step in REVOCATIONS.table.values():
        assert not step.sources & set(REVOCATION_CLOSED)


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
