"""The watch of every day: it looks where something changed, and finds what the full answer finds."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.audit.models import Entry
from portal.jobs.models import Job
from portal.jobs.registry import HANDLERS
from portal.messages.models import Message
from reviews import tasks_watch
from reviews.models import DormancyFlag, RuleClause, WatchClock, WatchRun, WatchTouch
from reviews.queries_clocks import readings
from reviews.queries_watch import changes, clock_on
from reviews.rules.clock import CLAUSE, Clock
from reviews.services.clocks import prove, watch_changed, watch_these
from studios.choices import LedgerState
from studios.models import Achievement, Naming
from tests.factories.studios import AchievementFactory, RecognitionFactory, StudioFactory
from tests.reviews import watch_oracle as oracle
from tests.reviews.test_watch import named

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 1)
DAY = timedelta(days=1)
SLOW = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@pytest.fixture
def studio(city, people):
    """Named by its county on 2023-06-15; no result."""
    studio = StudioFactory(union=city.unit.union, short_name="韩雪峰劳模创新工作室")
    named(studio, "base", date(2023, 6, 15))
    named(studio, "county", date(2023, 6, 15))
    return studio


def run(day):
    """The daily job until nothing is left; how many flags it touched."""
    touched = 0
    while True:
        done = watch_changed(day)
        touched += len(done.raised) + len(done.updated) + len(done.cleared)
        if not done.left:
            return touched


def writes(queries):
    return [q["sql"] for q in queries if q["sql"].split()[0] in ("INSERT", "UPDATE", "DELETE")]


def test_a_night_in_which_nothing_changed_writes_nothing(studio):
    run(ON)
    with CaptureQueriesContext(
        connection,
    ) as seen:
        watch_changed(ON)
        watch_changed(ON + DAY)
    assert writes(seen) == []
    assert len(seen) < 12


def test_only_what_changed_is_looked_at(studio, city, monkeypatch):
    other = StudioFactory(union=city.other_unit.union)
    named(other, "base", date(2015, 1, 1))
    run(ON)
    looked = []
    from reviews.services import clocks

    monkeypatch.setattr(
        clocks, "watch_these", lambda ids, *rest: looked.append(ids) or watch_these(ids, *rest)
    )
    AchievementFactory(studio=other, completed_on="2026-02-01")
    run(ON)
    assert looked == [[other.pk]]
    assert not DormancyFlag.objects.filter(studio=other, cleared_at=None).exists()


def test_the_calendar_alone_brings_a_studio_up_on_its_day(studio):
    run(date(2026, 6, 15))
    assert not DormancyFlag.objects.exists()
    assert WatchClock.objects.get(pk=studio.pk).next_on == date(2026, 6, 16)
    run(date(2026, 6, 16))
    assert DormancyFlag.objects.get(cleared_at=None).studio_id == studio.pk


@pytest.mark.parametrize(
    ("day", "months"), [(date(2025, 6, 16), 24), (date(2025, 12, 16), 30), (date(2026, 3, 16), 33)]
)
def test_unit_and_county_are_warned_once(studio, people, day, months):
    run(day - DAY)
    before = Message.objects.filter(code="reviews.watch_warned").count()
    run(day)
    run(day + DAY)
    told = Message.objects.filter(code="reviews.watch_warned", values__months=months)
    assert {m.recipient_id for m in told} >= {people.unit_clerk.pk, people.county_reviewer.pk}
    assert told.count() == Message.objects.filter(code="reviews.watch_warned").count() - before
    assert len({m.recipient_id for m in told}) == told.count()


def test_a_first_run_floods_nobody(studio):
    run(date(2025, 12, 20))
    assert WatchClock.objects.get(pk=studio.pk).stage == 30
    assert not Message.objects.filter(code="reviews.watch_warned").exists()


def test_other_rules_have_everybody_looked_at_again(studio):
    run(ON)
    RuleClause.objects.filter(clause=CLAUSE).update(params={"years": 1})
    run(ON)
    assert DormancyFlag.objects.get(cleared_at=None).due_on == date(2024, 6, 15)
    assert not WatchTouch.objects.exists()


def test_a_queried_result_does_not_count_until_it_is_settled(studio):
    result = AchievementFactory(studio=studio, completed_on="2026-05-01")
    day = date(2026, 7, 1)
    run(day)
    assert not DormancyFlag.objects.exists()
    Achievement.objects.filter(pk=result.pk).update(state=LedgerState.QUERIED)
    run(day)
    assert DormancyFlag.objects.filter(cleared_at=None).count() == 1
    Achievement.objects.filter(pk=result.pk).update(state=LedgerState.VERIFIED)
    run(day)
    assert DormancyFlag.objects.filter(cleared_at=None).count() == 0


def test_the_proof_finds_what_a_lost_sign_hid(studio):
    run(ON)
    result = AchievementFactory(studio=studio, completed_on="2022-01-01")
    Naming.objects.filter(studio=studio).update(since=date(2020, 1, 1))
    WatchTouch.objects.all().delete()  # as if the database had left no sign
    assert run(ON) == 0
    found = prove(ON)
    assert found.differs == 1
    assert Entry.objects.filter(verb="watch.prove").get().detail["differs"] == 1
    assert run(ON) == 1
    assert prove(ON).differs == 0
    assert WatchRun.objects.count() == 2
    assert result.studio_id == studio.pk


def test_a_studio_without_its_clock_is_found_by_the_proof(studio):
    run(ON)
    WatchClock.objects.all().delete()
    assert prove(ON).differs == 1
    run(ON)
    assert WatchClock.objects.count() == 1


def test_the_jobs_of_the_watch(studio, django_capture_on_commit_callbacks):
    tasks_watch.watch_studio(None, {"studio": studio.pk})
    assert WatchClock.objects.filter(pk=studio.pk).exists()
    assert {tasks_watch.WATCH, tasks_watch.SOON, tasks_watch.STUDIO, tasks_watch.PROOF} <= set(HANDLERS)


def test_a_change_is_looked_at_within_minutes(studio):
    from portal.jobs.clock import ask_for_frequent_jobs

    WatchTouch.objects.all().delete()
    assert [key for key in ask_for_frequent_jobs() if key.startswith(tasks_watch.SOON)] == []
    AchievementFactory(studio=studio, completed_on="2026-02-01")
    asked = ask_for_frequent_jobs()
    assert len([key for key in asked if key.startswith(tasks_watch.SOON)]) == 1
    assert ask_for_frequent_jobs() == []
    assert Job.objects.filter(kind=tasks_watch.SOON).count() == 1


@pytest.mark.parametrize("window", ["rolling", "calendar"])
@pytest.mark.parametrize("start", ["2024-02-29", "2023-02-28", "2022-08-31", "2022-12-31", "2023-01-01"])
def test_the_day_before_each_mark_the_mark_and_the_day_after(city, start, window):
    RuleClause.objects.filter(clause=CLAUSE).update(params={"window": window})
    start = date.fromisoformat(start)
    studio = StudioFactory(union=city.unit.union)
    named(studio, "base", start)
    begin = start if window == "rolling" else date(start.year, 12, 31)
    seen = []
    for months in (24, 30, 33, 36):
        mark = oracle.later(begin, 0, months)
        for day in (mark - DAY, mark, mark + DAY):
            run(day)
            flags = DormancyFlag.objects.filter(studio=studio, cleared_at=None)
            seen.append((WatchClock.objects.get(pk=studio.pk).stage, [flag.due_on for flag in flags]))
    due = oracle.due(start, calendar=window == "calendar")
    stages = [0, 0, 24, 24, 24, 30, 30, 30, 33, 33, 33, 36]
    assert seen == [(stage, [due] if stage == 36 else []) for stage in stages]


@pytest.mark.parametrize(
    ("completed", "last", "due"),
    [
        ("2024-02-29", date(2024, 2, 29), date(2027, 2, 28)),
        ("2024-02", date(2024, 2, 29), date(2027, 2, 28)),
        ("2025-02", date(2025, 2, 28), date(2028, 2, 28)),
        ("2024", date(2024, 12, 31), date(2027, 12, 31)),
    ],
)
def test_a_result_of_the_last_day_is_in_time_however_late_it_is_entered(studio, completed, last, due):
    AchievementFactory(studio=studio, completed_on=completed)
    run(due)
    assert not DormancyFlag.objects.filter(cleared_at=None).exists()
    run(due + DAY)
    flag = DormancyFlag.objects.get(cleared_at=None)
    assert (flag.last_result_on, flag.due_on) == (last, due)
    AchievementFactory(studio=studio, completed_on=due.isoformat())
    run(due + 30 * DAY)
    assert not DormancyFlag.objects.filter(cleared_at=None).exists()
    assert WatchClock.objects.get(pk=studio.pk).due_on == oracle.due(due)


MOMENTS = st.dates(date(2021, 1, 1), date(2027, 6, 30))
PARTIAL = MOMENTS.flatmap(lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)]))
EVENTS = st.lists(
    st.one_of(
        st.tuples(st.just("result"), PARTIAL),
        st.tuples(st.just("recognised"), PARTIAL),
        st.tuples(st.just("removed"), st.none()),
        st.tuples(st.just("query"), st.none()),
        st.tuples(st.just("title ends"), st.none()),
        st.tuples(st.just("wait"), st.integers(1, 400)),
    ),
    min_size=1,
    max_size=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(
    since=st.dates(date(2019, 1, 1), date(2023, 12, 31)),
    events=EVENTS,
    window=st.sampled_from(["rolling", "calendar"]),
)
def test_day_by_day_it_finds_what_the_full_answer_finds(city, since, events, window):
    RuleClause.objects.filter(clause=CLAUSE).update(params={"window": window})
    studio = StudioFactory(union=city.unit.union)
    named(studio, "base", since)
    day = date(2024, 1, 1)
    for what, value in events:
        day = happen(studio, day, what, value)
        run(day)
        assert changes(clock_on(day), day, only=[studio.pk]) == []
    for _n in range(3):
        clock = WatchClock.objects.filter(pk=studio.pk).first()
        if clock is None or clock.next_on is None:
            break
        for day in (clock.next_on - DAY, clock.next_on):
            run(day)
            assert changes(clock_on(day), day, only=[studio.pk]) == []
    studio.namings.all().delete()
    DormancyFlag.objects.filter(studio=studio).delete()


def happen(studio, day, what, value):
    """One event in a studio's life; returns the day after which the watch runs."""
    newest = Achievement.objects.filter(studio=studio, removed_at=None).order_by("-pk").first()
    if what == "result":
        AchievementFactory(studio=studio, completed_on=value)
    elif what == "recognised" and newest:
        RecognitionFactory(achievement=newest, granted_on=value)
    elif what == "removed" and newest:
        Achievement.objects.filter(pk=newest.pk).update(removed_at="2026-01-01T00:00Z")
    elif what == "query" and newest:
        Achievement.objects.filter(pk=newest.pk).update(state=LedgerState.QUERIED)
    elif what == "title ends":
        live = Naming.objects.filter(studio=studio, until=None, since__lte=day)
        live.update(until=day + 30 * DAY, end_reason="voluntary")
    elif what == "wait":
        return day + value * DAY
    return day


@settings(max_examples=40, deadline=None, suppress_health_check=SLOW)
@given(
    since=MOMENTS,
    results=st.lists(PARTIAL, max_size=3),
    on=st.dates(date(2022, 1, 1), date(2027, 12, 31)),
)
def test_a_reading_is_what_the_calendar_says(city, since, results, on):
    studio = StudioFactory(union=city.unit.union)
    named(studio, "base", since)
    for text in results:
        AchievementFactory(studio=studio, completed_on=text)
    clock = Clock.of({})
    found = readings(clock, on, [studio.pk]).get(studio.pk)
    if since > on:
        assert found is None
        return
    begun = [oracle.latest(text) for text in results if oracle.earliest(text) <= on]
    start = max([since, *begun])
    over = [months for months in (24, 30, 33, 36) if oracle.later(start, 0, months) < on]
    assert (found.last, found.due) == (max(begun, default=None), oracle.later(start, 3, 0))
    assert found.stage == max(over, default=0)
    marks = [oracle.later(start, 0, months) + DAY for months in (24, 30, 33, 36)]
    coming = [oracle.earliest(text) for text in results if oracle.earliest(text) > on]
    assert found.next_on == min([day for day in [*marks, *coming] if day > on], default=None)
