"""The three-year watch: which flags a day finds, what it writes, and that it writes nothing twice."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.audit.models import Entry
from portal.jobs.models import Job
from portal.messages.models import Message
from reviews import tasks_watch as tasks
from reviews.models import DormancyFlag, RuleClause, RuleSet
from reviews.queries_watch import Change, changes, clock_columns, clock_on, facts_of
from reviews.rules.clock import CLAUSE, Clock, Result
from reviews.services import clocks, watching
from reviews.services.clocks import watch_changed
from reviews.services.watching import watch_all
from reviews.watch_words import FULL, lines_of
from studios.choices import Source
from studios.models import Achievement, AchievementKind, Naming, NamingLevel, Recognition
from tests.factories.studios import AchievementFactory, NamingFactory, RecognitionFactory, StudioFactory
from tests.reviews import watch_oracle as oracle

pytestmark = pytest.mark.django_db

ON = date(2026, 3, 1)
YEARS_AGO = date(2023, 3, 1)  # due on ON: still in time
DAY = timedelta(days=1)


@pytest.fixture
def studio(city):
    """Named at base level long ago; it has no result."""
    studio = StudioFactory(union=city.unit.union, short_name="韩雪峰劳模创新工作室")
    named(studio, "base", date(2015, 1, 1))
    return studio


def named(studio, level, since, **fields):
    by = {"base": studio.union, "county": studio.county, "city": studio.city}[level]
    level = NamingLevel.objects.get(code=level)
    basis = Naming.objects.filter(studio=studio).order_by("-level__tier").first()
    return NamingFactory(studio=studio, level=level, granted_by=by, since=since, basis=basis, **fields)


def watch(as_of=ON):
    done = watch_all(as_of)
    return done.raised, done.updated, done.cleared


def live():
    return {
        flag.studio_id: (flag.level.code, flag.last_result_on, flag.due_on)
        for flag in DormancyFlag.objects.filter(cleared_at=None).select_related("level")
    }


def test_without_a_result_the_title_counts(studio):
    raised, updated, cleared = watch()
    assert raised == [
        {
            "studio": studio.pk,
            "name": "韩雪峰劳模创新工作室",
            "level": "base",
            "last_result": None,
            "due": "2018-01-01",
        }
    ]
    assert (updated, cleared) == ([], [])
    flag = DormancyFlag.objects.get()
    assert (flag.as_of, flag.union_id, flag.county_id) == (ON, studio.union_id, studio.county_id)


@pytest.mark.parametrize(
    ("completed", "flagged"),
    [
        ("2023-02-28", True),  # full on 28 February 2026
        ("2023-03-01", False),
        ("2023-03", False),
        ("2023-02", True),
        ("2023", False),
        ("2022", True),
        ("2026-03-01", False),
        ("2026-03-02", True),  # begins after the day of the run
        ("2026-04", True),
        ("2026", False),
        ("", True),
    ],
)
def test_the_day_decides(studio, completed, flagged):
    AchievementFactory(studio=studio, completed_on=completed)
    watch()
    assert bool(live()) is flagged


def test_leap_days_and_month_ends(studio):
    result = AchievementFactory(studio=studio, completed_on="2024-02-29")
    watch(date(2027, 2, 28))
    assert live() == {}
    watch(date(2027, 3, 1))
    assert live()[studio.pk] == ("base", date(2024, 2, 29), date(2027, 2, 28))
    Achievement.objects.filter(pk=result.pk).update(completed_on="2025-02-28")
    watch(date(2028, 2, 28))
    assert live() == {}
    watch(date(2028, 2, 29))
    assert live()[studio.pk] == ("base", date(2025, 2, 28), date(2028, 2, 28))


def test_a_removed_result_counts_no_more(studio):
    result = AchievementFactory(studio=studio, completed_on="2025-05")
    watch()
    assert live() == {}
    Achievement.objects.filter(pk=result.pk).update(removed_at="2026-01-01T00:00:00Z")
    watch()
    assert live()[studio.pk] == ("base", None, date(2018, 1, 1))


def test_grants_and_recognitions_count(studio):
    result = AchievementFactory(studio=studio, completed_on="2019", patent_status="granted")
    watch(ON - DAY)
    assert live()[studio.pk][1] == date(2019, 12, 31)
    Achievement.objects.filter(pk=result.pk).update(granted_on=date(2022, 5, 6))
    watch(ON - DAY)
    assert live()[studio.pk][1:] == (date(2022, 5, 6), date(2025, 5, 6))
    RecognitionFactory(achievement=result, granted_on="2023-03")
    watch()
    assert live() == {}


def test_only_live_titles_are_watched(studio):
    Naming.objects.update(until=ON - DAY, end_reason="voluntary")
    assert watch() == ([], [], [])
    raised, _updated, _cleared = watch(ON - DAY)
    assert len(raised) == 1
    _raised, _updated, cleared = watch()
    assert [row["studio"] for row in cleared] == [studio.pk]


def test_the_flag_names_the_highest_title_that_is_over(studio):
    named(studio, "county", date(2023, 6, 1))
    watch()
    assert live()[studio.pk] == ("base", None, date(2018, 1, 1))
    _raised, updated, _cleared = watch(date(2026, 6, 2))
    assert [(row["level"], row["due"]) for row in updated] == [("county", "2026-06-01")]
    assert live()[studio.pk] == ("county", None, date(2026, 6, 1))


def test_an_imported_title_counts_from_the_last_day_it_can_mean(studio):
    Naming.objects.update(since=date(2023, 1, 1), stated_since="2023", source=Source.IMPORTED)
    assert watch(date(2026, 12, 31)) == ([], [], [])
    raised, _updated, _cleared = watch(date(2027, 1, 1))
    assert raised[0]["due"] == "2026-12-31"


def test_a_day_that_there_is_not_does_not_stop_the_watch(studio):
    Achievement.objects.bulk_create(
        [Achievement(studio=studio, union=studio.union, kind=a_kind(), title="旧", completed_on="2023-02-31")]
    )
    raised, _updated, _cleared = watch()
    assert raised[0]["last_result"] == "2023-02-28"


def a_kind():
    return AchievementKind.objects.get(code="paper")


def test_a_second_run_changes_nothing(studio):
    watch()
    before = (list(DormancyFlag.objects.values()), Entry.objects.count(), Message.objects.count())
    assert watch() == watch(ON) == ([], [], [])
    assert (list(DormancyFlag.objects.values()), Entry.objects.count(), Message.objects.count()) == before


def test_where_nothing_changes_nothing_is_even_locked(studio, django_assert_num_queries):
    watch()
    with django_assert_num_queries(3):  # rule set, clause, scan
        watch()


def test_a_late_run_overrules_none_for_a_later_day(studio):
    AchievementFactory(studio=studio, completed_on="2023-01-10")
    watch()
    assert watch(date(2025, 1, 1)) == ([], [], [])  # on that day the flag did not hold
    AchievementFactory(studio=studio, completed_on="2026-02")
    _raised, _updated, cleared = watch()
    assert len(cleared) == 1
    assert watch(date(2026, 1, 20)) == ([], [], [])  # on that day it held
    assert live() == {}


def test_a_flag_rises_again_after_it_was_cleared(studio):
    watch()
    AchievementFactory(studio=studio, completed_on="2026-02")
    watch()
    assert watch(date(2029, 2, 28)) == ([], [], [])
    raised, _updated, _cleared = watch(date(2029, 3, 1))
    assert raised[0]["due"] == "2029-02-28"
    assert DormancyFlag.objects.count() == 2


def test_each_flag_is_put_on_record_and_no_title_changes(studio):
    titles = list(Naming.objects.values())
    watch()
    AchievementFactory(studio=studio, completed_on="2021-05")
    watch()
    AchievementFactory(studio=studio, completed_on="2026-02")
    watch()
    entries = Entry.objects.filter(verb__startswith="watch.").order_by("pk")
    assert [entry.verb for entry in entries] == ["watch.raise", "watch.update", "watch.clear"]
    assert {entry.actor.username for entry in entries} == {"system"}
    assert {entry.subject_id for entry in entries} == {DormancyFlag.objects.get().pk}
    assert entries[0].detail["due"] == "2018-01-01"
    assert list(Naming.objects.values()) == titles


def test_the_unit_and_its_county_are_told_once(studio, people):
    watch()
    told = {message.recipient.username for message in Message.objects.select_related("recipient")}
    assert told == {people.unit_clerk.username, people.unit_chair.username, people.county_reviewer.username}
    watch()
    assert Message.objects.count() == len(told)
    AchievementFactory(studio=studio, completed_on="2026-02")
    watch()
    assert Message.objects.filter(code="reviews.watch_cleared").count() == len(told)


def test_the_city_hears_of_its_own_titles(studio, people):
    named(studio, "county", date(2016, 1, 1))
    named(studio, "city", date(2017, 1, 1))
    watch()
    message = Message.objects.get(recipient=people.city_reviewer)
    assert message.url == f"/studios/{studio.pk}/"
    assert "2020" in message.body


def test_the_parameters_of_the_rule_set_decide(studio):
    AchievementFactory(studio=studio, completed_on="2023-01-10", patent_status="filed")
    RuleClause.objects.filter(clause=CLAUSE).update(params={"years": 3, "window": "calendar"})
    assert watch() == ([], [], [])
    raised, _updated, _cleared = watch(date(2027, 1, 1))
    assert raised[0]["due"] == "2026-12-31"
    RuleClause.objects.filter(clause=CLAUSE).update(params={"years": 10, "patents": "granted"})
    _raised, updated, _cleared = watch(date(2027, 1, 1))
    assert (updated[0]["last_result"], updated[0]["due"]) == (None, "2025-01-01")


def test_without_a_rule_nothing_is_watched(studio):
    watch()
    RuleSet.objects.update(effective_until=date(2026, 12, 31))
    with pytest.raises(watching.NothingInForce):
        watch_all(date(2027, 1, 1))
    assert watch_changed(date(2027, 1, 1)) == watching.Done()
    assert len(live()) == 1


def test_the_job_goes_on_until_nothing_is_left(studio, city, monkeypatch):
    other = StudioFactory(union=city.other_unit.union)
    named(other, "base", date(2015, 1, 1))
    monkeypatch.setattr(clocks, "BATCH", 1)
    job = Job.objects.create(kind=tasks.WATCH, payload={})
    tasks.watch(job, {"as_of": ON.isoformat()})
    assert len(live()) == 1
    following = Job.objects.exclude(pk=job.pk).get(kind=tasks.WATCH)
    tasks.watch(following, following.payload)
    assert set(live()) == {studio.pk, other.pk}
    assert Job.objects.filter(kind=tasks.WATCH).count() == 2


def test_the_command_writes_its_report(studio, tmp_path, capsys):
    path = tmp_path / "report.json"
    call_command("watch_dormancy", as_of="2026-03-01", report=str(path))
    report = json.loads(path.read_text(encoding="utf-8"))
    assert report["as_of"] == "2026-03-01"
    assert report["counts"] == {"raised": 1, "updated": 0, "cleared": 0}
    assert report["raised"][0]["studio"] == studio.pk
    assert "raised 1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"as_of": "1 March"}, "YYYY-MM-DD"),
        ({"as_of": "2001-01-01"}, "No rule set"),
        ({"as_of": "2026-03-01", "report": "/nowhere/report.json"}, "cannot be written"),
    ],
)
def test_the_command_says_what_is_wrong(studio, options, says):
    with pytest.raises(CommandError, match=says):
        call_command("watch_dormancy", **options)


DAYS = st.dates(date(2021, 1, 1), date(2026, 12, 31))
NEAR = st.sampled_from([-2, -1, 0, 1, 2]).flatmap(
    lambda shift: st.sampled_from([24, 30, 33, 36]).map(
        lambda months: oracle.later(date(2023, 3, 1), 0, 36 - months) + shift * DAY
    )
)
MOMENTS = st.one_of(DAYS, NEAR)
TEXTS = st.one_of(
    st.just(""),
    MOMENTS.flatmap(lambda day: st.sampled_from([day.isoformat()[:length] for length in (4, 7, 10)])),
)
RESULTS = st.builds(
    lambda kind, patent, completed, granted, recognised: Result(
        "x", kind, patent, completed, granted.isoformat() if patent == "granted" else "", tuple(recognised)
    ),
    st.sampled_from(["paper", "invention_patent"]),
    st.sampled_from(["", "filed", "granted"]),
    TEXTS,
    MOMENTS,
    st.lists(TEXTS, max_size=2),
)
CLOCKS = st.builds(
    lambda **params: Clock.of(params),
    years=st.sampled_from([1, 3, 3, 3]),
    window=st.sampled_from(["rolling", "rolling", "calendar"]),
    dates=st.sampled_from([["completed"], ["granted"], ["completed", "granted", "recognised"]]),
    kinds=st.sampled_from([[], [], ["paper"]]),
    patents=st.sampled_from(["any", "granted"]),
    recognised_only=st.booleans(),
)


@settings(
    max_examples=120,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    base=MOMENTS,
    county=st.none() | MOMENTS,
    results=st.lists(RESULTS, max_size=3),
    clock=CLOCKS,
    on=st.sampled_from([ON, ON, date(2024, 2, 29), date(2025, 2, 28), date(2026, 12, 31)]),
)
def test_the_statement_and_the_page_agree_with_the_calendar(studio, base, county, results, clock, on):
    titles = written(studio, base, county, results)
    expected = oracle.wanted(titles, results, clock, on)
    found = changes(clock, on)
    levels = dict(NamingLevel.objects.values_list("code", "pk"))
    none = (None, None, None)
    assert found == ([Change(studio.pk, None, none, levels[expected[0]], *expected[1:])] if expected else [])
    live_titles = Naming.objects.filter(studio=studio).on(on).select_related("level")
    facts = facts_of(live_titles.annotate(**clock_columns(studio.pk, on)))
    if facts is None:
        assert expected is None
        return
    assert facts.results == tuple(results)
    lines, _last = lines_of(replace(facts, clock=clock), on)
    full = [line.standing.values["due"] for line in lines if line.standing.code == FULL]
    assert full[:1] == ([expected[2]] if expected else [])


def written(studio, base, county, results):
    """Put titles and results in place of those of the example before; returns the titles for the oracle."""
    Recognition.objects.all().delete()
    Achievement.objects.all().delete()
    Naming.objects.filter(level__code="county").delete()
    Naming.objects.all().delete()
    named(studio, "base", base)
    titles = [("base", base, None)]
    if county and county >= base:
        named(studio, "county", county)
        titles.append(("county", county, None))
    for row in results:
        achievement = Achievement.objects.create(
            studio=studio,
            union=studio.union,
            kind=AchievementKind.objects.get(code=row.kind),
            title=row.title,
            completed_on=row.completed,
            patent_status=row.patent,
            granted_on=row.granted or None,
        )
        Recognition.objects.bulk_create(
            Recognition(achievement=achievement, name="x", rank=40, granted_on=text)
            for text in row.recognised
        )
    return titles


def test_the_rule_set_in_force_gives_the_clock(reference):
    assert clock_on(ON) == Clock.of({})
    assert clock_on(date(2019, 1, 1)) is None
