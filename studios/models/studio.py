"""The studio, its checklist and the versions of its sections."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studios.choices import Item, Section, StudioKind
from studios.models.fields import PartialDateField, partial_date_check
from studios.models.organisation import CarriesAncestors
from studios.querysets import StudioQuerySet


class Studio(CarriesAncestors):
    """A worker innovation studio of one base unit (职工创新工作室)."""

    short_name = models.CharField(
        _("studio name"), max_length=60, help_text=_("As on the plaque, such as 周某某劳模创新工作室")
    )
    official_name = models.CharField(
        _("full name"), max_length=160, blank=True, help_text=_("Unit and studio name together")
    )
    former_names = ArrayField(models.CharField(max_length=160), default=list, blank=True)
    kind = models.CharField(_("kind"), max_length=16, choices=StudioKind.choices, default=StudioKind.WORKER)
    is_demonstration = models.BooleanField(_("demonstration studio"), default=False)
    founded_on = PartialDateField(_("founded in"))
    specialty = models.CharField(_("field of work"), max_length=80, blank=True)
    intro = models.TextField(_("introduction"), blank=True, max_length=800)
    address = models.CharField(_("place"), max_length=200, blank=True)
    area_sqm = models.DecimalField(_("area (m²)"), max_digits=8, decimal_places=2, null=True, blank=True)
    area_reason = models.CharField(
        _("why a smaller venue is enough"),
        max_length=300,
        blank=True,
        help_text=_("Only below the usual 25 m²"),
    )
    ledger_note = models.CharField(_("ledger"), max_length=300, blank=True)
    archive_note = models.CharField(_("archive"), max_length=300, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=60, blank=True)
    stated_members = models.PositiveSmallIntegerField(
        _("members as stated in an older roster"), null=True, blank=True, editable=False
    )
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    registered_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(default=timezone.now)
    locked_sections = ArrayField(
        models.CharField(max_length=12, choices=Section.choices), default=list, blank=True, editable=False
    )  # under review as submitted: set by the review workflow
    # what lists show, kept by the services that change it
    leader_name = models.CharField(max_length=60, blank=True, editable=False)
    top_tier = models.SmallIntegerField(default=0, editable=False)  # highest live naming; 0: none

    objects = StudioQuerySet.as_manager()

    class Meta:
        verbose_name = _("studio")
        verbose_name_plural = _("studios")
        permissions = [
            ("export_roster", "Can export rosters"),
            ("import_roster", "Can import rosters"),
        ]
        constraints = [
            models.CheckConstraint(name="studio_kind_known", condition=Q(kind__in=StudioKind.values)),
            models.CheckConstraint(name="studio_name_given", condition=~Q(short_name="")),
            models.CheckConstraint(
                name="studio_area_above_zero", condition=Q(area_sqm=None) | Q(area_sqm__gt=0)
            ),
            partial_date_check("studio_founding_date_well_formed", "founded_on"),
            models.UniqueConstraint(name="studio_name_once_in_a_unit", fields=["union", "short_name"]),
        ]
        indexes = [
            models.Index(fields=["union", "-updated_at", "-id"], name="studio_by_union"),
            models.Index(fields=["county", "-updated_at", "-id"], name="studio_by_county"),
            models.Index(fields=["city", "-updated_at", "-id"], name="studio_by_city"),
            models.Index(fields=["province", "-updated_at", "-id"], name="studio_by_province"),
            models.Index(fields=["-updated_at", "-id"], name="studio_newest_first"),
            models.Index(
                fields=["-top_tier", "-id"], name="studio_public_highest_first", condition=Q(top_tier__gte=2)
            ),
        ]

    def __str__(self):
        return self.short_name


class StudioSection(models.Model):
    """The version of one part of the form: an edit names the version it started from, or is refused.

    Each section is a part; in the section of achievements each achievement is a part of its own.
    """

    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="sections")
    section = models.CharField(max_length=12, choices=Section.choices)
    achievement = models.ForeignKey(
        "studios.Achievement", null=True, on_delete=models.CASCADE, related_name="+"
    )
    version = models.PositiveIntegerField(default=0)
    saved_at = models.DateTimeField(null=True)
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    page = models.CharField(max_length=36, blank=True, default="")  # the opened page that saved last
    row_ids = models.JSONField(default=dict)  # {"list:key of a new row": its id}: sent twice, made once
    typed = models.JSONField(null=True)  # {name: [values]} as typed, while some of it cannot be taken

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="studiosection_once",
                fields=["studio", "section", "achievement"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="studiosection_known", condition=Q(section__in=Section.values)),
            models.CheckConstraint(
                name="studiosection_achievement_in_its_section",
                condition=Q(achievement=None) | Q(section=Section.ACHIEVEMENTS),
            ),
        ]

    def __str__(self):
        return f"{self.studio_id} {self.section} {self.version}"


class ChecklistItem(models.Model):
    """One item of the checklists of clauses 二.3 to 二.5, ticked or not, with a note."""

    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="items")
    code = models.CharField(max_length=30, choices=Item.choices)
    present = models.BooleanField(default=False)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(name="checklistitem_once", fields=["studio", "code"]),
            models.CheckConstraint(name="checklistitem_known", condition=Q(code__in=Item.values)),
        ]

    def __str__(self):
        return self.code
