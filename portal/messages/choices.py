"""States of a mail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MailState(models.TextChoices):
    """NOT_CONFIGURED: there is no mail server, or no address; the demonstration shows it in its outbox."""

    WAITING = "WAITING", _("waiting to be sent")
    SENT = "SENT", _("sent")
    NOT_CONFIGURED = "NOT_CONFIGURED", _("not sent, shown here")
    FAILED = "FAILED", _("could not be sent")
