"""The demonstration shows the life of a title: every state, as the people of the demonstration see it."""

from collections import Counter
from datetime import timedelta

import pytest
from django.db.models.functions import Left
from django.utils import timezone

from portal.accounts.models import User
from reviews.choices import (
    AssessmentState,
    ChangeKind,
    ChangeState,
    Grade,
    RevocationState,
    SubsidyState,
)
from reviews.models import (
    Assessment,
    AssessmentYear,
    ChangeRequest,
    Decision,
    DormancyFlag,
    WatchClock,
    WatchTouch,
)
from reviews.queries_cases import case_rows, return_rows
from reviews.queries_changes import leaders_seen, leading_twice, retiring_q
from reviews.queries_clocks import due_for_a_look
from reviews.queries_money import budgets_for, schemes_for, shown_to
from reviews.queries_results import of_area
from reviews.queries_watch import changes, clock_on
from reviews.queries_years import late_q
from reviews.services.years import is_intact
from studios.choices import LedgerState
from studios.models import Activity, EquipmentItem, MediaReport, Mentorship, Project, Reward, Studio
from studios.queries.twins import twins_of
from tests.reviews.test_demo import demo, demonstration  # noqa: F401 - the city, made once for this file

pytestmark = pytest.mark.usefixtures("demo")


def person(username):
    """Somebody of the demonstration."""
    return User.objects.get(username=username)


def test_the_ledgers_of_several_counties_run_over_three_years():
    own = Studio.objects.visible_to(person("clerk2")).get()
    kept = set(Studio.objects.filter(activities__isnull=False).values_list("county", flat=True))
    assert len(kept) >= 5 and own.county_id in kept
    for model in (Activity, Mentorship, EquipmentItem, MediaReport, Reward):
        assert model.objects.visible_to(person("clerk2")).exists(), model
    years = {held[:4] for held in own.activities.values_list("held_on", flat=True)}
    assert len(years) >= 3
    assert Project.objects.filter(studio=own).values("year").distinct().count() >= 2


def test_the_county_verified_results_and_asks_about_one():
    seen = of_area(person("county-reviewer"))
    states = Counter(seen.values_list("state", flat=True))
    assert states[LedgerState.VERIFIED] >= 3 and states[LedgerState.QUERIED] == 1
    asked = of_area(person("clerk2")).get(state=LedgerState.QUERIED)
    assert asked.decisions.latest("pk").reason


def test_two_studios_of_different_counties_claim_one_patent_and_two_bear_nearly_one_title():
    found = {}
    for result in of_area(person("city-reviewer")).select_related("kind").filter(completed_on__gt=""):
        if result.title.startswith(("一种换热机组", "供热管网漏损")):
            found[result.pk] = result
    assert len(found) == 4
    for result in found.values():
        twins = [twin.achievement for twin in twins_of(result)]
        other = next(twin for twin in twins if twin.pk in found)
        assert other.county_id != result.county_id
        assert not result.number or (other.number != result.number and other.number_key == result.number_key)


def test_the_year_before_is_concluded_with_every_grade():
    first, _now = AssessmentYear.objects.order_by("year")
    rows = Assessment.objects.visible_to(person("city-reviewer")).filter(campaign=first)
    grades = Counter(rows.values_list("grade", flat=True))
    assert set(grades) == set(Grade.values) and grades[Grade.FAIL] == 1
    assert rows.count() > 15 and rows.filter(is_sampled=True).exists()
    assert all(is_intact(row) and row.points is not None for row in rows)


def test_the_present_year_stands_in_every_state_and_some_reports_are_late():
    now = AssessmentYear.objects.latest("year")
    everywhere = {AssessmentState.OPEN, AssessmentState.REPORTED, AssessmentState.GRADED}
    for username, expected in (("city-reviewer", set(AssessmentState)), ("county-reviewer", everywhere)):
        rows = Assessment.objects.visible_to(person(username)).filter(campaign=now)
        assert set(rows.values_list("state", flat=True)) >= expected, username
        assert rows.filter(late_q()).exists(), username


def test_the_watch_has_run_warned_and_flagged():
    today = timezone.localdate()
    flags = DormancyFlag.objects.visible_to(person("city-reviewer")).filter(cleared_at=None)
    assert flags.count() >= 3
    assert {24, 30, 33, 36} <= set(WatchClock.objects.values_list("stage", flat=True))
    assert not WatchTouch.objects.exists() and not due_for_a_look(today)
    assert changes(clock_on(today), today) == []
    assert flags.exclude(cases__isnull=False).exists(), "a flag that nobody has opened a case for"


def test_cases_stand_at_every_stage():
    seen = {case.state: case for case in case_rows(person("city-reviewer"))}
    assert {
        RevocationState.RECTIFYING,
        RevocationState.ANSWERED,
        RevocationState.PROPOSED,
        RevocationState.REVOKED,
        RevocationState.STOPPED,
        RevocationState.DROPPED,
    } <= set(seen)
    assert seen[RevocationState.RECTIFYING].mend_until > timezone.localdate()
    assert seen[RevocationState.PROPOSED].tier == 3
    assert case_rows(person("county-reviewer")).filter(state=RevocationState.ANSWERED).exists()
    assert case_rows(person("other-clerk")).filter(state=RevocationState.RECTIFYING).exists()
    ended = seen[RevocationState.REVOKED].naming
    assert ended.until is not None
    back = return_rows(person("city-reviewer"))
    assert back.filter(returned_on=None, due_on__lt=timezone.localdate()).exists()
    assert back.filter(returned_on__isnull=False).exists()


def test_changes_wait_are_approved_and_refused():
    waiting = ChangeRequest.objects.visible_to(person("county-reviewer")).get(state=ChangeState.IN_REVIEW)
    assert (waiting.kind, waiting.union_at_tier_id()) == (ChangeKind.LEADER, waiting.county_id)
    seen = ChangeRequest.objects.visible_to(person("city-reviewer"))
    renamed = seen.get(kind=ChangeKind.RENAME, state=ChangeState.APPROVED)
    assert renamed.before and renamed.studio.earlier_names.exists()
    assert renamed.studio.short_name == renamed.wanted["short_name"]
    assert seen.get(state=ChangeState.REFUSED).decided_at


def test_one_person_leads_two_studios_and_one_leader_is_near_retirement():
    assert [len(group) for group in leading_twice(person("city-reviewer"))] == [2]
    waiting = ChangeRequest.objects.get(state=ChangeState.IN_REVIEW)
    leaders = leaders_seen(person("county-reviewer")).annotate(born=Left("person__birth_month", 7))
    near = leaders.filter(retiring_q(timezone.localdate()))
    assert waiting.studio_id in near.values_list("studio", flat=True)


def test_subsidies_stand_in_several_states_within_the_budget():
    reviewer = person("city-reviewer")
    budget = budgets_for(reviewer).get()
    assert budget.year == timezone.localdate().year and budget.agreed_by_id
    scheme = schemes_for(reviewer).get()
    assert [int(part.percent) for part in scheme.instalments.all()] == [60, 40] and scheme.published_at
    rows = list(shown_to(reviewer))
    assert {row.state for row in rows} == set(SubsidyState) - {SubsidyState.RECOVERED}
    assert any(row.state == SubsidyState.GRANTED and 0 < row.paid < row.amount for row in rows)
    granted = [row for row in rows if row.state not in (SubsidyState.PROPOSED, SubsidyState.REFUSED)]
    assert budget.committed == sum(row.amount for row in granted) <= budget.amount


def test_time_runs_forward_through_everything_that_followed_a_title():
    last = {}
    for step in Decision.objects.order_by("pk"):
        subject = (step.application_id, step.assessment_id, step.revocation_id, step.change_id)
        subject = (*subject, step.subsidy_id, step.achievement_id, step.access_request_id)
        assert last.get(subject, step.at) <= step.at <= timezone.now() + timedelta(seconds=1), subject
        last[subject] = step.at
    assert len(last) > 100
