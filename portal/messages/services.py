"""Verbs: tell people something, write them a mail, note that a message was read."""

from django.conf import settings
from django.db import connection
from django.utils import timezone

from portal.jobs.services import enqueue
from portal.messages import registry, wording
from portal.messages.choices import MailState
from portal.messages.models import Mail, Message

MOST_COUNTED = 100  # unread messages; the bell need not know more


def tell(recipients, code, values, *, url, event_key, actor=None):
    """Write one message to each active user of ``recipients`` in the caller's transaction.

    Telling the same event (``event_key``) again changes nothing. ``url`` is a path within the portal or "".
    Where mail is configured, those with an address get the same as mail. Returns how many are told.
    """
    _demand_transaction()
    known = registry.demand(code)
    people = {user.pk: user for user in recipients if user.is_active}
    stored = wording.storable(values)
    wording.check(known, {**stored, "recipient": ""})
    Message.objects.bulk_create(
        [
            Message(
                recipient=user, code=code, values=_addressed(stored, user.name), url=url, event_key=event_key
            )
            for user in people.values()
        ],
        ignore_conflicts=True,
    )
    if settings.MAIL_CONFIGURED:
        _mail_the_same(people.values(), code, stored, url=url, event_key=event_key, actor=actor)
    return len(people)


def send_mail(code, *, to_name, to_address, values, invitation=None, url="", actor=None):
    """Write one mail in the caller's transaction; it is sent after the commit.

    With ``invitation`` the mail carries its link, which is made only when the mail is sent. Without a mail
    server or an address the row stays to be shown in the demonstration's outbox. Returns the row.
    """
    _demand_transaction()
    known = registry.demand(code)
    stored = wording.storable(values)
    wording.check(known, {**stored, "recipient": ""})
    can_go = settings.MAIL_CONFIGURED and to_address
    mail = Mail.objects.create(
        code=code,
        values=_addressed(stored, to_name),
        to_name=to_name,
        to_address=to_address,
        language=invitation.user.language if invitation else "",
        url=url,
        invitation=invitation,
        state=MailState.WAITING if can_go else MailState.NOT_CONFIGURED,
    )
    if can_go:
        _hand_over(mail.pk, actor)
    return mail


def _mail_the_same(people, code, stored, *, url, event_key, actor):
    Mail.objects.bulk_create(
        [
            Mail(
                code=code,
                values=_addressed(stored, user.name),
                to_name=user.name,
                to_address=user.email,
                language=user.language,
                url=url,
                event_key=event_key,
            )
            for user in people
            if user.email
        ],
        ignore_conflicts=True,
    )
    waiting = Mail.objects.filter(
        event_key=event_key, state=MailState.WAITING, to_address__in=[user.email for user in people]
    )
    for mail_id in waiting.values_list("pk", flat=True):
        _hand_over(mail_id, actor)


def _hand_over(mail_id, actor):
    enqueue("mail.send", {"mail": mail_id}, actor=actor, key=f"mail-{mail_id}")


def _addressed(stored, name):
    return {**stored, "recipient": name}


def _demand_transaction():
    if not connection.in_atomic_block:
        raise RuntimeError("Messages are written inside the transaction of what they tell about")


def mark_read(message):
    """Note the first time the message was opened."""
    Message.objects.filter(pk=message.pk).unread().update(read_at=timezone.now())


def mark_all_read(user, *, up_to):
    """Note as read what the person could see: messages up to the id ``up_to``, not what came since."""
    return Message.objects.visible_to(user).unread().filter(pk__lte=up_to).update(read_at=timezone.now())


def unread_count(user):
    """For the bell; counts to ``MOST_COUNTED`` and no further."""
    return Message.objects.visible_to(user).unread()[:MOST_COUNTED].count()
