"""How a title is lost: the case, the annulment of a whole decision, and what comes back afterwards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import (
    REVOCATION_CLOSED,
    AnnulmentState,
    ReturnedItem,
    RevocationState,
)
from reviews.models.assessment import PERSON, Assessment
from reviews.models.places import Stands
from reviews.models.watch import DormancyFlag
from reviews.querysets import CaseQuerySet, OfficeQuerySet
from studios.choices import EndReason, Tier
from studios.models import CarriesAncestors, Naming, OfficialDocument

# a revocation always has a cause; only older rosters leave it out
CAUSES = [(value, label) for value, label in EndReason.choices if value != EndReason.UNSTATED]


class Revocation(Stands, CarriesAncestors):
    """The procedure by which one title is taken away: opened, proposed and decided by people.

    ``tier`` is that of the union that granted the title: it decides. Only the engine writes ``state``.
    """

    naming = models.ForeignKey(
        Naming, on_delete=models.PROTECT, related_name="revocations", verbose_name=_("title")
    )
    cause = models.CharField(_("cause"), max_length=20, choices=CAUSES)
    state = models.CharField(
        _("state"), max_length=12, choices=RevocationState.choices, default=RevocationState.OPEN
    )
    tier = models.SmallIntegerField(choices=Tier.choices, default=Tier.COUNTY)
    flag = models.ForeignKey(DormancyFlag, null=True, on_delete=models.PROTECT, related_name="cases")
    assessment = models.ForeignKey(Assessment, null=True, on_delete=models.PROTECT, related_name="cases")
    grounds = models.TextField(_("grounds"), blank=True, max_length=2000)
    evidence = models.JSONField(default=dict)  # what the register said on the day the case was opened
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    served_at = models.DateTimeField(null=True)
    mend_until = models.DateField(_("time to mend until"), null=True)
    answer = models.TextField(_("answer of the unit"), blank=True, max_length=2000)
    answered_at = models.DateTimeField(null=True)
    is_mended = models.BooleanField(_("mended"), null=True)  # what the check found
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField(null=True)
    document = models.ForeignKey(OfficialDocument, null=True, on_delete=models.PROTECT, related_name="+")
    notice_until = models.DateField(_("shown to the public until"), null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("revocation")
        verbose_name_plural = _("revocations")
        constraints = [
            models.CheckConstraint(
                name="revocation_state_known", condition=Q(state__in=RevocationState.values)
            ),
            models.CheckConstraint(
                name="revocation_decided_by_a_second_person",
                condition=Q(proposed_by=None) | Q(decided_by=None) | ~Q(proposed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="revocation_done_names_both_persons_and_its_document",
                condition=~Q(state=RevocationState.REVOKED)
                | Q(proposed_by__isnull=False, decided_by__isnull=False, document__isnull=False),
            ),
            models.CheckConstraint(
                name="revocation_proposed_by_somebody",
                condition=~Q(state=RevocationState.PROPOSED) | Q(proposed_by__isnull=False),
            ),
            models.CheckConstraint(
                name="revocation_time_to_mend_has_an_end",
                condition=~Q(state=RevocationState.RECTIFYING) | Q(mend_until__isnull=False),
            ),
            models.CheckConstraint(
                name="revocation_closed_has_a_moment",
                condition=Q(state__in=REVOCATION_CLOSED, decided_at__isnull=False)
                | (~Q(state__in=REVOCATION_CLOSED) & Q(decided_at=None)),
            ),
            models.UniqueConstraint(
                name="revocation_one_open_per_title",
                fields=["naming"],
                condition=~Q(state__in=REVOCATION_CLOSED),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "state", "-id"], name="revocation_by_county"),
            models.Index(fields=["city", "state", "-id"], name="revocation_by_city"),
        ]

    def __str__(self):
        return f"{self.naming} {self.get_cause_display()}"

    @property
    def is_open(self):
        """Whether it is still being worked on."""
        return self.state not in REVOCATION_CLOSED


class Annulment(Stands, CarriesAncestors):
    """The annulment of every title that one decision granted (整批撤销); ``union`` issued the decision."""

    annulled = models.ForeignKey(
        OfficialDocument, on_delete=models.PROTECT, related_name="annulments", verbose_name=_("decision")
    )
    state = models.CharField(
        _("state"), max_length=10, choices=AnnulmentState.choices, default=AnnulmentState.PROPOSED
    )
    grounds = models.TextField(_("grounds"), max_length=2000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField(null=True)
    document = models.ForeignKey(OfficialDocument, null=True, on_delete=models.PROTECT, related_name="+")
    notice_until = models.DateField(_("shown to the public until"), null=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("annulment")
        verbose_name_plural = _("annulments")
        constraints = [
            models.CheckConstraint(
                name="annulment_state_known", condition=Q(state__in=AnnulmentState.values)
            ),
            models.CheckConstraint(
                name="annulment_decided_by_a_second_person",
                condition=Q(decided_by=None) | ~Q(proposed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="annulment_done_names_both_persons_and_its_document",
                condition=~Q(state=AnnulmentState.ANNULLED)
                | Q(proposed_by__isnull=False, decided_by__isnull=False, document__isnull=False),
            ),
            models.UniqueConstraint(
                name="annulment_one_open_per_decision",
                fields=["annulled"],
                condition=Q(state=AnnulmentState.PROPOSED),
            ),
        ]

    def __str__(self):
        return str(self.annulled)

    @property
    def tier(self):
        """That of the union that issued the decision."""
        return Tier(self.union.tier)

    def union_at_tier_id(self):
        """The union that issued the decision."""
        return self.union_id


class ReturnDue(CarriesAncestors):
    """A plaque, certificate or paper that is to come back by a day after a title has ended."""

    naming = models.ForeignKey(Naming, on_delete=models.PROTECT, related_name="returns")
    revocation = models.ForeignKey(Revocation, null=True, on_delete=models.PROTECT, related_name="returns")
    annulment = models.ForeignKey(Annulment, null=True, on_delete=models.PROTECT, related_name="returns")
    item = models.CharField(_("what comes back"), max_length=14, choices=ReturnedItem.choices)
    due_on = models.DateField(_("by"))
    returned_on = models.DateField(_("came back on"), null=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("thing to be returned")
        verbose_name_plural = _("things to be returned")
        ordering = ["due_on", "pk"]
        constraints = [
            models.UniqueConstraint(name="returndue_once", fields=["naming", "item"]),
            models.CheckConstraint(name="returndue_item_known", condition=Q(item__in=ReturnedItem.values)),
            models.CheckConstraint(
                name="returndue_of_one_procedure",
                condition=Q(revocation__isnull=False, annulment=None)
                | Q(revocation=None, annulment__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.naming} {self.item}"
