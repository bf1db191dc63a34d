"""How a title is lost: step by step, by two people, with a document; stopped whenever a result counts."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from portal.audit.models import Entry
from reviews.choices import ReturnedItem
from reviews.choices import RevocationAction as A
from reviews.choices import RevocationState as S
from reviews.models import Assessment, ReturnDue, Revocation
from reviews.queries_cases import standing_of, terms_on
from reviews.rules.procedure import DEFAULTS, Terms
from reviews.services.cases import open_case
from reviews.tasks_cases import may_stop, stop_cases_of
from reviews.workdays import add_workdays
from reviews.workflow.engine import available_actions
from reviews.workflow.revoking import REVOCATIONS, REVOKING
from reviews.workflow.terms import Place, TransitionNotAllowed
from studios.choices import EndReason, Role
from studios.models import OfficialDocument
from studios.services.people import NotPossible, appoint
from tests.factories import cases
from tests.factories.studios import AchievementFactory, years_ago

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio(city, people):
    """Named at the county six years ago, its only result five years old."""
    return cases.titled(city.unit, by=people.county_approver)


def today():
    return timezone.localdate()


def credit(studio, **fields):
    return AchievementFactory(studio=studio, title="新近成果", completed_on=str(today()), **fields)


def test_a_title_is_lost_by_every_step_in_turn(studio, people):
    case = cases.revoked(studio, people)
    naming = cases.title_of(studio)
    assert case.state == S.REVOKED
    assert (naming.until, naming.end_reason) == (today(), EndReason.NO_RESULT_3Y)
    assert case.document.label.endswith("1号")
    assert case.document.issued_on == today()
    assert (case.proposed_by, case.decided_by) == (people.county_reviewer, people.county_approver)
    assert case.notice_until == add_workdays(today(), 5)
    returns = ReturnDue.objects.filter(revocation=case)
    assert sorted(returns.values_list("item", flat=True)) == sorted(ReturnedItem.values)
    assert {due.due_on for due in returns} == {add_workdays(today(), 30)}
    assert [step.action for step in case.decisions.order_by("pk")] == [
        A.SERVE,
        A.ANSWER,
        A.CHECK,
        A.PROPOSE,
        A.REVOKE,
    ]


def test_opening_freezes_what_the_register_says(studio, people):
    case = cases.opened(studio, people)
    before = case.evidence["clock"]["last"]
    AchievementFactory(studio=studio, completed_on=str(years_ago(4)))
    studio.short_name = "改名"
    studio.save()
    case = cases.fresh(case)
    assert case.evidence["clock"]["last"] == before
    assert case.evidence["title"]["studio"] != "改名"
    assert case.evidence["title"]["document"]
    assert Entry.objects.filter(verb="revocation.open", subject_id=case.pk).exists()


def test_one_open_case_per_title(studio, people):
    case = cases.opened(studio, people)
    with pytest.raises(NotPossible):
        cases.opened(studio, people)
    with pytest.raises(IntegrityError), transaction.atomic():
        Revocation.objects.create(
            naming=case.naming, union=case.union, cause=EndReason.INACTIVE, opened_by=people.county_reviewer
        )
    cases.take(case, A.DISCARD, people.county_reviewer, reason="误立")
    assert cases.opened(studio, people).pk != case.pk


@pytest.mark.parametrize(
    "who", ["unit_clerk", "county_approver", "other_county_reviewer", "city_reviewer", "superuser"]
)
def test_only_a_reviewer_of_the_granting_union_opens_a_case(studio, people, who):
    with pytest.raises(PermissionDenied):
        open_case(cases.title_of(studio), EndReason.INACTIVE, "长期未开展活动", actor=getattr(people, who))


def test_nobody_opens_a_case_about_the_own_unit(studio, people):
    appoint(people.county_reviewer, Role.UNIT_CLERK, studio.union, actor=None)
    with pytest.raises(NotPossible):
        cases.opened(studio, people)


def test_a_base_title_is_the_units_own_affair(studio, people):
    with pytest.raises(NotPossible):
        open_case(cases.title_of(studio, "base"), EndReason.INACTIVE, "x", actor=people.county_reviewer)


def test_no_case_without_ground(studio, people):
    credit(studio)
    with pytest.raises(NotPossible, match="新近成果"):
        cases.opened(studio, people)
    with pytest.raises(NotPossible):
        cases.opened(studio, people, cause=EndReason.FAILED_ASSESSMENT)
    with pytest.raises(NotPossible):
        cases.opened(studio, people, cause=EndReason.UNSTATED)
    assert cases.opened(studio, people, cause=EndReason.INACTIVE).cause == EndReason.INACTIVE


def test_a_failed_assessment_carries_a_case(studio, people):
    failed = Assessment.objects.create(
        studio=studio, union=studio.union, year=2025, state="concluded", grade="fail", points="41.5"
    )
    failed.refresh_from_db()
    case = open_case(
        cases.title_of(studio),
        EndReason.FAILED_ASSESSMENT,
        "",
        actor=people.county_reviewer,
        assessment=failed,
    )
    assert case.evidence["assessment"]["points"] == "41.5"
    passed = Assessment.objects.create(
        studio=studio, union=studio.union, year=2024, state="concluded", grade="pass"
    )
    cases.take(case, A.DISCARD, people.county_reviewer, reason="误立")
    with pytest.raises(NotPossible):
        open_case(
            cases.title_of(studio),
            EndReason.FAILED_ASSESSMENT,
            "",
            actor=people.county_reviewer,
            assessment=passed,
        )


def test_the_unit_gets_a_fair_time(studio, people):
    with pytest.raises(TransitionNotAllowed):
        cases.served(studio, people, until=today() + timedelta(days=1))
    case = Revocation.objects.get()
    assert case.state == S.OPEN
    terms = terms_on()
    mendable, not_mendable = (
        terms.last_day(cause, today()) for cause in (EndReason.NO_RESULT_3Y, EndReason.UNIT_CLOSED)
    )
    assert mendable > today() + timedelta(days=85)
    assert not_mendable == add_workdays(today(), 10)


def test_terms_are_read_leniently():
    assert Terms.of(None) == Terms(**DEFAULTS)
    assert Terms.of({"mend_months": 6, "reply_workdays": "x", "notice_workdays": True, "years": 3}) == Terms(
        **{**DEFAULTS, "mend_months": 6}
    )


@pytest.mark.parametrize("action", [A.SERVE, A.PROPOSE, A.REVOKE])
def test_a_result_that_counts_refuses_every_step_against_the_title(studio, people, action):
    state = {A.SERVE: cases.opened, A.PROPOSE: cases.checked, A.REVOKE: cases.proposed}[action]
    case = state(studio, people)
    credit(studio)
    actor = people.county_approver if action == A.REVOKE else people.county_reviewer
    values = {"mend_until": today() + timedelta(days=90)}
    with pytest.raises(TransitionNotAllowed, match="新近成果"):
        cases.take(case, action, actor, reason="x", document_on=today(), values=values)
    assert cases.title_of(studio).until is None
    assert not OfficialDocument.objects.filter(issued_on=today()).exists()


@pytest.mark.parametrize("reach", ["opened", "served", "answered", "checked", "proposed"])
def test_it_stops_at_any_step_when_a_result_counts(studio, people, reach):
    case = getattr(cases, reach)(studio, people)
    assert may_stop() == []
    assert stop_cases_of(studio.pk) == 0
    credit(studio)
    assert may_stop() == [studio.pk]
    assert stop_cases_of(studio.pk) == 1
    case = cases.fresh(case)
    step = case.decisions.latest("pk")
    assert case.state == S.STOPPED
    assert case.decided_at is not None
    assert "新近成果" in step.reason
    assert step.actor.username == "system"
    assert stop_cases_of(studio.pk) == 0


def test_a_cause_that_is_not_the_clocks_is_not_stopped_by_a_result(studio, people):
    case = cases.served(studio, people, cause=EndReason.FRAUD)
    credit(studio)
    assert stop_cases_of(studio.pk) == 0
    assert cases.fresh(case).state == S.RECTIFYING


def test_a_year_without_a_result_has_its_own_clock(city, people):
    studio = cases.titled(city.unit, by=people.county_approver, result=str(years_ago(2, month=1))[:7])
    naming = cases.title_of(studio)
    assert not standing_of(naming, EndReason.NO_RESULT_3Y).is_over
    assert standing_of(naming, EndReason.NO_RESULT_1Y).is_over
    with pytest.raises(NotPossible):
        cases.opened(studio, people)
    assert cases.opened(studio, people, cause=EndReason.NO_RESULT_1Y).is_open


def test_no_person_stops_or_lapses_a_case(studio, people):
    case = cases.served(studio, people)
    for action in (A.STOP, A.LAPSE):
        assert REVOKING[action].place is Place.PORTAL
        with pytest.raises(PermissionDenied):
            cases.take(case, action, people.county_reviewer)


def test_two_people_take_a_title(studio, people):
    case = cases.proposed(studio, people)
    appoint(people.county_reviewer, Role.COUNTY_APPROVER, case.county, actor=None)
    for action in (A.REVOKE, A.KEEP, A.SEND_BACK):
        with pytest.raises(TransitionNotAllowed):
            cases.take(case, action, people.county_reviewer, reason="x", document_on=today())
    with pytest.raises(IntegrityError), transaction.atomic():
        Revocation.objects.filter(pk=case.pk).update(
            decided_by=people.county_reviewer, decided_at=timezone.now()
        )


def test_it_can_be_sent_back_and_proposed_again(studio, people):
    case = cases.take(cases.proposed(studio, people), A.SEND_BACK, people.county_approver, reason="再核")
    assert (case.state, case.proposed_by) == (S.CHECKED, None)
    case = cases.take(case, A.PROPOSE, people.county_reviewer, reason="仍建议取消")
    assert case.state == S.PROPOSED


def test_a_title_is_kept_with_a_reason(studio, people):
    case = cases.checked(studio, people, is_mended="yes")
    assert case.is_mended is True
    with pytest.raises(TransitionNotAllowed):
        cases.take(case, A.KEEP, people.county_approver)
    case = cases.take(case, A.KEEP, people.county_approver, reason="已整改到位")
    assert (case.state, case.decided_by) == (S.DROPPED, people.county_approver)
    assert cases.title_of(studio).until is None
    assert available_actions(case, people.county_approver, process=REVOCATIONS) == []


def test_more_time_is_another_round(studio, people):
    case = cases.checked(studio, people)
    later = terms_on().last_day(case.cause, today()) + timedelta(days=40)
    case = cases.take(case, A.EXTEND, people.county_reviewer, reason="再给时间", values={"mend_until": later})
    assert (case.state, case.mend_until, case.is_mended) == (S.RECTIFYING, later, None)
    assert cases.take(case, A.ANSWER, people.unit_chair, reason="补充材料").state == S.ANSWERED


def test_the_city_decides_what_it_granted_and_the_county_checks(city, people):
    studio = cases.titled(city.unit, by=people.city_approver, level="city")
    case = cases.answered(studio, people, level="city")
    with pytest.raises(PermissionDenied):
        cases.take(case, A.CHECK, people.city_reviewer, reason="x", values={"is_mended": "no"})
    case = cases.take(case, A.CHECK, people.county_reviewer, reason="x", values={"is_mended": "no"})
    with pytest.raises(PermissionDenied):
        cases.take(case, A.PROPOSE, people.county_reviewer, reason="x")
    case = cases.take(case, A.PROPOSE, people.city_reviewer, reason="建议取消")
    case = cases.take(case, A.REVOKE, people.city_approver, document_on=today())
    assert cases.title_of(studio, "city").until == today()
    assert cases.title_of(studio, "county").until is None
    assert case.document.union == city.city


def test_a_county_title_stays_while_a_city_title_rests_on_it(city, people):
    studio = cases.titled(city.unit, by=people.city_approver, level="city")
    case = cases.checked(studio, people)
    with pytest.raises(TransitionNotAllowed, match="市级|level|rests"):
        cases.take(case, A.PROPOSE, people.county_reviewer, reason="x")
    cases.revoked(studio, people, level="city")
    case = cases.take(case, A.PROPOSE, people.county_reviewer, reason="x")
    yesterday = today() - timedelta(days=1)
    Revocation.objects.filter(pk=case.pk).update(served_at=timezone.now() - timedelta(days=9))
    with pytest.raises(TransitionNotAllowed):
        cases.take(case, A.REVOKE, people.county_approver, document_on=yesterday)
    case = cases.take(case, A.REVOKE, people.county_approver, document_on=today())
    assert cases.title_of(studio, "county").until == today()


def test_the_document_is_not_older_than_the_notice(studio, people):
    case = cases.proposed(studio, people)
    with pytest.raises(TransitionNotAllowed):
        cases.take(case, A.REVOKE, people.county_approver, document_on=today() - timedelta(days=1))
    with pytest.raises(TransitionNotAllowed):
        cases.take(case, A.REVOKE, people.county_approver)
    assert cases.title_of(studio).until is None


def test_nobody_decides_about_the_own_unit(studio, people):
    case = cases.proposed(studio, people)
    appoint(people.county_approver, Role.UNIT_CHAIR, studio.union, actor=None)
    with pytest.raises(TransitionNotAllowed):
        cases.take(case, A.REVOKE, people.county_approver, document_on=today())


def test_another_end_of_the_title_closes_its_case(studio, people):
    from studios.services.namings import end

    case = cases.served(studio, people, cause=EndReason.INACTIVE)
    end(cases.title_of(studio), on=today(), reason=EndReason.VOLUNTARY, actor=people.county_approver)
    assert stop_cases_of(studio.pk) == 1
    assert cases.fresh(case).state == S.STOPPED
