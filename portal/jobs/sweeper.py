"""Returning what a dead worker held."""

from django.db import transaction

from portal.jobs import endings
from portal.jobs.models import Job

BATCH = 200
SENTENCE = "The worker stopped unexpectedly while it ran this job."


@transaction.atomic
def sweep():
    """Free every job whose lease ran out: to be tried again, cancelled if that was asked for, or failed.

    Returns how many.
    """
    jobs = list(Job.objects.abandoned().select_for_update(skip_locked=True).order_by("lease_until")[:BATCH])
    for job in jobs:
        if job.cancel_asked_at:
            endings.cancelled(job)
        else:
            endings.failed(job, SENTENCE, wait=False)
    return len(jobs)
