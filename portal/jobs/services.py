"""Verbs about jobs: asking for one, stopping one, trying a failed one again."""

from functools import partial

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.jobs import endings
from portal.jobs.choices import JobState
from portal.jobs.errors import NotPossible
from portal.jobs.models import Job
from portal.jobs.registry import HANDLERS
from portal.jobs.relay import nudge


def enqueue(kind, payload, *, actor=None, key="", not_before=None):
    """Write a job in the caller's transaction; it runs after the commit, or never if that fails.

    With a ``key`` that an earlier job carries, that job is returned and nothing is written. ``payload`` is
    plain JSON, and small: ids. Raises RuntimeError outside a transaction, ValueError for an unknown kind.
    """
    if kind not in HANDLERS:
        raise ValueError(f"No handler for jobs of kind {kind}")
    if not connection.in_atomic_block:
        raise RuntimeError("enqueue() must run inside the transaction of the act that needs the job")
    job = Job(kind=kind, payload=payload, key=key, created_by=_person(actor))
    if not_before is not None:
        job.not_before = not_before
    if key:
        Job.objects.bulk_create([job], ignore_conflicts=True)
        job = Job.objects.get(key=key)
    else:
        job.save(force_insert=True)
    transaction.on_commit(partial(nudge, job.pk), robust=True)
    return job


@transaction.atomic
def cancel(job, *, actor):
    """Stop a job: a waiting one at once, a running one as soon as its handler asks (``job.progress``)."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if not job.is_open:
        raise NotPossible(_("This job has already ended."))
    job.cancel_asked_at = Now()
    job.save(update_fields=["cancel_asked_at"])
    if job.state == JobState.QUEUED:
        endings.cancelled(job)
    job.refresh_from_db()
    record("job.cancel", job, actor=actor)
    return job


@transaction.atomic
def retry(job, *, actor):
    """Queue a failed or cancelled job again, with all its tries."""
    job = Job.objects.select_for_update().get(pk=job.pk)
    if job.state not in (JobState.FAILED, JobState.CANCELLED):
        raise NotPossible(_("Only a job that failed or was cancelled can be tried again."))
    record("job.retry", job, actor=actor, error=job.error, tries=job.tries)
    Job.objects.filter(pk=job.pk).update(
        state=JobState.QUEUED,
        tries=0,
        error="",
        not_before=Now(),
        published_at=None,
        finished_at=None,
        cancel_asked_at=None,
    )
    job.refresh_from_db()
    transaction.on_commit(partial(nudge, job.pk), robust=True)
    return job


def _person(actor):
    return actor if actor is not None and actor.is_authenticated else None
