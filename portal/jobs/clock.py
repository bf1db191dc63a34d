"""Ticks: at most one runs at a time, each leaves a sign that it was heard, missed days are caught up once."""

from contextlib import contextmanager
from datetime import datetime, timedelta

from django.db import connection, transaction
from django.db.models.functions import Now
from django.utils import timezone

from portal.jobs.models import Job, Tick
from portal.jobs.registry import DAILY, OFTEN
from portal.jobs.services import enqueue

LOCK_SPACE = 0x706F7274  # first half of the advisory lock's number: ours


@contextmanager
def tick(name):
    """Yields whether this process is the one that does tick ``name`` now; opens a transaction."""
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [LOCK_SPACE, name])
            (mine,) = cursor.fetchone()
        if mine:
            Tick.objects.update_or_create(name=name, defaults={"at": Now()})
        yield mine


def ask_for_daily_jobs(now=None):
    """Write the job of the latest slot of every daily kind, unless it is there; returns the new keys.

    After three days without a clock each kind runs once, not three times.
    """
    asked = []
    for kind, at in DAILY.items():
        key = f"{kind}@{latest_slot(at, now or timezone.now())}"
        if not Job.objects.filter(key=key).exists():
            enqueue(kind, {}, key=key)
            asked.append(key)
    return asked


def ask_for_frequent_jobs(now=None):
    """Write the job of the present slot of every kind that is needed now; returns the new keys."""
    asked = []
    local = timezone.localtime(now or timezone.now())
    for kind, (minutes, when) in OFTEN.items():
        slot = (local.hour * 60 + local.minute) // minutes
        key = f"{kind}@{local.date()}-{slot}"
        if not Job.objects.filter(key=key).exists() and when():
            enqueue(kind, {}, key=key)
            asked.append(key)
    return asked


def latest_slot(at, now):
    """The last local day whose time ``at`` has come."""
    local = timezone.localtime(now)
    begins = timezone.make_aware(datetime.combine(local.date(), at))
    return local.date() if begins <= local else local.date() - timedelta(days=1)
