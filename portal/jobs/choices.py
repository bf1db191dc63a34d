"""States of a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class JobState(models.TextChoices):
    """QUEUED waits (also between tries); FAILED needs a person."""

    QUEUED = "QUEUED", _("waiting")
    RUNNING = "RUNNING", _("running")
    DONE = "DONE", _("done")
    FAILED = "FAILED", _("needs a person")
    CANCELLED = "CANCELLED", _("cancelled")


ENDED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})
