"""Rule sets: the dated, versioned clauses with their thresholds."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from reviews.choices import RuleSetState


class RuleSetQuerySet(models.QuerySet):
    """Words for rule sets."""

    def in_force(self, on=None):
        """The published set that holds on a day, today by default; the newest if several do."""
        return self.holding(on).first()

    def holding(self, on=None):
        """The published sets that hold on a day, the newest first."""
        on = on or timezone.localdate()
        return self.filter(
            Q(effective_until=None) | Q(effective_until__gte=on),
            state=RuleSetState.PUBLISHED,
            effective_from__lte=on,
        ).order_by("-effective_from", "-pk")


class RuleSet(models.Model):
    """One version of the rules, published by a second person."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    title = models.CharField(_("title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=160, blank=True)
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    state = models.CharField(max_length=10, choices=RuleSetState.choices, default=RuleSetState.DRAFT)
    drafted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("rule set")
        verbose_name_plural = _("rule sets")
        constraints = [
            models.CheckConstraint(name="ruleset_state_known", condition=Q(state__in=RuleSetState.values)),
            models.CheckConstraint(
                name="ruleset_dates_in_order",
                condition=Q(effective_until=None) | Q(effective_until__gte=F("effective_from")),
            ),
            models.CheckConstraint(
                name="ruleset_published_by_a_second_person",
                condition=Q(drafted_by=None) | Q(published_by=None) | ~Q(drafted_by=F("published_by")),
            ),
        ]

    def __str__(self):
        return self.title

    def as_dict(self):
        """The plain form that ``reviews.rules`` reads: code and clauses in order."""
        clauses = self.clauses.order_by("order", "pk")
        return {"code": self.code, "title": self.title, "clauses": [clause.as_dict() for clause in clauses]}


class RuleClause(models.Model):
    """One clause of a rule set: the quoted text, the kind of rule, its thresholds."""

    ruleset = models.ForeignKey(RuleSet, on_delete=models.CASCADE, related_name="clauses")
    clause = models.CharField(_("clause"), max_length=12)
    order = models.PositiveSmallIntegerField()
    title = models.CharField(_("title"), max_length=60)
    title_en = models.CharField(_("English title"), max_length=100, blank=True)
    text = models.TextField(_("text of the policy"))
    kind = models.CharField(max_length=10)
    levels = models.JSONField(default=list)
    blocks = models.JSONField(default=list)
    params = models.JSONField(default=dict)
    notes = models.TextField(blank=True)

    class Meta:
        verbose_name = _("clause")
        verbose_name_plural = _("clauses")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(name="ruleclause_once", fields=["ruleset", "clause"])]

    def __str__(self):
        return f"{self.clause} {self.title}"

    def as_dict(self):
        """The shape of the fixture (see ``reviews.rules.registry``)."""
        return {
            "id": self.clause,
            "order": self.order,
            "title": self.title,
            "title_en": self.title_en,
            "text": self.text,
            "kind": self.kind,
            "levels": self.levels,
            "blocks": self.blocks,
            "params": self.params,
            "notes": self.notes,
        }
