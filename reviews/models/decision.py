"""What people did: one row a step, a reviewer's judgements, the remarks of a return."""

from django.conf import settings
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews import choices as words
from reviews.choices import Verdict
from reviews.models.access import AccessRequest
from reviews.models.application import Application, Dossier
from reviews.models.assessment import Assessment
from reviews.models.change import ChangeRequest
from reviews.models.revocation import Annulment, Revocation
from reviews.models.subsidy import Subsidy
from studios.choices import LedgerState, Section, Tier
from studios.models import Achievement, OfficialDocument, Union

ACTIONS = [
    choice
    for actions in (
        words.Action,
        words.AccessAction,
        words.ResultAction,
        words.AssessmentAction,
        words.RevocationAction,
        words.AnnulmentAction,
        words.ChangeAction,
        words.SubsidyAction,
    )
    for choice in actions.choices
]
STATES = sorted(  # the same word means the same in each of them; the page asks the thing itself for its label
    {
        value
        for states in (
            words.State,
            words.AccessState,
            LedgerState,
            words.AssessmentState,
            words.RevocationState,
            words.AnnulmentState,
            words.ChangeState,
            words.SubsidyState,
        )
        for value in states.values
    }
)
SUBJECTS = (
    "application",
    "access_request",
    "achievement",
    "assessment",
    "revocation",
    "annulment",
    "change",
    "subsidy",
)
ABOUT = {"null": True, "on_delete": models.PROTECT, "related_name": "decisions"}


class CountGiven(Func):
    """``num_nonnulls(…)``."""

    function = "num_nonnulls"
    output_field = models.IntegerField()


class Decision(models.Model):
    """One step taken, by whom, when and why; rows are only ever added (trigger)."""

    application = models.ForeignKey(Application, **ABOUT)
    access_request = models.ForeignKey(AccessRequest, **ABOUT)
    achievement = models.ForeignKey(Achievement, **ABOUT)
    assessment = models.ForeignKey(Assessment, **ABOUT)
    revocation = models.ForeignKey(Revocation, **ABOUT)
    annulment = models.ForeignKey(Annulment, **ABOUT)
    change = models.ForeignKey(ChangeRequest, **ABOUT)
    subsidy = models.ForeignKey(Subsidy, **ABOUT)
    action = models.CharField(max_length=24, choices=ACTIONS)
    from_state = models.CharField(max_length=16)
    to_state = models.CharField(max_length=16)
    from_tier = models.SmallIntegerField(choices=Tier.choices, null=True)
    to_tier = models.SmallIntegerField(choices=Tier.choices, null=True)
    union = models.ForeignKey(Union, null=True, on_delete=models.PROTECT, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    actor_label = models.CharField(max_length=120)
    second_to = models.ForeignKey(  # whose proposal or submission this act confirms
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.TextField(blank=True)
    dossier = models.ForeignKey(Dossier, null=True, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(OfficialDocument, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        verbose_name = _("decision")
        verbose_name_plural = _("decisions")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="decision_is_about_one_thing",
                condition=Exact(CountGiven(*SUBJECTS), Value(1)),
            ),
            models.CheckConstraint(
                name="decision_states_known",
                condition=Q(from_state__in=STATES, to_state__in=STATES),
            ),
            models.CheckConstraint(
                name="decision_second_person_is_another",
                condition=Q(second_to=None) | ~Q(second_to=F("actor")),
            ),
        ]

    def __str__(self):
        return f"{self.action} {self.at:%Y-%m-%d}"


class Remark(models.Model):
    """What a return asks to mend, bound to a section and, where it is one, to a file or row."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="remarks")
    section = models.CharField(max_length=12, choices=Section.choices)
    text = models.TextField(_("what to mend"), max_length=500)

    class Meta:
        verbose_name = _("remark")
        verbose_name_plural = _("remarks")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(name="remark_section_known", condition=Q(section__in=Section.values)),
            models.CheckConstraint(name="remark_text_given", condition=~Q(text="")),
        ]

    def __str__(self):
        return self.text[:40]


class Judgement(models.Model):
    """A reviewer's verdict on a clause of one dossier, beside the machine's finding."""

    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="judgements")
    clause = models.CharField(max_length=12)
    tier = models.SmallIntegerField(choices=Tier.choices)
    verdict = models.CharField(max_length=10, choices=Verdict.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    judged_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    judged_at = models.DateTimeField(default=timezone.now)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="judgement_once_per_clause_and_tier", fields=["dossier", "clause", "tier"]
            ),
            models.CheckConstraint(
                name="judgement_verdict_known", condition=Q(verdict="") | Q(verdict__in=Verdict.values)
            ),
        ]

    def __str__(self):
        return f"{self.clause} {self.verdict}"
