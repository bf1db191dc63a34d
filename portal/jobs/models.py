"""A job and the beating of the clock."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from portal.jobs.choices import ENDED, JobState
from portal.jobs.querysets import JobQuerySet

MAX_TRIES = 3


class Job(models.Model):
    """One piece of work, written in the transaction of the act that needs it.

    ``key`` names what the job is about, where it must exist once only (kind, subject, period); "" for none.
    A RUNNING job is held by one run of one worker, known by ``lease_token``, until ``lease_until``.
    """

    kind = models.CharField(pgettext_lazy("job", "kind"), max_length=60)
    payload = models.JSONField(pgettext_lazy("job", "payload"), default=dict, encoder=DjangoJSONEncoder)
    key = models.CharField(pgettext_lazy("job", "key"), max_length=200, blank=True)
    state = models.CharField(
        pgettext_lazy("job", "state"), max_length=9, choices=JobState, default=JobState.QUEUED
    )
    tries = models.PositiveSmallIntegerField(pgettext_lazy("job", "tries"), default=0)
    max_tries = models.PositiveSmallIntegerField(default=MAX_TRIES)
    not_before = models.DateTimeField(pgettext_lazy("job", "not before"), db_default=Now())
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=pgettext_lazy("job", "asked for by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(pgettext_lazy("job", "created"), db_default=Now())
    published_at = models.DateTimeField(null=True)
    started_at = models.DateTimeField(pgettext_lazy("job", "started"), null=True)
    finished_at = models.DateTimeField(pgettext_lazy("job", "finished"), null=True)

    worker = models.CharField(pgettext_lazy("job", "worker"), max_length=120, blank=True)
    lease_token = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    cancel_asked_at = models.DateTimeField(null=True)

    progress_done = models.PositiveIntegerField(default=0)
    progress_total = models.PositiveIntegerField(null=True)
    progress_note = models.CharField(max_length=200, blank=True)
    error = models.CharField(pgettext_lazy("job", "error"), max_length=500, blank=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("job", "job")
        verbose_name_plural = pgettext_lazy("job", "jobs")
        constraints = [
            models.UniqueConstraint(name="job_one_per_key", fields=["key"], condition=~Q(key="")),
            models.CheckConstraint(name="job_has_a_kind", condition=~Q(kind="")),
            models.CheckConstraint(name="job_state_known", condition=Q(state__in=JobState.values)),
            models.CheckConstraint(
                name="job_held_exactly_while_running",
                condition=Q(state=JobState.RUNNING, lease_token__isnull=False, lease_until__isnull=False)
                | Q(~Q(state=JobState.RUNNING), lease_token=None, lease_until=None),
            ),
            models.CheckConstraint(
                name="job_finished_exactly_when_ended",
                condition=Q(state__in=sorted(ENDED), finished_at__isnull=False)
                | Q(~Q(state__in=sorted(ENDED)), finished_at=None),
            ),
            models.CheckConstraint(
                name="job_started_when_run",
                condition=~Q(state__in=[JobState.RUNNING, JobState.DONE]) | Q(started_at__isnull=False),
            ),
            models.CheckConstraint(
                name="job_failed_with_a_reason", condition=~Q(state=JobState.FAILED) | ~Q(error="")
            ),
            models.CheckConstraint(name="job_tries_limited", condition=Q(tries__lte=models.F("max_tries"))),
        ]
        indexes = [
            models.Index(name="job_waiting", fields=["not_before"], condition=Q(state=JobState.QUEUED)),
            models.Index(name="job_running", fields=["lease_until"], condition=Q(state=JobState.RUNNING)),
            models.Index(name="job_ended", fields=["finished_at"], condition=Q(finished_at__isnull=False)),
            models.Index(name="job_of_person", fields=["created_by", "-id"]),
        ]

    beat = None  # set by the worker for the time of the run; see portal.jobs.beat

    def __str__(self):
        return f"{self.kind} {self.pk}"

    @property
    def is_open(self):
        """Waiting or running."""
        return self.state not in ENDED

    def progress(self, done, total=None, note=""):
        """Tell how far the run is; visible to others at once, whatever becomes of the handler's transaction.

        Handlers of long jobs call it often (it is cheap). Raises Cancelled when a person asked for the job to
        stop and LeaseLost when the job was given to another worker: let both pass.
        """
        if self.beat is None:
            raise RuntimeError("progress() is for handlers, while the worker runs them")
        self.beat.report(done, total, note)


class Tick(models.Model):
    """When a clock of the background work was last heard: the sign that beat and a worker are alive."""

    name = models.CharField(max_length=30, primary_key=True)
    at = models.DateTimeField(db_default=Now())

    def __str__(self):
        return self.name
