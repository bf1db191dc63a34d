"""Writing the record."""

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from portal.audit.models import Entry
from portal.audit.verbs import VERBS


def record(verb, subject, *, actor, **detail):
    """Write one row in the caller's transaction; ``detail`` must be JSON-able.

    Raises ValueError for an unregistered verb and RuntimeError outside a transaction: an act
    and its row stand or fall together.
    """
    if verb not in VERBS:
        raise ValueError(f"Unregistered audit verb: {verb}")
    if not connection.in_atomic_block:
        raise RuntimeError("record() must run inside the transaction it describes")
    return Entry.objects.create(
        verb=verb,
        actor=actor if actor is not None and actor.is_authenticated else None,
        actor_label=str(actor)[:120] if actor is not None else "",
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        subject_label=str(subject)[:200],
        detail=detail,
    )


def may_read(user):
    """Whether the record is open to ``user``: auditors and superusers; for menus and pages."""
    return user.is_active and user.has_perm("audit.view_entry")
