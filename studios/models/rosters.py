"""Rosters that come in and go out: imports with the verdict on each row, exports, yearly targets."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.jobs.models import Job
from studios.choices import ExportKind, ExportState, ImportState, Verdict
from studios.models.naming import Naming
from studios.models.organisation import CarriesAncestors
from studios.models.reference import NamingLevel
from studios.models.studio import Studio
from studios.querysets import RosterExportQuerySet, RosterImportQuerySet, ScopedQuerySet

IS_SHA256 = r"^[0-9a-f]{64}$"


class RosterImport(CarriesAncestors):
    """An uploaded roster on its way in. ``union`` bounds what it may touch: that union and all below it.

    ``questions`` is a list of {key, column, found, code, values, choices: [[value, label], …], rows},
    ``answers`` the chosen values by key; ``control_totals`` and ``counts`` are those of the last preview.
    """

    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    size = models.BigIntegerField()
    stored = models.CharField(max_length=120)  # name in the private store
    state = models.CharField(
        _("state"), max_length=10, choices=ImportState.choices, default=ImportState.READING
    )
    problem = models.JSONField(null=True)  # {"code", "values"}: why the file, or the last step, was refused
    counts = models.JSONField(default=dict)  # {verdict: rows}
    control_totals = models.JSONField(default=list)
    columns = models.JSONField(default=list)  # [{"sheet", "cell", "label", "column" or ""}]
    questions = models.JSONField(default=list)
    answers = models.JSONField(default=dict)
    previewed_at = models.DateTimeField(null=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")  # the latest one
    remarks_stored = models.CharField(max_length=120, blank=True)  # the file with remarks, if one is kept
    remarks_of = models.CharField(max_length=60, blank=True)  # the preview and the language it speaks of
    remarks_until = models.DateTimeField(null=True)
    remarks_job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    applied_at = models.DateTimeField(null=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    undone_at = models.DateTimeField(null=True)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster import")
        verbose_name_plural = _("roster imports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="rosterimport_state_known", condition=Q(state__in=ImportState.values)
            ),
            models.CheckConstraint(name="rosterimport_hash_is_sha256", condition=Q(sha256__regex=IS_SHA256)),
            models.CheckConstraint(
                name="rosterimport_applied_by_somebody",
                condition=Q(state__in=[ImportState.APPLIED, ImportState.UNDONE, ImportState.UNDOING])
                & Q(applied_by__isnull=False, applied_at__isnull=False)
                | ~Q(state__in=[ImportState.APPLIED, ImportState.UNDONE, ImportState.UNDOING]),
            ),
            models.CheckConstraint(
                name="rosterimport_undone_by_somebody",
                condition=~Q(state=ImportState.UNDONE) | Q(undone_by__isnull=False, undone_at__isnull=False),
            ),
            models.CheckConstraint(
                name="rosterimport_refused_with_a_reason",
                condition=~Q(state=ImportState.REFUSED) | Q(problem__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["city", "-id"], name="rosterimport_by_city"),
            models.Index(fields=["county", "-id"], name="rosterimport_by_county"),
            models.Index(fields=["sha256"], name="rosterimport_by_hash"),
        ]

    def __str__(self):
        return self.name


class RosterRow(models.Model):
    """One row of an uploaded roster: what was understood, the verdict, and what applying it did.

    ``values`` by column key, JSON-able and normalised; ``raw`` the cell's own text where it differs;
    ``messages`` are {cell, found, code, values}; ``changes`` {field: [before, after]};
    ``made`` {model: [ids]} and {"changed": …}: what undoing takes back.
    """

    roster = models.ForeignKey(RosterImport, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=60)
    row = models.PositiveIntegerField()  # as numbered in the sheet
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    values = models.JSONField(default=dict)
    raw = models.JSONField(default=dict)
    messages = models.JSONField(default=list)
    changes = models.JSONField(default=dict)
    studio = models.ForeignKey(Studio, null=True, on_delete=models.SET_NULL, related_name="roster_rows")
    naming = models.ForeignKey(Naming, null=True, on_delete=models.SET_NULL, related_name="+")
    made = models.JSONField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="rosterrow_once", fields=["roster", "sheet", "row"]),
            models.CheckConstraint(name="rosterrow_verdict_known", condition=Q(verdict__in=Verdict.values)),
        ]
        indexes = [models.Index(fields=["roster", "verdict", "id"], name="rosterrow_by_verdict")]

    def __str__(self):
        return f"{self.sheet} {self.row}"


class RosterExport(CarriesAncestors):
    """A roster or a set of statistics on its way out; the file is for whoever asked, and expires."""

    kind = models.CharField(_("what"), max_length=10, choices=ExportKind.choices, default=ExportKind.ROSTER)
    level = models.ForeignKey(
        NamingLevel, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )
    as_of = models.DateField(_("as of"))  # statistics: the last day of the period
    since = models.DateField(_("from"), null=True)  # statistics: its first day
    personal = models.BooleanField(_("with personal data"), default=False)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    state = models.CharField(
        _("state"), max_length=8, choices=ExportState.choices, default=ExportState.WAITING
    )
    stored = models.CharField(max_length=120, blank=True)
    content_hash = models.CharField(max_length=64, blank=True)  # of the rows; printed in the footer
    size = models.BigIntegerField(null=True)
    count = models.PositiveIntegerField(null=True)  # rows
    problem = models.CharField(max_length=500, blank=True)
    job = models.ForeignKey(Job, null=True, on_delete=models.SET_NULL, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(null=True)

    objects = RosterExportQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster export")
        verbose_name_plural = _("roster exports")
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(name="rosterexport_kind_known", condition=Q(kind__in=ExportKind.values)),
            models.CheckConstraint(
                name="rosterexport_state_known", condition=Q(state__in=ExportState.values)
            ),
            models.CheckConstraint(
                name="rosterexport_personal_with_a_reason", condition=Q(personal=False) | ~Q(reason="")
            ),
            models.CheckConstraint(
                name="rosterexport_ready_with_its_file",
                condition=~Q(state=ExportState.READY)
                | (
                    ~Q(stored="")
                    & Q(content_hash__regex=IS_SHA256, count__isnull=False, expires_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="rosterexport_dates_in_order", condition=Q(since=None) | Q(since__lte=F("as_of"))
            ),
        ]
        indexes = [models.Index(fields=["created_by", "-id"], name="rosterexport_of_person")]

    def __str__(self):
        return f"{self.union} {self.get_kind_display()} {self.as_of}"


class Target(CarriesAncestors):
    """How many studios of a level a union is to have by the end of a year (任务分解)."""

    level = models.ForeignKey(
        NamingLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )
    year = models.SmallIntegerField(_("year"))
    number = models.PositiveIntegerField(_("target"))
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        constraints = [
            models.UniqueConstraint(name="target_once", fields=["union", "level", "year"]),
            models.CheckConstraint(name="target_year_plausible", condition=Q(year__gte=2000, year__lte=2100)),
        ]

    def __str__(self):
        return f"{self.union} {self.year} {self.number}"
