"""Asking for a job: only with the act it belongs to, once per key, whatever the broker does."""

import socket
import time
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone

from portal.jobs import relay, services
from portal.jobs.choices import JobState
from portal.jobs.models import Job


def nothing(job, payload):
    """A handler."""


@pytest.mark.django_db(transaction=True)
def test_a_job_outside_a_transaction_is_refused(kind):
    kind("note", nothing)
    with pytest.raises(RuntimeError, match="inside the transaction"):
        services.enqueue("note", {})
    assert not Job.objects.exists()


def test_a_job_of_an_unknown_kind_is_refused(db):
    with pytest.raises(ValueError, match="No handler for jobs of kind tea"):
        services.enqueue("tea", {})


def test_a_kind_has_one_handler(kind):
    kind("note", nothing)
    kind("note", nothing)
    with pytest.raises(ValueError, match="Two handlers"):
        kind("note", lambda job, payload: None)


def test_a_new_job_waits_and_remembers_who_asked(db, kind, ask, person):
    job = ask(kind("note", nothing), {"studio": 5}, actor=person)
    job.refresh_from_db()
    assert (job.state, job.payload, job.created_by, job.tries) == (JobState.QUEUED, {"studio": 5}, person, 0)
    assert ask("note", actor=AnonymousUser()).created_by is None
    assert ask("note").created_by is None


@pytest.mark.django_db(transaction=True)
def test_a_job_whose_act_fails_never_was(kind, sent):
    kind("note", nothing)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        services.enqueue("note", {})
        1 / 0  # noqa: B018
    assert not Job.objects.exists()
    assert sent == []


def test_the_same_key_gives_the_same_job(db, kind, ask):
    kind("note", nothing)
    first, second = ask("note", {"n": 1}, key="note-1"), ask("note", {"n": 2}, key="note-1")
    assert first == second
    assert Job.objects.get().payload == {"n": 1}
    assert ask("note") != ask("note")  # no key, no claim to be the only one


@pytest.mark.django_db(transaction=True)
def test_the_broker_is_told_after_the_commit_and_not_before(kind, sent):
    kind("note", nothing)
    with transaction.atomic():
        job = services.enqueue("note", {})
        assert sent == []
    assert sent == [job.pk]
    job.refresh_from_db()
    assert job.published_at is not None


@pytest.mark.django_db(transaction=True)
def test_a_job_for_later_is_not_published_yet(kind, ask, sent):
    job = ask(kind("note", nothing), not_before=timezone.now() + timedelta(hours=1))
    assert sent == [] and relay.publish_due() == 0
    Job.objects.update(not_before=timezone.now() - timedelta(seconds=1))
    assert relay.publish_due() == 1 and sent == [job.pk]


@pytest.fixture
def silent_server():
    """A server that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield f"redis://127.0.0.1:{server.getsockname()[1]}/0"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "url", ["redis+socket:///nonexistent/broker.sock", "redis://127.0.0.1:1/0", "silent"]
)
def test_with_the_broker_down_the_act_succeeds_quickly_and_the_relay_publishes_later(
    kind, ask, monkeypatch, url, silent_server
):
    url = silent_server if url == "silent" else url
    kind("note", nothing)
    monkeypatch.setitem(relay.app.conf, "broker_url", url)
    started = time.perf_counter()
    jobs = [ask("note") for _ in range(20)]
    assert time.perf_counter() - started < 2.5  # one short attempt, then the broker is left alone
    assert Job.objects.filter(published_at=None, state=JobState.QUEUED).count() == 20
    assert relay.publish_due() == 0
    ids = []
    monkeypatch.setattr(relay, "send", ids.append)  # the broker is back
    assert relay.publish_due() == 20
    assert ids == [job.pk for job in jobs]
    assert relay.publish_due() == 0


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_fails_half_way_leaves_the_rest_for_the_next_tick(kind, ask, monkeypatch):
    kind("note", nothing)
    monkeypatch.setattr(relay._Quiet, "until", time.monotonic() + 60)
    jobs = [ask("note") for _ in range(5)]
    ids = []

    def send(job_id):
        if len(ids) == 2:
            raise ConnectionError("gone")
        ids.append(job_id)

    monkeypatch.setattr(relay, "send", send)
    assert relay.publish_due() == 2
    published = Job.objects.filter(published_at__isnull=False)
    assert sorted(published.values_list("pk", flat=True)) == sorted(job.pk for job in jobs[:2]) == ids


@pytest.mark.django_db(transaction=True)
def test_a_message_that_was_lost_is_sent_again_after_a_minute(kind, ask, sent):
    job = ask(kind("note", nothing))
    assert relay.publish_due() == 0
    Job.objects.update(published_at=timezone.now() - timedelta(seconds=61))
    assert relay.publish_due() == 1
    assert sent == [job.pk, job.pk]


@pytest.mark.django_db(transaction=True)
def test_a_long_queue_stays_in_the_database(kind, ask, sent, monkeypatch):
    kind("note", nothing)
    monkeypatch.setattr(relay._Quiet, "until", time.monotonic() + 60)
    for _ in range(8):
        ask("note")
    assert [relay.publish_due(limit=5), relay.publish_due(limit=5)] == [5, 0]


def test_the_message_carries_the_id_and_nothing_else(monkeypatch):
    from kombu import Connection, Exchange, Queue

    monkeypatch.setitem(relay.app.conf, "broker_url", "memory://jobs-test")
    relay.send(17)
    with Connection("memory://jobs-test") as connection:
        queue = Queue("portal", Exchange("portal"), routing_key="portal", channel=connection)
        message = queue.get()
        assert message.headers["task"] == "jobs.run"
        assert message.content_type == "application/json"
        args, kwargs, _embed = message.decode()
        assert (args, kwargs) == ([], {"job": 17})
        message.ack()
