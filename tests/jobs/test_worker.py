"""Running a job: effects and "done" together, once; failures wait, then need a person."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models.functions import Now

from portal.accounts.models import User
from portal.audit.models import Entry
from portal.jobs import beat, endings, services, sweeper, worker
from portal.jobs.choices import JobState
from portal.jobs.errors import Cancelled, GiveUp, LeaseLost, NotPossible
from portal.jobs.models import Job
from tests.jobs.conftest import make_due


class Crash(BaseException):
    """The worker process dies: no handler of errors sees it."""


def effect(job, payload):
    """Leaves a trace in the database, and fails where that is there already."""
    User.objects.create(username=f"effect-{payload['n']}", name="x")


def effects():
    return User.objects.filter(username__startswith="effect-").count()


def fail(job, payload):
    raise ValueError("no such number")


def fresh(job):
    return Job.objects.get(pk=job.pk)


def test_a_job_runs_and_is_done(db, kind, ask):
    job = ask(kind("effect", effect), {"n": 1})
    assert worker.run(job.pk) == JobState.DONE
    job = fresh(job)
    assert job.finished_at and job.started_at and job.tries == 1
    assert job.lease_token is None and job.lease_until is None
    assert effects() == 1


def test_a_job_that_is_done_is_not_done_again(db, kind, ask):
    job = ask(kind("effect", effect), {"n": 1})
    assert [worker.run(job.pk), worker.run(job.pk), worker.run(-1)] == [JobState.DONE, None, None]
    assert effects() == 1


def test_a_job_may_ask_for_others(db, kind, ask):
    kind("effect", effect)
    kind("first", lambda job, payload: services.enqueue("effect", {"n": 7}, actor=job.created_by))
    first = ask("first")
    assert [state for _id, state in worker.run_pending()] == [JobState.DONE] * 2
    assert fresh(first).state == JobState.DONE and effects() == 1


@pytest.mark.django_db(transaction=True)
def test_a_crash_between_effect_and_done_repeats_it_exactly_once(kind, ask, monkeypatch, let_lease_run_out):
    job = ask(kind("effect", effect), {"n": 1})

    def die(job):
        assert effects() == 1  # the effect is there, in the open transaction
        raise Crash

    with monkeypatch.context() as patch:
        patch.setattr(endings, "done", die)
        with pytest.raises(Crash):
            worker.run(job.pk)
    assert (fresh(job).state, effects()) == (JobState.RUNNING, 0)
    assert worker.run(job.pk) is None  # the dead worker still holds it
    assert sweeper.sweep() == 0
    let_lease_run_out(job)
    assert sweeper.sweep() == 1
    assert worker.run(job.pk) == JobState.DONE
    assert (fresh(job).tries, effects()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_a_slow_worker_whose_job_was_given_away_undoes_its_effects(kind, ask, let_lease_run_out):
    """Negative twin of the lease: the first run's effects must not survive beside those of the second."""
    runs = []

    def slow(job, payload):
        runs.append(job.worker)
        effect(job, payload)
        if len(runs) == 1:  # stalled past its lease, while another worker takes the job
            in_another_thread(lambda: (let_lease_run_out(job), sweeper.sweep())).join(10)
            in_another_thread(lambda: worker.run(job.pk))
            wait_until(lambda: len(runs) == 2)

    job = ask(kind("slow", slow), {"n": 1})
    # The second run waits for the row of the same name that the first has not committed: the first loses it.
    worker.run(job.pk)
    join_threads()
    assert fresh(job).state == JobState.DONE
    assert (len(runs), effects()) == (2, 1)


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_run_the_job_once(kind, ask):
    both_try, runs = threading.Barrier(2), []

    def work(job, payload):
        runs.append(threading.get_ident())
        time.sleep(0.2)

    job = ask(kind("work", work))
    outcomes = []

    def run():
        both_try.wait()
        outcomes.append(worker.run(job.pk))

    in_another_thread(run)
    in_another_thread(run)
    join_threads()
    assert len(runs) == 1
    assert sorted(outcomes, key=str) == [JobState.DONE, None]


def test_a_failed_try_waits_before_the_next_one(db, kind, ask):
    job = ask(kind("fail", fail))
    assert worker.run(job.pk) == JobState.QUEUED
    job = fresh(job)
    assert job.error == "ValueError: no such number"
    assert (
        timedelta(seconds=5)
        < job.not_before - Job.objects.values_list(Now()).get()[0]
        < timedelta(seconds=15)
    )
    assert worker.run(job.pk) is None


def test_after_three_tries_a_person_is_needed_and_the_owner_is_told_once(db, kind, ask):
    told = []
    kind("fail", fail, gave_up=lambda job, payload: told.append((job.pk, payload, job.error)))
    job = ask("fail", {"n": 1})
    for expected in (JobState.QUEUED, JobState.QUEUED, JobState.FAILED):
        make_due(job)
        assert worker.run(job.pk) == expected
    make_due(job)
    assert worker.run(job.pk) is None
    assert told == [(job.pk, {"n": 1}, "ValueError: no such number")]
    assert fresh(job).finished_at is not None


def test_effects_of_a_failed_try_are_undone(db, kind, ask):
    def half(job, payload):
        effect(job, payload)
        raise ValueError("half way")

    worker.run(ask(kind("half", half), {"n": 1}).pk)
    assert effects() == 0


def test_giving_up_needs_no_further_tries(db, kind, ask):
    def give_up(job, payload):
        raise GiveUp("The address does not exist.")

    job = ask(kind("give_up", give_up))
    assert worker.run(job.pk) == JobState.FAILED
    assert (fresh(job).error, fresh(job).tries) == ("The address does not exist.", 1)


def test_a_failure_that_cannot_be_noted_is_still_a_failure(db, kind, ask):
    def broken(job, payload):
        User.objects.create(username="effect-note", name="x")
        raise RuntimeError("and this, too")

    def give_up(job, payload):
        raise GiveUp("")

    kind("give_up", give_up, gave_up=broken)
    job = ask("give_up")
    assert worker.run(job.pk) == JobState.FAILED
    assert fresh(job).error == "It failed without saying why."
    assert effects() == 0


def test_a_job_of_a_kind_that_is_gone_fails_with_a_reason(db, kind, ask):
    job = ask(kind("note", effect))
    Job.objects.update(kind="forgotten", max_tries=1)
    assert worker.run(job.pk) == JobState.FAILED
    assert "no handler for jobs of kind forgotten" in fresh(job).error


def test_a_person_can_have_a_failed_job_tried_again(db, kind, ask, person):
    lucky = []
    job = ask(kind("luck", lambda job, payload: lucky or fail(job, payload)))
    Job.objects.update(max_tries=1)
    assert worker.run(job.pk) == JobState.FAILED
    lucky.append(True)
    services.retry(job, actor=person)
    assert (fresh(job).state, fresh(job).tries, fresh(job).error) == (JobState.QUEUED, 0, "")
    assert worker.run_pending() == [(job.pk, JobState.DONE)]
    entry = Entry.objects.get(verb="job.retry")
    assert (entry.actor, entry.detail["tries"]) == (person, 1)
    with pytest.raises(NotPossible):
        services.retry(job, actor=person)


def test_a_waiting_job_is_cancelled_at_once(db, kind, ask, person):
    job = ask(kind("effect", effect), {"n": 1})
    assert services.cancel(job, actor=person).state == JobState.CANCELLED
    assert worker.run(job.pk) is None and effects() == 0
    assert Entry.objects.get(verb="job.cancel").actor == person
    with pytest.raises(NotPossible):
        services.cancel(job, actor=person)
    services.retry(job, actor=person)
    assert worker.run(job.pk) == JobState.DONE


def test_whoever_a_job_is_for_hears_that_it_was_cancelled(db, kind, ask, person):
    told = []
    job = ask(kind("effect", effect, stopped=lambda job, payload: told.append((job.pk, payload))), {"n": 1})
    services.cancel(job, actor=person)
    assert told == [(job.pk, {"n": 1})]


def test_a_job_is_cancelled_even_when_that_cannot_be_noted(db, kind, ask, person):
    def fails(job, payload):
        raise ValueError

    assert (
        services.cancel(ask(kind("effect", effect, stopped=fails), {}), actor=person).state
        == JobState.CANCELLED
    )


@pytest.mark.django_db(transaction=True)
def test_a_running_job_is_cancelled_when_its_handler_next_reports(kind, ask, person):
    started, rounds = threading.Event(), []

    def long(job, payload):
        effect(job, payload)
        started.set()
        for done in range(100):
            rounds.append(done)
            job.progress(done, 100)
            time.sleep(0.05)

    job = ask(kind("long", long), {"n": 1})
    in_another_thread(lambda: worker.run(job.pk))
    assert started.wait(5)
    assert services.cancel(job, actor=person).state == JobState.RUNNING
    join_threads()
    assert (fresh(job).state, effects()) == (JobState.CANCELLED, 0)
    assert len(rounds) < 100


@pytest.mark.django_db(transaction=True)
def test_progress_is_seen_while_the_handlers_transaction_is_open(kind, ask):
    reported, seen = threading.Event(), threading.Event()

    def long(job, payload):
        effect(job, payload)
        job.progress(3, 10, "third sheet")
        reported.set()
        assert seen.wait(10)

    job = ask(kind("long", long), {"n": 1})
    in_another_thread(lambda: worker.run(job.pk))
    assert reported.wait(5)
    wait_until(lambda: fresh(job).progress_done == 3)
    now = fresh(job)
    assert (now.progress_done, now.progress_total, now.progress_note) == (3, 10, "third sheet")
    assert effects() == 0  # not committed yet
    seen.set()
    join_threads()
    assert (fresh(job).state, effects()) == (JobState.DONE, 1)
    assert fresh(job).progress_done == 3


@pytest.mark.django_db(transaction=True)
def test_a_long_job_that_reports_nothing_keeps_its_lease(kind, ask, monkeypatch):
    monkeypatch.setattr(beat, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(beat, "PAUSE_SECONDS", 0.01)
    leases = []

    def long(job, payload):
        time.sleep(0.5)
        leases.append(job.lease_until)

    job = ask(kind("long", long))
    in_another_thread(lambda: worker.run(job.pk))
    time.sleep(0.35)
    renewed = fresh(job).lease_until
    join_threads()
    assert renewed > leases[0]
    assert fresh(job).state == JobState.DONE


@pytest.mark.django_db(transaction=True)
def test_a_sign_of_life_survives_a_broken_connection(kind, ask, monkeypatch):
    monkeypatch.setattr(beat, "PAUSE_SECONDS", 0.01)
    broken, renew = [], beat.Beat.renew

    def sometimes(self):
        if not broken:
            broken.append(True)
            raise ConnectionError("the database went away")
        renew(self)

    monkeypatch.setattr(beat.Beat, "renew", sometimes)

    def long(job, payload):
        for done in (1, 2):
            job.progress(done)
            time.sleep(0.2)

    job = ask(kind("long", long))
    assert worker.run(job.pk) == JobState.DONE
    assert broken == [True] and fresh(job).progress_done == 2


def test_progress_is_kept_within_sense(db, kind, ask):
    def odd(job, payload):
        job.progress(-3, 5, "x" * 500)
        assert fresh(job).progress_done == 0
        job.progress(9, 5)

    job = ask(kind("odd", odd))
    assert worker.run(job.pk) == JobState.DONE
    assert (fresh(job).progress_done, fresh(job).progress_total) == (9, 9)
    with pytest.raises(RuntimeError, match="for handlers"):
        job.progress(1)


def test_a_run_that_lost_its_lease_is_told_so(db, kind, ask):
    def robbed(job, payload):
        Job.objects.filter(pk=job.pk).update(lease_token="00000000-0000-0000-0000-000000000000")
        with pytest.raises(LeaseLost):
            job.progress(1)
        effect(job, payload)

    job = ask(kind("robbed", robbed), {"n": 1})
    assert worker.run(job.pk) == JobState.RUNNING  # as the other worker left it
    assert effects() == 0


def test_an_inline_run_can_be_cancelled_too(db, kind, ask):
    def long(job, payload):
        Job.objects.filter(pk=job.pk).update(cancel_asked_at=Now())
        with pytest.raises(Cancelled):
            job.progress(1)
        raise Cancelled

    assert worker.run(ask(kind("long", long)).pk) == JobState.CANCELLED


@pytest.mark.django_db(transaction=True)
def test_the_handler_may_take_its_time_within_its_transaction(kind, ask):
    found = {}

    def look(job, payload):
        with connection.cursor() as cursor:
            for name in ("idle_in_transaction_session_timeout", "statement_timeout"):
                cursor.execute(f"SHOW {name}")
                found[name] = cursor.fetchone()[0]

    worker.run(ask(kind("look", look)).pk)
    assert found == {"idle_in_transaction_session_timeout": "0", "statement_timeout": "5min"}


THREADS = []


def in_another_thread(function):
    def run():
        try:
            function()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    THREADS.append(thread)
    thread.start()
    return thread


def wait_until(condition, seconds=5):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)


def join_threads():
    while THREADS:
        THREADS.pop().join(20)
