"""Proposing to annul a whole decision (整批撤销): every title that it granted is to end together."""

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.audit.services import record
from reviews.models import Annulment
from reviews.queries_cases import live_titles_of, titles_above
from studios.choices import Tier
from studios.models import Appointment, Leader, Member, Naming, OfficialDocument
from studios.permissions import REVIEW_APPLICATION, unions_where
from studios.services.people import NotPossible

NAMED_IN_A_SENTENCE = 8


@transaction.atomic
def propose_annulment(document, grounds, *, actor):
    """An annulment that waits for a second person. Raises PermissionDenied or NotPossible."""
    document = OfficialDocument.objects.select_related("union").get(pk=document.pk)
    union = document.union
    if union.tier < Tier.COUNTY or (union.tier, union.pk) not in unions_where(actor, REVIEW_APPLICATION):
        raise PermissionDenied
    if not grounds.strip():
        raise NotPossible(_("Give the reason."))
    if not live_titles_of(document).exists():
        raise NotPossible(_("No title that this decision granted is still in force."))
    if has_ties_to_any(document, actor):
        raise NotPossible(_("You belong or belonged to one of these units: somebody else must act here."))
    try:
        with transaction.atomic():
            annulment = Annulment.objects.create(
                annulled=document, union=union, grounds=grounds.strip(), proposed_by=actor
            )
    except IntegrityError:
        raise NotPossible(_("An annulment of this decision is proposed already.")) from None
    record("annulment.propose", annulment, actor=actor, document=document.label)
    return annulment


def has_ties_to_any(document, actor):
    """Whether ``actor`` belongs or belonged to one of the units whose titles the decision granted."""
    of_unit = {"person__user": actor.pk, "studio__union": OuterRef("union")}
    tied = (
        Exists(Appointment.objects.filter(user=actor.pk, role_group__union=OuterRef("union")))
        | Exists(Leader.objects.filter(**of_unit))
        | Exists(Member.objects.filter(**of_unit))
    )
    return Naming.objects.filter(tied, document=document).exists()


def sentence_above(document, on=None):
    """Which studios' higher titles stand in the way, or "" when none do."""
    own = Naming.objects.filter(document=document, until=None)
    above = titles_above(own, on) if on else Naming.objects.filter(Q(until=None), basis__in=own)
    above = above.exclude(pk__in=own).select_related("studio").order_by("studio")
    names = list(above.values_list("studio__short_name", flat=True).distinct())
    if not names:
        return ""
    shown = "、".join(names[:NAMED_IN_A_SENTENCE])
    return ngettext(
        "A higher title of %(count)s studio still rests on this decision and must end first: %(names)s.",
        "Higher titles of %(count)s studios still rest on this decision and must end first: %(names)s.",
        len(names),
    ) % {"count": len(names), "names": f"{shown}……" if len(names) > NAMED_IN_A_SENTENCE else shown}
