"""Running one job: take the lease, call the handler, close; every outcome is a state of the row."""

import contextlib
import logging
import os
import socket
import uuid

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Now

from portal.jobs import endings
from portal.jobs.beat import LEASE, InlineBeat, ThreadBeat
from portal.jobs.choices import JobState
from portal.jobs.errors import Cancelled, GiveUp, LeaseLost
from portal.jobs.models import Job
from portal.jobs.registry import HANDLERS

log = logging.getLogger(__name__)

# A handler may compute for minutes between two statements, and export for minutes in one.
PATIENCE = "SET LOCAL idle_in_transaction_session_timeout = 0; SET LOCAL statement_timeout = '5min'"


def run(job_id):
    """Run the job if it is due and free; returns the state it came to, None if there was nothing to do.

    A worker that dies in here leaves a lease behind, which the sweeper returns.
    """
    inline = connection.in_atomic_block
    job = take(job_id)
    if job is None:
        return None
    job.beat = InlineBeat(job) if inline else ThreadBeat(job)
    with job.beat:
        try:
            _work(job, inline)
        except LeaseLost as problem:
            log.warning("%s", problem)
        except Cancelled:
            _settle(job, endings.cancelled)
        except GiveUp as problem:
            _settle(job, endings.failed, str(problem), final=True)
        except Exception as problem:
            log.exception("Job %s failed", job)
            _settle(job, endings.failed, f"{type(problem).__name__}: {problem}")
    return Job.objects.values_list("state", flat=True).get(pk=job_id)


@transaction.atomic
def take(job_id):
    """Lease the job to this run, or None: not due, held by another, or done.

    Counts the try before it is made, so that a job that kills its worker does not go on for ever.
    """
    free = Job.objects.due().filter(pk=job_id, tries__lt=F("max_tries"))
    if free.select_for_update(skip_locked=True).values_list("pk", flat=True).first() is None:
        return None
    Job.objects.filter(pk=job_id).update(
        state=JobState.RUNNING,
        tries=F("tries") + 1,
        worker=f"{socket.gethostname()}:{os.getpid()}"[:120],
        lease_token=uuid.uuid4(),
        lease_until=Now() + LEASE,
        heartbeat_at=Now(),
        started_at=Now(),
        progress_done=0,
        progress_total=None,
        progress_note="",
    )
    return Job.objects.select_related("created_by").get(pk=job_id)


def _work(job, inline):
    """The handler's effects and "done" are one transaction: both are there, or neither."""
    handler = HANDLERS.get(job.kind)
    if handler is None:
        raise LookupError(f"no handler for jobs of kind {job.kind}")
    with transaction.atomic():
        if not inline:
            with connection.cursor() as cursor:
                cursor.execute(PATIENCE)
        handler.run(job, job.payload)
        endings.done(job)


def _settle(job, ending, *args, **kwargs):
    """Write a bad end, unless the lease went to another worker meanwhile."""
    with transaction.atomic(), contextlib.suppress(Job.DoesNotExist):
        ending(Job.objects.held_by(job).select_for_update().get(), *args, **kwargs)


def run_pending(limit=1000):
    """Run every due job here and now, and those that they ask for; returns ``[(job id, state), …]``.

    For tests, and for developing without a worker (``manage.py run_jobs``).
    """
    outcomes = []
    while len(outcomes) < limit:
        job_id = Job.objects.due().order_by("not_before", "pk").values_list("pk", flat=True).first()
        state = run(job_id) if job_id else None
        if state is None:
            break
        outcomes.append((job_id, state))
    return outcomes
