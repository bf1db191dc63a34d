"""Who is told of which step: exact sets."""

import pytest
from django.utils import timezone

from portal.messages.models import Message
from reviews.choices import Action as A
from reviews.models import Decision
from reviews.services.telling import tell_of
from reviews.workflow.engine import perform
from studios.choices import Role
from studios.services.people import appoint, dismiss
from tests.cast import studio_ready_for
from tests.factories.accounts import UserFactory
from tests.reviews import journey

pytestmark = pytest.mark.django_db
UNIT = {"unit_clerk", "unit_chair"}
COUNTY = {"county_reviewer", "county_approver"}


def told_by(people, application, action, **given):
    """``{name: code}`` of those who are told when ``action`` is taken."""
    actors = {
        A.SUBMIT: people.unit_clerk,
        A.WITHDRAW: people.unit_clerk,
        A.CONFIRM: people.unit_chair,
        A.HAND_BACK: people.unit_chair,
        A.NAME_AT_BASE: people.unit_chair,
    }
    application.refresh_from_db()
    by_tier = {
        2: (people.county_reviewer, people.county_approver),
        3: (people.city_reviewer, people.city_approver),
    }
    reviewer, approver = by_tier.get(application.tier, (None, None))
    actor = actors.get(action) or (approver if application.state == "proposed" else reviewer)
    decision = perform(application.pk, action, actor=actor, **given)
    tell_of(decision.pk)
    names = {user.pk: name for name, user in vars(people).items()}
    rows = Message.objects.filter(event_key=f"decision-{decision.pk}")
    return {names[row.recipient_id]: row.code.removeprefix("reviews.") for row in rows}


def test_the_unit_and_those_who_have_to_act_are_told_at_the_county(ready_studio, people):
    application = journey.opened(ready_studio, "county", people)
    assert told_by(people, application, A.SUBMIT) == {"unit_chair": "to_confirm"}
    assert told_by(people, application, A.CONFIRM) == {"unit_clerk": "step", "county_reviewer": "arrived"}
    assert told_by(people, application, A.TAKE) == {}
    journey.judged(journey.fresh(application), people.county_reviewer)
    assert told_by(people, application, A.PROPOSE_NAME) == {"county_approver": "to_sign"}
    assert told_by(people, application, A.SEND_BACK, reason="请核实") == {"county_reviewer": "sent_back"}
    assert told_by(people, application, A.PROPOSE_NAME) == {"county_approver": "to_sign"}
    day = timezone.localdate()
    assert told_by(people, application, A.NAME, document_on=day) == dict.fromkeys(UNIT, "named")


def test_the_county_that_recommended_hears_the_citys_outcome(city, people):
    studio = studio_ready_for("city", city.unit, by=people.unit_clerk)
    application = journey.proposed(studio, "city", people)
    assert told_by(people, application, A.ENDORSE) == {
        **dict.fromkeys(UNIT, "step"),
        "city_reviewer": "arrived",
    }
    journey.judged(journey.fresh(application), people.city_reviewer)
    assert told_by(people, application, A.PROPOSE_NAME) == {"city_approver": "to_sign"}
    expected = {**dict.fromkeys(COUNTY, "outcome_above"), **dict.fromkeys(UNIT, "named")}
    assert told_by(people, application, A.NAME, document_on=timezone.localdate()) == expected


def test_a_return_and_a_rejection_reach_the_unit_alone(ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    remarks = [("funds", "请补充凭证")]
    assert told_by(people, application, A.RETURN, remarks=remarks) == dict.fromkeys(UNIT, "returned")
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    assert told_by(people, application, A.HAND_BACK, remarks=remarks) == {"unit_clerk": "returned"}
    for action in (A.SUBMIT, A.CONFIRM):
        told_by(people, application, action)
    told_by(people, application, A.PROPOSE_REJECT, reason="条件不符")
    assert told_by(people, application, A.REJECT, reason="条件不符") == dict.fromkeys(UNIT, "step")


def test_naming_at_base_is_filed_with_the_county(city, people):
    studio = studio_ready_for("base", city.unit, by=people.unit_clerk)
    application = journey.submitted(studio, "base", people)
    assert told_by(people, application, A.NAME_AT_BASE) == {
        "unit_clerk": "named",
        "county_reviewer": "named_at_base",
    }


def test_a_withdrawal_reaches_those_who_had_it(ready_studio, people):
    application = journey.proposed(ready_studio, "county", people)
    expected = {**dict.fromkeys(COUNTY, "withdrawn"), "unit_chair": "withdrawn"}
    assert told_by(people, application, A.WITHDRAW) == expected


def test_telling_twice_tells_once(ready_studio, people):
    journey.submitted(ready_studio, "county", people)
    decision = Decision.objects.get()
    tell_of(decision.pk)
    tell_of(decision.pk)
    assert Message.objects.count() == 1


def test_who_left_is_not_told_and_who_came_is(city, ready_studio, people):
    application = journey.submitted(ready_studio, "county", people)
    new = UserFactory(name="新来的审核员")
    dismiss(people.county_reviewer.appointments.get(), actor=None)
    appoint(new, Role.COUNTY_REVIEWER, city.county, actor=None)
    decision = perform(application.pk, A.CONFIRM, actor=people.unit_chair)
    tell_of(decision.pk)
    assert set(Message.objects.values_list("recipient", flat=True)) == {people.unit_clerk.pk, new.pk}


def test_every_message_can_be_opened_by_its_recipient(client, ready_studio, people):
    application = journey.named(ready_studio, people)
    for decision in Decision.objects.filter(application=application):
        tell_of(decision.pk)
    assert Message.objects.count() > 5
    for message in Message.objects.select_related("recipient"):
        client.force_login(message.recipient, backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(message.url).status_code == 200
        assert application.studio.short_name in client.get("/messages/").content.decode()


def test_a_return_says_all_that_is_to_be_mended(ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    remarks = [("funds", "请补充凭证。"), ("team", "请补充职称证书。")]
    told_by(people, application, A.RETURN, remarks=remarks, reason="材料不全。")
    message = Message.objects.filter(code="reviews.returned").first()
    assert message.values["reason"] == "材料不全；请补充凭证；请补充职称证书"
