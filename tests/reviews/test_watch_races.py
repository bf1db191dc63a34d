"""The watch beside another run and beside a result being credited; each race appears without its lock."""

import threading
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection, transaction

from portal.accounts.models import User
from portal.audit.models import Entry
from reviews.models import DormancyFlag
from reviews.services import watching
from reviews.services.watching import watch_all
from studios.choices import Section
from studios.models import Achievement, NamingLevel
from studios.services.sections import open_studio
from tests import cast
from tests.factories.studios import AchievementFactory, NamingFactory, StudioFactory
from tests.reviews.test_races import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)
ON = date(2026, 3, 1)


@pytest.fixture
def world(transactional_db):
    """A studio named long ago, its only result eleven years old, and its clerk."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        studio = StudioFactory(union=city.unit.union)
        base = NamingLevel.objects.get(code="base")
        NamingFactory(studio=studio, level=base, granted_by=studio.union, since=date(2015, 1, 1))
        AchievementFactory(studio=studio, completed_on="2015-05")
    return studio, people.unit_clerk


class Crediting:
    """A save of the form that holds the studio's lock while the watch has just looked."""

    def __init__(self, studio, clerk, monkeypatch):
        self.studio, self.clerk = studio, clerk
        self.seen, self.locked = threading.Event(), threading.Event()
        look = watching.changes

        def look_and_wait(*args, **kwargs):
            found = look(*args, **kwargs)
            if "only" not in kwargs:
                self.seen.set()
                self.locked.wait(timeout=10)
            return found

        monkeypatch.setattr(watching, "changes", look_and_wait)

    def credit(self):
        """Write a result of this year; stay in the transaction for a moment after the lock was taken."""
        self.seen.wait(timeout=10)
        with transaction.atomic():
            open_studio(self.studio, Section.ACHIEVEMENTS, actor=self.clerk)
            Achievement.objects.update(completed_on="2026-02")
            self.locked.set()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.7)")


def test_a_result_credited_at_the_same_moment_wins(world, monkeypatch):
    crediting = Crediting(*world, monkeypatch)
    assert run_in_threads(lambda: watch_all(ON), crediting.credit) == ["ok", "ok"]
    assert not DormancyFlag.objects.exists()


def test_without_the_studio_lock_the_flag_comes_all_the_same(world, monkeypatch):
    crediting = Crediting(*world, monkeypatch)
    monkeypatch.setattr(watching, "lock_studios", lambda studio_ids: None)
    assert run_in_threads(lambda: watch_all(ON), crediting.credit) == ["ok", "ok"]
    assert DormancyFlag.objects.filter(cleared_at=None).count() == 1


@pytest.fixture
def both_have_looked(monkeypatch):
    """Hold each look until the other run has looked too, or half a second."""
    barrier = threading.Barrier(2)
    look = watching.changes

    def look_and_wait(*args, **kwargs):
        found = look(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # the other one waits for our lock: that is the point
            barrier.wait(timeout=0.5)
        barrier.reset()
        return found

    monkeypatch.setattr(watching, "changes", look_and_wait)


def two_runs():
    return run_in_threads(lambda: watch_all(ON), lambda: watch_all(ON))


def test_two_runs_at_once_raise_one_flag_with_one_row_on_record(world, both_have_looked):
    assert two_runs() == ["ok", "ok"]
    assert DormancyFlag.objects.count() == 1
    assert Entry.objects.filter(verb="watch.raise").count() == 1


def test_even_without_locks_the_constraint_holds(world, both_have_looked, monkeypatch):
    monkeypatch.setattr(watching, "lock_run", lambda: None)
    monkeypatch.setattr(watching, "lock_studios", lambda studio_ids: None)
    assert two_runs() == ["ok", "ok"]
    assert DormancyFlag.objects.count() == 1
    assert Entry.objects.filter(verb="watch.raise").count() == 1


def test_two_runs_clear_twice_when_the_locks_are_taken_away(world, both_have_looked, monkeypatch):
    DormancyFlag.objects.create(studio=world[0], union=world[0].union, as_of=date(2025, 1, 1))
    Achievement.objects.update(completed_on="2026-02")
    monkeypatch.setattr(watching, "lock_run", lambda: None)
    monkeypatch.setattr(watching, "lock_studios", lambda studio_ids: None)
    assert two_runs() == ["ok", "ok"]
    assert Entry.objects.filter(verb="watch.clear").count() == 2


def test_with_them_they_clear_once(world, both_have_looked):
    DormancyFlag.objects.create(studio=world[0], union=world[0].union, as_of=date(2025, 1, 1))
    Achievement.objects.update(completed_on="2026-02")
    assert two_runs() == ["ok", "ok"]
    assert Entry.objects.filter(verb="watch.clear").count() == 1
