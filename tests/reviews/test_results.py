"""The county looks at results: who may, when, what it writes, whom it tells."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from portal.audit.models import Entry
from portal.jobs import registry
from portal.jobs.models import Job
from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.choices import ResultAction as A
from reviews.models import Decision
from reviews.queries_results import for_deciding, mark_now, mark_of, with_facts
from reviews.services.ties import has_ties_to
from reviews.workflow.engine import available_actions, perform
from reviews.workflow.terms import Overtaken, TransitionNotAllowed
from reviews.workflow.verifying import RESULTS, WATCH
from studios.choices import LedgerState as S
from studios.models import Achievement
from tests.factories.studios import (
    AchievementFactory,
    AppointmentFactory,
    EvidenceFactory,
    LeaderFactory,
    MemberFactory,
    PersonFactory,
    RecognitionFactory,
    StudioFactory,
)

pytestmark = pytest.mark.django_db


def step(result, action, actor, reason="", **more):
    return perform(result.pk, action, actor=actor, reason=reason, process=RESULTS, **more)


def fresh(result):
    return Achievement.objects.get(pk=result.pk)


@pytest.fixture(autouse=True)
def in_chinese():
    """The sentences here are the Chinese ones, whatever a test before has read."""
    with translation.override("zh-hans"):
        yield


@pytest.fixture
def result(city, people):
    studio = StudioFactory(union=city.unit.union, short_name="周成岩创新工作室")
    return AchievementFactory(studio=studio, title="烘干机改造")


@pytest.fixture
def queried(result, people):
    step(result, A.QUERY, people.county_reviewer, "请补充专利证书。")
    return fresh(result)


def test_the_county_verifies(result, people):
    decision = step(result, A.VERIFY, people.county_reviewer)
    assert fresh(result).state == S.VERIFIED
    assert (decision.from_state, decision.to_state) == (S.ENTERED, S.VERIFIED)
    assert decision.union_id == result.county_id
    assert Entry.objects.filter(verb="result.verify_result", subject_id=result.pk).count() == 1


def test_a_query_is_answered_and_then_verified(queried, people):
    assert queried.state == S.QUERIED
    step(queried, A.ANSWER, people.unit_clerk, "已补充证书扫描件。")
    assert fresh(queried).state == S.ENTERED
    step(queried, A.VERIFY, people.county_reviewer)
    assert fresh(queried).state == S.VERIFIED


def test_what_is_verified_can_be_queried_again(result, people):
    step(result, A.VERIFY, people.county_reviewer)
    step(result, A.QUERY, people.county_reviewer, "专利号与证书不符。")
    assert fresh(result).state == S.QUERIED


@pytest.mark.parametrize("action", [A.QUERY, A.ANSWER])
def test_a_question_and_an_answer_need_words(result, people, action):
    actor = people.county_reviewer
    if action == A.ANSWER:
        step(result, A.QUERY, people.county_reviewer, "请补充。")
        actor = people.unit_clerk
    with pytest.raises(TransitionNotAllowed):
        step(result, action, actor, "  ")


WRONG_PEOPLE = [
    "unit_clerk",
    "unit_chair",
    "county_approver",
    "other_county_reviewer",
    "city_reviewer",
    "roster_admin",
    "auditor",
    "superuser",
    "stranger",
]


@pytest.mark.parametrize("who", WRONG_PEOPLE)
@pytest.mark.parametrize("action", [A.VERIFY, A.QUERY])
def test_only_the_supervisors_reviewer_decides(result, people, who, action):
    with pytest.raises(PermissionDenied):
        step(result, action, getattr(people, who), "不符。")
    assert fresh(result).state == S.ENTERED


def test_a_question_waits_for_its_answer_after_the_entry_was_mended(queried, people):
    Achievement.objects.filter(pk=queried.pk).update(state=S.ENTERED)
    step(queried, A.ANSWER, people.unit_clerk, "已更正专利号。")
    assert fresh(queried).state == S.ENTERED
    with pytest.raises(TransitionNotAllowed, match="没有待答复"):
        step(queried, A.ANSWER, people.unit_clerk, "再答一次。")


def test_nobody_answers_what_was_not_asked(result, people):
    with pytest.raises(TransitionNotAllowed, match="没有待答复"):
        step(result, A.ANSWER, people.unit_clerk, "无疑问。")


@pytest.mark.parametrize("who", ["county_reviewer", "other_unit_clerk", "city_reviewer", "superuser"])
def test_only_the_unit_answers(queried, people, who):
    with pytest.raises(PermissionDenied):
        step(queried, A.ANSWER, getattr(people, who), "已补。")


def test_a_unit_of_an_industrial_union_is_verified_there(city, people):
    theirs = AchievementFactory(studio=StudioFactory(union=city.industry_unit.union))
    reviewer = AppointmentFactory(union=city.industry).user
    assert available_actions(theirs, reviewer, process=RESULTS) == [A.VERIFY, A.QUERY]
    with pytest.raises(PermissionDenied):
        step(theirs, A.VERIFY, people.county_reviewer)


def ties(result, reviewer):
    person = PersonFactory(union=result.union, user=reviewer)
    elsewhere = StudioFactory(union=result.union)
    return {
        "role": lambda: AppointmentFactory(user=reviewer, union=result.union, role="unit_clerk"),
        "leader": lambda: LeaderFactory(studio=result.studio, person=person),
        "member": lambda: MemberFactory(studio=result.studio, person=person),
        "member of another studio of the unit": lambda: MemberFactory(studio=elsewhere, person=person),
    }


@pytest.mark.parametrize("tie", ["role", "leader", "member", "member of another studio of the unit"])
@pytest.mark.parametrize("action", [A.VERIFY, A.QUERY])
def test_nobody_decides_on_a_unit_they_belong_to(result, people, tie, action):
    ties(result, people.county_reviewer)[tie]()
    with pytest.raises(TransitionNotAllowed, match="应当回避"):
        step(result, action, people.county_reviewer, "不符。")


@pytest.mark.parametrize("tie", [None, "role", "leader", "member", "member of another studio of the unit"])
def test_the_list_and_the_engine_see_the_same_ties(result, people, tie):
    reviewer = people.county_reviewer
    if tie:
        ties(result, reviewer)[tie]()
    row = for_deciding(Achievement.objects.filter(pk=result.pk), reviewer).get()
    assert row.is_tied == has_ties_to(result.union_id, reviewer) == bool(tie)


def test_what_was_taken_out_is_left_alone(result, people):
    Achievement.objects.filter(pk=result.pk).update(removed_at=timezone.now())
    for action in (A.VERIFY, A.QUERY):
        with pytest.raises(TransitionNotAllowed, match="移出台账"):
            step(result, action, people.county_reviewer, "不符。")


def test_a_result_without_any_date_waits(result, people):
    Achievement.objects.filter(pk=result.pk).update(completed_on="")
    with pytest.raises(TransitionNotAllowed, match="完成、授权或认定日期"):
        step(result, A.VERIFY, people.county_reviewer)
    RecognitionFactory(achievement=result)
    step(result, A.VERIFY, people.county_reviewer)


def test_a_result_without_a_date_can_be_queried(result, people):
    Achievement.objects.filter(pk=result.pk).update(completed_on="")
    step(result, A.QUERY, people.county_reviewer, "请填写完成时间。")
    assert fresh(result).state == S.QUERIED


def test_files_are_checked_first(result, people):
    file = EvidenceFactory(
        studio=result.studio, achievement=result, slot="achievement.proof", state="checking"
    )
    with pytest.raises(TransitionNotAllowed, match="正在检查"):
        step(result, A.VERIFY, people.county_reviewer)
    file.removed_at = timezone.now()
    file.save()
    step(result, A.VERIFY, people.county_reviewer)


CHANGES = {
    "title": lambda result: Achievement.objects.filter(pk=result.pk).update(title="另一项改造"),
    "details": lambda result: Achievement.objects.filter(pk=result.pk).update(details={"role": "主编"}),
    "recognition": lambda result: RecognitionFactory(achievement=result),
    "conversion": lambda result: result.conversions.create(mode="roll_out", amount=5),
    "share": lambda result: result.shares.create(position=1, name="周成岩", percent=60),
    "file": lambda result: EvidenceFactory(
        studio=result.studio, achievement=result, slot="achievement.proof"
    ),
}


@pytest.mark.parametrize("what", CHANGES)
@pytest.mark.parametrize("action", [A.VERIFY, A.QUERY])
def test_what_changed_after_the_page_was_shown_is_looked_at_again(result, people, what, action):
    shown = mark_now(result.pk)
    CHANGES[what](result)
    with pytest.raises(TransitionNotAllowed, match="单位改动了该成果"):
        step(result, action, people.county_reviewer, "不符。", values={"facts": shown})
    step(result, action, people.county_reviewer, "不符。", values={"facts": mark_now(result.pk)})


def test_the_mark_does_not_hang_on_the_state_of_a_file_or_of_the_result(result, people):
    file = EvidenceFactory(
        studio=result.studio, achievement=result, slot="achievement.proof", state="checking"
    )
    before = mark_now(result.pk)
    file.state = "ready"
    file.save()
    step(result, A.QUERY, people.county_reviewer, "请补充。")
    assert mark_now(result.pk) == before
    assert mark_of(with_facts(Achievement.objects.filter(pk=result.pk)).get()) == before


def test_the_slower_of_two_is_told_who_was_faster(result, people):
    step(result, A.QUERY, people.county_reviewer, "请补充。", seen=0)
    step(result, A.ANSWER, people.unit_clerk, "已补。")
    with pytest.raises(Overtaken):
        step(result, A.VERIFY, people.county_reviewer, seen=0)


def test_the_watch_looks_again_where_it_is_there(result, people, monkeypatch):
    monkeypatch.setitem(registry.HANDLERS, WATCH, registry.HANDLERS["reviews.tell"])
    step(result, A.VERIFY, people.county_reviewer)
    step(result, A.QUERY, people.county_reviewer, "不符。")
    step(result, A.ANSWER, people.unit_clerk, "已改。")
    jobs = Job.objects.filter(kind=WATCH).values_list("payload", flat=True)
    assert list(jobs) == [{"studio": result.studio_id}] * 3


def test_without_the_watch_nothing_is_queued_for_it(result, people, monkeypatch):
    monkeypatch.delitem(registry.HANDLERS, WATCH, raising=False)
    step(result, A.VERIFY, people.county_reviewer)
    assert not Job.objects.filter(kind=WATCH).exists()


def told(*people):
    """{person: codes} of the messages, after the jobs ran."""
    run_pending()
    return {
        user.pk: list(Message.objects.filter(recipient=user).values_list("code", flat=True))
        for user in people
    }


def test_the_unit_hears_of_a_query_with_its_reason(queried, people):
    heard = told(people.unit_clerk, people.unit_chair, people.county_reviewer, people.other_unit_clerk)
    assert heard == {
        people.unit_clerk.pk: ["reviews.result_queried"],
        people.unit_chair.pk: ["reviews.result_queried"],
        people.county_reviewer.pk: [],
        people.other_unit_clerk.pk: [],
    }
    message = Message.objects.get(recipient=people.unit_clerk)
    assert message.values["reason"] == "请补充专利证书。"
    assert message.url == f"/results/{queried.pk}/"


def test_the_unit_hears_that_a_result_is_verified(result, people):
    step(result, A.VERIFY, people.county_reviewer)
    assert told(people.unit_clerk) == {people.unit_clerk.pk: ["reviews.result_verified"]}


def test_the_reviewers_hear_of_an_answer(queried, people):
    step(queried, A.ANSWER, people.unit_clerk, "已补充。")
    heard = told(people.county_reviewer, people.county_approver, people.city_reviewer)
    assert heard == {
        people.county_reviewer.pk: ["reviews.result_answered"],
        people.county_approver.pk: [],
        people.city_reviewer.pk: [],
    }


def test_a_refused_step_writes_nothing(result, people):
    with pytest.raises(PermissionDenied):
        step(result, A.VERIFY, people.city_reviewer)
    assert not Decision.objects.exists()
    assert not Entry.objects.filter(verb__startswith="result.").exists()


def test_the_lock_of_the_studio_comes_before_that_of_the_result(result, people):
    with CaptureQueriesContext(
        connection,
    ) as queries:
        step(result, A.VERIFY, people.county_reviewer)
    locking = [query["sql"] for query in queries if "FOR " in query["sql"] and "UPDATE" in query["sql"]]
    assert '"studios_studio"' in locking[0].split("WHERE")[0]
    assert '"studios_achievement"' in locking[1].split("WHERE")[0]
