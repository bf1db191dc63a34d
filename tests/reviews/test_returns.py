"""Plaque and papers come back: who notes it, and which days are possible."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from reviews.choices import ReturnedItem
from reviews.models import ReturnDue
from reviews.services.returns import record_return
from studios.choices import Role
from studios.services.people import NotPossible, appoint
from tests.factories import cases
from tests.reviews.pages import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def plaque(city, people):
    """Of a title that ended today."""
    studio = cases.titled(city.unit, by=people.county_approver)
    return ReturnDue.objects.get(revocation=cases.revoked(studio, people), item=ReturnedItem.PLAQUE)


def note(plaque, actor, on=None):
    return record_return(plaque, returned_on=on or timezone.localdate(), note="已入库", actor=actor)


def test_a_reviewer_of_the_granting_union_notes_it(plaque, people):
    noted = note(plaque, people.county_reviewer)
    assert (noted.returned_on, noted.note) == (timezone.localdate(), "已入库")
    assert noted.recorded_by == people.county_reviewer
    assert Entry.objects.filter(verb="return.record", subject_id=plaque.pk).exists()


@pytest.mark.parametrize("who", ["unit_clerk", "county_approver", "city_reviewer", "other_county_reviewer"])
def test_nobody_else_does(plaque, people, who):
    with pytest.raises(PermissionDenied):
        note(plaque, getattr(people, who))


def test_not_about_the_own_unit(plaque, people):
    appoint(people.county_reviewer, Role.UNIT_CLERK, plaque.union, actor=None)
    with pytest.raises(NotPossible):
        note(plaque, people.county_reviewer)


def test_days_that_cannot_be(plaque, people):
    for day in (timezone.localdate() + timedelta(days=1), plaque.naming.since - timedelta(days=1)):
        with pytest.raises(NotPossible):
            note(plaque, people.county_reviewer, on=day)
    assert ReturnDue.objects.filter(returned_on=None).count() == 4


def test_the_list_shows_what_is_out_late_and_back(plaque, people, client):
    reviewer = Person(type(client), people.county_reviewer)
    url = reverse("return_list")
    assert len(reviewer.client.get(url).context["page"].rows) == 4
    assert reviewer.client.get(url, {"tab": "late"}).context["page"].rows == []
    ReturnDue.objects.filter(pk=plaque.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    assert [row.pk for row in reviewer.client.get(url, {"tab": "late"}).context["page"].rows] == [plaque.pk]
    sent = reviewer.client.post(
        reverse("return_record", args=[plaque.pk]), {"returned_on": str(timezone.localdate()), "note": "收"}
    )
    assert sent.status_code == 302
    assert [row.pk for row in reviewer.client.get(url, {"tab": "back"}).context["page"].rows] == [plaque.pk]


def test_bad_input_is_kept_and_explained(plaque, people, client):
    reviewer = Person(type(client), people.county_reviewer)
    url = reverse("return_record", args=[plaque.pk])
    page = reviewer.client.post(url, {"returned_on": "昨天", "note": "记一笔"})
    assert page.status_code == 422
    assert "昨天" in page.content.decode()
    assert "记一笔" in page.content.decode()
    day = str(timezone.localdate() + timedelta(days=3))
    page = reviewer.client.post(url, {"returned_on": day, "note": "记一笔"})
    assert page.status_code == 409
    assert "记一笔" in page.content.decode()
