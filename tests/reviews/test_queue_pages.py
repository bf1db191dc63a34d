"""The queue and the list: what lies there for whom, in which order, at what cost."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from reviews.choices import Action as A
from reviews.choices import State
from reviews.models import Application
from reviews.queries import TABS, queue_counts
from reviews.workflow.engine import perform
from studios.choices import Tier
from studios.permissions import forget_grants
from tests.cast import studio_ready_for
from tests.factories.reviews import AccessRequestFactory, ApplicationFactory
from tests.factories.studios import StudioFactory
from tests.reviews import journey

pytestmark = pytest.mark.django_db


def at_county(city, *, due_in=5, **fields):
    """A row that stands at the county, written directly."""
    return ApplicationFactory(
        studio=StudioFactory(union=city.unit.union),
        **{
            "state": State.IN_REVIEW,
            "tier": Tier.COUNTY,
            "reached_tier": Tier.COUNTY,
            "due_on": timezone.localdate() + timedelta(days=due_in),
            **fields,
        },
    )


def listed(client, user, tab, **filters):
    """The numbers in a tab, in order."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(reverse("queue"), {"tab": tab, **filters})
    assert answer.status_code == 200
    return [row["application"].number for row in answer.context["rows"]]


def test_the_most_urgent_comes_first_page_after_page(client, city, people):
    late, soon, later = (at_county(city, due_in=days) for days in (-3, 1, 9))
    assert listed(client, people.county_reviewer, "waiting") == [late.number, soon.number, later.number]
    more = [at_county(city, due_in=20 + n) for n in range(30)]
    first = client.get(reverse("queue"), {"tab": "waiting"}).context["page"]
    second = client.get(reverse("queue") + first.older).context
    numbers = [row["application"].number for row in second["rows"]]
    assert numbers == [row.number for row in more[22:]]
    assert first.count == 33


@pytest.mark.parametrize(
    ("stage", "who", "waits", "desk"),
    [
        ("opened", "unit_clerk", True, True),
        ("opened", "unit_chair", False, False),
        ("submitted", "unit_chair", True, True),
        ("submitted", "unit_clerk", False, False),
        ("at_county", "county_reviewer", True, False),
        ("at_county", "county_approver", False, False),
        ("at_county", "other_county_reviewer", False, False),
        ("at_county", "city_reviewer", False, False),
        ("proposed", "county_approver", True, True),
        ("proposed", "county_reviewer", False, False),
        ("proposed", "city_approver", False, False),
        ("returned", "unit_clerk", True, True),
        ("returned", "county_reviewer", False, False),
    ],
)
def test_what_waits_for_whom(client, ready_studio, people, stage, who, waits, desk):
    application = getattr(journey, stage)(ready_studio, "county", people)
    user = getattr(people, who)
    forget_grants(user)
    assert (application.number in listed(client, user, "waiting")) is waits
    assert (application.number in listed(client, user, "mine")) is desk


def test_what_i_took_is_on_my_desk(client, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    perform(application.pk, A.TAKE, actor=people.county_reviewer)
    assert listed(client, people.county_reviewer, "mine") == [application.number]


def test_overdue_counts_working_days_and_leaves_out_the_waiting_list(client, city, people):
    late = at_county(city, due_in=-10)
    at_county(city, due_in=-10, state=State.WAITLISTED)
    assert listed(client, people.county_reviewer, "overdue") == [late.number]
    assert listed(client, people.county_approver, "overdue") == [late.number]


def test_returned_and_done_follow_the_union_that_acted(client, city, ready_studio, people):
    back = journey.returned(ready_studio, "county", people)
    other = studio_ready_for("county", city.unit, by=people.unit_clerk, short_name="另一个工作室")
    through = journey.named(other, people)
    assert listed(client, people.county_reviewer, "returned") == [back.number]
    assert listed(client, people.city_reviewer, "returned") == []
    assert listed(client, people.county_reviewer, "done") == [through.number]
    assert listed(client, people.unit_clerk, "done") == [through.number]
    assert listed(client, people.other_county_reviewer, "done") == []


def test_filters_narrow_and_an_unknown_value_is_refused_gently(client, city, people):
    wanted = at_county(city)
    at_county(city)
    text = wanted.studio.short_name
    assert listed(client, people.county_reviewer, "waiting", q=text) == [wanted.number]
    assert listed(client, people.county_reviewer, "waiting", q=wanted.number[-4:]) == [wanted.number]
    assert listed(client, people.county_reviewer, "waiting", state="proposed") == []
    assert listed(client, people.city_reviewer, "waiting", county=city.other_county.pk) == []
    assert len(listed(client, people.county_reviewer, "waiting", industry="99999")) == 2


def test_cards_count_what_their_tabs_list(client, city, ready_studio, people):
    journey.at_county(ready_studio, "county", people)
    at_county(city, due_in=-4)
    AccessRequestFactory(union=city.county)
    user = people.county_reviewer
    forget_grants(user)
    counts = queue_counts(user)
    assert {tab: len(listed(client, user, tab)) for tab in TABS} == {tab: counts[tab] for tab in TABS}
    assert counts["access"] == 1
    assert reverse("access_list") in client.get(reverse("queue")).content.decode()


@pytest.mark.parametrize("who", ["county_reviewer", "city_reviewer", "auditor"])
@pytest.mark.parametrize("page", ["queue", "application_list"])
def test_lists_ask_the_same_for_one_row_and_for_five(client, city, people, who, page):
    client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    asked = []
    for rows in (1, 4):
        for _ in range(rows):
            at_county(city)
        with CaptureQueriesContext(connection) as captured:
            assert client.get(reverse(page), {"tab": "waiting", "q": "工作室"}).status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 12


@pytest.mark.parametrize(
    ("who", "visible"),
    [
        ("unit_clerk", True),
        ("unit_chair", True),
        ("county_reviewer", True),
        ("city_reviewer", True),
        ("auditor", True),
        ("superuser", True),
        ("other_unit_clerk", False),
        ("other_county_reviewer", False),
        ("roster_admin", False),
        ("system_admin", False),
        ("stranger", False),
    ],
)
def test_the_list_shows_what_may_be_opened(client, city, people, who, visible):
    application = at_county(city)
    client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    rows = client.get(reverse("application_list")).context["rows"]
    assert [row["application"].pk for row in rows] == ([application.pk] if visible else [])


def test_signing_in_comes_first(client, city):
    for page in ("queue", "application_list"):
        assert client.get(reverse(page)).status_code == 302
    assert Application.objects.count() == 0
