"""Requests to change something about a studio or its unit, and what is to be looked at again after one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import ChangeKind, ChangeState
from reviews.models.places import Stands
from reviews.querysets import CaseQuerySet
from studios.choices import Tier
from studios.models import CarriesAncestors, Studio

OF_THE_UNIT = (ChangeKind.UNIT_RENAME, ChangeKind.UNIT_MOVE, ChangeKind.UNIT_CLOSE)


class ChangeRequest(Stands, CarriesAncestors):
    """A short request with reason, day and proof (reference §1.7); the row is the history of the change.

    ``wanted`` says what is to be, by kind (``reviews.changing``), ``before`` what was when it took effect.
    Only the engine writes ``state`` and ``tier``.
    """

    studio = models.ForeignKey(Studio, null=True, on_delete=models.PROTECT, related_name="changes")
    kind = models.CharField(_("change"), max_length=12, choices=ChangeKind.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=ChangeState.choices, default=ChangeState.IN_REVIEW
    )
    tier = models.SmallIntegerField(_("at"), choices=Tier.choices, null=True)
    last_tier = models.SmallIntegerField(_("decided at"), choices=Tier.choices)
    effective_on = models.DateField(_("takes effect on"))
    reason = models.TextField(_("reason"), max_length=1000)
    wanted = models.JSONField(default=dict)
    before = models.JSONField(null=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("requested change")
        verbose_name_plural = _("requested changes")
        constraints = [
            models.CheckConstraint(name="changerequest_kind_known", condition=Q(kind__in=ChangeKind.values)),
            models.CheckConstraint(
                name="changerequest_state_known", condition=Q(state__in=ChangeState.values)
            ),
            models.CheckConstraint(
                name="changerequest_of_a_studio_or_of_the_unit",
                condition=Q(kind__in=OF_THE_UNIT, studio=None)
                | (~Q(kind__in=OF_THE_UNIT) & Q(studio__isnull=False)),
            ),
            models.CheckConstraint(
                name="changerequest_has_tier_only_while_in_review",
                condition=Q(state=ChangeState.IN_REVIEW, tier__isnull=False, decided_at=None)
                | (~Q(state=ChangeState.IN_REVIEW) & Q(tier=None, decided_at__isnull=False)),
            ),
            models.UniqueConstraint(
                name="changerequest_one_open_per_thing_and_kind",
                fields=["union", "studio", "kind"],
                condition=Q(state=ChangeState.IN_REVIEW),
                nulls_distinct=False,
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "-id"], name="changerequest_by_county"),
            models.Index(fields=["city", "state", "-id"], name="changerequest_by_city"),
        ]

    def __str__(self):
        return f"{self.get_kind_display()} {self.effective_on}"


class Recheck(CarriesAncestors):
    """A clause that a studio must meet again by a day after a change, such as 二.1 under a new leader."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="rechecks")
    change = models.ForeignKey(ChangeRequest, on_delete=models.PROTECT, related_name="rechecks")
    clause = models.CharField(_("clause"), max_length=12)
    verdict = models.CharField(max_length=10)  # of the day of the change
    due_on = models.DateField(_("to be met by"))
    settled_on = models.DateField(null=True)
    told_at = models.DateTimeField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("clause to be met again")
        verbose_name_plural = _("clauses to be met again")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="recheck_once", fields=["change", "studio", "clause"]),
        ]

    def __str__(self):
        return f"{self.studio} {self.clause}"
