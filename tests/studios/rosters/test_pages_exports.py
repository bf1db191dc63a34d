"""Pages on which rosters go out: for whom, of which day, with which data, for how long."""

import uuid
from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from studios.forms import rosters as forms
from studios.models import RosterExport
from tests.factories.rosters import RosterExportFactory
from tests.studios.rosters.screens import as_user, send, text_of

pytestmark = pytest.mark.django_db


def test_an_export_is_for_whoever_asked(people, city, county_admin):
    export = RosterExportFactory(union=city.county, created_by=people.roster_admin, ready=True)
    for name in ("roster_export", "roster_export_status", "roster_export_file"):
        assert as_user(county_admin).get(reverse(name, args=[export.pk])).status_code == 404
        assert as_user(people.superuser).get(reverse(name, args=[export.pk])).status_code == 404
    assert text_of(as_user(people.roster_admin), "roster_export", export.pk).count(export.content_hash) == 1


def test_whoever_lost_the_right_sees_the_export_no_more(city, county_admin):
    export = RosterExportFactory(union=city.county, created_by=county_admin, ready=True)
    assert text_of(as_user(county_admin), "roster_export", export.pk)
    county_admin.appointments.update(until=timezone.localdate() - timezone.timedelta(days=1))
    assert as_user(county_admin).get(reverse("roster_export", args=[export.pk])).status_code == 404


def test_only_own_unions_are_offered(county_admin, people, city):
    offered = list(
        as_user(county_admin).get(reverse("roster_export_new")).context["form"].fields["union"].queryset
    )
    assert offered == [city.county]
    of_city = set(
        as_user(people.roster_admin)
        .get(reverse("roster_export_new"))
        .context["form"]
        .fields["union"]
        .queryset
    )
    assert of_city == {city.city, city.county, city.other_county, city.industry}


def test_another_county_cannot_be_asked_for(county_admin, city):
    answer = send(as_user(county_admin), "roster_export_new", union=city.other_county.pk, day="today")
    assert answer.status_code == 422
    assert "union" in answer.context["form"].errors
    assert not RosterExport.objects.exists()


def test_a_roster_is_asked_for_once(office, city, people):
    fields = {"union": city.county.pk, "day": "year_end", "once": str(uuid.uuid4())}
    first, second = (office.post(reverse("roster_export_new"), fields) for _ in range(2))
    export = RosterExport.objects.get()
    assert first["Location"] == second["Location"] == reverse("roster_export", args=[export.pk])
    assert export.as_of == date(timezone.localdate().year - 1, 12, 31)
    assert (export.union, export.created_by, export.personal) == (city.county, people.roster_admin, False)


def test_personal_data_needs_a_reason_and_is_on_record(office, city):
    answer = send(office, "roster_export_new", union=city.county.pk, day="today", personal="on", reason=" ")
    assert answer.status_code == 422 and "reason" in answer.context["form"].errors
    assert not RosterExport.objects.exists()
    send(office, "roster_export_new", union=city.county.pk, day="today", personal="on", reason="换届考察")
    assert RosterExport.objects.get().reason == "换届考察"
    assert Entry.objects.get(verb="roster.ask").detail["reason"] == "换届考察"


@pytest.mark.parametrize("typed", ["", "2099-01-01", "昨天"])
def test_another_day_is_a_day_that_has_been(office, city, typed):
    answer = send(office, "roster_export_new", union=city.county.pk, day="other", as_of=typed)
    assert answer.status_code == 422 and "as_of" in answer.context["form"].errors


def test_the_years_of_statistics_end_in_september():
    assert forms.statistics_end(date(2026, 9, 29)) == date(2025, 9, 30)
    assert forms.statistics_end(date(2026, 9, 30)) == date(2026, 9, 30)
    assert forms.statistics_end(date(2027, 1, 1)) == date(2026, 9, 30)
    assert forms.year_end(date(2027, 1, 1)) == date(2026, 12, 31)


def test_a_file_that_expired_is_not_handed_out(office, city, people):
    export = RosterExportFactory(
        union=city.county, created_by=people.roster_admin, ready=True, expires_at=timezone.now()
    )
    assert office.get(reverse("roster_export_file", args=[export.pk])).status_code == 404
    page = text_of(office, "roster_export", export.pk)
    assert "已过期" in page and reverse("roster_export_file", args=[export.pk]) not in page
