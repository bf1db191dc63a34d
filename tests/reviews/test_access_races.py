"""Two requests for access, or two clicks, at the same moment."""

import uuid

import pytest
from django.db import transaction

from portal.accounts.models import User
from portal.accounts.services import AlreadyDone, once
from reviews.models import AccessRequest
from reviews.services.access import ask
from reviews.workflow.engine import perform
from reviews.workflow.processes import ACCESS_REQUESTS
from studios.models import Industry, OwnershipKind, Unit
from tests import cast
from tests.factories.reviews import AccessRequestFactory
from tests.factories.studios import credit_code
from tests.reviews.test_races import run_in_threads

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def world(transactional_db):
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        return city, cast.build_people(city)


def test_one_code_asked_for_twice_at_once_is_one_request(world):
    city, _people = world
    fields = {
        "unit_name": "通辽市同时机械有限公司",
        "credit_code": credit_code(1, head="91150500MD"),
        "ownership": OwnershipKind.objects.first(),
        "industry": Industry.objects.first(),
        "union": city.county,
        "clerk_name": "丁一",
        "clerk_phone": "13800000001",
        "chair_name": "白二",
        "chair_phone": "13800000002",
    }
    outcomes = run_in_threads(*[lambda: ask(**fields)] * 2)
    assert sorted(outcomes) == ["NotPossible", "ok"]
    assert AccessRequest.objects.count() == 1


def test_two_people_confirming_at_once_let_one_unit_in(world):
    city, people = world
    access = AccessRequestFactory(union=city.county)

    def grant(user):
        return lambda: perform(access.pk, "grant_access", actor=user, seen=0, process=ACCESS_REQUESTS)

    outcomes = run_in_threads(grant(people.county_reviewer), grant(people.county_approver))
    assert sorted(outcomes) == ["Overtaken", "ok"]
    assert Unit.objects.filter(credit_code=access.credit_code).count() == 1


def test_the_second_of_two_clicks_waits_for_the_first_and_learns_where_it_led(world):
    key, people = uuid.uuid4(), world[1]
    done = []

    def click():
        try:
            with once(key, user=people.county_reviewer) as receipt:
                done.append("acted")
                receipt.led_to = "/there/"
        except AlreadyDone as earlier:
            done.append(earlier.led_to)

    assert run_in_threads(click, click) == ["ok", "ok"]
    assert sorted(done) == ["/there/", "acted"]
