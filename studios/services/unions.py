"""Verbs about the tree: founding unions and units, moving a union."""

from django.db import transaction

from portal.audit.services import record
from studios.choices import Tier, UnionKind
from studios.models import Union, Unit


@transaction.atomic
def found_union(*, actor, parent, tier, kind, name, short_name, code, **fields):
    """A new union below ``parent``; the database gives it its place."""
    union = Union.objects.create(
        parent=parent, tier=tier, kind=kind, name=name, short_name=short_name, code=code, **fields
    )
    union.refresh_from_db()
    record("union.found", union, actor=actor, parent=parent.pk if parent else None, tier=tier)
    return union


@transaction.atomic
def found_unit(*, actor, parent, name, credit_code, ownership, industry, union_name="", **fields):
    """A base unit with its union below ``parent``. Its code is made from the union's own id."""
    union = Union.objects.create(
        parent=parent,
        tier=Tier.BASE,
        kind=UnionKind.UNIT,
        name=union_name or f"{name}工会",
        short_name=name[:40],
        code=f"U-{credit_code}" if credit_code else f"U-{parent.pk}-{name}"[:20],
    )
    union.refresh_from_db()
    unit = Unit.objects.create(
        union=union, name=name, credit_code=credit_code, ownership=ownership, industry=industry, **fields
    )
    record("union.found", union, actor=actor, parent=parent.pk, tier=Tier.BASE, unit=unit.pk)
    return unit


@transaction.atomic
def move_union(union, *, to, actor):
    """Put a union with all below it under another parent; every carried ancestor follows."""
    union = Union.objects.select_for_update().get(pk=union.pk)
    before = union.parent_id
    union.parent = to
    union.save(update_fields=["parent"])
    union.refresh_from_db()
    record("union.move", union, actor=actor, before=before, after=to.pk)
    return union
