"""Words for jobs. Times are compared by the database's clock: those of web and worker hosts may differ."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from portal.jobs.choices import ENDED, JobState


class JobQuerySet(models.QuerySet):
    """What relay, worker, sweeper and pages look for."""

    def visible_to(self, user):
        """A person's own jobs; all of them for those who look after the background work."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self if user.has_perm("jobs.view_job") else self.filter(created_by=user)

    def due(self):
        """Waiting, and their time has come."""
        return self.filter(state=JobState.QUEUED, not_before__lte=Now())

    def unannounced(self, again_after):
        """Not told to the broker, or so long ago that the message must be lost."""
        return self.filter(Q(published_at=None) | Q(published_at__lt=Now() - again_after))

    def abandoned(self):
        """Running by the row, but the worker has not renewed its lease."""
        return self.filter(state=JobState.RUNNING, lease_until__lt=Now())

    def held_by(self, job):
        """The row of ``job`` as long as this very run still holds it."""
        return self.filter(pk=job.pk, state=JobState.RUNNING, lease_token=job.lease_token)

    def ended(self):
        return self.filter(state__in=ENDED)
