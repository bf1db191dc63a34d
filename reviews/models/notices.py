"""Notices shown to the public, with the objections to them."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import ObjectionState
from reviews.models.application import Application
from studios.models import Union


class PublicNotice(models.Model):
    """A list of applications shown to the public for a number of working days (公示)."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="notices")
    title = models.CharField(_("title"), max_length=160)
    opens_on = models.DateField(_("first day"))
    closes_on = models.DateField(_("last day"))
    workdays = models.PositiveSmallIntegerField(_("working days"))
    calendar_version = models.CharField(max_length=20)
    applications = models.ManyToManyField(Application, related_name="notices")

    class Meta:
        verbose_name = _("public notice")
        verbose_name_plural = _("public notices")
        constraints = [
            models.CheckConstraint(
                name="publicnotice_dates_in_order", condition=Q(closes_on__gte=F("opens_on"))
            ),
            models.CheckConstraint(name="publicnotice_some_workdays", condition=Q(workdays__gte=1)),
        ]

    def __str__(self):
        return self.title


class Objection(models.Model):
    """Somebody objects to an application in a notice (异议)."""

    notice = models.ForeignKey(PublicNotice, on_delete=models.PROTECT, related_name="objections")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="objections")
    name = models.CharField(_("name"), max_length=60)
    contact = models.CharField(_("how to reach"), max_length=120)
    text = models.TextField(_("objection"))
    state = models.CharField(max_length=10, choices=ObjectionState.choices, default=ObjectionState.RECEIVED)
    received_at = models.DateTimeField(default=timezone.now)
    outcome = models.TextField(_("outcome"), blank=True)

    class Meta:
        verbose_name = _("objection")
        verbose_name_plural = _("objections")
        constraints = [
            models.CheckConstraint(
                name="objection_state_known", condition=Q(state__in=ObjectionState.values)
            ),
            models.CheckConstraint(
                name="objection_settled_has_an_outcome",
                condition=Q(state=ObjectionState.RECEIVED) | ~Q(outcome=""),
            ),
        ]

    def __str__(self):
        return self.name
