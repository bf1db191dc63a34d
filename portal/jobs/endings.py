"""How a run ends: done, given back for another try, failed for good, cancelled.

Each function but ``done`` takes a row that the caller has locked.
"""

import logging
from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from portal.jobs.choices import JobState
from portal.jobs.errors import LeaseLost
from portal.jobs.models import Job
from portal.jobs.registry import HANDLERS

log = logging.getLogger(__name__)

# After the first, the second, … try.
BACK_OFF = (
    timedelta(seconds=10),
    timedelta(seconds=60),
    timedelta(minutes=5),
)
FREE = {"lease_token": None, "lease_until": None}


def done(job):
    """Close the run in the handler's transaction; LeaseLost undoes it when the job is held no more."""
    closed = Job.objects.held_by(job).update(
        state=JobState.DONE, finished_at=Now(), error="", **FREE, **job.beat.latest()
    )
    if not closed:
        raise LeaseLost(f"{job} was given to another worker")


def failed(job, sentence, *, final=False, wait=True):
    """Another try after a while, or FAILED when the tries are used up or ``final``."""
    sentence = (sentence.strip() or "It failed without saying why.")[:500]
    if not final and job.tries < job.max_tries:
        pause = BACK_OFF[min(job.tries, len(BACK_OFF)) - 1] if wait else timedelta(0)
        _change(job, state=JobState.QUEUED, error=sentence, published_at=None, not_before=Now() + pause)
        return
    job.error = sentence
    _change(job, state=JobState.FAILED, error=sentence, finished_at=Now())
    log.error("Job %s needs a person: %s", job, sentence)
    _say_so(job, "gave_up")


def cancelled(job):
    """Stop for good, as a person asked."""
    _change(job, state=JobState.CANCELLED, finished_at=Now())
    _say_so(job, "stopped")


def _change(job, **values):
    Job.objects.filter(pk=job.pk).update(**values, **FREE)


def _say_so(job, ending):
    """Let the kind's owner note the ending; if that fails, the job has ended nevertheless."""
    note = getattr(HANDLERS.get(job.kind), ending, None)
    if note is None:
        return
    try:
        with transaction.atomic():
            note(job, job.payload)
    except Exception:
        log.exception("The end of job %s could not be noted", job)
