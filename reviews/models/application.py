"""The application on its way up the ladder, and the dossier frozen with each submission."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import AT_A_TIER, CLOSED, Action, State
from reviews.models.places import Stands
from reviews.models.rules import RuleSet
from reviews.querysets import ApplicationQuerySet, DossierQuerySet
from studios.choices import Tier
from studios.models import CarriesAncestors, Naming, NamingLevel, Studio, Union

PROPOSALS = (
    Action.PROPOSE_ENDORSE,
    Action.PROPOSE_NAME,
    Action.PROPOSE_WAITLIST,
    Action.PROPOSE_REJECT,
    Action.PROPOSE_REJECT_FINAL,
)


class RoundQuerySet(models.QuerySet):
    """Words for rounds."""

    def taking(self, level, on=None):
        """Rounds of a level that take applications on a day, today by default."""
        on = on or timezone.localdate()
        return self.filter(
            Q(closes_on=None) | Q(closes_on__gte=on), Q(opens_on=None) | Q(opens_on__lte=on), level=level
        )


class Round(models.Model):
    """A call for applications at one level (申报批次); without a last day it is always open."""

    level = models.ForeignKey(NamingLevel, on_delete=models.PROTECT, related_name="rounds")
    union = models.ForeignKey(Union, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    opens_on = models.DateField(_("opens on"), null=True, blank=True)
    closes_on = models.DateField(_("last day"), null=True, blank=True)

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("round")
        verbose_name_plural = _("rounds")
        constraints = [
            models.CheckConstraint(
                name="round_dates_in_order",
                condition=Q(opens_on=None) | Q(closes_on=None) | Q(closes_on__gte=F("opens_on")),
            )
        ]

    def __str__(self):
        return self.title


class Application(Stands, CarriesAncestors):
    """One studio aiming at one level in one round. Only the engine writes ``state`` and ``tier``."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="applications")
    level = models.ForeignKey(
        NamingLevel, on_delete=models.PROTECT, related_name="+", verbose_name=_("level")
    )
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="applications")
    ruleset = models.ForeignKey(RuleSet, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(_("number"), max_length=20, unique=True)
    state = models.CharField(_("state"), max_length=16, choices=State.choices, default=State.DRAFT)
    tier = models.SmallIntegerField(_("at"), choices=Tier.choices, null=True)
    proposal = models.CharField(max_length=24, choices=Action.choices, blank=True)
    statement = models.TextField(_("why the studio applies"), blank=True, max_length=500)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    submitted_at = models.DateTimeField(null=True)
    arrived_at = models.DateTimeField(null=True)  # at the present tier or with the unit
    due_on = models.DateField(_("due on"), null=True)
    decided_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField(default=timezone.now)
    submissions = models.PositiveSmallIntegerField(default=0)
    reached_tier = models.SmallIntegerField(choices=Tier.choices, default=Tier.BASE)
    naming = models.OneToOneField(Naming, null=True, on_delete=models.PROTECT, related_name="application")

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        permissions = [
            ("submit_application", "Can submit and withdraw applications"),
            ("confirm_application", "Can confirm applications for the unit and name at base level"),
            ("review_application", "Can review applications"),
            ("approve_application", "Can approve what a reviewer proposed"),
        ]
        constraints = [
            models.CheckConstraint(name="application_state_known", condition=Q(state__in=State.values)),
            models.CheckConstraint(
                name="application_has_tier_only_while_with_a_union",
                condition=Q(state__in=AT_A_TIER, tier__isnull=False)
                | (~Q(state__in=AT_A_TIER) & Q(tier=None)),
            ),
            models.CheckConstraint(
                name="application_has_proposal_only_while_proposed",
                condition=Q(state=State.PROPOSED, proposal__in=PROPOSALS, proposed_by__isnull=False)
                | (~Q(state=State.PROPOSED) & Q(proposal="")),
            ),
            models.CheckConstraint(
                name="application_approver_is_not_the_reviewer",
                condition=Q(proposed_by=None) | Q(decided_by=None) | ~Q(proposed_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="application_confirmer_is_not_the_submitter",
                condition=Q(submitted_by=None) | Q(confirmed_by=None) | ~Q(submitted_by=F("confirmed_by")),
            ),
            models.CheckConstraint(
                name="application_closed_has_a_date",
                condition=Q(state__in=CLOSED, decided_at__isnull=False)
                | (~Q(state__in=CLOSED) & Q(decided_at=None)),
            ),
            models.CheckConstraint(
                name="application_named_has_its_naming",
                condition=Q(state=State.NAMED, naming__isnull=False)
                | (~Q(state=State.NAMED) & Q(naming=None)),
            ),
            models.UniqueConstraint(
                name="application_one_open_per_studio_and_level",
                fields=["studio", "level"],
                condition=~Q(state__in=CLOSED),
            ),
        ]
        indexes = [
            models.Index(fields=["union", "-updated_at", "-id"], name="application_by_union"),
            models.Index(fields=["county", "-updated_at", "-id"], name="application_by_county"),
            models.Index(fields=["city", "-updated_at", "-id"], name="application_by_city"),
            models.Index(fields=["province", "-updated_at", "-id"], name="application_by_province"),
            models.Index(
                fields=["county", "tier", "state", "due_on", "id"],
                name="application_waiting_in_county",
                condition=Q(tier__isnull=False),
            ),
            models.Index(
                fields=["city", "tier", "state", "due_on", "id"],
                name="application_waiting_in_city",
                condition=Q(tier__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.number} {self.studio}"

    @property
    def private_to_unit(self):
        """Whether it never left its unit: then unions above do not see it."""
        return self.reached_tier == Tier.BASE

    @property
    def is_open(self):
        """Whether it is still on its way."""
        return self.state not in CLOSED

    @property
    def current_dossier(self):
        """The newest frozen dossier, or None before the first submission."""
        return self.dossiers.order_by("-version").first()


class ApplicationCounter(models.Model):
    """The last application number of a year; locked while the next is taken."""

    year = models.SmallIntegerField(unique=True)
    last_number = models.PositiveIntegerField(default=0)

    def __str__(self):
        return str(self.year)


class Sha256Hex(Func):
    """``encode(sha256(convert_to(text, 'UTF8')), 'hex')``."""

    template = "encode(sha256(convert_to(%(expressions)s, 'UTF8')), 'hex')"
    output_field = models.CharField()


class Dossier(models.Model):
    """What was submitted, frozen: canonical JSON and its SHA-256, which the database checks too."""

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="dossiers")
    version = models.PositiveSmallIntegerField()
    canonical = models.TextField()
    sha256 = models.CharField(max_length=64)
    frozen_at = models.DateTimeField(default=timezone.now)
    frozen_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = DossierQuerySet.as_manager()

    class Meta:
        verbose_name = _("dossier")
        verbose_name_plural = _("dossiers")
        constraints = [
            models.UniqueConstraint(name="dossier_version_once", fields=["application", "version"]),
            models.CheckConstraint(
                name="dossier_hash_is_of_its_text", condition=Q(sha256=Sha256Hex(F("canonical")))
            ),
        ]

    def __str__(self):
        return f"{self.application} v{self.version}"


class Finding(models.Model):
    """The machine's conclusion on one clause, frozen with its dossier (核查结论).

    Codes and values, not sentences: ``reviews.rules.sentences`` words them for the reader.
    """

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="findings")
    clause = models.CharField(max_length=12)
    order = models.PositiveSmallIntegerField()
    verdict = models.CharField(max_length=10)
    body = models.JSONField(default=dict)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(name="finding_once_per_clause", fields=["dossier", "clause"]),
            models.CheckConstraint(
                name="finding_verdict_known", condition=Q(verdict__in=["met", "soft", "not_met", "judge"])
            ),
        ]

    def __str__(self):
        return f"{self.clause} {self.verdict}"
