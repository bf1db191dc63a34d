"""What a studio does beside its results: activities, mentorships, equipment, media, rewards."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from studios.choices import ActivityKind, MentorshipOutcome, Rank, SkillLevel
from studios.models.fields import PartialDateField, partial_date_check
from studios.models.ledger import Achievement
from studios.models.organisation import CarriesAncestors
from studios.models.people import Person
from studios.models.studio import Studio
from studios.querysets import LedgerQuerySet


class LedgerEntry(CarriesAncestors):
    """What the entries of the ledger share. Rows taken out stay: a frozen report may name them."""

    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    entered_at = models.DateTimeField(default=timezone.now, editable=False)
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = LedgerQuerySet.as_manager()

    class Meta:
        abstract = True


class Activity(LedgerEntry):
    """A drill, contest, training, lecture, exchange … (岗位练兵、交流、讲座)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="activities")
    kind = models.CharField(
        _("kind"), max_length=10, choices=ActivityKind.choices, default=ActivityKind.TRAINING
    )
    title = models.CharField(_("what was done"), max_length=120)
    held_on = PartialDateField(_("held on"))
    sessions = models.PositiveSmallIntegerField(_("sessions"), default=1)
    people = models.PositiveIntegerField(_("people who took part"), null=True, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    note = models.TextField(_("note"), blank=True, max_length=500)

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = pgettext_lazy("what a studio does", "activities")
        ordering = ["-held_on", "-id"]
        constraints = [
            models.CheckConstraint(name="activity_kind_known", condition=Q(kind__in=ActivityKind.values)),
            models.CheckConstraint(name="activity_title_given", condition=~Q(title="")),
            partial_date_check("activity_date_well_formed", "held_on"),
        ]
        indexes = [models.Index(fields=["studio", "-held_on"], name="activity_by_studio")]

    def __str__(self):
        return self.title


class Mentorship(LedgerEntry):
    """A master and an apprentice with their agreement (师带徒); persons of other units by name alone."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="mentorships")
    master = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="teaches", editable=False
    )
    master_name = models.CharField(_("master"), max_length=60)
    apprentice = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="learns", editable=False
    )
    apprentice_name = models.CharField(_("apprentice"), max_length=60)
    apprentice_unit = models.CharField(_("apprentice's unit"), max_length=120, blank=True)
    trade = models.CharField(_("trade"), max_length=60, blank=True)
    since = models.DateField(_("term begins"))
    until = models.DateField(_("term ends"), null=True, blank=True)
    agreement_number = models.CharField(_("number of the agreement"), max_length=60, blank=True)
    goals = models.CharField(_("goals"), max_length=300, blank=True)
    level_before = models.CharField(
        _("skill level before"), max_length=20, choices=SkillLevel.choices, blank=True
    )
    level_after = models.CharField(
        _("skill level after"), max_length=20, choices=SkillLevel.choices, blank=True
    )
    outcome = models.CharField(
        _("outcome"), max_length=10, choices=MentorshipOutcome.choices, default=MentorshipOutcome.RUNNING
    )
    outcome_on = models.DateField(_("outcome on"), null=True, blank=True)

    class Meta:
        verbose_name = _("mentorship")
        verbose_name_plural = _("mentorships")
        ordering = ["-since", "-id"]
        constraints = [
            models.CheckConstraint(
                name="mentorship_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="mentorship_outcome_known", condition=Q(outcome__in=MentorshipOutcome.values)
            ),
            models.CheckConstraint(
                name="mentorship_outcome_has_a_day",
                condition=Q(outcome=MentorshipOutcome.RUNNING, outcome_on=None)
                | (~Q(outcome=MentorshipOutcome.RUNNING) & Q(outcome_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="mentorship_of_two_persons", condition=Q(master=None) | ~Q(master=F("apprentice"))
            ),
        ]
        indexes = [models.Index(fields=["studio", "-since"], name="mentorship_by_studio")]

    def __str__(self):
        return f"{self.master_name} → {self.apprentice_name}"


class EquipmentItem(LedgerEntry):
    """A piece of equipment; value in units of 10,000 yuan (万元)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="equipment")
    name = models.CharField(_("equipment"), max_length=120)
    model = models.CharField(_("model"), max_length=60, blank=True)
    quantity = models.PositiveIntegerField(_("number of pieces"), default=1)
    value = models.DecimalField(
        _("value (10,000 yuan)"), max_digits=12, decimal_places=4, null=True, blank=True
    )
    acquired_on = PartialDateField(_("acquired in"))

    class Meta:
        verbose_name = _("equipment")
        verbose_name_plural = _("equipment")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="equipmentitem_value_not_negative", condition=Q(value=None) | Q(value__gte=0)
            ),
            partial_date_check("equipmentitem_date_well_formed", "acquired_on"),
        ]
        indexes = [models.Index(fields=["studio"], name="equipmentitem_by_studio")]

    def __str__(self):
        return self.name


class MediaReport(LedgerEntry):
    """A report about the studio in the media."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="media")
    title = models.CharField(_("headline"), max_length=160)
    outlet = models.CharField(_("newspaper, station or site"), max_length=80)
    rank = models.SmallIntegerField(_("level"), choices=Rank.choices, null=True, blank=True)
    published_on = PartialDateField(_("published on"))
    url = models.URLField(_("address"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("report in the media")
        verbose_name_plural = _("reports in the media")
        ordering = ["-published_on", "-id"]
        constraints = [
            models.CheckConstraint(
                name="mediareport_rank_known", condition=Q(rank=None) | Q(rank__in=Rank.values)
            ),
            partial_date_check("mediareport_date_well_formed", "published_on"),
        ]
        indexes = [models.Index(fields=["studio", "-published_on"], name="mediareport_by_studio")]

    def __str__(self):
        return self.title


class Reward(LedgerEntry):
    """What the unit paid people for a result with benefit, and on what basis (表彰奖励); amount in yuan."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="rewards")
    achievement = models.ForeignKey(
        Achievement, null=True, blank=True, on_delete=models.PROTECT, related_name="rewards"
    )
    name = models.CharField(_("who was rewarded"), max_length=160)
    amount = models.DecimalField(_("amount (yuan)"), max_digits=12, decimal_places=2)
    paid_on = models.DateField(_("paid on"))
    basis = models.CharField(_("on what basis"), max_length=300)
    document_number = models.CharField(_("document number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("reward")
        verbose_name_plural = _("rewards")
        ordering = ["-paid_on", "-id"]
        constraints = [
            models.CheckConstraint(name="reward_amount_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="reward_basis_given", condition=~Q(basis="")),
        ]
        indexes = [models.Index(fields=["studio", "-paid_on"], name="reward_by_studio")]

    def __str__(self):
        return self.name
