"""A roster from the asking to the end of its week: who may, what is on record, what is left behind."""

import hashlib
import shutil
import subprocess
import threading
import time
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import Entry
from portal.files import store
from portal.jobs import services as jobs
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from portal.jobs.worker import run, run_pending
from studios.choices import ExportState, Role
from studios.models import Appointment, RosterExport
from studios.services import evidence, roster_exports
from studios.services.people import NotPossible
from tests import cast
from tests.factories.studios import AppointmentFactory
from tests.studios.rosters.exporting import DAY, build, exported

pytestmark = pytest.mark.django_db
OFFICE = shutil.which("soffice")


@pytest.fixture(autouse=True)
def media(settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = str(tmp_path / "media")
    monkeypatch.setattr("portal.jobs.services.nudge", lambda job_id: None)
    return Path(settings.MEDIA_ROOT)


@pytest.fixture
def roster(city, people, ready_studio):
    return build(city, people, ready_studio)


def ask(roster, *, actor=None, union=None, **options):
    who = actor or roster.people.roster_admin
    options = {"level": roster.level, "as_of": DAY, **options}
    return roster_exports.ask(union or roster.city.city, actor=who, **options)


def kept(media):
    return sorted(path for path in media.rglob("*") if path.is_file())


def details(verb):
    return [entry.detail for entry in Entry.objects.filter(verb=verb).order_by("pk")]


def test_asked_made_and_kept_for_a_week(roster, media):
    export = ask(roster)
    assert (export.state, export.job.state) == (ExportState.WAITING, JobState.QUEUED)
    assert dict(run_pending())[export.job_id] == JobState.DONE
    export.refresh_from_db()
    data, written = exported(roster.city.city, level=roster.level)
    assert export.state == ExportState.READY
    assert (export.count, export.content_hash, export.size) == (4, written.content_hash, len(data))
    with store.open_file(export.stored) as file:
        assert file.read() == data
    assert export.expires_at - timezone.now() == pytest.approx(timedelta(days=7), abs=timedelta(minutes=1))
    export.job.refresh_from_db()
    assert (export.job.progress_done, export.job.progress_total) == (4, 4)


def test_everything_about_it_is_on_record(roster):
    ask(roster, personal=True, reason="  核对联系方式 ")
    run_pending()
    (asked,), (made,) = details("roster.ask"), details("roster.export")
    expected = {"level": "county", "as_of": "2025-09-30", "personal": True, "reason": "核对联系方式"}
    assert asked == expected
    export = RosterExport.objects.get()
    assert {key: made[key] for key in expected} == expected
    assert (made["count"], made["hash"]) == (4, export.content_hash)
    assert {"leader_phone", "contact_phone", "leader_birth_month"} < set(made["columns"])
    assert Entry.objects.get(verb="roster.export").actor == roster.people.roster_admin


def test_without_personal_columns_no_reason_is_kept(roster):
    assert ask(roster, reason="随便").reason == ""
    run_pending()
    (made,) = details("roster.export")
    assert "leader_phone" not in made["columns"]


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"personal": True}, "记录在案"),
        ({"personal": True, "reason": "  "}, "记录在案"),
        ({"personal": True, "reason": "x" * 301}, "301"),
        ({"as_of": date(2999, 1, 1)}, "2999-01-01"),
    ],
)
def test_what_cannot_be_made_is_refused_with_a_sentence(roster, options, sentence):
    with pytest.raises(NotPossible, match=sentence):
        ask(roster, **options)
    assert not RosterExport.objects.exists() and not Job.objects.exists()


@pytest.mark.parametrize("who", ["unit_clerk", "city_reviewer", "auditor", "stranger", "superuser"])
def test_only_who_holds_the_right_there_may_ask(roster, who):
    actor = getattr(roster.people, who)
    allowed = actor.has_perm("studios.export_roster", roster.city.city)
    if allowed:
        assert ask(roster, actor=actor).pk
    else:
        with pytest.raises(PermissionDenied):
            ask(roster, actor=actor)


def test_a_county_does_not_export_its_neighbours_or_the_city(roster):
    admin = AppointmentFactory(union=roster.city.county, role=Role.ROSTER_ADMIN).user
    assert ask(roster, actor=admin, union=roster.city.county).pk
    for union in (roster.city.city, roster.city.other_county):
        with pytest.raises(PermissionDenied):
            ask(roster, actor=admin, union=union)


def test_a_right_that_ended_meanwhile_makes_no_file(roster, media):
    export = ask(roster)
    Appointment.objects.filter(user=roster.people.roster_admin).update(dismissed_at=timezone.now())
    assert dict(run_pending())[export.job_id] == JobState.FAILED
    export.refresh_from_db()
    assert export.state == ExportState.FAILED and "权限" in roster_exports.why_failed(export)
    assert kept(media) == [] and details("roster.export") == []


def test_running_twice_makes_one_file(roster, media):
    export = ask(roster)
    run_pending()
    before = kept(media)
    roster_exports.produce(Job.objects.get(pk=export.job_id), export.pk)
    assert kept(media) == before and len(details("roster.export")) == 1


def test_two_runs_at_once_leave_one_file(roster, media, monkeypatch):
    export = ask(roster)
    write = roster_exports.Roster.write

    def slowly(self, *args, **kwargs):
        monkeypatch.setattr(roster_exports.Roster, "write", write)
        roster_exports.produce(FakeJob(), export.pk)
        return write(self, *args, **kwargs)

    monkeypatch.setattr(roster_exports.Roster, "write", slowly)
    roster_exports.produce(FakeJob(), export.pk)
    assert len(kept(media)) == 1 and len(details("roster.export")) == 1


class FakeJob:
    """Knows how far it is, and nothing else."""

    def progress(self, done, total=None, note=""):
        self.seen = (done, total)


def test_a_failure_while_settling_takes_the_file_away_again(roster, media, monkeypatch):
    export = ask(roster)

    def fail(*args, **kwargs):
        raise RuntimeError("database gone")

    monkeypatch.setattr(roster_exports, "record", fail)
    with pytest.raises(RuntimeError):
        roster_exports.produce(FakeJob(), export.pk)
    export.refresh_from_db()
    assert kept(media) == [] and export.state == ExportState.WAITING


def test_a_waiting_export_can_be_cancelled_by_who_asked(roster, media):
    export = ask(roster)
    with pytest.raises(PermissionDenied):
        roster_exports.cancel(export, actor=roster.people.city_reviewer)
    roster_exports.cancel(export, actor=roster.people.roster_admin)
    run_pending()
    export.refresh_from_db()
    export.job.refresh_from_db()
    assert (export.state, export.job.state) == (ExportState.FAILED, JobState.CANCELLED)
    assert "取消" in roster_exports.why_failed(export)
    assert kept(media) == []
    with pytest.raises(NotPossible):
        roster_exports.cancel(export, actor=roster.people.roster_admin)


def test_a_running_export_stops_when_its_job_is_cancelled(roster, media):
    export = ask(roster)
    Job.objects.filter(pk=export.job_id).update(cancel_asked_at=timezone.now())
    assert dict(run_pending())[export.job_id] == JobState.CANCELLED
    assert kept(media) == [] and details("roster.export") == []


def test_the_week_over_the_file_goes_and_the_row_stays(roster, media, django_capture_on_commit_callbacks):
    export = ask(roster)
    run_pending()
    export.refresh_from_db()
    assert evidence.sweep() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert roster_exports.expire() == 0
    with django_capture_on_commit_callbacks(execute=True):
        assert roster_exports.expire(export.expires_at) == 1
    export.refresh_from_db()
    assert (export.state, export.stored, export.count) == (ExportState.EXPIRED, "", 4)
    assert kept(media) == []


def test_the_sweep_of_files_leaves_exports_alone(roster, media, monkeypatch):
    export = ask(roster)
    run_pending()
    export.refresh_from_db()
    sweep = store.sweep
    monkeypatch.setattr(store, "sweep", lambda names: sweep(names, older_than=-60))
    assert evidence.sweep() == 0 and store.exists(export.stored)
    RosterExport.objects.update(state=ExportState.EXPIRED, stored="")
    assert evidence.sweep() == 1


def test_the_job_ends_in_a_try_again_when_something_breaks(roster, monkeypatch):
    export = ask(roster)

    def broken(*args):
        raise RuntimeError("no")

    monkeypatch.setattr("studios.services.roster_workbook.copy_roster", broken)
    Job.objects.filter(pk=export.job_id).update(max_tries=1)
    assert dict(run_pending())[export.job_id] == JobState.FAILED
    export.refresh_from_db()
    assert export.state == ExportState.FAILED and "故障" in roster_exports.why_failed(export)
    with pytest.raises(jobs.NotPossible):
        jobs.cancel(export.job, actor=roster.people.roster_admin)


def command(path, *further, **options):
    options = {
        "union": "150500",
        "level": "county",
        "as_of": "2025-09-30",
        "user": "roster",
        "stdout": StringIO(),
        **options,
    }
    call_command("export_roster", str(path), *further, **options)
    return options["stdout"].getvalue()


def test_the_command_writes_the_same_file(roster, tmp_path):
    path = tmp_path / "roster.xlsx"
    said = command(path)
    data, written = exported(roster.city.city, level=roster.level)
    assert path.read_bytes() == data
    assert said == f"4 rows, SHA-256 {written.content_hash}\n"
    assert path.stat().st_mode & 0o777 == 0o600
    entry = Entry.objects.get(verb="roster.export")
    assert entry.actor == roster.people.roster_admin and entry.detail["hash"] == written.content_hash
    assert command(tmp_path / "all.xlsx", level="all", personal=True, reason="核对").startswith("5 rows")


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"union": "999"}, "no union with the code 999"),
        ({"level": "moon"}, "no level with the code moon. There are: base, county, city, all"),
        ({"as_of": "yesterday"}, "YYYY-MM-DD"),
        ({"as_of": "2999-01-01"}, "2999-01-01"),
        ({"user": "nobody"}, "no user named nobody"),
        ({"user": "stranger"}, "may not export"),
        ({"personal": True}, "记录在案"),
    ],
)
def test_the_command_says_what_is_wrong(roster, tmp_path, options, sentence):
    with pytest.raises(CommandError, match=sentence):
        command(tmp_path / "roster.xlsx", **options)
    assert list(tmp_path.glob("*roster*")) == []


def test_the_command_replaces_a_file_only_by_a_whole_one(roster, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_text("mine")
    with pytest.raises(CommandError, match="may not export"):
        command(path, user="stranger")
    assert path.read_text() == "mine"
    command(path)
    first = path.read_bytes()
    command(path)
    assert path.read_bytes() == first != b"mine"
    with pytest.raises(CommandError, match=r"\.xlsx"):
        command(tmp_path / "roster.csv")
    with pytest.raises(CommandError, match="cannot be written"):
        command(tmp_path / "nowhere" / "roster.xlsx")


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_an_office_program_opens_it(roster, tmp_path):
    path = tmp_path / "roster.xlsx"
    path.write_bytes(exported(roster.city.city, level=None, personal=True)[0])
    subprocess.run(
        [
            OFFICE,
            f"-env:UserInstallation=file://{tmp_path}/profile",
            *("--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir"),
            str(tmp_path / "again"),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    here, there = openpyxl.load_workbook(path), openpyxl.load_workbook(tmp_path / "again" / path.name)
    assert there.sheetnames == here.sheetnames
    for sheet in here:
        same = there[sheet.title]
        assert same.max_row == sheet.max_row
        assert {str(area) for area in same.merged_cells.ranges} == {
            str(area) for area in sheet.merged_cells.ranges
        }
        assert [cell.value for cell in same[sheet.max_row]][0] == sheet.cell(sheet.max_row, 1).value
        assert same.print_title_rows == sheet.print_title_rows


def test_the_hash_of_no_rows_is_that_of_nothing(roster):
    _data, written = exported(roster.city.city, level=roster.level, as_of=date(2001, 1, 1))
    assert written.content_hash == hashlib.sha256().hexdigest()


def test_a_worker_at_work_stops_when_it_is_cancelled(transactional_db, media, monkeypatch):
    """With connections of their own for the worker, its beat and whoever cancels."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        admin = cast.build_people(city).roster_admin
    export = roster_exports.ask(city.city, level=None, as_of=DAY, actor=admin)
    started, seen = threading.Event(), []

    def work():
        try:
            seen.append(run(export.job_id))
        finally:
            connection.close()

    def slow(self, write, progress):
        started.set()
        for done in range(200):
            progress(done, 200)
            time.sleep(0.05)
        raise AssertionError("nobody stopped it")

    monkeypatch.setattr(roster_exports.Roster, "write", slow)
    worker = threading.Thread(target=work)
    worker.start()
    assert started.wait(10)
    roster_exports.cancel(export, actor=admin)
    worker.join(20)
    export.refresh_from_db()
    assert seen == [JobState.CANCELLED] and kept(media) == []
    assert (export.state, export.problem) == (ExportState.FAILED, roster_exports.CANCELLED)
