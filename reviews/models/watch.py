"""What follows a title: notices with objections, yearly assessments, flags and revocations."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import AssessmentState, Grade, ObjectionState, RevocationState
from reviews.models.application import Application
from studios.choices import EndReason
from studios.models import CarriesAncestors, Naming, NamingLevel, OfficialDocument, Studio, Union
from studios.querysets import ScopedQuerySet

# a revocation always has a cause; only older rosters leave it out
CAUSES = [(value, label) for value, label in EndReason.choices if value != EndReason.UNSTATED]


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


class Assessment(CarriesAncestors):
    """A named studio's yearly assessment (年度考核)."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="assessments")
    year = models.SmallIntegerField(_("year"))
    state = models.CharField(max_length=10, choices=AssessmentState.choices, default=AssessmentState.OPEN)
    grade = models.CharField(max_length=10, choices=Grade.choices, blank=True)

    objects = ScopedQuerySet.as_manager()

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
        ]

    def __str__(self):
        return f"{self.studio} {self.year}"


class DormancyFlag(CarriesAncestors):
    """That the watch found no result for three years on a day; a machine's hint, no decision.

    ``as_of`` and ``cleared_on`` are the days for which the watch was run, not those on which it ran.
    """

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="flags")
    as_of = models.DateField(_("as of"))
    level = models.ForeignKey(
        NamingLevel, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )  # the highest title whose three years are over
    last_result_on = models.DateField(_("last result"), null=True)
    due_on = models.DateField(_("three years full on"), null=True)
    raised_at = models.DateTimeField(default=timezone.now)
    cleared_at = models.DateTimeField(null=True)
    cleared_on = models.DateField(null=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("dormancy flag")
        verbose_name_plural = _("dormancy flags")
        constraints = [
            models.UniqueConstraint(
                name="dormancyflag_one_live_per_studio", fields=["studio"], condition=Q(cleared_at=None)
            ),
            models.CheckConstraint(
                name="dormancyflag_cleared_for_a_day_has_a_moment",
                condition=Q(cleared_on=None) | Q(cleared_at__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.studio} {self.as_of}"


class Revocation(CarriesAncestors):
    """The procedure by which a title is taken away: opened, proposed and decided by people."""

    naming = models.ForeignKey(Naming, on_delete=models.PROTECT, related_name="revocations")
    cause = models.CharField(max_length=20, choices=CAUSES)
    state = models.CharField(max_length=12, choices=RevocationState.choices, default=RevocationState.OPEN)
    flag = models.ForeignKey(DormancyFlag, null=True, on_delete=models.PROTECT, related_name="+")
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    document = models.ForeignKey(OfficialDocument, null=True, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    mend_until = models.DateField(_("time to mend until"), null=True)

    objects = ScopedQuerySet.as_manager()

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
                name="revocation_done_names_both_persons",
                condition=~Q(state=RevocationState.REVOKED)
                | Q(proposed_by__isnull=False, decided_by__isnull=False),
            ),
            models.UniqueConstraint(
                name="revocation_one_open_per_title",
                fields=["naming"],
                condition=~Q(state__in=[RevocationState.REVOKED, RevocationState.DROPPED]),
            ),
        ]

    def __str__(self):
        return f"{self.naming} {self.cause}"
