"""Subsidies of the unions (三.c): budget, scheme, grants, payments, what was bought, what is paid back.

All amounts here are yuan with two decimals. The sums on a budget and a subsidy are kept in the statement
that adds to them, and checked by the database: two people at once cannot overdraw either.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from reviews.choices import ExpenseUse, SubsidyKind, SubsidyState
from reviews.models.assessment import PERSON
from reviews.models.places import Stands
from reviews.models.revocation import Revocation
from reviews.querysets import CaseQuerySet, OfficeQuerySet
from studios.choices import Tier
from studios.models import CarriesAncestors, Evidence, Naming, NamingLevel, OfficialDocument

MONEY = {"max_digits": 14, "decimal_places": 2}


class Budget(CarriesAncestors):
    """What a union may grant in a year; usable once a second person has agreed."""

    year = models.SmallIntegerField(_("year"))
    amount = models.DecimalField(_("budget (yuan)"), **MONEY)
    committed = models.DecimalField(_("granted (yuan)"), default=0, editable=False, **MONEY)
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    agreed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    # another amount, asked for by one person and not yet agreed to by a second
    wanted = models.DecimalField(_("new budget (yuan)"), null=True, editable=False, **MONEY)
    wanted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("budget")
        verbose_name_plural = _("budgets")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(name="budget_once_a_year", fields=["union", "year"]),
            models.CheckConstraint(
                name="budget_never_overdrawn",
                condition=Q(committed__gte=0) & Q(committed__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="budget_agreed_by_a_second_person",
                condition=Q(set_by=None) | Q(agreed_by=None) | ~Q(set_by=F("agreed_by")),
            ),
            models.CheckConstraint(
                name="budget_used_only_when_agreed", condition=Q(committed=0) | Q(agreed_by__isnull=False)
            ),
            models.CheckConstraint(
                name="budget_change_is_asked_by_somebody",
                condition=Q(wanted=None, wanted_by=None)
                | Q(wanted__gt=0, wanted_by__isnull=False, agreed_by__isnull=False),
            ),
        ]

    def __str__(self):
        return str(self.year)


class SubsidyScheme(CarriesAncestors):
    """How much the holders of a level get in a year, in which parts and on what conditions."""

    year = models.SmallIntegerField(_("year"))
    level = models.ForeignKey(
        NamingLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )
    kind = models.CharField(
        _("kind"), max_length=10, choices=SubsidyKind.choices, default=SubsidyKind.ONE_OFF
    )
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    amount = models.DecimalField(_("amount (yuan)"), **MONEY)
    conditions = models.TextField(_("conditions and permitted uses"), blank=True, max_length=2000)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    published_at = models.DateTimeField(null=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidy scheme")
        verbose_name_plural = _("subsidy schemes")
        ordering = ["-year", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="subsidyscheme_once", fields=["union", "year", "level", "kind", "title"]
            ),
            models.CheckConstraint(name="subsidyscheme_amount_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="subsidyscheme_kind_known", condition=Q(kind__in=SubsidyKind.values)),
            models.CheckConstraint(
                name="subsidyscheme_published_by_a_second_person",
                condition=Q(drafted_by=None) | Q(published_by=None) | ~Q(drafted_by=F("published_by")),
            ),
        ]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The title in the reader's language."""
        return self.title_en if (get_language() or "").startswith("en") and self.title_en else self.title


class Instalment(models.Model):
    """A part of the amount of a scheme and what must be so before it is paid."""

    scheme = models.ForeignKey(SubsidyScheme, on_delete=models.CASCADE, related_name="instalments")
    order = models.PositiveSmallIntegerField()
    percent = models.DecimalField(_("share (%)"), max_digits=5, decimal_places=2)
    condition = models.CharField(_("when it is paid"), max_length=160, blank=True)

    class Meta:
        ordering = ["order"]
        constraints = [
            models.UniqueConstraint(name="instalment_once", fields=["scheme", "order"]),
            models.CheckConstraint(
                name="instalment_percent_plausible", condition=Q(percent__gt=0, percent__lte=100)
            ),
        ]

    def __str__(self):
        return f"{self.order}: {self.percent} %"


class Subsidy(Stands, CarriesAncestors):
    """What one studio is given; payee is the unit's union. Only the engine writes ``state``."""

    naming = models.ForeignKey(
        Naming, on_delete=models.PROTECT, related_name="subsidies", verbose_name=_("title")
    )
    scheme = models.ForeignKey(SubsidyScheme, on_delete=models.PROTECT, related_name="subsidies")
    budget = models.ForeignKey(Budget, on_delete=models.PROTECT, related_name="subsidies")
    tier = models.SmallIntegerField(choices=Tier.choices)
    state = models.CharField(
        _("state"), max_length=10, choices=SubsidyState.choices, default=SubsidyState.PROPOSED
    )
    amount = models.DecimalField(_("amount (yuan)"), **MONEY)
    paid = models.DecimalField(_("paid (yuan)"), default=0, editable=False, **MONEY)
    spent = models.DecimalField(_("accounted for (yuan)"), default=0, editable=False, **MONEY)
    paid_back = models.DecimalField(_("paid back (yuan)"), default=0, editable=False, **MONEY)
    payee = models.CharField(_("account holder (the unit's union)"), max_length=160, blank=True)
    use_report = models.TextField(_("report on the use"), blank=True, max_length=2000)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    proposed_at = models.DateTimeField(default=timezone.now)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    decided_at = models.DateTimeField(null=True)
    document = models.ForeignKey(OfficialDocument, null=True, on_delete=models.PROTECT, related_name="+")
    revocation = models.ForeignKey(Revocation, null=True, on_delete=models.PROTECT, related_name="subsidies")

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("subsidy")
        verbose_name_plural = _("subsidies")
        constraints = [
            models.UniqueConstraint(
                name="subsidy_once_per_title_and_scheme",
                fields=["naming", "scheme"],
                condition=~Q(state=SubsidyState.REFUSED),
            ),
            models.CheckConstraint(name="subsidy_state_known", condition=Q(state__in=SubsidyState.values)),
            models.CheckConstraint(name="subsidy_amount_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(
                name="subsidy_never_paid_beyond_its_amount",
                condition=Q(paid__gte=0) & Q(paid__lte=F("amount")),
            ),
            models.CheckConstraint(
                name="subsidy_never_spent_beyond_what_was_paid",
                condition=Q(spent__gte=0) & Q(spent__lte=F("paid")),
            ),
            models.CheckConstraint(
                name="subsidy_never_paid_back_beyond_what_was_paid",
                condition=Q(paid_back__gte=0) & Q(paid_back__lte=F("paid")),
            ),
            models.CheckConstraint(
                name="subsidy_paid_only_when_granted",
                condition=Q(paid=0) | ~Q(state__in=[SubsidyState.PROPOSED, SubsidyState.REFUSED]),
            ),
            models.CheckConstraint(
                name="subsidy_decided_by_a_second_person",
                condition=Q(proposed_by=None) | Q(decided_by=None) | ~Q(proposed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="subsidy_granted_by_two_persons",
                condition=Q(state__in=[SubsidyState.PROPOSED, SubsidyState.REFUSED])
                | Q(proposed_by__isnull=False, decided_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["city", "state", "-id"], name="subsidy_by_city")]

    def __str__(self):
        return f"{self.naming} {self.amount}"


class Payment(models.Model):
    """One transfer to the unit's union, as recorded; a wrong one is reversed by a row below zero."""

    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="payments")
    instalment = models.ForeignKey(Instalment, null=True, on_delete=models.PROTECT, related_name="+")
    amount = models.DecimalField(_("amount (yuan)"), **MONEY)
    paid_on = models.DateField(_("paid on"))
    voucher = models.CharField(_("voucher number"), max_length=60)
    reverses = models.OneToOneField(
        "self", null=True, on_delete=models.PROTECT, related_name="reversed_by", editable=False
    )
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    recorded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="payment_below_zero_only_to_reverse",
                condition=Q(amount__gt=0, reverses=None) | Q(amount__lt=0, reverses__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.paid_on} {self.amount}"


class Expense(models.Model):
    """What part of a subsidy was spent on, by the unit, with its invoice."""

    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="expenses")
    spent_on = models.DateField(_("spent on"))
    use = models.CharField(_("used for"), max_length=10, choices=ExpenseUse.choices)
    what = models.CharField(_("what for"), max_length=160)
    amount = models.DecimalField(_("amount (yuan)"), **MONEY)
    invoice = models.ForeignKey(Evidence, null=True, on_delete=models.PROTECT, related_name="+")
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)
    removed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["spent_on", "pk"]
        constraints = [
            models.CheckConstraint(name="expense_amount_above_zero", condition=Q(amount__gt=0)),
            models.CheckConstraint(name="expense_use_known", condition=Q(use__in=ExpenseUse.values)),
        ]

    def __str__(self):
        return self.what


class Repayment(models.Model):
    """Money that came back after it was demanded."""

    subsidy = models.ForeignKey(Subsidy, on_delete=models.PROTECT, related_name="repayments")
    amount = models.DecimalField(_("amount (yuan)"), **MONEY)
    received_on = models.DateField(_("received on"))
    voucher = models.CharField(_("voucher number"), max_length=60)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, **PERSON)

    class Meta:
        ordering = ["pk"]
        constraints = [models.CheckConstraint(name="repayment_above_zero", condition=Q(amount__gt=0))]

    def __str__(self):
        return f"{self.received_on} {self.amount}"
