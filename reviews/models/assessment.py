"""Yearly assessment (年度考核): the scheme, the year as the city opens it, the reports and scores."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reviews.choices import AssessmentState, Grade, ScoreRule
from reviews.models.places import Stands
from reviews.querysets import CaseQuerySet, OfficeQuerySet
from studios.models import CarriesAncestors, Studio

PERSON = {"null": True, "on_delete": models.PROTECT, "related_name": "+"}


class AssessmentScheme(CarriesAncestors):
    """A versioned table of points; nothing in it changes once a second person has published it."""

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    pass_mark = models.DecimalField(_("qualified from"), max_digits=6, decimal_places=2, default=60)
    excellent_mark = models.DecimalField(_("excellent from"), max_digits=6, decimal_places=2, default=85)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    published_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment scheme")
        verbose_name_plural = _("assessment schemes")
        ordering = ["code", "-version"]
        constraints = [
            models.UniqueConstraint(name="assessmentscheme_once", fields=["union", "code", "version"]),
            models.CheckConstraint(
                name="assessmentscheme_published_by_a_second_person",
                condition=Q(drafted_by=None) | Q(published_by=None) | ~Q(drafted_by=F("published_by")),
            ),
            models.CheckConstraint(
                name="assessmentscheme_published_has_a_moment",
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="assessmentscheme_marks_in_order", condition=Q(excellent_mark__gt=F("pass_mark"))
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The title in the reader's language, with the version."""
        english = (get_language() or "").startswith("en") and self.title_en
        return f"{self.title_en if english else self.title} v{self.version}"


class SchemeItem(models.Model):
    """One line of a scheme; ``params`` as ``reviews.scoring`` describes them for each ``rule``."""

    scheme = models.ForeignKey(AssessmentScheme, on_delete=models.CASCADE, related_name="items")
    order = models.PositiveSmallIntegerField(_("order"))
    code = models.CharField(_("code"), max_length=40)
    group = models.CharField(_("group"), max_length=60, blank=True)
    group_en = models.CharField(_("English group"), max_length=100, blank=True)
    title = models.CharField(_("item"), max_length=120)
    title_en = models.CharField(_("English item"), max_length=160, blank=True)
    rule = models.CharField(_("rule"), max_length=16, choices=ScoreRule.choices)
    points = models.DecimalField(_("points at most"), max_digits=6, decimal_places=2)
    params = models.JSONField(default=dict, blank=True)
    evidence = models.CharField(_("shown by"), max_length=120, blank=True)
    is_gate = models.BooleanField(_("must be met"), default=False)

    class Meta:
        verbose_name = _("item of a scheme")
        verbose_name_plural = _("items of a scheme")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(name="schemeitem_once", fields=["scheme", "code"]),
            models.CheckConstraint(name="schemeitem_rule_known", condition=Q(rule__in=ScoreRule.values)),
            models.CheckConstraint(name="schemeitem_points_not_negative", condition=Q(points__gte=0)),
        ]

    def __str__(self):
        return self.title

    @property
    def label(self):
        """The item in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") and self.title_en else self.title


class AssessmentYear(CarriesAncestors):
    """The assessment of one year as the city sets it: when it opens, who is due when, how many may excel.

    ``period_since`` to ``period_until`` is what the report covers.
    """

    year = models.SmallIntegerField(_("year"))
    scheme = models.ForeignKey(
        AssessmentScheme, on_delete=models.PROTECT, related_name="years", verbose_name=_("scheme")
    )
    period_since = models.DateField(_("from"))
    period_until = models.DateField(_("to"))
    opens_on = models.DateField(_("opens on"))
    report_due_on = models.DateField(_("reports due on"))
    county_due_on = models.DateField(_("counties due on"))
    city_due_on = models.DateField(_("city due on"))
    excellent_percent = models.PositiveSmallIntegerField(_("excellent at most (%)"), default=20)
    sample_percent = models.PositiveSmallIntegerField(_("sample (%)"), default=10)
    lowest_tier = models.PositiveSmallIntegerField(_("titles from"), default=2)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    opened_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    sample_seed = models.CharField(max_length=64, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment year")
        verbose_name_plural = _("assessment years")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="assessmentyear_once", fields=["union", "year"]),
            models.CheckConstraint(
                name="assessmentyear_dates_in_order",
                condition=Q(period_until__gte=F("period_since"))
                & Q(report_due_on__gte=F("opens_on"))
                & Q(county_due_on__gte=F("report_due_on"))
                & Q(city_due_on__gte=F("county_due_on")),
            ),
            models.CheckConstraint(
                name="assessmentyear_percents_plausible",
                condition=Q(excellent_percent__lte=100, sample_percent__lte=100),
            ),
        ]

    def __str__(self):
        return str(self.year)


class Assessment(Stands, CarriesAncestors):
    """A named studio's yearly assessment; only the engine writes ``state``."""

    campaign = models.ForeignKey(
        AssessmentYear, null=True, on_delete=models.PROTECT, related_name="assessments"
    )
    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="assessments")
    year = models.SmallIntegerField(_("year"))
    state = models.CharField(
        _("state"), max_length=10, choices=AssessmentState.choices, default=AssessmentState.OPEN
    )
    # what the unit writes while it is open; what is counted from the ledger is frozen with it on reporting
    summary = models.TextField(_("what the year brought"), blank=True, max_length=2000)
    plan = models.TextField(_("plan for the next year"), blank=True, max_length=1000)
    version = models.PositiveIntegerField(default=0)
    report = models.JSONField(null=True)
    report_sha256 = models.CharField(max_length=64, blank=True)
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    reported_at = models.DateTimeField(null=True)
    self_points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    proposed_grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices, blank=True)
    graded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    graded_at = models.DateTimeField(null=True)
    is_sampled = models.BooleanField(default=False)
    concluded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    concluded_at = models.DateTimeField(null=True)
    grade = models.CharField(_("grade"), max_length=10, choices=Grade.choices, blank=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("assessment")
        verbose_name_plural = _("assessments")
        constraints = [
            models.UniqueConstraint(name="assessment_once_a_year", fields=["studio", "year"]),
            models.CheckConstraint(
                name="assessment_state_known", condition=Q(state__in=AssessmentState.values)
            ),
            models.CheckConstraint(
                name="assessment_grade_only_when_concluded",
                condition=Q(state=AssessmentState.CONCLUDED, grade__in=Grade.values)
                | (~Q(state=AssessmentState.CONCLUDED) & Q(grade="")),
            ),
            models.CheckConstraint(
                name="assessment_graded_has_a_proposal",
                condition=~Q(state=AssessmentState.GRADED) | ~Q(proposed_grade=""),
            ),
            models.CheckConstraint(
                name="assessment_concluded_by_a_second_person",
                condition=Q(graded_by=None) | Q(concluded_by=None) | ~Q(graded_by=F("concluded_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["county", "year", "state"], name="assessment_by_county"),
            models.Index(fields=["city", "year", "state"], name="assessment_by_city"),
        ]

    def __str__(self):
        return f"{self.studio} {self.year}"

    @property
    def tier(self):
        """Where it is concluded."""
        return self.top_office()[0]


class Score(models.Model):
    """The points of one item: the unit's own beside the assessor's, each with what they rest on."""

    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="scores")
    item = models.ForeignKey(SchemeItem, on_delete=models.PROTECT, related_name="+")
    self_input = models.JSONField(null=True)
    self_points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    input = models.JSONField(null=True)
    points = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    remark = models.CharField(_("remark"), max_length=300, blank=True)
    scored_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    scored_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["item__order", "pk"]
        constraints = [models.UniqueConstraint(name="score_once", fields=["assessment", "item"])]

    def __str__(self):
        return f"{self.item} {self.points}"
