"""Background work on cases: they stop when a result counts, lapse with time, and units are reminded."""

from contextlib import suppress
from datetime import time

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from portal.accounts.models import User
from portal.jobs.registry import daily, handler
from portal.jobs.services import enqueue
from reviews.choices import RevocationAction, RevocationState
from reviews.models import Revocation
from reviews.queries_cases import open_cases, terms_on
from reviews.rules.procedure import BY_THE_CLOCK
from reviews.services.telling_cases import remind
from reviews.services.watching import lock_studios
from reviews.workdays import workdays_until
from reviews.workflow.engine import perform
from reviews.workflow.revoking import REVOCATIONS
from reviews.workflow.revoking_guards import stopped_by
from reviews.workflow.terms import TransitionNotAllowed

CASES = "reviews.cases"
STOP_CASES = "reviews.stop_cases"


@transaction.atomic
def stop_cases_of(studio_id):
    """Stop the open cases of a studio that a result, or another end of the title, has made groundless.

    In the caller's transaction, which may hold the studio's lock already. Returns how many stopped.
    """
    lock_studios([studio_id])
    actor, stopped = User.objects.system(), 0
    for case in open_cases(naming__studio=studio_id):
        with override("zh-hans"):  # the reason is kept as it is written; no reader's language is known here
            reason = stopped_by(case)
        if reason:
            perform(case.pk, RevocationAction.STOP, actor=actor, reason=reason, process=REVOCATIONS)
            stopped += 1
    return stopped


def may_stop():
    """Ids of studios with an open case that a result or another end of the title has made groundless."""
    resting = open_cases(cause__in=BY_THE_CLOCK) | open_cases(naming__until__isnull=False)
    return list(dict.fromkeys(case.naming.studio_id for case in resting if stopped_by(case)))


def lapse_overdue():
    """Note for every case whose time is over that no answer came; returns how many."""
    actor, done = User.objects.system(), 0
    late = Revocation.objects.filter(state=RevocationState.RECTIFYING, mend_until__lt=timezone.localdate())
    for case in late.order_by("naming__studio", "pk"):
        with suppress(TransitionNotAllowed):  # answered at this very moment
            perform(case.pk, RevocationAction.LAPSE, actor=actor, process=REVOCATIONS)
            done += 1
    return done


def remind_all():
    """Tell the units whose last day is near; each is told once for each last day."""
    today, terms = timezone.localdate(), terms_on()
    waiting = Revocation.objects.filter(state=RevocationState.RECTIFYING, mend_until__gte=today)
    rows = waiting.select_related("naming__studio__union__unit", "naming__level", "union")
    return sum(
        remind(case)
        for case in rows.order_by("pk")
        if workdays_until(case.mend_until, today) <= terms.remind_workdays
    )


@handler(CASES)
def cases(job, payload):
    """The daily round: what stops, what has lapsed, who is reminded."""
    for studio_id in may_stop():
        look_again_at(studio_id)
    lapse_overdue()
    remind_all()


@handler(STOP_CASES)
def stop_cases(job, payload):
    """One studio, asked for by whoever credited a result."""
    stop_cases_of(payload["studio"])


def look_again_at(studio_id, *, actor=None):
    """Have the cases of a studio looked at soon, after the caller's transaction."""
    enqueue(STOP_CASES, {"studio": studio_id}, actor=actor)


daily(CASES, at=time(3, 15))
