"""The nightly proof finds drift, puts it right and says so."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from portal.audit.models import Entry
from studios.models import Studio, UnionGroupObjectPermission
from studios.services.proofs import prove

pytestmark = pytest.mark.django_db


def test_a_sound_world_has_nothing_to_put_right(ready_studio, people):
    assert prove() == {}
    assert not Entry.objects.filter(verb="union.prove").exists()


def test_drift_is_found_put_right_and_recorded(ready_studio, city, people):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE studios_studio DISABLE TRIGGER studios_studio_carries_ancestors")
        cursor.execute("UPDATE studios_studio SET county_id = %s, city_id = NULL", [city.other_county.pk])
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE studios_studio ENABLE TRIGGER studios_studio_carries_ancestors")
    UnionGroupObjectPermission.objects.first().delete()
    ended = people.county_reviewer.appointments.get()
    ended.until = timezone.localdate() - timedelta(days=1)
    ended.save()
    assert prove() == {"studios_studio": 1, "grants": 1, "memberships": 1}
    assert Studio.objects.get(pk=ready_studio.pk).county_id == city.county.pk
    assert not people.county_reviewer.groups.exists()
    assert Entry.objects.filter(verb="union.prove").count() == 1
    assert prove() == {}


def test_a_title_that_ended_yesterday_no_longer_counts(ready_studio, city):
    yesterday = timezone.localdate() - timedelta(days=1)
    ready_studio.namings.update(until=yesterday, end_reason="voluntary")
    assert ready_studio.top_tier == 1
    assert prove() == {"titles": 1}
    ready_studio.refresh_from_db()
    assert ready_studio.top_tier == 0
