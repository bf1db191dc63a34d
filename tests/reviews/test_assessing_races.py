"""Two approvers at once cannot exceed the share of excellent grades; without the lock they do."""

import threading
from contextlib import suppress

import pytest
from django.db import models, transaction

from portal.accounts.models import User
from reviews.choices import AssessmentAction as A
from reviews.models import Assessment
from reviews.workflow import assessing
from studios.choices import Role
from studios.services.people import appoint
from tests import cast
from tests.factories.accounts import UserFactory
from tests.factories.schemes import AssessmentYearFactory
from tests.factories.studios import ProjectFactory
from tests.factories.years import AssessmentFactory, titled_studio
from tests.reviews import yearly
from tests.reviews.test_races import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def two_for_one_place(transactional_db):
    """Two assessments proposed as excellent where one may be, and an approver for each."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        campaign = AssessmentYearFactory(union=city.city, excellent_percent=50)
        rows = []
        for _number in range(2):
            row = AssessmentFactory(campaign=campaign, studio=titled_studio(city.county))
            ProjectFactory.create_batch(2, studio=row.studio, year=row.year)
            rows.append(yearly.graded(row, yearly.clerk_of(row), people.county_reviewer, grade="excellent"))
        second = UserFactory()
        appoint(second, Role.CITY_APPROVER, city.city, actor=None)
    return list(zip(rows, (people.city_approver, second), strict=True))


@pytest.fixture
def both_at_the_brink(monkeypatch):
    """Hold each conclusion after it has counted until the other has counted too, or half a second."""
    barrier = threading.Barrier(2)
    counted = assessing.room_for_excellent

    def count_and_wait(assessment):
        found = counted(assessment)
        with suppress(threading.BrokenBarrierError):
            barrier.wait(timeout=0.5)
        return found

    monkeypatch.setattr(assessing, "room_for_excellent", count_and_wait)


def confirm_both(pairs):
    return run_in_threads(
        *[lambda row=row, actor=actor: yearly.act(row, A.CONFIRM, actor) for row, actor in pairs]
    )


def excellent():
    return Assessment.objects.filter(grade="excellent").count()


def test_the_last_place_is_given_once(two_for_one_place, both_at_the_brink):
    assert sorted(confirm_both(two_for_one_place)) == ["TransitionNotAllowed", "ok"]
    assert excellent() == 1


def test_without_the_lock_the_share_is_exceeded(two_for_one_place, both_at_the_brink, monkeypatch):
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)
    assert confirm_both(two_for_one_place) == ["ok", "ok"]
    assert excellent() == 2
