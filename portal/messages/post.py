"""Putting a mail into words, with its link, and handing it to the mail server."""

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.accounts.services import invitation_link
from portal.jobs.errors import GiveUp
from portal.messages.choices import MailState
from portal.messages.models import Mail


def link_of(mail):
    """The full address that the mail leads to; "" for none, or when its invitation is no longer open."""
    if mail.invitation is not None:
        return invitation_link(mail.invitation) if mail.invitation.is_open() else ""
    return settings.BASE_URL + mail.url if mail.url else ""


def compose(mail):
    """``(subject, text)`` in the recipient's language, else in the portal's."""
    with translation.override(mail.language or settings.LANGUAGE_CODE):
        subject = " ".join(mail.title.split())
        parts = [
            mail.body.strip(),
            link_of(mail),
            _("This mail was sent automatically. Please do not reply to it."),
        ]
        return subject, "\n\n".join(part for part in parts if part) + "\n"


def send(mail_id):
    """Send a mail that is not sent yet; a crash between sending and committing repeats this one mail.

    Raises what the mail server's connection raises, and GiveUp for an invitation that is no longer open.
    """
    rows = Mail.objects.select_related("invitation").select_for_update(of=("self",))
    mail = rows.filter(pk=mail_id).exclude(state__in=[MailState.SENT, MailState.NOT_CONFIGURED]).first()
    if mail is None:
        return
    if mail.invitation is not None and not mail.invitation.is_open():
        raise GiveUp("The invitation is no longer open.")
    subject, text = compose(mail)
    EmailMessage(subject, text, to=[mail.to_address]).send()
    mail.state, mail.sent_at, mail.error = MailState.SENT, timezone.now(), ""
    mail.save(update_fields=["state", "sent_at", "error"])


def give_up(mail_id, error):
    """Note on the mail why it was not sent."""
    Mail.objects.filter(pk=mail_id, state=MailState.WAITING).update(state=MailState.FAILED, error=error)
