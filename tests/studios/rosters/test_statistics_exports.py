"""Statistics asked for as a file: made once, by a job, for whoever still has the right."""

from io import BytesIO

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from portal.audit.models import Entry
from portal.files import store
from portal.jobs.worker import run_pending
from studios.choices import ExportState
from studios.models import Appointment, RosterExport
from studios.queries.statistics import Period
from studios.services import statistics_exports
from studios.services.people import dismiss

pytestmark = pytest.mark.django_db
PERIOD = Period.union_year(2025)


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_a_file_is_made_and_on_record(city, people):
    export = statistics_exports.ask(city.city, period=PERIOD, actor=people.roster_admin)
    run_pending()
    export.refresh_from_db()
    assert export.state == ExportState.READY
    with store.open_file(export.stored) as file:
        book = openpyxl.load_workbook(BytesIO(file.read()))
    assert "2024-10-01" in book.worksheets[0]["A2"].value
    entry = Entry.objects.get(verb="roster.export")
    assert entry.detail["hash"] == export.content_hash


def test_made_twice_is_made_once(city, people):
    export = statistics_exports.ask(city.city, period=PERIOD, actor=people.roster_admin)
    run_pending()
    statistics_exports.produce(export.job, export.pk)
    assert Entry.objects.filter(verb="roster.export").count() == 1


def test_without_the_right_nothing_is_asked_and_nothing_made(city, people):
    with pytest.raises(PermissionDenied):
        statistics_exports.ask(city.city, period=PERIOD, actor=people.city_reviewer)
    export = statistics_exports.ask(city.city, period=PERIOD, actor=people.roster_admin)
    dismiss(Appointment.objects.get(user=people.roster_admin), actor=None)
    run_pending()
    export.refresh_from_db()
    assert export.state == ExportState.FAILED
    assert not export.stored


def test_the_button_of_the_page_asks_once(client, city, people):
    client.force_login(people.roster_admin)
    page = client.get(reverse("roster_statistics"))
    data = {
        "once": str(page.context["once"]),
        "union": city.city.pk,
        "period": "free",
        "since": "2024-10-01",
        "until": "2025-09-30",
    }
    first = client.post(reverse("roster_statistics"), data)
    again = client.post(reverse("roster_statistics"), data)
    export = RosterExport.objects.get()
    assert first.url == again.url == reverse("roster_export", args=[export.pk])
    assert (export.since, export.as_of) == (PERIOD.first, PERIOD.last)
