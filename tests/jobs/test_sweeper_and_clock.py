"""What dead workers held comes back; ticks run once; missed days are caught up once."""

import threading
from datetime import UTC, datetime, time, timedelta

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from portal.jobs import clock, health, registry, relay, services, sweeper, tasks, worker
from portal.jobs.choices import JobState
from portal.jobs.models import Job, Tick


def nothing(job, payload):
    """A handler."""


@pytest.fixture
def dead(kind, ask, let_lease_run_out):
    """A job whose worker died."""
    job = ask(kind("note", nothing))
    assert worker.take(job.pk)
    let_lease_run_out(job)
    return job


def test_a_stale_lease_is_returned_and_the_job_runs_again_at_once(db, dead):
    assert sweeper.sweep() == 1
    dead.refresh_from_db()
    assert (dead.state, dead.published_at, dead.tries) == (JobState.QUEUED, None, 1)
    assert "stopped unexpectedly" in dead.error
    assert worker.run(dead.pk) == JobState.DONE


def test_a_living_lease_is_left_alone(db, kind, ask):
    job = ask(kind("note", nothing))
    worker.take(job.pk)
    assert sweeper.sweep() == 0
    lease = Job.objects.values_list("lease_until", flat=True).get()
    assert timedelta(seconds=55) < lease - timezone.now() <= timedelta(seconds=60)


def test_a_job_that_kills_its_worker_three_times_needs_a_person(db, dead, let_lease_run_out):
    for _ in range(2):
        sweeper.sweep()
        assert worker.take(dead.pk)
        let_lease_run_out(dead)
    sweeper.sweep()
    dead.refresh_from_db()
    assert (dead.state, dead.tries) == (JobState.FAILED, 3)
    assert worker.take(dead.pk) is None


def test_a_dead_job_that_should_be_cancelled_is(db, dead, person):
    services.cancel(dead, actor=person)
    sweeper.sweep()
    dead.refresh_from_db()
    assert dead.state == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_the_sweepers_tick_has_the_job_taken_up_at_once(dead, sent):
    tasks.sweeper_tick()
    assert sent[-1] == dead.pk
    assert Tick.objects.filter(name="sweeper").exists()


@pytest.mark.django_db(transaction=True)
def test_the_relays_tick_publishes_and_leaves_a_sign(kind, ask, sent, monkeypatch):
    monkeypatch.setattr(relay._Quiet, "until", float("inf"))
    job = ask(kind("note", nothing))
    assert sent == []
    tasks.relay_tick()
    assert sent == [job.pk]
    assert health.seconds_since_tick() < 5
    tasks.run_job(job=job.pk)
    job.refresh_from_db()
    assert job.state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_of_two_ticks_at_once_one_does_the_work():
    mine, other, inside, leave = [], [], threading.Event(), threading.Event()

    def first():
        with clock.tick("relay") as got:
            mine.append(got)
            inside.set()
            leave.wait(10)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert inside.wait(10)
    with clock.tick("relay") as got:
        other.append(got)
    with clock.tick("sweeper") as got:
        other.append(got)
    leave.set()
    thread.join(10)
    assert (mine, other) == ([True], [False, True])


def at(text):
    return timezone.make_aware(datetime.fromisoformat(text))


def test_the_latest_slot_is_a_local_day():
    three = time(3, 10)
    assert str(clock.latest_slot(three, at("2026-07-02 03:09"))) == "2026-07-01"
    assert str(clock.latest_slot(three, at("2026-07-02 03:10"))) == "2026-07-02"
    assert str(clock.latest_slot(three, datetime(2026, 7, 1, 20, 0, tzinfo=UTC))) == "2026-07-02"


@pytest.fixture
def daily(kind, monkeypatch):
    monkeypatch.setattr(clock, "DAILY", {kind("digest", nothing): time(3, 0)})


def test_a_daily_job_is_asked_for_once_a_day_and_missed_days_once(db, daily):
    assert clock.ask_for_daily_jobs(at("2026-07-01 04:00")) == ["digest@2026-07-01"]
    assert clock.ask_for_daily_jobs(at("2026-07-01 23:00")) == []
    assert clock.ask_for_daily_jobs(at("2026-07-05 09:00")) == ["digest@2026-07-05"]
    assert Job.objects.count() == 2


def test_every_daily_kind_has_a_handler():
    assert set(registry.DAILY) <= set(registry.HANDLERS)


def test_the_clean_up_forgets_old_jobs_but_not_failed_ones(db, kind, ask):
    kind("note", nothing)
    old = timezone.now() - timedelta(days=31)
    for state in (JobState.DONE, JobState.CANCELLED, JobState.FAILED):
        Job.objects.filter(pk=ask("note").pk).update(
            state=state, finished_at=old, started_at=old, error="why" if state == JobState.FAILED else ""
        )
    ask("note")
    tasks.clean_up(None, {})
    assert set(Job.objects.values_list("state", flat=True)) == {JobState.FAILED, JobState.QUEUED}


@pytest.mark.django_db(transaction=True)
def test_the_daily_tick_asks_for_the_clean_up(sent):
    tasks.daily_tick()
    tasks.daily_tick()
    assert Job.objects.filter(kind="jobs.cleanup").count() == 1
    assert worker.run_pending()[0][1] == JobState.DONE


def test_health_knows_the_oldest_waiting_job(db, kind, ask):
    assert health.oldest_waiting_seconds() == 0.0
    assert health.seconds_since_tick() is None
    job = ask(kind("note", nothing))
    ask("note", not_before=timezone.now() + timedelta(hours=1))
    Job.objects.filter(pk=job.pk).update(not_before=Now() - timedelta(seconds=90))
    assert 89 < health.oldest_waiting_seconds() < 95


@pytest.mark.django_db(transaction=True)
def test_the_command_empties_the_queue_without_broker_or_worker(kind, ask, capsys):
    job = ask(kind("note", nothing))
    call_command("run_jobs")
    assert f"job {job.pk}: DONE" in capsys.readouterr().out


def test_every_beat_entry_names_a_task():
    from portal.celery import app

    app.loader.import_default_modules()
    for entry in app.conf.beat_schedule.values():
        assert entry["task"] in app.tasks
        assert entry["options"]["expires"] == entry["schedule"]


def test_celery_is_set_up_so_that_nothing_is_lost():
    conf = relay.app.conf
    assert conf.task_acks_late and conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.accept_content == ["json"] and conf.task_serializer == "json"
    assert conf.result_backend is None and conf.task_ignore_result
    assert conf.broker_transport_options["visibility_timeout"] > conf.task_time_limit


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("job_state_known", {"state": "LOST"}),
        ("job_has_a_kind", {"kind": ""}),
        ("job_held_exactly_while_running", {"lease_until": Now()}),
        ("job_held_exactly_while_running", {"state": "RUNNING", "started_at": Now()}),
        ("job_finished_exactly_when_ended", {"finished_at": Now()}),
        ("job_finished_exactly_when_ended", {"state": "CANCELLED"}),
        ("job_started_when_run", {"state": "DONE", "finished_at": Now()}),
        ("job_failed_with_a_reason", {"state": "FAILED", "finished_at": Now()}),
        ("job_tries_limited", {"tries": 4}),
        ("job_one_per_key", {"key": "taken"}),
    ],
)
def test_the_database_holds_what_must_be_true(db, kind, ask, constraint, values):
    kind("note", nothing)
    ask("note", key="taken")
    job = ask("note")
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**values)


def test_jobs_are_seen_by_who_asked_and_by_who_looks_after_them(db, kind, ask, person, other_person):
    from django.contrib.auth.models import AnonymousUser, Permission

    job = ask(kind("note", nothing), actor=person)
    assert list(Job.objects.visible_to(person)) == [job]
    assert not Job.objects.visible_to(other_person).exists()
    assert not Job.objects.visible_to(AnonymousUser()).exists()
    other_person.user_permissions.add(Permission.objects.get(codename="view_job"))
    other_person = type(other_person).objects.get(pk=other_person.pk)
    assert list(Job.objects.visible_to(other_person)) == [job]
