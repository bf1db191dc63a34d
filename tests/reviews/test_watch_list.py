"""The page of the three-year watch: one's own area only, by stage, in few queries."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.models import WatchClock
from reviews.services.clocks import watch_changed
from tests.factories.studios import StudioFactory
from tests.reviews.test_watch import named

pytestmark = pytest.mark.django_db
URL = "watch_list"


@pytest.fixture
def warned(city):
    """In each county one studio whose years are over and one of 25 months."""
    today = timezone.localdate()
    made = {}
    for key, unit in (("own", city.unit), ("other", city.other_unit)):
        for months, name in ((40, "逾期"), (25, "预警")):
            studio = StudioFactory(union=unit.union, short_name=f"{key}{name}创新工作室")
            named(studio, "base", today - timedelta(days=months * 31))
            made[key, months] = studio
    while watch_changed(today).left:
        pass
    return made


def names(response):
    return {row.studio.short_name for row in response.context["rows"]}


def test_a_county_sees_its_own(client, people, warned):
    client.force_login(people.county_reviewer)
    response = client.get(reverse(URL))
    assert names(response) == {"own逾期创新工作室", "own预警创新工作室"}
    assert [row.stage for row in response.context["rows"]] == [36, 24]
    assert "other" not in response.content.decode()


def test_the_city_sees_all_and_picks_a_stage(client, people, warned):
    client.force_login(people.city_reviewer)
    assert len(names(client.get(reverse(URL)))) == 4
    response = client.get(reverse(URL), {"stage": "24"})
    assert names(response) == {"own预警创新工作室", "other预警创新工作室"}
    assert {tab["stage"]: tab["count"] for tab in response.context["tabs"]} == {36: 2, 33: 0, 30: 0, 24: 2}
    assert names(client.get(reverse(URL), {"q": "other", "stage": "36"})) == {"other逾期创新工作室"}


def test_rows_cost_no_queries(client, people, warned, django_assert_max_num_queries):
    client.force_login(people.city_reviewer)
    with django_assert_max_num_queries(12):
        client.get(reverse(URL))


def test_the_list_follows_the_clocks(client, people, warned):
    WatchClock.objects.filter(studio=warned["own", 40]).update(stage=0)
    client.force_login(people.county_reviewer)
    assert names(client.get(reverse(URL))) == {"own预警创新工作室"}
