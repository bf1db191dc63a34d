"""States of a mail."""

from django.db import models
from django.utils.translation import pgettext_lazy


class MailState(models.TextChoices):
    """NOT_CONFIGURED: there is no mail server, or no address; the demonstration shows it in its outbox."""

    WAITING = "WAITING", pgettext_lazy("mail", "waiting to be sent")
    SENT = "SENT", pgettext_lazy("mail", "sent")
    NOT_CONFIGURED = "NOT_CONFIGURED", pgettext_lazy("mail", "not sent, shown here")
    FAILED = "FAILED", pgettext_lazy("mail", "could not be sent")
