"""Background work of reviews."""

from datetime import date, time

from django.utils import timezone

from portal.jobs.registry import daily, handler
from portal.jobs.services import enqueue
from reviews.services.telling import tell_of
from reviews.services.watching import watch_some

WATCH = "reviews.watch"


@handler("reviews.tell")
def tell(job, payload):
    """Messages to everyone concerned by a step."""
    tell_of(payload["decision"])


@handler(WATCH)
def watch(job, payload):
    """The three-year watch for today, or on with the rest of an earlier day's first run."""
    as_of = date.fromisoformat(payload["as_of"]) if payload else timezone.localdate()
    done = watch_some(as_of)
    if done.left:
        enqueue(WATCH, {"as_of": as_of.isoformat()}, key=f"{WATCH}-after-{job.pk}")


daily(WATCH, at=time(2, 30))
