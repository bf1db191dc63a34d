"""Verbs of a person about the own account: coming in by an invitation, keeping name and telephone right."""

from django.db import transaction

from portal.accounts.models import User
from portal.accounts.services import accept
from portal.audit.services import record

OWN_FIELDS = ("name", "phone", "email", "language")


@transaction.atomic
def come_in(invitation, *, password):
    """Set the invited person's password; returns the user, or None when the link was used meanwhile."""
    user = accept(invitation, password=password)
    if user is not None:
        record("account.accept", user, actor=user, invitation=invitation.pk)
    return user


@transaction.atomic
def change_account(user, *, actor, **fields):
    """Change one's own name, telephone, e-mail or language; the record keeps what was there before.

    A name is what signs decisions: steps taken keep the name that they were signed with.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    before = {name: getattr(user, name) for name in OWN_FIELDS}
    changed = {name: fields[name] for name in OWN_FIELDS if name in fields and fields[name] != before[name]}
    if changed:
        for name, value in changed.items():
            setattr(user, name, value)
        user.save(update_fields=list(changed))
        record(
            "account.change",
            user,
            actor=actor,
            before={name: before[name] for name in changed},
            after=changed,
        )
    return user
