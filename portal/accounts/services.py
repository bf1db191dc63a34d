"""Verbs about accounts: making them, inviting, and doing a form's act once."""

import uuid
from contextlib import contextmanager
from datetime import timedelta

from django.conf import settings
from django.contrib.sessions.models import Session
from django.core import signing
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import FormReceipt, Invitation, User

SALT = "portal.accounts.invitation"


class AlreadyDone(Exception):
    """The same rendered form was sent before; ``led_to`` is where it led."""

    def __init__(self, led_to):
        super().__init__(led_to)
        self.led_to = led_to


@contextmanager
def once(key, *, user):
    """Do the enclosed act at most once per rendered form; yields the receipt to note ``led_to`` on.

    Opens the act's transaction. A second sending waits for the first to commit and then
    raises ``AlreadyDone``; after a first one that failed it simply acts. A missing or
    malformed key counts as a new form: nothing is lost, only the protection.
    """
    try:
        key = uuid.UUID(str(key))
    except ValueError:
        key = uuid.uuid4()
    owner = user if user is not None and user.is_authenticated else None
    with transaction.atomic():
        try:
            with transaction.atomic():
                receipt = FormReceipt.objects.create(key=key, user=owner)
        except IntegrityError:
            earlier = FormReceipt.objects.get(key=key)
            raise AlreadyDone(
                earlier.led_to if earlier.user_id == getattr(owner, "pk", None) else ""
            ) from None
        yield receipt
        receipt.save(update_fields=["led_to"])


def sent_before(key, *, user):
    """Where this rendered form led when ``user`` sent it before, or "": for acts that end one's own sight."""
    try:
        key = uuid.UUID(str(key))
    except ValueError:
        return ""
    led_to = FormReceipt.objects.filter(key=key, user=user).values_list("led_to", flat=True).first()
    return led_to or ""


def make_account(*, name, phone="", email="", username=""):
    """A new account without a password; the person comes in by invitation.

    The user name is the phone number where one is given, made unique by a suffix, because
    that is what people remember.
    """
    wanted = username or phone or email.split("@")[0] or "user"
    wanted = "".join(c for c in wanted if c.isalnum() or c in ".@+-_") or "user"
    candidate, n = wanted, 1
    while User.objects.filter(username=candidate).exists():
        n += 1
        candidate = f"{wanted}-{n}"
    user = User(username=candidate, name=name, phone=phone, email=email)
    user.set_unusable_password()
    user.save()
    return user


@transaction.atomic
def invite(user, *, actor):
    """Open one invitation for ``user``; an earlier open one is withdrawn."""
    withdraw_invitations(user)
    return Invitation.objects.create(
        user=user, created_by=actor, expires_at=timezone.now() + timedelta(days=settings.INVITATION_DAYS)
    )


def withdraw_invitations(user):
    """Close the links that still let ``user`` in; returns how many there were."""
    return Invitation.objects.filter(user=user, accepted_at=None, withdrawn_at=None).update(
        withdrawn_at=timezone.now()
    )


def invitation_link(invitation):
    """The full address that lets the invited person in."""
    token = signing.dumps([invitation.pk, invitation.nonce], salt=SALT)
    return settings.BASE_URL + reverse("invitation_accept", args=[token])


def invitation_of(token):
    """The invitation behind a link's token, or None when the token is not one of ours."""
    try:
        pk, nonce = signing.loads(token, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Invitation.objects.filter(pk=pk, nonce=nonce).select_related("user").first()


@transaction.atomic
def accept(invitation, *, password):
    """Set the person's first password; returns the user, or None when the link was used meanwhile."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitation.is_open():
        return None
    user = User.objects.select_for_update().get(pk=invitation.user_id)
    user.set_password(password)
    user.is_active = True
    user.save(update_fields=["password", "is_active"])
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    return user


def forget_old_forms(days=7):
    """Drop receipts of forms that nobody can click twice any more, and sessions that have ended."""
    FormReceipt.objects.filter(created_at__lt=timezone.now() - timedelta(days=days)).delete()
    Session.objects.filter(expire_date__lt=timezone.now()).delete()
