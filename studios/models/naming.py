"""Titles: who named which studio at which level, by which document, from when to when."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studios.choices import EndReason, Source
from studios.models.fields import PartialDateField, partial_date_check
from studios.models.organisation import CarriesAncestors, Union
from studios.models.people import live_days
from studios.models.reference import NamingLevel
from studios.models.studio import Studio
from studios.querysets import NamingQuerySet


class DocumentSeries(models.Model):
    """The counter of a union's decision documents in one year; locked while a number is taken."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    year = models.SmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(name="documentseries_once", fields=["union", "year"])]

    def __str__(self):
        return f"{self.union} {self.year}"


class OfficialDocument(models.Model):
    """A decision document with its number, such as 通工发〔2026〕1号.

    Numbers issued here run without a gap per union and year (trigger
    ``officialdocument_without_gap``) and are never taken back.
    """

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="documents")
    prefix = models.CharField(_("series"), max_length=20)
    year = models.SmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("number"))
    title = models.CharField(_("title"), max_length=200)
    issued_on = models.DateField(_("issued on"))
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PORTAL)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decision document")
        verbose_name_plural = _("decision documents")
        constraints = [
            models.UniqueConstraint(
                name="officialdocument_number_once", fields=["union", "prefix", "year", "number"]
            ),
            models.CheckConstraint(
                name="officialdocument_source_known", condition=Q(source__in=Source.values)
            ),
            models.CheckConstraint(name="officialdocument_number_from_one", condition=Q(number__gte=1)),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The number as it is printed: 机关代字〔YYYY〕n号."""
        return f"{self.prefix}〔{self.year}〕{self.number}号"


class Naming(CarriesAncestors):
    """A title: studio × level, from–until. ``union`` is the studio's own; ``granted_by`` named it."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="namings")
    level = models.ForeignKey(
        NamingLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )
    granted_by = models.ForeignKey(
        Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("granted by")
    )
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    document = models.ForeignKey(
        OfficialDocument, null=True, blank=True, on_delete=models.PROTECT, related_name="namings"
    )
    basis = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("rests on")
    )
    end_reason = models.CharField(max_length=20, choices=EndReason.choices, blank=True)
    source = models.CharField(max_length=8, choices=Source.choices, default=Source.PORTAL)
    # as exact as an older roster knew it; ``since`` and ``until`` are then the first day it can mean
    stated_since = PartialDateField(_("since, as stated"))
    stated_until = PartialDateField(_("last day, as stated"))
    created_at = models.DateTimeField(default=timezone.now)

    objects = NamingQuerySet.as_manager()

    class Meta:
        verbose_name = _("title")
        verbose_name_plural = _("titles")
        ordering = ["-level__tier", "-since"]
        constraints = [
            models.CheckConstraint(
                name="naming_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.CheckConstraint(
                name="naming_end_has_a_reason",
                condition=Q(until=None, end_reason="") | (Q(until__isnull=False) & ~Q(end_reason="")),
            ),
            models.CheckConstraint(name="naming_source_known", condition=Q(source__in=Source.values)),
            partial_date_check("naming_stated_since_well_formed", "stated_since"),
            partial_date_check("naming_stated_until_well_formed", "stated_until"),
            models.CheckConstraint(
                name="naming_stated_only_where_imported",
                condition=Q(stated_since="", stated_until="") | Q(source=Source.IMPORTED),
            ),
            ExclusionConstraint(
                name="naming_one_live_per_studio_and_level",
                expressions=[
                    ("studio", RangeOperators.EQUAL),
                    ("level", RangeOperators.EQUAL),
                    (live_days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return f"{self.studio} · {self.level}"
