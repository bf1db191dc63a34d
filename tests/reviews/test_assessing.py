"""The way of a yearly assessment: unit reports, county grades, city concludes; who may, when, with what."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.audit.models import Entry
from portal.messages.models import Message
from reviews.choices import AssessmentAction as A
from reviews.models import Assessment, AssessmentYear, Score
from reviews.services.telling import tell_of
from reviews.services.years import Stale, is_intact, sheet_of, write_report, write_scores
from reviews.workflow.assessing import TABLE, allowed_excellent
from reviews.workflow.engine import available_actions
from reviews.workflow.processes import ASSESSMENTS
from reviews.workflow.terms import TransitionNotAllowed
from studios.choices import Role
from studios.models import Project
from studios.services.people import appoint
from tests.factories.accounts import UserFactory
from tests.factories.schemes import AssessmentSchemeFactory, AssessmentYearFactory
from tests.factories.studios import ProjectFactory
from tests.factories.years import AssessmentFactory, titled_studio
from tests.reviews import yearly
from tests.reviews.yearly import act, fresh, graded, reported, scored

pytestmark = pytest.mark.django_db

STEPS = """
                      open reported graded concluded
report_year            x      .       .       .
return_report          .      x       .       .
grade_year             .      x       .       .
regrade_year           .      .       x       .
confirm_grade          .      .       x       .
change_grade           .      .       x       .
conclude_unreported    x      .       .       .
"""


@pytest.fixture
def campaign(city):
    return AssessmentYearFactory(union=city.city, excellent_percent=50)


@pytest.fixture
def assessment(city, people, campaign):
    """Open, of the unit whose clerk is ``people.unit_clerk``; its ledger holds two projects."""
    studio = titled_studio(city.county, unit=city.unit, short_name="周成岩创新工作室")
    ProjectFactory.create_batch(2, studio=studio, year=campaign.year)
    return AssessmentFactory(campaign=campaign, studio=studio)


def test_every_state_and_step_is_decided():
    head, *lines = [line.split() for line in STEPS.strip().splitlines()]
    drawn = {(row[0], state): mark == "x" for row in lines for state, mark in zip(head, row[1:], strict=True)}
    assert drawn == {(action.value, state): state in TABLE[action].sources for action in A for state in head}


def test_from_report_to_conclusion(assessment, people):
    found = graded(assessment, people.unit_clerk, people.county_reviewer)
    assert (found.state, found.proposed_grade, found.points) == ("graded", "pass", Decimal(90))
    act(found, A.CONFIRM, people.city_approver)
    found = fresh(found)
    assert (found.state, found.grade, found.concluded_by) == ("concluded", "pass", people.city_approver)
    decision = found.decisions.last()
    assert decision.second_to == people.county_reviewer
    verbs = set(Entry.objects.values_list("verb", flat=True))
    assert verbs >= {
        "assessment.write",
        "assessment.score",
        "assessment.grade_year",
        "assessment.confirm_grade",
    }


def test_nothing_goes_without_a_summary(assessment, people):
    with pytest.raises(TransitionNotAllowed, match="年度|summary|what the year brought"):
        act(assessment, A.REPORT, people.unit_clerk)


def test_a_gate_that_nobody_answered_holds_the_report_back(assessment, people):
    Project.objects.all().delete()
    assessment.campaign.scheme.items.filter(code="projects").update(
        rule="gate", params={"condition": "当年有课题"}
    )
    write_report(assessment.pk, actor=people.unit_clerk, summary="总结", plan="", inputs={})
    with pytest.raises(TransitionNotAllowed, match="课题攻关"):
        act(assessment, A.REPORT, people.unit_clerk)


def test_the_ledger_answers_for_the_unit_and_is_frozen(assessment, people):
    found = reported(assessment, people.unit_clerk)
    assert found.report["facts"]["projects"] == 2
    assert len(found.report["lists"]["projects"]) == 2
    assert found.report["self"] == {"projects": {"project": "2"}, "team": "40"}
    assert found.self_points == Decimal(80)
    assert len(found.report_sha256) == 64
    assert is_intact(found)
    ProjectFactory(studio=found.studio, year=found.year)
    assert sheet_of(found).ledger["facts"]["projects"] == 2
    found.report["facts"]["projects"] = 9
    assert not is_intact(found)


def test_after_a_return_the_ledger_is_live_again(assessment, people):
    found = reported(assessment, people.unit_clerk)
    act(found, A.RETURN, people.county_reviewer, reason="请补充课题")
    ProjectFactory(studio=found.studio, year=found.year)
    sheet = sheet_of(fresh(found))
    assert sheet.ledger["facts"]["projects"] == 3
    assert sheet.own["projects"] == {"project": "3"}
    assert sheet.own["team"] == "40", "what the unit typed itself stays"


@pytest.mark.parametrize("action", [A.GRADE, A.RETURN])
def test_only_the_county_above_grades(assessment, people, action):
    found = scored(reported(assessment, people.unit_clerk), people.county_reviewer)
    for who in ("unit_clerk", "other_county_reviewer", "county_approver", "city_reviewer", "superuser"):
        with pytest.raises(PermissionDenied):
            act(found, action, getattr(people, who), values={"grade": "pass"}, reason="x")


@pytest.mark.parametrize("action", [A.CONFIRM, A.CHANGE, A.REGRADE])
def test_only_the_city_concludes(assessment, people, action):
    found = graded(assessment, people.unit_clerk, people.county_reviewer)
    for who in ("unit_clerk", "county_reviewer", "county_approver", "superuser"):
        with pytest.raises(PermissionDenied):
            act(found, action, getattr(people, who), values={"grade": "fail"}, reason="x")


def test_whoever_belonged_to_the_unit_does_not_grade(assessment, people):
    found = scored(reported(assessment, people.unit_clerk), people.county_reviewer)
    appoint(people.county_reviewer, Role.UNIT_CLERK, assessment.union, actor=None)
    with pytest.raises(TransitionNotAllowed):
        act(found, A.GRADE, people.county_reviewer, values={"grade": "pass"})
    with pytest.raises(TransitionNotAllowed):
        write_scores(found.pk, actor=people.county_reviewer, inputs={"team": "1"}, remarks={})


def test_whoever_graded_does_not_conclude(city, people):
    """Directly under the city one office grades and concludes: two people all the same."""
    campaign = AssessmentYearFactory(union=city.city)
    found = AssessmentFactory(campaign=campaign, studio=titled_studio(city.county, unit=city.unit))
    both = UserFactory()
    for role, union in ((Role.COUNTY_REVIEWER, city.county), (Role.CITY_APPROVER, city.city)):
        appoint(both, role, union, actor=None)
    ProjectFactory(studio=found.studio, year=found.year)
    found = graded(found, people.unit_clerk, both)
    with pytest.raises(TransitionNotAllowed):
        act(found, A.CONFIRM, both)
    assert A.CONFIRM not in available_actions(found, both, process=ASSESSMENTS)


def test_items_are_scored_before_the_grade(assessment, people):
    found = reported(assessment, people.unit_clerk)
    with pytest.raises(TransitionNotAllowed, match="课题攻关、团队结构"):
        act(found, A.GRADE, people.county_reviewer, values={"grade": "pass"})


def test_a_year_without_items_is_graded_at_once(city, people):
    scheme = AssessmentSchemeFactory(union=city.city, items=())
    campaign = AssessmentYearFactory(union=city.city, scheme=scheme)
    found = AssessmentFactory(campaign=campaign, studio=titled_studio(city.county, unit=city.unit))
    found = reported(found, people.unit_clerk)
    act(found, A.GRADE, people.county_reviewer, values={"grade": "excellent"})
    found = fresh(found)
    assert (found.state, found.points) == ("graded", None)


def test_another_grade_than_suggested_needs_a_reason(assessment, people):
    found = scored(reported(assessment, people.unit_clerk), people.county_reviewer, team="30")
    assert sheet_of(found).grade == "pass"
    with pytest.raises(TransitionNotAllowed):
        act(found, A.GRADE, people.county_reviewer, values={"grade": "excellent"})
    act(found, A.GRADE, people.county_reviewer, values={"grade": "excellent"}, reason="示范作用突出")
    assert fresh(found).proposed_grade == "excellent"


def test_a_failed_gate_cannot_be_excellent(assessment, people):
    found = scored(reported(assessment, people.unit_clerk), people.county_reviewer, projects=0, team="60")
    with pytest.raises(TransitionNotAllowed, match="课题攻关"):
        act(found, A.GRADE, people.county_reviewer, values={"grade": "excellent"}, reason="很好")
    act(found, A.GRADE, people.county_reviewer, values={"grade": "pass"}, reason="情况特殊")
    with pytest.raises(TransitionNotAllowed, match="课题攻关"):
        act(found, A.CHANGE, people.city_approver, values={"grade": "excellent"}, reason="很好")


def test_the_grade_comes_back_and_goes_on(assessment, people):
    found = graded(assessment, people.unit_clerk, people.county_reviewer)
    act(found, A.REGRADE, people.city_reviewer, reason="请复核团队结构")
    found = fresh(found)
    assert (found.state, found.proposed_grade, found.graded_by) == ("reported", "", None)
    assert Score.objects.get(assessment=found, item__code="team").points == 50, "the scores stay"
    act(found, A.GRADE, people.county_reviewer, values={"grade": "excellent"})


def test_the_city_concludes_with_another_grade(assessment, people):
    found = graded(assessment, people.unit_clerk, people.county_reviewer)
    with pytest.raises(TransitionNotAllowed):
        act(found, A.CHANGE, people.city_approver, values={"grade": "fail"})
    with pytest.raises(TransitionNotAllowed):
        act(found, A.CHANGE, people.city_approver, values={"grade": "pass"}, reason="同意")
    act(found, A.CHANGE, people.city_approver, values={"grade": "fail"}, reason="材料不实")
    assert fresh(found).grade == "fail"


def test_who_did_not_report_fails_only_after_the_day(assessment, people):
    with pytest.raises(TransitionNotAllowed):
        act(assessment, A.MISSED, people.city_approver, reason="未报")
    past = timezone.localdate() - timedelta(days=1)
    AssessmentYear.objects.update(report_due_on=past)
    act(assessment, A.MISSED, people.city_approver, reason="经两次催报未报送")
    assert (fresh(assessment).state, fresh(assessment).grade) == ("concluded", "fail")


@pytest.mark.parametrize(
    ("percent", "whole", "most"), [(20, 4, 0), (20, 5, 1), (20, 9, 1), (20, 10, 2), (0, 99, 0)]
)
def test_the_share_is_rounded_down(percent, whole, most):
    assert allowed_excellent(percent, whole) == most


def test_the_share_of_excellent_grades_holds_for_the_whole_city(city, people, assessment):
    other = AssessmentFactory(campaign=assessment.campaign, studio=titled_studio(city.other_county))
    AssessmentFactory(campaign=assessment.campaign, studio=titled_studio(city.other_county))
    first = graded(assessment, people.unit_clerk, people.county_reviewer, grade="excellent")
    ProjectFactory(studio=other.studio, year=other.year)
    second = graded(other, yearly.clerk_of(other), people.other_county_reviewer, grade="excellent")
    act(first, A.CONFIRM, people.city_approver)
    assert A.CONFIRM not in available_actions(second, people.city_approver, process=ASSESSMENTS)
    with pytest.raises(TransitionNotAllowed, match="50"):
        act(second, A.CONFIRM, people.city_approver)
    act(second, A.CHANGE, people.city_approver, values={"grade": "pass"}, reason="名额已满")
    assert fresh(second).grade == "pass"


def test_older_rows_without_a_year_go_the_same_way(city, people):
    found = AssessmentFactory(campaign=None, year=2019, studio=titled_studio(city.county, unit=city.unit))
    write_report(found.pk, actor=people.unit_clerk, summary="补报", plan="", inputs={})
    act(found, A.REPORT, people.unit_clerk)
    act(found, A.GRADE, people.county_reviewer, values={"grade": "excellent"})
    act(found, A.CONFIRM, people.city_approver)
    assert Assessment.objects.get(pk=found.pk).grade == "excellent"


def test_an_older_page_does_not_write_over_a_newer_one(assessment, people):
    write_report(assessment.pk, actor=people.unit_clerk, summary="甲", plan="", inputs={}, version=0)
    with pytest.raises(Stale) as stale:
        write_report(assessment.pk, actor=people.unit_chair, summary="乙", plan="", inputs={}, version=0)
    assert stale.value.current.summary == "甲"
    assert fresh(assessment).summary == "甲"


def test_what_is_told_and_to_whom(assessment, people):
    found = graded(assessment, people.unit_clerk, people.county_reviewer)
    act(found, A.CHANGE, people.city_approver, values={"grade": "fail"}, reason="材料不实")
    for decision in found.decisions.all():
        tell_of(decision.pk)
    told = {(m.recipient.name, m.code) for m in Message.objects.select_related("recipient")}
    assert told == {
        (people.county_reviewer.name, "reviews.year_reported"),
        (people.city_approver.name, "reviews.year_graded"),
        (people.unit_clerk.name, "reviews.year_failed"),
        (people.unit_chair.name, "reviews.year_failed"),
        (people.county_reviewer.name, "reviews.year_changed"),
    }
    failed = Message.objects.get(code="reviews.year_failed", recipient=people.unit_clerk)
    assert "材料不实" in failed.body
