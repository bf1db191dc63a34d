"""Persons in studios: leaders, members, honours."""

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import gettext_lazy as _

from studios.choices import Education, MemberRole, ProfTitle, Rank, Sex, SkillLevel
from studios.models.fields import PartialDateField, partial_date_check
from studios.models.organisation import CarriesAncestors
from studios.models.reference import HonourKind
from studios.models.studio import Studio
from studios.querysets import LiveQuerySet, ScopedQuerySet


class DateRange(Func):
    """``daterange(since, until)``, the last day included."""

    function = "daterange"
    output_field = DateRangeField()


def live_days(since="since", until="until"):
    """The expression for the days from ``since`` to ``until``, both included; no until: for ever."""
    return DateRange(since, until, RangeBoundary(inclusive_lower=True, inclusive_upper=True))


class Person(CarriesAncestors):
    """A person in a unit's studios. Honours stay with the person, results with the studio.

    No identity number: name, unit and month of birth identify (reference §9.5).
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="person"
    )
    name = models.CharField(_("name"), max_length=60)
    sex = models.CharField(_("sex"), max_length=6, choices=Sex.choices, blank=True)
    birth_month = PartialDateField(_("year and month of birth"))
    ethnicity = models.CharField(_("ethnic group"), max_length=20, blank=True)
    political_status = models.CharField(_("political status"), max_length=20, blank=True)
    education = models.CharField(_("education"), max_length=10, choices=Education.choices, blank=True)
    post = models.CharField(_("post or trade"), max_length=60, blank=True)
    prof_title = models.CharField(
        _("professional title"), max_length=16, choices=ProfTitle.choices, blank=True
    )
    skill_level = models.CharField(_("skill level"), max_length=20, choices=SkillLevel.choices, blank=True)
    phone = models.CharField(_("mobile phone"), max_length=30, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("persons")
        constraints = [
            models.CheckConstraint(name="person_name_given", condition=~Q(name="")),
            partial_date_check("person_birth_month_well_formed", "birth_month"),
        ]

    def __str__(self):
        return self.name


class Honour(models.Model):
    """An honour that a person holds."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="honours")
    kind = models.ForeignKey(HonourKind, on_delete=models.PROTECT, related_name="+", verbose_name=_("honour"))
    rank = models.SmallIntegerField(_("rank"), choices=Rank.choices)
    name = models.CharField(_("full name of the honour"), max_length=120, blank=True)
    granted_by = models.CharField(_("granted by"), max_length=120, blank=True)
    granted_on = PartialDateField(_("granted in"))
    document_number = models.CharField(_("document number"), max_length=60, blank=True)

    class Meta:
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        constraints = [
            models.CheckConstraint(name="honour_rank_known", condition=Q(rank__in=Rank.values)),
            partial_date_check("honour_date_well_formed", "granted_on"),
        ]

    def __str__(self):
        return self.name or str(self.kind)


class Leader(models.Model):
    """A person leading a studio from–until."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="leaders")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="leads")
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    merits = models.TextField(_("merits"), blank=True)
    skilled_basis = models.TextField(_("why a recognised skilled talent"), blank=True)

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("leader")
        verbose_name_plural = _("leaders")
        constraints = [
            models.CheckConstraint(
                name="leader_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            ExclusionConstraint(
                name="leader_one_at_a_time",
                expressions=[("studio", RangeOperators.EQUAL), (live_days(), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self):
        return str(self.person)


class Member(models.Model):
    """A person in a studio's team from–until; the leader is not repeated here."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("role"), max_length=8, choices=MemberRole.choices, default=MemberRole.MEMBER)
    duty = models.CharField(_("duty in the team"), max_length=120, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0)

    objects = LiveQuerySet.as_manager()

    class Meta:
        verbose_name = _("member")
        verbose_name_plural = _("members")
        ordering = ["order", "id"]
        constraints = [
            models.CheckConstraint(name="member_role_known", condition=Q(role__in=MemberRole.values)),
            models.CheckConstraint(
                name="member_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            ExclusionConstraint(
                name="member_once_at_a_time",
                expressions=[
                    ("studio", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (live_days(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self):
        return str(self.person)
