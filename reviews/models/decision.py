"""What people did: one row a step, a reviewer's judgements, the remarks of a return."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import AccessAction, AccessState, Action, State, Verdict
from reviews.models.access import AccessRequest
from reviews.models.application import Application, Dossier
from studios.choices import Section, Tier
from studios.models import OfficialDocument, Union


class Decision(models.Model):
    """One step taken, by whom, when and why; rows are only ever added (trigger)."""

    application = models.ForeignKey(
        Application, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    access_request = models.ForeignKey(
        AccessRequest, null=True, on_delete=models.PROTECT, related_name="decisions"
    )
    action = models.CharField(max_length=24, choices=[*Action.choices, *AccessAction.choices])
    from_state = models.CharField(max_length=16, choices=[*State.choices, *AccessState.choices])
    to_state = models.CharField(max_length=16, choices=[*State.choices, *AccessState.choices])
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
                condition=Q(application__isnull=False, access_request=None)
                | Q(application=None, access_request__isnull=False),
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
