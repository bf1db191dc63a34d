"""Two people at one result at once, and a reviewer against the unit; each race shows without the locks."""

import threading
from contextlib import suppress

import pytest
from django.db import models, transaction

from portal.accounts.models import User
from reviews.choices import ResultAction as A
from reviews.models import Decision
from reviews.queries_results import mark_now
from reviews.results_bulk import decided
from reviews.workflow import engine
from reviews.workflow.engine import perform
from reviews.workflow.verifying import RESULTS
from studios.choices import LedgerState as S
from studios.choices import Role, Section
from studios.models import Achievement
from studios.services.people import appoint
from studios.services.sections import open_studio
from tests import cast
from tests.factories.accounts import UserFactory
from tests.factories.studios import AchievementFactory, StudioFactory
from tests.reviews.test_races import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    """Two results of two studios, two reviewers of their county and the unit's clerk."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        second = UserFactory(name="第二经办人")
        appoint(second, Role.COUNTY_REVIEWER, city.county, actor=None)
        results = [AchievementFactory(studio=StudioFactory(union=city.unit.union)) for _ in range(2)]
    return results, people.county_reviewer, second, people.unit_clerk


def meeting(monkeypatch, module, name):
    """Hold each call of a function at its end until the others are there too, or half a second."""
    barrier = threading.Barrier(2)
    original = getattr(module, name)

    def call_and_wait(*args, **kwargs):
        answer = original(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=0.5)
        return answer

    monkeypatch.setattr(module, name, call_and_wait)


@pytest.fixture
def without_locks(monkeypatch):
    """``select_for_update`` does nothing: the negative control."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)


def opposing(world):
    (result, _other), first, second, _clerk = world

    def step(actor, action, reason=""):
        return lambda: perform(result.pk, action, actor=actor, reason=reason, seen=0, process=RESULTS)

    return step(first, A.VERIFY), step(second, A.QUERY, "证书看不清。")


def test_of_two_reviewers_one_decides(world, monkeypatch):
    meeting(monkeypatch, engine, "check")
    assert sorted(run_in_threads(*opposing(world))) == ["Overtaken", "ok"]
    assert Decision.objects.count() == 1


def test_two_decide_when_the_locks_are_taken_away(world, monkeypatch, without_locks):
    meeting(monkeypatch, engine, "check")
    assert run_in_threads(*opposing(world)) == ["ok", "ok"]
    assert Decision.objects.count() == 2


def against_the_unit(world):
    """A reviewer verifies what was read; the unit renames it, as a save of the form does, at that moment."""
    (result, _other), reviewer, _second, clerk = world
    shown = mark_now(result.pk)
    written = threading.Event()

    @transaction.atomic
    def rename():
        open_studio(result.studio, Section.ACHIEVEMENTS, actor=clerk)
        Achievement.objects.filter(pk=result.pk).update(title="改了名的成果")
        written.set()
        threading.Event().wait(0.3)  # not committed yet

    def verify():
        written.wait(5)
        perform(result.pk, A.VERIFY, actor=reviewer, values={"facts": shown}, process=RESULTS)

    return run_in_threads(rename, verify), Achievement.objects.get(pk=result.pk)


def test_what_the_unit_is_just_changing_is_not_verified(world):
    outcomes, result = against_the_unit(world)
    assert outcomes == ["ok", "TransitionNotAllowed"]
    assert (result.title, result.state) == ("改了名的成果", S.ENTERED)


def test_it_is_verified_unread_when_the_locks_are_taken_away(world, without_locks):
    outcomes, result = against_the_unit(world)
    assert outcomes == ["ok", "ok"]
    assert (result.title, result.state) == ("改了名的成果", S.VERIFIED)


def test_overlapping_lists_wait_for_each_other(world, monkeypatch):
    """Each has the one studio first; without one order of locks they would block each other."""
    results, first, second, _clerk = world
    meeting(monkeypatch, engine, "check")
    acts = [
        lambda: decided(results, first, marks={}),
        lambda: decided(results[::-1], second, marks={}),
    ]
    assert run_in_threads(*acts) == ["ok", "ok"]
    assert Decision.objects.count() == 2
    assert set(Achievement.objects.values_list("state", flat=True)) == {S.VERIFIED}


def test_overlapping_lists_block_each_other_without_the_one_order(world, monkeypatch):
    results, first, second, _clerk = world
    monkeypatch.setattr("reviews.results_bulk.lock_studios", lambda results: None)
    barrier = threading.Barrier(2)
    original = RESULTS.effects[A.VERIFY]

    def hold(result, given):
        done = original(result, given)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=2)
        return done

    monkeypatch.setitem(RESULTS.effects, A.VERIFY, hold)
    acts = [
        lambda: decided(results, first, marks={}),
        lambda: decided(results[::-1], second, marks={}),
    ]
    assert sorted(run_in_threads(*acts)) == ["OperationalError", "ok"]
