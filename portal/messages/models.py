"""A message inside the portal, and a mail."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now
from django.utils.translation import pgettext_lazy

from portal.accounts.models import Invitation
from portal.messages import wording
from portal.messages.choices import MailState
from portal.messages.querysets import MessageQuerySet

IS_UNREAD = ExpressionWrapper(Q(read_at__isnull=True), output_field=BooleanField())


class Message(models.Model):
    """One thing told to one person. ``event_key`` names what happened: told again, it stays one message."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    url = models.CharField(max_length=300, blank=True)
    event_key = models.CharField(max_length=100)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("inbox", "message")
        verbose_name_plural = pgettext_lazy("inbox", "messages")
        constraints = [
            models.UniqueConstraint(name="message_once_per_event", fields=["recipient", "event_key"]),
            models.CheckConstraint(name="message_has_an_event", condition=~Q(event_key="")),
            models.CheckConstraint(
                name="message_leads_into_the_portal",
                condition=Q(url="") | Q(Q(url__startswith="/"), ~Q(url__startswith="//")),
            ),
        ]
        indexes = [
            models.Index("recipient", IS_UNREAD.desc(), models.F("id").desc(), name="message_unread_first"),
            models.Index(name="message_unread", fields=["recipient"], condition=Q(read_at=None)),
        ]

    def __str__(self):
        return f"{self.code} {self.event_key}"

    @property
    def title(self):
        """In the language of the request."""
        return wording.title_of(self.code, self.values)

    @property
    def body(self):
        return wording.body_of(self.code, self.values)


class Mail(models.Model):
    """One e-mail, or what would have been one. Secret links are never stored: they are made on sending."""

    code = models.CharField(max_length=60)
    values = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    to_name = models.CharField(max_length=60)
    to_address = models.EmailField(blank=True)
    language = models.CharField(max_length=10, blank=True)
    url = models.CharField(max_length=300, blank=True)
    invitation = models.ForeignKey(Invitation, null=True, on_delete=models.CASCADE, related_name="+")
    event_key = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=14, choices=MailState, default=MailState.WAITING)
    created_at = models.DateTimeField(db_default=Now())
    sent_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = pgettext_lazy("inbox", "mail")
        verbose_name_plural = pgettext_lazy("inbox", "mails")
        constraints = [
            models.UniqueConstraint(
                name="mail_once_per_event", fields=["to_address", "event_key"], condition=~Q(event_key="")
            ),
            models.CheckConstraint(name="mail_state_known", condition=Q(state__in=MailState.values)),
            models.CheckConstraint(
                name="mail_has_a_time_exactly_when_sent",
                condition=Q(state=MailState.SENT, sent_at__isnull=False)
                | Q(~Q(state=MailState.SENT), sent_at=None),
            ),
            models.CheckConstraint(
                name="mail_needs_an_address_to_be_sent",
                condition=Q(state=MailState.NOT_CONFIGURED) | ~Q(to_address=""),
            ),
            models.CheckConstraint(
                name="mail_failed_with_a_reason", condition=~Q(state=MailState.FAILED) | ~Q(error="")
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.pk}"

    @property
    def title(self):
        """In the active language."""
        return wording.title_of(self.code, self.values)

    @property
    def body(self):
        return wording.body_of(self.code, self.values)
