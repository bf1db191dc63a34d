"""Mentorships: whom their names mean, and what deserves a second look (reference §6.5)."""

import pytest
from django.urls import reverse
from django.utils import timezone

from studios.forms.entries import FORMS
from studios.models import Mentorship
from tests.factories.ledger import MentorshipFactory
from tests.factories.studios import LeaderFactory, MemberFactory, PersonFactory, StudioFactory, years_ago

YEAR = timezone.localdate().year
NEW = {
    "master_name": "周成岩",
    "apprentice_name": "那日苏",
    "since": f"{YEAR - 1}-03-01",
    "until": f"{YEAR + 1}-02-28",
    "outcome": "running",
}


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union)


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


def test_names_of_the_team_are_tied_to_persons(clerk, studio):
    master = LeaderFactory(studio=studio, person=PersonFactory(union=studio.union, name="周成岩")).person
    apprentice = MemberFactory(studio=studio, person=PersonFactory(union=studio.union, name="那日苏")).person
    clerk.post(reverse("ledger_entry_new", args=[studio.pk, "mentorship"]), NEW)
    clerk.post(
        reverse("ledger_entry_new", args=[studio.pk, "mentorship"]), NEW | {"apprentice_unit": "外单位"}
    )
    here, elsewhere = Mentorship.objects.order_by("pk")
    assert (here.master, here.apprentice) == (master, apprentice)
    assert (elsewhere.master, elsewhere.apprentice) == (master, None)
    assert "那日苏" in clerk.get(reverse("ledger_entry_new", args=[studio.pk, "mentorship"])).content.decode()


def doubts(studio, **values):
    """The fields of a mentorship's form that deserve a second look."""
    form = FORMS["mentorship"](NEW | values, studio=studio)
    assert form.is_valid(), form.errors
    return [name for name, _sentence in form.doubts()]


def test_more_than_five_running_apprentices_are_a_warning(clerk, studio):
    MentorshipFactory.create_batch(4, studio=studio)
    MentorshipFactory(studio=studio, outcome="graduated", outcome_on=years_ago(0))
    MentorshipFactory(studio=studio, removed_at=timezone.now())
    MentorshipFactory(studio=studio, master_name="另一位师傅")
    assert doubts(studio) == []
    fifth = MentorshipFactory(studio=studio)
    assert doubts(studio) == ["master_name"]
    assert doubts(studio, outcome="ended", outcome_on=f"{YEAR}-01-01") == []
    page = clerk.get(reverse("ledger_entry", args=[studio.pk, "mentorship", fifth.pk]))
    assert page.context["doubts"] == []
    sent = clerk.post(reverse("ledger_entry_new", args=[studio.pk, "mentorship"]), NEW, follow=True)
    assert "周成岩" in str(sent.context["doubts"][0][1])


@pytest.mark.parametrize(
    ("since", "until", "told"),
    [
        ("2021-03-01", "2022-02-28", False),
        ("2021-03-01", "2022-02-27", True),
        ("2021-03-01", "2024-03-01", False),
        ("2021-03-01", "2024-03-02", True),
        ("2020-02-29", "2021-02-28", False),
        ("2020-02-29", "2023-03-01", False),
        ("2021-03-01", "", False),
    ],
)
def test_a_term_of_one_to_three_years_is_usual(studio, since, until, told):
    assert doubts(studio, since=since, until=until) == ["until"] * told


def test_a_level_that_falls_is_a_warning(studio):
    assert doubts(studio, level_before="senior", level_after="junior") == ["level_after"]
    assert doubts(studio, level_before="senior", level_after="senior") == []
    assert doubts(studio, level_before="junior", level_after="chief_technician") == []
