"""Background work about money: what a revocation for fraud brings with it, and reports that are wanted."""

from datetime import time, timedelta

from django.db import transaction
from django.db.models import F, Max
from django.urls import reverse
from django.utils import timezone

from portal.audit.services import record
from portal.jobs.registry import daily, handler
from portal.messages.services import tell
from reviews.choices import RevocationState, SubsidyState
from reviews.letters_money import REPORT_WANTED, TO_DEMAND_BACK
from reviews.models import Revocation, Subsidy
from reviews.queries_money import FOR_THESE
from reviews.services.telling_money import unit_people, values_about
from studios.choices import EndReason
from studios.permissions import APPROVE_APPLICATION, REVIEW_APPLICATION
from studios.services.people import people_in

RECOVER = "reviews.recover_after"
REMIND = "reviews.remind_of_use"
REPORT_AFTER = timedelta(days=90)  # of the last payment
CATCH_UP = timedelta(days=14)  # a reminder that was missed for longer is not sent any more
DEMANDABLE = (SubsidyState.GRANTED, SubsidyState.REPORTED, SubsidyState.SETTLED)


@handler(RECOVER)
def recover_all(job, payload):
    """Every revocation for fraud or misuse whose subsidies nobody has been asked about yet."""
    for pk in due_revocations().values_list("pk", flat=True):
        recover_after(pk)


def due_revocations():
    """Cases that ended a title for fraud or misuse and left a subsidy without a demand."""
    without = Subsidy.objects.filter(revocation=None, state__in=DEMANDABLE)
    rows = Revocation.objects.filter(state=RevocationState.REVOKED, cause__in=FOR_THESE)
    return rows.filter(naming__in=without.values("naming")).order_by("pk")


@transaction.atomic
def recover_after(revocation_id):
    """Tie the subsidies of a title revoked for fraud or misuse to the case; returns those tied just now.

    From then on nothing more is paid, the list shows them as to be demanded back, and the reviewers of the
    union that paid are told. The demand itself stays a person's step. Harmless to run twice, or at once.
    """
    revocation = Revocation.objects.get(pk=revocation_id)
    if revocation.state != RevocationState.REVOKED or revocation.cause not in FOR_THESE:
        return []
    rows = Subsidy.objects.select_for_update(of=("self",)).filter(
        naming=revocation.naming_id, revocation=None, state__in=DEMANDABLE
    )
    found = list(rows.select_related("naming__studio", "union__unit", "scheme__union").order_by("pk"))
    for subsidy in found:
        subsidy.revocation = revocation
        subsidy.save(update_fields=["revocation"])
        record("subsidy.stop", subsidy, actor=None, revocation=revocation.pk, cause=revocation.cause)
        _ask_office(subsidy, revocation)
    return found


def _ask_office(subsidy, revocation):
    if subsidy.paid == subsidy.paid_back:
        return
    tell(
        people_in(subsidy.union_at_tier_id(), REVIEW_APPLICATION, APPROVE_APPLICATION),
        TO_DEMAND_BACK,
        {**values_about(subsidy), "cause": EndReason(revocation.cause).label},
        url=reverse("subsidy_detail", args=[subsidy.pk]),
        event_key=f"subsidy-stop-{subsidy.pk}-{revocation.pk}",
    )


@handler(REMIND)
def remind(job, payload):
    """Ask units whose last payment is three months old for the report on its use; once for each payment."""
    now = timezone.now()
    rows = Subsidy.objects.filter(state=SubsidyState.GRANTED, paid__gt=0, revocation=None)
    rows = rows.annotate(last_paid=Max("payments__recorded_at"), last_payment=Max("payments__pk"))
    due = rows.filter(
        last_paid__lte=now - REPORT_AFTER,
        last_paid__gt=now - REPORT_AFTER - CATCH_UP,
        paid__gt=F("paid_back"),
    )
    for subsidy in due.select_related("naming__studio", "union__unit", "scheme__union").order_by("pk"):
        tell(
            unit_people(subsidy),
            REPORT_WANTED,
            values_about(subsidy),
            url=reverse("subsidy_detail", args=[subsidy.pk]),
            event_key=f"subsidy-report-{subsidy.pk}-{subsidy.last_payment}",
        )


daily(RECOVER, at=time(2, 50))
daily(REMIND, at=time(8, 30))
