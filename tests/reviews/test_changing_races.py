"""Two people at once over a change; each race appears when the lock is taken away."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction

from portal.accounts.models import User
from reviews.choices import ChangeKind as K
from reviews.models import Decision
from reviews.workflow.engine import perform
from reviews.workflow.processes import CHANGES
from studios.choices import Role
from studios.models import Studio
from studios.services import changes as verbs
from studios.services.people import appoint
from tests import cast
from tests.factories.accounts import UserFactory
from tests.factories.changes import asked, days, titled
from tests.factories.studios import StudioFactory
from tests.reviews.test_races import both_at_the_brink, run_in_threads, without_locks

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["both_at_the_brink", "without_locks"]  # fixtures
APPROVE = next(action for action in CHANGES.table if action == "approve_change")


@pytest.fixture
def world(transactional_db):
    """A request at its county, which has two approvers, and a second studio of the unit."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        second = UserFactory(name="第二审批人")
        appoint(second, Role.COUNTY_APPROVER, city.county, actor=None)
        studio = cast.studio_ready_for("county", city.unit, by=people.unit_clerk)
        titled(studio)
        change = asked(studio, K.RENAME, people.unit_clerk, effective_on=days(5))
        other = StudioFactory(union=studio.union, short_name="另一个创新工作室")
    return change, people.county_approver, second, other


def both_approve(world):
    change, first, second, _other = world
    acts = (
        lambda user=user: perform(change.pk, APPROVE, actor=user, process=CHANGES) for user in (first, second)
    )
    return run_in_threads(*acts)


def approvals(world):
    return Decision.objects.filter(change=world[0], action=APPROVE).count()


def test_of_two_approvals_one_counts(world, both_at_the_brink):
    assert sorted(both_approve(world)) == ["TransitionNotAllowed", "ok"]
    assert approvals(world) == 1


def test_two_approvals_count_when_the_lock_is_taken_away(world, both_at_the_brink, without_locks):
    assert both_approve(world) == ["ok", "ok"]
    assert approvals(world) == 2


@pytest.fixture
def both_look_first(monkeypatch):
    """Hold each renaming between the look at the other names and the writing until the other is there."""
    barrier = threading.Barrier(2)
    looked = verbs.name_in_use

    def look_and_wait(*args, **kwargs):
        found = looked(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=0.5)
        return found

    monkeypatch.setattr(verbs, "name_in_use", look_and_wait)


def both_rename(world):
    change, _first, _second, other = world
    acts = (
        lambda studio=studio, short=short: verbs.rename_studio(
            studio, short_name=short, official_name="同一全称", on=days(0), actor=None
        )
        for studio, short in ((change.studio, "甲"), (other, "乙"))
    )
    outcomes = run_in_threads(*acts)
    return sorted(outcomes), Studio.objects.filter(official_name="同一全称").count()


def test_a_full_name_is_given_once(world, both_look_first):
    assert both_rename(world) == (["NotPossible", "ok"], 1)


def test_a_full_name_is_given_twice_when_the_unit_is_not_locked(world, both_look_first, without_locks):
    assert both_rename(world) == (["ok", "ok"], 2)
