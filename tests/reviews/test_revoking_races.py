"""A revocation beside a result being credited; the race appears without the studio's lock."""

import threading

import pytest
from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.models import User
from reviews.choices import RevocationAction as A
from reviews.choices import RevocationState as S
from reviews.models import Revocation
from reviews.workflow import engine, revoking
from studios.choices import Section
from studios.models import Achievement
from studios.services.sections import open_studio
from tests import cast
from tests.factories import cases
from tests.reviews.test_races import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    """A case that waits for its second person."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        studio = cases.titled(city.unit, by=people.county_approver)
        case = cases.proposed(studio, people)
    return case, studio, people


class Crediting:
    """A save of the form that holds the studio's lock when the second person signs."""

    def __init__(self, studio, clerk):
        self.studio, self.clerk, self.holds = studio, clerk, threading.Event()

    def credit(self):
        """Write a result of today and stay in the transaction until the other one is under way."""
        with transaction.atomic():
            open_studio(self.studio, Section.ACHIEVEMENTS, actor=self.clerk)
            Achievement.objects.filter(studio=self.studio).update(completed_on=str(timezone.localdate()))
            self.holds.set()
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_sleep(0.7)")


def sign(case, people, crediting):
    """The second signature, given while the result is being written."""
    crediting.holds.wait(timeout=10)
    engine.perform(
        case.pk,
        A.REVOKE,
        actor=people.county_approver,
        document_on=timezone.localdate(),
        process=revoking.REVOCATIONS,
    )


def test_a_result_credited_at_the_same_moment_wins(world):
    case, studio, people = world
    crediting = Crediting(studio, people.unit_clerk)
    outcomes = run_in_threads(lambda: sign(case, people, crediting), crediting.credit)
    assert outcomes == ["TransitionNotAllowed", "ok"]
    assert cases.fresh(case).state == S.PROPOSED
    assert cases.title_of(studio).until is None


def test_without_the_studios_lock_the_title_is_lost_all_the_same(world, monkeypatch):
    case, studio, people = world
    crediting = Crediting(studio, people.unit_clerk)
    monkeypatch.setattr(revoking, "lock_studios", lambda studio_ids: None)
    outcomes = run_in_threads(lambda: sign(case, people, crediting), crediting.credit)
    assert outcomes == ["ok", "ok"]
    assert cases.title_of(studio).until is not None


def test_of_two_signatures_one_counts(world):
    case, _studio, people = world
    ready = threading.Barrier(2)

    def click():
        ready.wait(timeout=10)
        engine.perform(
            case.pk,
            A.REVOKE,
            actor=people.county_approver,
            document_on=timezone.localdate(),
            process=revoking.REVOCATIONS,
        )

    assert sorted(run_in_threads(click, click)) == ["TransitionNotAllowed", "ok"]
    assert Revocation.objects.filter(state=S.REVOKED).count() == 1


def test_of_two_openings_one_counts(transactional_db):
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        studio = cases.titled(city.unit, by=people.county_approver)
    ready = threading.Barrier(2)

    def click():
        ready.wait(timeout=10)
        cases.opened(studio, people)

    assert sorted(run_in_threads(click, click)) == ["NotPossible", "ok"]
