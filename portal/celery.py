"""``celery -A portal``: the Celery application with the tasks of every app and the beat of the clock."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

from portal.jobs.broker import app  # noqa: E402


def every(seconds, task):
    """A beat entry; a tick that was not run before the next one is due is dropped."""
    return {"task": task, "schedule": float(seconds), "options": {"expires": seconds}}


app.conf.beat_schedule = {
    "relay": every(10, "jobs.relay"),
    "sweeper": every(30, "jobs.sweeper"),
    "daily": every(60, "jobs.daily"),  # looks whether the day's slot has come; the slot itself is a row
}
app.autodiscover_tasks()
