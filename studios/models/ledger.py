"""What a studio did: funds, projects, achievements and their recognitions."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studios.choices import FundSource, LedgerState, PatentStatus, ProjectStatus, Rank, RecognitionKind
from studios.models.fields import NumberKeyField, PartialDateField, TitleKeyField, partial_date_check
from studios.models.organisation import CarriesAncestors
from studios.models.reference import AchievementKind
from studios.models.studio import Studio
from studios.querysets import ScopedQuerySet

YEARS = Q(year__gte=1990, year__lte=2100)
KEYED = frozenset(["title", "number", "kind", "kind_id"])  # what the keys of a result are made of


class Fund(models.Model):
    """Money for a studio in a year, in units of 10,000 yuan (万元)."""

    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="funds")
    year = models.SmallIntegerField(_("year"))
    source = models.CharField(_("source"), max_length=8, choices=FundSource.choices, default=FundSource.UNIT)
    amount = models.DecimalField(_("amount (10,000 yuan)"), max_digits=12, decimal_places=4)
    use = models.CharField(_("used for"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("fund")
        verbose_name_plural = _("funds")
        ordering = ["-year", "id"]
        constraints = [
            models.CheckConstraint(name="fund_amount_not_negative", condition=Q(amount__gte=0)),
            models.CheckConstraint(name="fund_source_known", condition=Q(source__in=FundSource.values)),
            models.CheckConstraint(name="fund_year_plausible", condition=YEARS),
        ]

    def __str__(self):
        return f"{self.year} {self.amount}"


class Project(models.Model):
    """An innovation topic or problem-solving project, by year (创新课题 / 攻关项目)."""

    studio = models.ForeignKey(Studio, on_delete=models.CASCADE, related_name="projects")
    year = models.SmallIntegerField(_("year"))
    title = models.CharField(_("project"), max_length=120)
    status = models.CharField(
        _("status"), max_length=8, choices=ProjectStatus.choices, default=ProjectStatus.RUNNING
    )
    goal = models.CharField(_("goal"), max_length=300, blank=True)
    outcome = models.CharField(_("outcome"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["-year", "id"]
        constraints = [
            models.CheckConstraint(name="project_status_known", condition=Q(status__in=ProjectStatus.values)),
            models.CheckConstraint(name="project_year_plausible", condition=YEARS),
        ]

    def __str__(self):
        return self.title


class Achievement(CarriesAncestors):
    """An innovation result (创新成果). Results belong to the studio, whoever leads it."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="achievements")
    kind = models.ForeignKey(
        AchievementKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of achievement")
    )
    title = models.CharField(_("title"), max_length=120)
    completed_on = PartialDateField(_("completed in"))
    number = models.CharField(_("number"), max_length=60, blank=True)
    patent_status = models.CharField(_("patent is"), max_length=10, choices=PatentStatus.choices, blank=True)
    granted_on = models.DateField(_("granted on"), null=True, blank=True)
    filed_on = models.DateField(_("filed on"), null=True, blank=True)
    holder = models.CharField(_("holder of the right"), max_length=160, blank=True)
    # {field: text} of what only this kind of result has; which fields: ``studios.ledger.kinds``
    details = models.JSONField(default=dict, blank=True)
    authors = models.CharField(_("by"), max_length=200, blank=True)
    summary = models.TextField(_("summary"), blank=True, max_length=800)
    benefit_amount = models.DecimalField(
        _("economic benefit a year (10,000 yuan)"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    benefit_basis = models.CharField(_("how the benefit was computed"), max_length=300, blank=True)
    social_benefit = models.CharField(_("social benefit"), max_length=300, blank=True)
    # written by the review workflow alone; a change of the facts puts it back to "entered"
    state = models.CharField(
        _("state"), max_length=8, choices=LedgerState.choices, default=LedgerState.ENTERED, editable=False
    )
    # for finding the same result again: they follow the fields they are made of
    number_key = NumberKeyField()
    title_key = TitleKeyField()
    removed_at = models.DateTimeField(null=True, editable=False)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ["-completed_on", "id"]
        constraints = [
            models.CheckConstraint(
                name="achievement_patent_status_known",
                condition=Q(patent_status="") | Q(patent_status__in=PatentStatus.values),
            ),
            models.CheckConstraint(
                name="achievement_only_granted_has_grant_date",
                condition=Q(granted_on=None) | Q(patent_status=PatentStatus.GRANTED),
            ),
            models.CheckConstraint(name="achievement_state_known", condition=Q(state__in=LedgerState.values)),
            partial_date_check("achievement_date_well_formed", "completed_on"),
        ]
        indexes = [
            models.Index(
                fields=["number_key"], name="achievement_by_number_key", condition=~Q(number_key="")
            ),
            GinIndex(fields=["title_key"], name="achievement_by_title", opclasses=["gin_trgm_ops"]),
            models.Index(fields=["county", "state", "-id"], name="achievement_by_county_state"),
            models.Index(fields=["studio", "-completed_on"], name="achievement_by_studio"),
            models.Index(fields=["number"], name="achievement_by_number", condition=~Q(number="")),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, update_fields=None, **kwargs):
        """Save; the keys go along with the fields they are made of."""
        if update_fields is not None and KEYED.intersection(update_fields):
            update_fields = {*update_fields, "number_key", "title_key"}
        super().save(*args, update_fields=update_fields, **kwargs)


class Recognition(models.Model):
    """How others recognised an achievement: prize, certificate, appraisal (成果认定)."""

    achievement = models.ForeignKey(Achievement, on_delete=models.CASCADE, related_name="recognitions")
    kind = models.CharField(
        _("kind"), max_length=12, choices=RecognitionKind.choices, default=RecognitionKind.AWARD
    )
    name = models.CharField(_("award or certificate"), max_length=120)
    grade = models.CharField(_("grade"), max_length=20, blank=True)
    rank = models.SmallIntegerField(_("level"), choices=Rank.choices)
    granted_by = models.CharField(_("granted by"), max_length=120, blank=True)
    granted_on = PartialDateField(_("granted in"))
    document_number = models.CharField(_("document or certificate number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("recognition")
        verbose_name_plural = _("recognitions")
        constraints = [
            models.CheckConstraint(name="recognition_rank_known", condition=Q(rank__in=Rank.values)),
            models.CheckConstraint(
                name="recognition_kind_known", condition=Q(kind__in=RecognitionKind.values)
            ),
            partial_date_check("recognition_date_well_formed", "granted_on"),
        ]

    def __str__(self):
        return self.name
