"""The page of statistics, and the table of targets in a person's hands."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from studios.models import NamingLevel, Target
from studios.services.people import NotPossible
from studios.services.targets import set_targets
from tests.factories.studios import NamingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def named(city, ready_studio):
    return NamingFactory(
        studio=ready_studio,
        level=NamingLevel.objects.get(code="county"),
        granted_by=city.county,
        source="imported",
        since=date(2025, 3, 1),
    )


def shown(client, user, **query):
    client.force_login(user)
    return client.get(reverse("roster_statistics"), query)


def test_a_city_chooses_between_itself_and_its_counties(client, city, people, named):
    response = shown(client, people.city_reviewer)
    offered = [pk for pk, _name in response.context["form"].fields["union"].choices]
    assert offered[0] == city.city.pk
    assert set(offered) == {city.city.pk, city.county.pk, city.other_county.pk, city.industry.pk}


def test_a_county_is_offered_itself_and_given_itself_whatever_is_asked(client, city, people, named):
    response = shown(client, people.county_reviewer, union=city.other_county.pk)
    assert [pk for pk, _name in response.context["form"].fields["union"].choices] == [city.county.pk]
    assert response.context["union"] == city.county


def test_a_free_period_is_taken_and_counted(client, people, named):
    inside = shown(client, people.city_reviewer, period="free", since="2025-02-01", until="2025-03-01")
    assert inside.status_code == 200
    assert inside.context["movement"][1].totals[1] == 1
    before = shown(client, people.city_reviewer, period="free", since="2025-02-01", until="2025-02-28")
    assert before.context["movement"][1].totals[1] == 0


def test_a_period_that_still_runs_ends_today(client, people, named):
    response = shown(client, people.city_reviewer)
    assert response.context["period"].last == timezone.localdate()


@pytest.mark.parametrize(
    ("since", "until", "words"),
    [
        ("2025-03-02", "2025-03-01", "截止日早于起始日"),
        ("", "2025-03-01", "须同时填写"),
        ("2999-01-01", "2999-02-01", "尚未到来"),
        ("x", "y", "2024-06-01"),
    ],
)
def test_a_period_that_makes_no_sense_is_said_so(client, people, named, since, until, words):
    response = shown(client, people.city_reviewer, period="free", since=since, until=until)
    assert response.status_code == 422
    assert words in str(response.context["form"].errors)


def test_the_number_of_queries_does_not_depend_on_the_counties(
    client, people, named, django_assert_max_num_queries
):
    client.force_login(people.city_reviewer)
    with django_assert_max_num_queries(40):
        client.get(reverse("roster_statistics"))


def year():
    return timezone.localdate().year


def test_targets_are_typed_seen_and_on_record(client, city, people):
    client.force_login(people.roster_admin)
    name = f"t-{city.county.pk}-2"
    url = f"{reverse('roster_targets')}?year={year()}"
    response = client.post(url, {name: "12", f"{name}-seen": ""})
    assert response.status_code == 302
    target = Target.objects.get()
    assert (target.union, target.level.code, target.number) == (city.county, "county", 12)
    assert Entry.objects.filter(verb="target.set").count() == 1
    assert f'value="{target.number}"' in client.get(url).content.decode()


def test_a_word_for_a_number_is_refused_and_everything_typed_stays(client, city, people):
    client.force_login(people.roster_admin)
    one, two = f"t-{city.county.pk}-2", f"t-{city.other_county.pk}-2"
    response = client.post(
        f"{reverse('roster_targets')}?year={year()}",
        {one: "十二", f"{one}-seen": "", two: "7", f"{two}-seen": ""},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "“十二”" in page and 'value="7"' in page
    assert not Target.objects.exists()


def test_a_number_changed_meanwhile_is_not_overwritten(city, people):
    set_targets(2026, {(city.county.pk, 2): (None, 5)}, actor=people.roster_admin)
    with pytest.raises(NotPossible, match="5"):
        set_targets(2026, {(city.county.pk, 2): (None, 9)}, actor=people.roster_admin)
    assert Target.objects.get().number == 5
    set_targets(2026, {(city.county.pk, 2): (5, None)}, actor=people.roster_admin)
    assert not Target.objects.exists()


def test_who_does_not_set_targets_is_refused(client, people):
    for user in (people.county_reviewer, people.city_reviewer, people.auditor, people.unit_clerk):
        client.force_login(user)
        assert client.get(reverse("roster_targets")).status_code == 403
