"""A whole decision is annulled: every title of it at once, by two people, or none at all."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.choices import AnnulmentAction as A
from reviews.choices import AnnulmentState as S
from reviews.choices import ReturnedItem, RevocationState
from reviews.models import Annulment, ReturnDue
from reviews.services.annulments import propose_annulment
from reviews.tasks_cases import may_stop, stop_cases_of
from reviews.workflow.engine import perform
from reviews.workflow.revoking import ANNULMENTS
from reviews.workflow.terms import TransitionNotAllowed
from studios.choices import EndReason, Role
from studios.models import Naming, NamingLevel
from studios.services import namings as naming_services
from studios.services.namings import end, issue_document, refresh_top_tier
from studios.services.people import NotPossible, appoint
from tests.factories import cases
from tests.factories.studios import NamingFactory, StudioFactory, UnitFactory, years_ago

pytestmark = pytest.mark.django_db


def batch(county, units, *, by, since=None):
    """One county decision that named a studio of each unit."""
    since = since or years_ago(2)
    document = issue_document(county, on=since, title="命名一批", actor=by)
    level = NamingLevel.objects.get(code="county")
    studios = [StudioFactory(union=unit.union) for unit in units]
    for studio in studios:
        base = NamingFactory(studio=studio, since=since)
        NamingFactory(
            studio=studio, level=level, granted_by=county, since=since, basis=base, document=document
        )
        refresh_top_tier(studio.pk)
    return document, studios


@pytest.fixture
def decision(city, people):
    """A decision of the county about three studios of two units."""
    return batch(city.county, [city.unit, city.unit, city.ready_unit], by=people.county_approver)


def proposed(document, people):
    return propose_annulment(document, "因创建示范活动清理。", actor=people.county_reviewer)


def annul(annulment, actor, on=None):
    perform(
        annulment.pk,
        A.ANNUL,
        actor=actor,
        document_on=on or timezone.localdate(),
        process=ANNULMENTS,
    )
    return Annulment.objects.get(pk=annulment.pk)


def live(document):
    return Naming.objects.filter(document=document, until=None).count()


def test_all_titles_end_together_and_everything_is_called_back(decision, people):
    document, studios = decision
    annulment = annul(proposed(document, people), people.county_approver)
    assert annulment.state == S.ANNULLED
    assert annulment.document.number == 2 or annulment.document.year != document.year
    ended = Naming.objects.filter(document=document)
    assert {naming.end_reason for naming in ended} == {EndReason.POLICY_ANNUL}
    assert {naming.until for naming in ended} == {timezone.localdate()}
    assert ReturnDue.objects.filter(annulment=annulment).count() == 3 * len(ReturnedItem.values)
    assert {due.county_id for due in ReturnDue.objects.all()} == {studios[0].county_id}


def test_every_unit_is_told(decision, city, people):
    document, _studios = decision
    annul(proposed(document, people), people.county_approver)
    run_pending()
    told = set(Message.objects.filter(code="reviews.annulled").values_list("recipient", flat=True))
    assert {people.unit_clerk.pk, people.unit_chair.pk, people.ready_clerk.pk} <= told
    assert people.other_unit_clerk.pk not in told
    assert people.county_approver.pk not in told


def test_two_people_annul(decision, people):
    document, _studios = decision
    annulment = proposed(document, people)
    with pytest.raises(PermissionDenied):
        annul(annulment, people.city_approver)
    appoint(people.county_reviewer, Role.COUNTY_APPROVER, annulment.union, actor=None)
    with pytest.raises(TransitionNotAllowed):
        annul(annulment, people.county_reviewer)
    assert live(document) == 3


@pytest.mark.parametrize("who", ["unit_clerk", "county_approver", "city_reviewer", "other_county_reviewer"])
def test_only_a_reviewer_of_the_issuing_union_proposes(decision, people, who):
    with pytest.raises(PermissionDenied):
        propose_annulment(decision[0], "清理", actor=getattr(people, who))


def test_one_proposal_at_a_time_and_it_can_be_dropped(decision, people):
    document, _studios = decision
    annulment = proposed(document, people)
    with pytest.raises(NotPossible):
        proposed(document, people)
    perform(annulment.pk, A.DROP, actor=people.county_approver, reason="不撤", process=ANNULMENTS)
    assert live(document) == 3
    assert proposed(document, people).pk != annulment.pk


def test_nobody_acts_on_the_own_unit(decision, city, people):
    document, _studios = decision
    annulment = proposed(document, people)
    appoint(people.county_approver, Role.UNIT_CHAIR, city.ready_unit.union, actor=None)
    with pytest.raises(TransitionNotAllowed):
        annul(annulment, people.county_approver)


def test_higher_titles_are_named_and_stand_in_the_way(decision, city, people):
    document, studios = decision
    above = NamingFactory(
        studio=studios[1],
        level=NamingLevel.objects.get(code="city"),
        granted_by=city.city,
        since=years_ago(1),
        basis=cases.title_of(studios[1]),
    )
    annulment = proposed(document, people)
    with pytest.raises(TransitionNotAllowed, match=studios[1].short_name):
        annul(annulment, people.county_approver)
    assert live(document) == 3
    end(above, on=timezone.localdate(), reason=EndReason.VOLUNTARY, actor=people.city_approver)
    assert annul(annulment, people.county_approver).state == S.ANNULLED


def test_titles_that_ended_before_are_left_alone(decision, people):
    document, studios = decision
    end(
        cases.title_of(studios[0]),
        on=timezone.localdate(),
        reason=EndReason.VOLUNTARY,
        actor=people.county_approver,
    )
    annul(proposed(document, people), people.county_approver)
    assert cases.title_of(studios[0]).end_reason == EndReason.VOLUNTARY
    assert not ReturnDue.objects.filter(naming=cases.title_of(studios[0])).exists()


def test_a_case_that_was_open_stops(decision, people):
    document, studios = decision
    case = cases.served(studios[0], people, cause=EndReason.INACTIVE)
    annul(proposed(document, people), people.county_approver)
    assert may_stop() == [studios[0].pk]
    stop_cases_of(studios[0].pk)
    assert cases.fresh(case).state == RevocationState.STOPPED


def test_nothing_is_half_done(decision, people, monkeypatch):
    document, _studios = decision
    annulment = proposed(document, people)
    done = []

    def fail_at_the_third(naming, **kwargs):
        done.append(naming)
        if len(done) == 3:
            raise RuntimeError
        return naming_services.end(naming, **kwargs)

    monkeypatch.setattr("reviews.workflow.revoking.end", fail_at_the_third)
    with pytest.raises(RuntimeError), transaction.atomic():
        annul(annulment, people.county_approver)
    assert live(document) == 3
    assert Annulment.objects.get(pk=annulment.pk).state == S.PROPOSED


def test_a_hundred_titles_end_in_one_act(city, people):
    units = [UnitFactory(parent=city.county)] * 100
    document, _studios = batch(city.county, units, by=people.county_approver)
    annul(proposed(document, people), people.county_approver)
    assert live(document) == 0
    assert ReturnDue.objects.count() == 400
