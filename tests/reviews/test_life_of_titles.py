"""The life of titles walked through by chance and by hand; after every act the same things must be true."""

from collections import Counter
from datetime import date, timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from portal.audit.services import record
from reviews.choices import ReturnedItem, RevocationState
from reviews.choices import RevocationAction as A
from reviews.models import Budget, DormancyFlag, ReturnDue, Revocation, Subsidy, WatchTouch
from studios.choices import EndReason
from studios.models import Leader, Naming, Studio
from studios.services.namings import end
from studios.services.people import NotPossible
from tests.factories.studios import AchievementFactory
from tests.reviews import life_rules as rules
from tests.reviews.life_acts import Life
from tests.reviews.life_book import Entered
from tests.reviews.life_world import life_begins

pytestmark = pytest.mark.django_db
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
DAY = timedelta(days=1)


@pytest.fixture
def world(db):
    """The city on 2 March 2026."""
    with life_begins() as world:
        yield world


@pytest.fixture
def life(world):
    """A machine that is led by hand; ``after`` looks at everything."""
    life = Life(world, Counter())
    yield life
    life.teardown()


def look(life):
    """Every invariant."""
    life.flags_are_right()
    life.no_title_ended_otherwise()
    life.history_holds()
    life.sums_hold()
    life.every_step_is_on_record()
    life.titles_stand_on_titles()


def test_whatever_befalls_a_title(world):
    seen = Counter()
    run_state_machine_as_test(
        lambda: Life(world, seen),
        settings=settings(max_examples=16, stateful_step_count=16, deadline=None, suppress_health_check=SLOW),
    )
    assert sum(seen.values()) > 50  # most of it random; what must be possible is led by hand below


# the ways that must be possible


def test_a_title_is_lost_and_the_clock_goes_quiet(life):
    life.run_watch()
    look(life)
    assert DormancyFlag.objects.filter(cleared_at=None).count() == 1
    life.open_case(0, EndReason.NO_RESULT_3Y)
    life.pursue_case(0, 5)
    look(life)
    assert life.seen["revoke"] == 1
    assert ReturnDue.objects.count() == len(ReturnedItem.values)
    life.days_pass(1)
    look(life)
    assert life.book.titles_on(life.studio(0).pk, life.world.today) == {
        pk
        for pk, title in life.book.titles.items()
        if title.studio == life.studio(0).pk and title.level == "base"
    }


def test_a_late_result_stops_the_case(life):
    life.run_watch()
    life.open_case(0, EndReason.NO_RESULT_3Y)
    life.pursue_case(0, 4)
    life.enter_result(0, 5)
    assert life.step_of(life.case(0), A.REVOKE) is None
    life.run_jobs()
    life.run_watch()
    look(life)
    assert life.seen["stopped"] == 1
    assert Revocation.objects.get().state == RevocationState.STOPPED
    assert not DormancyFlag.objects.filter(cleared_at=None).exists()


def test_time_lapses_and_the_flag_comes_on_its_day(life):
    life.open_case(0, EndReason.FRAUD)
    life.pursue_case(0, 1)
    for _night in range(5):
        life.days_pass(90)
        look(life)
    assert life.seen["lapsed"] == 1
    assert DormancyFlag.objects.filter(cleared_at=None).count() == 4


def test_a_studio_is_given_up_and_its_titles_end_one_after_the_other(life):
    life.ask_change(0, "end", -30, is_agreed=True)
    look(life)
    case = Revocation.objects.get()
    assert case.cause == EndReason.VOLUNTARY
    life.pursue_case(0, 5)
    look(life)
    life.days_pass(1)
    look(life)
    assert life.book.titles_on(life.studio(0).pk, life.world.today) == set()


def test_names_and_leaders_follow_one_another(life):
    for kind, shift in (("rename", -300), ("leader", -200), ("unit_rename", -100), ("rename", 20)):
        life.ask_change(0, kind, shift, is_agreed=True)
        look(life)
    assert life.seen["took effect"] == 3
    life.days_pass(30)
    look(life)
    assert life.seen["took effect"] == 4
    life.look_back([1, 11, 130, 131, 230, 231, 330, 331, 400])


def test_a_decision_is_annulled_money_is_demanded_back(life):
    life.propose_subsidy(0, is_agreed=True)
    look(life)
    life.propose_subsidy(1, is_agreed=True)  # the budget has room for one
    assert life.seen["grant_subsidy refused"] == 1
    life.open_case(0, EndReason.FRAUD)
    life.pursue_case(0, 5)
    life.run_jobs()
    assert Subsidy.objects.filter(revocation__isnull=False).count() == 1
    life.pay(0, 100, 1)
    assert life.seen["pay refused"] == 1
    life.annul(1)
    life.annul(1)
    look(life)
    assert life.seen["annul"] == 1


def test_a_year_is_reported_graded_and_concluded(life):
    life.open_year()
    assert life.seen["years opened"] == 3
    life.step_in_year(0, "fail", 3)
    look(life)
    assert life.seen["confirm_grade"] == 1
    life.open_case(0, EndReason.FAILED_ASSESSMENT)
    assert life.seen["open"] == 1


# what would be wrong is found


def test_a_title_ended_by_one_person_is_found(life):
    naming = life.title(0)
    end(naming, on=life.world.today, reason=EndReason.INACTIVE, actor=life.people["county_reviewer"])
    assert rules.ended_otherwise() == [naming.pk]
    assert rules.history_differs(life.book, [life.world.today]) == []
    assert [row[1] for row in rules.history_differs(life.book, [life.world.today + DAY])] == ["titles"]
    life.book.titles[naming.pk].until = life.world.today


def test_a_result_that_the_watch_did_not_hear_of_is_found(life):
    life.run_watch()
    result = AchievementFactory(studio=life.studio(0), completed_on="2026-02-01")
    life.book.results[result.pk] = Entered(life.studio(0).pk, "2026-02-01")
    WatchTouch.objects.all().delete()  # as if the database had left no sign
    life.run_watch()
    (wrong,) = rules.flags_as_wanted(life.book, life.world.today)
    assert (wrong[0], wrong[2]) == (life.studio(0).pk, None)
    with pytest.raises(AssertionError):
        life.flags_are_right()
    WatchTouch.objects.create(studio=life.studio(0))


def test_a_flag_that_is_missing_is_found(life):
    life.run_watch()
    DormancyFlag.objects.all().delete()
    (wrong,) = rules.flags_as_wanted(life.book, life.world.today)
    assert (wrong[1], wrong[2]) == (None, ("county", date(2021, 5, 31), date(2024, 5, 31)))
    WatchTouch.objects.create(studio=life.studio(0))


@pytest.mark.parametrize("what", ["name", "leader"])
def test_history_written_over_is_found(life, what):
    studio = life.studio(0)
    if what == "name":
        Studio.objects.filter(pk=studio.pk).update(short_name="改写")
    else:
        Leader.objects.filter(studio=studio).update(since=date(2023, 1, 1))
    found = rules.history_differs(life.book, [date(2022, 6, 1)])
    assert {row[1] for row in found} <= {"name", "name of one", "leader"} and found
    Studio.objects.filter(pk=studio.pk).update(short_name=studio.short_name)
    Leader.objects.filter(studio=studio).update(since=life.book.leaders[studio.pk][0][0])


def test_money_that_no_budget_bears_is_found(life):
    assert rules.sums_differ() == []
    Budget.objects.filter(pk=life.world.money[0][1].pk).update(committed=10)
    assert len(rules.sums_differ()) == 1
    Budget.objects.filter(pk=life.world.money[0][1].pk).update(committed=0)
    life.propose_subsidy(0, is_agreed=True)
    assert rules.sums_differ() == []
    Subsidy.objects.update(paid=1)
    assert len(rules.sums_differ()) == 1


def test_a_step_put_on_record_twice_or_not_at_all_is_found(life):
    life.enter_result(0, 1)
    life.look_at_result(0, "verify_result")
    assert rules.steps_without_record() == []
    record("result.verify_result", life.studio(0), actor=None, decision=0)
    assert rules.steps_without_record() == [(0, "result.verify_result")]
    life.steps = 0
    with pytest.raises(AssertionError):
        life.every_step_is_on_record()


def test_a_city_title_without_its_county_title_is_found(life):
    assert rules.ladders_broken(life.world.today) == []
    connection.check_constraints()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE studios_naming DISABLE TRIGGER naming_keeps_the_ladder")
        county = Naming.objects.get(studio=life.studio(1), level__code="county")
        Naming.objects.filter(pk=county.pk).update(until=life.world.today - DAY, end_reason="inactive")
        assert rules.ladders_broken(life.world.today) == [life.studio(1).pk]
        Naming.objects.filter(pk=county.pk).update(until=None, end_reason="")
        connection.check_constraints()
        cursor.execute("ALTER TABLE studios_naming ENABLE TRIGGER naming_keeps_the_ladder")


def test_what_a_refused_act_leaves_behind_is_found(life):
    def refuse_late():
        Studio.objects.filter(pk=life.studio(0).pk).update(short_name="半途")
        raise NotPossible

    with pytest.raises(AssertionError, match="left something behind"):
        life.attempt("half", refuse_late)
    Studio.objects.filter(pk=life.studio(0).pk).update(short_name=life.world.studios[0].short_name)
