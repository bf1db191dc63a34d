"""A new base unit's request to be let in."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import AccessState
from reviews.querysets import AccessRequestQuerySet
from studios.models import CarriesAncestors, Industry, OwnershipKind, Unit


class AccessRequest(CarriesAncestors):
    """A unit asks its supervising union (``union``) for access; granting makes the unit and its people."""

    reference = models.UUIDField(
        default=uuid.uuid4, unique=True
    )  # in the link that shows the asker its state
    unit_name = models.CharField(_("unit name"), max_length=120)
    credit_code = models.CharField(_("unified social credit code"), max_length=18)
    ownership = models.ForeignKey(
        OwnershipKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of unit")
    )
    industry = models.ForeignKey(
        Industry, on_delete=models.PROTECT, related_name="+", verbose_name=_("industry")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    clerk_name = models.CharField(_("clerk's name"), max_length=60)
    clerk_phone = models.CharField(_("clerk's mobile phone"), max_length=30)
    clerk_email = models.EmailField(_("clerk's e-mail"), blank=True)
    chair_name = models.CharField(_("union chair's name"), max_length=60)
    chair_phone = models.CharField(_("chair's mobile phone"), max_length=30)
    chair_email = models.EmailField(_("chair's e-mail"), blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    state = models.CharField(max_length=10, choices=AccessState.choices, default=AccessState.PENDING)
    asked_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=500, blank=True)
    unit = models.OneToOneField(Unit, null=True, on_delete=models.PROTECT, related_name="access_request")

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        verbose_name = _("request for access")
        verbose_name_plural = _("requests for access")
        permissions = [("decide_access", "Can confirm or refuse a unit's access")]
        constraints = [
            models.CheckConstraint(
                name="accessrequest_state_known", condition=Q(state__in=AccessState.values)
            ),
            models.CheckConstraint(
                name="accessrequest_decided_has_a_date",
                condition=Q(state=AccessState.PENDING, decided_at=None)
                | (~Q(state=AccessState.PENDING) & Q(decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="accessrequest_refusal_has_a_reason",
                condition=~Q(state=AccessState.REFUSED) | ~Q(reason=""),
            ),
            models.CheckConstraint(
                name="accessrequest_granted_has_its_unit",
                condition=Q(state=AccessState.GRANTED, unit__isnull=False)
                | (~Q(state=AccessState.GRANTED) & Q(unit=None)),
            ),
            models.UniqueConstraint(
                name="accessrequest_one_pending_per_credit_code",
                fields=["credit_code"],
                condition=Q(state=AccessState.PENDING),
            ),
        ]
        indexes = [models.Index(fields=["county", "state", "-id"], name="accessrequest_by_county")]

    def __str__(self):
        return self.unit_name

    def supervisor(self):
        """``(tier, union id)`` of the union that was asked."""
        return self.union.tier, self.union_id
