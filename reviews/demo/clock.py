"""A clock that can be put back: the city's history is lived through by the real services, day after day.

Only for loading the demonstration, where nothing is served at the same time. ``timezone.now`` and the
defaults made from it answer the moved time; rows that may never be changed are written right at once.
"""

from contextlib import contextmanager
from datetime import datetime, time, timedelta

from django.apps import apps
from django.utils import timezone

from reviews.workdays import is_workday


class Clock:
    """``moment`` is what services see as now, None for the true time."""

    def __init__(self):
        self.true_now = timezone.now
        self.moment = None

    def now(self):
        """The moved time."""
        return self.moment or self.true_now()


@contextmanager
def movable_clock():
    """Yields the Clock that rules the time inside the block."""
    clock = Clock()
    fields = [
        field
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.default is clock.true_now
    ]
    set_now(fields, clock.now)
    try:
        yield clock
    finally:
        set_now(fields, clock.true_now)


def set_now(fields, function):
    """Let ``function`` say what time it is, also for the fields that ask when a row is made."""
    timezone.now = function
    for field in fields:
        field.default = function
        field.__dict__.pop("_get_default", None)


def office_time(days_ago, step, *, today):
    """A moment of the last working day that is ``days_ago`` or more; later for a later ``step`` (0 to 15)."""
    day = today - timedelta(days=days_ago)
    while not is_workday(day):
        day -= timedelta(days=1)
    moment = datetime.combine(day, time(8, 40)) + timedelta(minutes=31 * step)
    return timezone.make_aware(moment)
