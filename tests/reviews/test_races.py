"""Two people at once, on real PostgreSQL; each race appears when the lock is taken away."""

import threading
from contextlib import suppress

import pytest
from django.db import connection, models, transaction
from django.utils import timezone

from portal.accounts.models import User
from reviews.choices import Action as A
from reviews.models import Decision
from reviews.workflow import engine
from reviews.workflow.engine import perform
from reviews.workflow.terms import Overtaken
from studios.choices import Role
from studios.models import OfficialDocument
from studios.services import namings
from studios.services.people import appoint
from tests import cast
from tests.factories.accounts import UserFactory
from tests.reviews import journey

pytestmark = pytest.mark.django_db(transaction=True)


def run_in_threads(*acts):
    """Run each act in a thread with its own connection; returns "ok" or the name of what it raised."""
    outcomes = [None] * len(acts)

    def run(position, act):
        try:
            act()
            outcomes[position] = "ok"
        except Exception as problem:  # noqa: BLE001 - the name is the result
            outcomes[position] = type(problem).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.fixture
def world(transactional_db):
    """The cast, two approvers at the county, and an application that both see as proposed."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        second = UserFactory(name="第二审批人")
        appoint(second, Role.COUNTY_APPROVER, city.county, actor=None)
        studio = cast.studio_ready_for("county", city.unit, by=people.unit_clerk)
        application = journey.proposed(studio, "county", people)
    return application, people.county_approver, second


@pytest.fixture
def both_at_the_brink(monkeypatch):
    """Hold each step between check and effect until the other one is there too, or half a second."""
    barrier = threading.Barrier(2)
    checked = engine.check

    def check_and_wait(*args, **kwargs):
        checked(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # the other one waits for our lock: that is the point
            barrier.wait(timeout=0.5)

    monkeypatch.setattr(engine, "check", check_and_wait)


@pytest.fixture
def without_locks(monkeypatch):
    """``select_for_update`` does nothing: the negative control."""
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)


def opposing(application, first, second):
    """One names, the other sends back, at the same moment."""
    return (
        lambda: perform(application.pk, A.NAME, actor=first, document_on=timezone.localdate()),
        lambda: perform(application.pk, A.SEND_BACK, actor=second, reason="再核"),
    )


def deciding(application):
    return Decision.objects.filter(application=application, action__in=[A.NAME, A.SEND_BACK]).count()


def test_of_two_approvers_one_wins(world, both_at_the_brink):
    outcomes = run_in_threads(*opposing(*world))
    assert sorted(outcomes) in (["TransitionNotAllowed", "ok"], ["PermissionDenied", "ok"])
    assert deciding(world[0]) == 1


def test_the_race_appears_when_the_lock_is_taken_away(world, both_at_the_brink, without_locks):
    outcomes = run_in_threads(*opposing(*world))
    assert outcomes == ["ok", "ok"]
    assert deciding(world[0]) == 2


def test_a_double_click_has_one_effect(world, both_at_the_brink):
    application, approver, _second = world
    shown = application.decisions.last().pk

    def click():
        perform(application.pk, A.NAME, actor=approver, document_on=timezone.localdate(), seen=shown)

    outcomes = run_in_threads(click, click)
    assert sorted(outcomes) == sorted(["ok", Overtaken.__name__])
    assert OfficialDocument.objects.count() == 1


def test_two_namings_at_once_take_two_numbers(world, monkeypatch):
    """Different applications, one series: the counter row is what both wait for."""
    application, first, second = world
    numbers = run_many(application, first, second)
    assert numbers == [1, 2]


def test_numbers_collide_when_the_counter_is_not_locked(world, monkeypatch):
    application, first, second = world
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)
    assert run_many(application, first, second) == [1]


def run_many(application, first, second):
    """Issue two documents of one union at the same moment; returns the numbers that stand afterwards."""
    from studios.models import DocumentSeries, Union

    union = Union.objects.get(pk=application.county_id)
    today = timezone.localdate()
    DocumentSeries.objects.create(union=union, year=today.year)
    barrier = threading.Barrier(2)
    aggregate = models.QuerySet.aggregate

    def slow(rows, *args, **kwargs):
        if rows.model is OfficialDocument:
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=0.5)
        return aggregate(rows, *args, **kwargs)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(models.QuerySet, "aggregate", slow)
        run_in_threads(
            *[
                lambda actor=actor: namings.issue_document(union, on=today, title="命名", actor=actor)
                for actor in (first, second)
            ]
        )
    return sorted(OfficialDocument.objects.values_list("number", flat=True))
