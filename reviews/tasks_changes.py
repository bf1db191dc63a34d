"""Background work about requested changes: telling, taking effect on the day, clauses to be met again."""

from datetime import time

from django.utils import timezone

from portal.accounts.models import User
from portal.jobs.registry import daily, handler
from reviews.models import Recheck
from reviews.services.changes import ASKED, STUCK, apply_due
from reviews.services.rechecks import look_again
from reviews.services.telling_changes import tell_asked, tell_overdue, tell_stuck

CHANGES = "reviews.changes"


@handler(ASKED)
def asked(job, payload):
    """Tell the office that a change was asked for."""
    tell_asked(payload["change"])


@handler(STUCK)
def stuck(job, payload):
    """Tell that an approved change could not take effect."""
    tell_stuck(payload["change"], payload["problem"])


@handler(CHANGES)
def changes(job, payload):
    """The day's work: approved changes whose day has come, and the clauses that are to be met again."""
    apply_due(actor=User.objects.system())
    for pk in look_again():
        tell_overdue(pk)
        Recheck.objects.filter(pk=pk).update(told_at=timezone.now())


daily(CHANGES, at=time(1, 0))
