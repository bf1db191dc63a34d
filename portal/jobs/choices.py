"""States of a job."""

from django.db import models
from django.utils.translation import pgettext_lazy


class JobState(models.TextChoices):
    """QUEUED waits (also between tries); FAILED needs a person."""

    QUEUED = "QUEUED", pgettext_lazy("job", "waiting")
    RUNNING = "RUNNING", pgettext_lazy("job", "running")
    DONE = "DONE", pgettext_lazy("job", "done")
    FAILED = "FAILED", pgettext_lazy("job", "needs a person")
    CANCELLED = "CANCELLED", pgettext_lazy("job", "cancelled")


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
