"""The workbook with remarks: at once where it is small, in the background else, kept for a while only."""

import io
import os
import time
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from portal.files import store
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from portal.jobs.services import cancel
from portal.jobs.worker import run_pending
from studios.models import RosterImport
from studios.rosters.remarks import HEADING
from studios.services import evidence, roster_imports, roster_remarks
from tests.studios.rosters.screens import as_user, send, text_of
from tests.studios.rosters.sheets import GOOD, NEXT, upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def roster(city, people, settings, tmp_path):
    """An import whose preview is made, in an empty store of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")
    made = roster_imports.receive(upload(GOOD, NEXT), union=city.city, actor=people.roster_admin)
    run_pending()
    made.refresh_from_db()
    return made


@pytest.fixture
def large(roster, monkeypatch):
    """The same where no file is small enough to be waited for."""
    monkeypatch.setattr(roster_remarks, "ROWS_AT_ONCE", 1)
    return roster


@pytest.fixture
def made(large, office, django_capture_on_commit_callbacks):
    """And its file has been asked for and made."""
    with django_capture_on_commit_callbacks(execute=True):
        send(office, "roster_import_remarks", large.pk)
        run_pending()
    large.refresh_from_db()
    return large


def remarks_in(answer):
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    rows = list(openpyxl.load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True))
    assert HEADING in [row[-1] for row in rows]
    return [row[-1] for row in rows]


def test_a_small_file_comes_at_once(roster, office):
    page = text_of(office, "roster_import", roster.pk)
    assert f'href="{reverse("roster_import_remarks", args=[roster.pk])}"' in page
    assert "新增" in remarks_in(office.get(reverse("roster_import_remarks", args=[roster.pk])))
    assert not Job.objects.filter(kind=roster_remarks.MAKE_REMARKS).exists()


def test_our_own_remarks_sent_back_change_nothing(city, people, office, settings, tmp_path):
    """Rows that repeat each other get different remarks; they still repeat each other."""
    settings.MEDIA_ROOT = str(tmp_path / "media")

    def imported(file):
        made = roster_imports.receive(file, union=city.city, actor=people.roster_admin)
        run_pending()
        made.refresh_from_db()
        return made

    first = imported(upload(GOOD, GOOD, NEXT))
    assert (first.counts["new"], first.counts["error"]) == (2, 0)
    content = office.get(reverse("roster_import_remarks", args=[first.pk])).content
    again = imported(SimpleUploadedFile("改正.xlsx", content))
    assert HEADING in [column["label"] for column in again.columns]
    assert again.counts == first.counts
    assert HEADING not in text_of(office, "roster_import", again.pk)


def test_a_large_file_is_asked_for_and_made_once(large, office):
    address = reverse("roster_import_remarks", args=[large.pk])
    assert "生成带批注的文件" in text_of(office, "roster_import", large.pk)
    answer = office.get(address)
    assert (answer.status_code, answer["Location"]) == (302, f"/rosters/imports/{large.pk}/#remarks")
    assert not Job.objects.filter(kind=roster_remarks.MAKE_REMARKS).exists()  # looking makes nothing
    for _ in range(2):
        assert send(office, "roster_import_remarks", large.pk)["Location"].endswith("#remarks")
    job = Job.objects.get(kind=roster_remarks.MAKE_REMARKS)
    assert "正在生成带批注的文件" in text_of(office, "roster_import", large.pk)
    status = reverse("roster_import_status", args=[large.pk])
    assert office.get(status, {"of": "remarks"}).json()["open"]
    assert not office.get(status).json()["open"]  # the import itself waits for nothing
    run_pending()
    job.refresh_from_db()
    assert (job.state, job.progress_done) == (JobState.DONE, job.progress_total)
    told = office.get(status, {"of": "remarks"}).json()
    assert not told["open"] and not told["failed"]
    page = text_of(office, "roster_import", large.pk)
    assert f'href="{address}"' in page and "js/progress.js" not in page
    answer = office.get(address)
    assert "attachment" in answer["Content-Disposition"] and answer.streaming
    assert "新增" in remarks_in(answer)


def test_whoever_sees_the_import_may_ask_and_nobody_else(large, people, county_admin):
    assert send(as_user(people.auditor), "roster_import_remarks", large.pk).status_code == 302
    assert send(as_user(county_admin), "roster_import_remarks", large.pk).status_code == 404


def test_the_file_speaks_the_language_of_who_asks(made, office):
    address = reverse("roster_import_remarks", args=[made.pk])
    office.post(reverse("set_language"), {"language": "en"})
    assert office.get(address).status_code == 302  # the Chinese one is there, but none in English
    first = made.remarks_stored
    send(office, "roster_import_remarks", made.pk)
    run_pending()
    assert "new" in remarks_in(office.get(address))
    made.refresh_from_db()
    assert made.remarks_stored != first


def test_a_new_preview_makes_the_file_stale(made, office):
    RosterImport.objects.filter(pk=made.pk).update(previewed_at=timezone.now())
    assert "生成带批注的文件" in text_of(office, "roster_import", made.pk)
    assert office.get(reverse("roster_import_remarks", args=[made.pk])).status_code == 302


def test_what_was_made_of_an_older_preview_is_not_kept(large, office, monkeypatch):
    real = roster_remarks.write_remarks

    def slow(*args):
        RosterImport.objects.filter(pk=large.pk).update(previewed_at=timezone.now())
        return real(*args)

    monkeypatch.setattr(roster_remarks, "write_remarks", slow)
    send(office, "roster_import_remarks", large.pk)
    run_pending()
    large.refresh_from_db()
    assert large.remarks_stored == ""
    assert set(store.sweep([], older_than=-1)) == {large.stored}


def test_the_sweep_spares_the_file_and_its_days_end(made, django_capture_on_commit_callbacks):
    path = store.path_of(made.remarks_stored)
    old = time.time() - 3 * store.DAY
    for name in (made.stored, made.remarks_stored):
        os.utime(store.path_of(name), (old, old))
    evidence.sweep()
    assert path.exists()
    with django_capture_on_commit_callbacks(execute=True):
        assert roster_remarks.expire() == 0
        assert roster_remarks.expire(timezone.now() + roster_remarks.KEPT_FOR + timedelta(seconds=1)) == 1
    made.refresh_from_db()
    assert made.remarks_stored == "" and not path.exists()
    assert store.exists(made.stored)


def test_dropping_the_import_takes_the_file_along(made, people, django_capture_on_commit_callbacks):
    path = store.path_of(made.remarks_stored)
    with django_capture_on_commit_callbacks(execute=True):
        roster_imports.drop(made, actor=people.roster_admin)
    made.refresh_from_db()
    assert made.remarks_stored == "" and not path.exists()


def test_a_file_that_could_not_be_made_is_asked_for_again(large, office, people):
    send(office, "roster_import_remarks", large.pk)
    cancel(Job.objects.get(kind=roster_remarks.MAKE_REMARKS), actor=people.roster_admin)
    page = text_of(office, "roster_import", large.pk)
    assert "带批注的文件未能生成" in page and "生成带批注的文件</button>" in page
    send(office, "roster_import_remarks", large.pk)
    run_pending()
    assert "带批注的文件未能生成" not in text_of(office, "roster_import", large.pk)


def test_a_dropped_import_has_no_file_to_ask_for(large, office, people):
    roster_imports.drop(large, actor=people.roster_admin)
    assert send(office, "roster_import_remarks", large.pk).status_code == 404


def test_an_untouched_upload_is_not_taken_for_remarks(city, people, office):
    """A file that is refused has no rows to write about."""
    picture = SimpleUploadedFile("名册.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 400)
    refused = roster_imports.receive(picture, union=city.city, actor=people.roster_admin)
    run_pending()
    assert office.get(reverse("roster_import_remarks", args=[refused.pk])).status_code == 404
