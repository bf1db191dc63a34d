"""Background work of the three-year watch: nightly, soon after a change, and once a week the proof."""

from datetime import date, time

from django.utils import timezone

from portal.jobs.registry import daily, handler, often
from portal.jobs.services import enqueue
from reviews.models import WatchTouch
from reviews.services.clocks import prove, watch_changed, watch_these
from reviews.services.watching import NothingInForce
from reviews.tasks_cases import stop_cases_of

WATCH, SOON = "reviews.watch", "reviews.watch_soon"
STUDIO, PROOF = "reviews.watch_studio", "reviews.watch_proof"
SUNDAY = 6


@handler(WATCH)
def watch(job, payload):
    """The three-year watch for today, or on with the rest of an earlier run."""
    _watch(job, payload)


@handler(SOON)
def watch_soon(job, payload):
    """The same in between, for what changed a moment ago: a flag goes soon after a result is entered."""
    _watch(job, payload)


def _watch(job, payload):
    as_of = date.fromisoformat(payload["as_of"]) if payload else timezone.localdate()
    done = watch_changed(as_of)
    for row in done.cleared:
        stop_cases_of(row["studio"])
    if done.left:
        enqueue(WATCH, {"as_of": as_of.isoformat()}, key=f"{WATCH}-after-{job.pk}")


@handler(STUDIO)
def watch_studio(job, payload):
    """One studio, at once: a result of it was credited or queried."""
    try:
        watch_these([payload["studio"]], timezone.localdate())
    except NothingInForce:
        return
    stop_cases_of(payload["studio"])


@handler(PROOF)
def watch_proof(job, payload):
    """On Sundays: everything beside the full answer."""
    today = timezone.localdate()
    if today.weekday() == SUNDAY:
        try:
            prove(today)
        except NothingInForce:
            return


daily(WATCH, at=time(2, 30))
daily(PROOF, at=time(4, 30))
often(SOON, minutes=5, when=WatchTouch.objects.exists)
