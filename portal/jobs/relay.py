"""Telling the broker about jobs: at once after the commit where that is possible, else by the relay's tick.

A message is only a nudge, ``{"job": 5}``. Lost or doubled messages do no harm: the row decides.
"""

import logging
import time
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now
from kombu import Connection
from kombu.pools import producers

from portal.jobs.broker import app
from portal.jobs.choices import JobState
from portal.jobs.models import Job

log = logging.getLogger(__name__)

RUN_TASK = "jobs.run"
AGAIN_AFTER = timedelta(seconds=60)  # a message not followed by a run is taken for lost
WINDOW = 500  # messages under way at most, so that a long queue lies in PostgreSQL and not in Redis
QUIET_SECONDS = 10  # after a failure web requests leave the broker alone for so long
PATIENCE = {"socket_connect_timeout": 1, "socket_timeout": 1, "max_retries": 0, "retry_on_timeout": False}


class _Quiet:
    """Until when (monotonic seconds) this process does not try the broker in a request."""

    until = 0.0


def nudge(job_id):
    """After the commit: tell the broker about one new job. A broker that is gone costs nothing."""
    if time.monotonic() < _Quiet.until:
        return
    fresh = Job.objects.due().filter(pk=job_id, published_at=None)
    if fresh.update(published_at=Now()):
        publish([job_id])


def publish_due(limit=WINDOW):
    """Tell the broker about every due job that it does not know of; returns how many."""
    return publish(claim_due(limit))


@transaction.atomic
def claim_due(limit=WINDOW):
    """Mark what is to be published and return the ids, oldest first; send them after this has committed.

    A worker that got the message while the row was still locked would skip the job.
    """
    under_way = Job.objects.filter(state=JobState.QUEUED, published_at__gte=Now() - AGAIN_AFTER).count()
    wanted = (
        Job.objects.due()
        .unannounced(AGAIN_AFTER)
        .order_by("not_before", "pk")
        .select_for_update(skip_locked=True)
        .values_list("pk", flat=True)
    )
    claimed = list(wanted[: max(0, limit - under_way)])
    Job.objects.filter(pk__in=claimed).update(published_at=Now())
    return claimed


def publish(job_ids):
    """Send the messages; what could not be sent is unmarked for the next tick. Returns how many were sent."""
    sent = 0
    try:
        for job_id in job_ids:
            send(job_id)
            sent += 1
    except Exception as problem:  # kombu, redis and the socket each have their own kinds
        _Quiet.until = time.monotonic() + QUIET_SECONDS
        log.warning("The broker cannot be reached, %d jobs wait: %s", len(job_ids) - sent, problem)
        Job.objects.filter(pk__in=job_ids[sent:], state=JobState.QUEUED).update(published_at=None)
    return sent


def send(job_id):
    """One message, tried once."""
    connection = Connection(app.conf.broker_url, transport_options=PATIENCE)
    with producers[connection].acquire(block=True, timeout=1) as producer:
        app.send_task(RUN_TASK, kwargs={"job": job_id}, producer=producer, retry=False)
