"""Opening the case of a title: by the union that grants its level, with what the register says that day."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.choices import REVOCATION_CLOSED, AssessmentState, Grade
from reviews.models import CaseFile, Revocation
from reviews.queries_cases import evidence_of, standing_of
from reviews.rules.procedure import BY_THE_CLOCK
from reviews.services.ties import has_ties_to
from reviews.services.watching import lock_studios
from studios.choices import EndReason, Tier
from studios.models import Naming
from studios.permissions import REVIEW_APPLICATION, unions_where
from studios.services import evidence as files
from studios.services.people import NotPossible

SLOT = "notice.answer"


@transaction.atomic
def open_case(naming, cause, grounds, *, actor, flag=None, assessment=None, from_change=False):
    """A case about one live title; nothing happens to the title. Raises PermissionDenied or NotPossible.

    The union of the level's own tier above the unit opens it: the one that granted the title, or that the
    unit moved to since. ``flag`` and ``assessment`` are what it began with. ``from_change``: it follows an
    approved change (merger, end, closing of the unit), and whoever approved that was asked for their right.
    """
    lock_studios([naming.studio_id])
    naming = Naming.objects.select_related("studio__union", "level", "granted_by", "document", "union").get(
        pk=naming.pk
    )
    case = Revocation(
        naming=naming,
        union=naming.union,
        county_id=naming.county_id,
        city_id=naming.city_id,
        province_id=naming.province_id,
        tier=Tier(naming.level.tier),
        cause=cause,
        flag=flag,
        assessment=assessment,
        grounds=grounds.strip(),
        opened_by=actor,
    )
    if not from_change:
        _demand_office(case, naming, actor)
    _demand_reason(naming, cause, flag, assessment)
    case.evidence = evidence_of(naming, cause, flag=flag, assessment=assessment)
    if Revocation.objects.filter(naming=naming).exclude(state__in=REVOCATION_CLOSED).exists():
        raise NotPossible(_("A case about this title is open already."))
    try:
        with transaction.atomic():
            case.save()
    except IntegrityError:
        raise NotPossible(_("A case about this title is open already.")) from None
    record("revocation.open", case, actor=actor, cause=str(cause), level=naming.level.code)
    return case


def _demand_office(case, naming, actor):
    if case.tier < Tier.COUNTY:
        raise NotPossible(_("A title of the base level is ended by the unit itself."))
    if (case.tier, case.union_at_tier_id()) not in unions_where(actor, REVIEW_APPLICATION):
        raise PermissionDenied
    if has_ties_to(naming.union_id, actor):
        raise NotPossible(_("You belong or belonged to this unit: somebody else must act here."))
    if naming.until is not None:
        raise NotPossible(_("This title has already ended."))


def _demand_reason(naming, cause, flag, assessment):
    """Refuse a case that its own evidence does not carry."""
    if cause not in EndReason.values or cause == EndReason.UNSTATED:
        raise NotPossible(_("Choose a cause."))
    if flag is not None and (flag.studio_id != naming.studio_id or flag.cleared_at is not None):
        raise NotPossible(_("The hint of the watch is gone: the studio has a newer result."))
    if cause in BY_THE_CLOCK:
        standing = standing_of(naming, cause)
        if standing is None:
            raise NotPossible(_("No rule in force today watches for years without a result."))
        if not standing.is_over:
            raise NotPossible(sentence_in_time(standing))
    if cause == EndReason.FAILED_ASSESSMENT:
        has_failed = (
            assessment is not None
            and assessment.studio_id == naming.studio_id
            and assessment.state == AssessmentState.CONCLUDED
            and assessment.grade == Grade.FAIL
        )
        if not has_failed:
            raise NotPossible(_("The studio has no yearly assessment that was concluded as failed."))


def sentence_in_time(standing):
    """Why the clock speaks against a case: the result that counts, or the day that has not come yet."""
    due = date_format(standing.due, "DATE_FORMAT")
    if standing.last is None:
        return _("The years without a result are full on %(due)s; until then there is no ground.") % {
            "due": due
        }
    return _("The result “%(title)s” counts for %(day)s: the years are full on %(due)s at the earliest.") % {
        "title": standing.title,
        "day": date_format(standing.last, "DATE_FORMAT"),
        "due": due,
    }


@transaction.atomic
def attach(case, upload, *, actor):
    """A file that the unit sends with its answer. Raises NotPossible, or what receiving a file raises."""
    received = files.receive(case.naming.studio, slot=SLOT, upload=upload, actor=actor)
    kept, made = CaseFile.objects.get_or_create(evidence=received, defaults={"revocation": case})
    if not made and kept.revocation_id != case.pk:
        raise NotPossible(
            _("“%(name)s” was already sent for another case; please send a file of its own.")
            % {"name": received.name}
        )
    return kept
