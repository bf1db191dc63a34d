"""Plaque and papers of ended titles: what is to come back by when, and what came back."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from reviews.choices import ReturnedItem
from reviews.models import ReturnDue
from reviews.services.ties import has_ties_to
from studios.permissions import REVIEW_APPLICATION, SCOPE_COLUMN, unions_where
from studios.services.people import NotPossible


def expect_back(namings, due_on, *, revocation=None, annulment=None):
    """Everything that goes back with a title, for each of ``namings``, by a day."""
    ReturnDue.objects.bulk_create(
        ReturnDue(
            naming=naming,
            union_id=naming.union_id,
            revocation=revocation,
            annulment=annulment,
            item=item,
            due_on=due_on,
        )
        for naming in namings
        for item in ReturnedItem.values
    )


def may_record(user, due):
    """Whether ``user`` notes what came back: a reviewer of the union of the title's level."""
    tier = due.naming.level.tier
    column = SCOPE_COLUMN.get(tier)
    return column is not None and (tier, getattr(due, column)) in unions_where(user, REVIEW_APPLICATION)


@transaction.atomic
def record_return(due, *, returned_on, note, actor):
    """Note the day on which a thing came back; a wrong day can be put right. Raises NotPossible."""
    due = ReturnDue.objects.select_for_update(of=("self",)).select_related("naming__level").get(pk=due.pk)
    if not may_record(actor, due):
        raise PermissionDenied
    if has_ties_to(due.union_id, actor):
        raise NotPossible(_("You belong or belonged to this unit: somebody else must act here."))
    if returned_on > timezone.localdate():
        raise NotPossible(
            _("%(day)s has not come yet: give the day on which it came back.")
            % {"day": returned_on.isoformat()}
        )
    if returned_on < due.naming.since:
        raise NotPossible(
            _("The title was granted on %(since)s; nothing can have come back on %(day)s.")
            % {"since": due.naming.since.isoformat(), "day": returned_on.isoformat()}
        )
    due.returned_on, due.note, due.recorded_by = returned_on, note.strip(), actor
    due.save(update_fields=["returned_on", "note", "recorded_by"])
    record("return.record", due, actor=actor, item=due.item, on=returned_on)
    return due
