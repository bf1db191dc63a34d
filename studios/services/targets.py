"""Yearly targets: how many studios of a level a union is to have, set by a union above it."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.models import NamingLevel, Target, Union
from studios.permissions import SET_TARGET, unions_where
from studios.services.people import NotPossible


def may_set(actor, union):
    """Whether ``actor`` may set targets for ``union``: from above; for the top of the tree, at it."""
    if not actor.has_perm(SET_TARGET, union):
        return False
    return union.parent_id is None or any(tier > union.tier for tier, _pk in unions_where(actor, SET_TARGET))


@transaction.atomic
def set_targets(year, wanted, *, actor):
    """Write a year's targets: ``wanted`` is {(union id, tier): (number seen, number wanted)}, None for none.

    Returns how many changed. Raises PermissionDenied, or NotPossible when somebody changed one meanwhile:
    then none is written.
    """
    unions = {row.pk: row for row in Union.objects.filter(pk__in={pk for pk, _tier in wanted})}
    levels = {level.tier: level for level in NamingLevel.objects.all()}
    if not all(pk in unions and tier in levels and may_set(actor, unions[pk]) for pk, tier in wanted):
        raise PermissionDenied
    list(Union.objects.select_for_update(no_key=True).filter(pk__in=sorted(unions)).order_by("pk"))
    rows = Target.objects.filter(year=year, union__in=unions).select_related("level", "union")
    now = {(row.union_id, row.level.tier): row for row in rows}
    changed = 0
    for (pk, tier), (seen, number) in wanted.items():
        row = now.get((pk, tier))
        held = row.number if row else None
        if held == number:
            continue
        if held != seen:
            raise NotPossible(
                _("%(union)s: somebody else set %(level)s to %(number)s meanwhile. Please look again.")
                % {"union": unions[pk].short_name, "level": levels[tier].label, "number": held}
            )
        _put(unions[pk], levels[tier], year, number, row, actor)
        changed += 1
    return changed


def _put(union, level, year, number, row, actor):
    subject = union
    if number is None:
        row.delete()
    elif row is None:
        subject = Target.objects.create(union=union, level=level, year=year, number=number, set_by=actor)
    else:
        row.number, row.set_by, row.set_at = number, actor, timezone.now()
        row.save(update_fields=["number", "set_by", "set_at"])
        subject = row
    record("target.set", subject, actor=actor, union=union.code, level=level.code, year=year, number=number)
