"""The three-year watch: the clock of each named studio and the flags of those whose years are over."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studios.models import CarriesAncestors, NamingLevel, Studio
from studios.querysets import ScopedQuerySet


class DormancyFlag(CarriesAncestors):
    """That the watch found no result for three years on a day; a machine's hint, no decision.

    ``as_of`` and ``cleared_on`` are the days for which the watch was run, not those on which it ran.
    """

    is_derived = True  # worked out from other rows: goes with them
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


class WatchClock(models.Model):
    """Where the clock of one named studio stands, as the watch last computed it; a cache, proved weekly.

    ``stage`` is the most months of ``warn_months`` that are over, the months of all years when they are full.
    ``next_on`` is the first day on which the stage can change without anything being entered.
    """

    is_derived = True  # worked out from other rows: goes with them
    studio = models.OneToOneField(Studio, on_delete=models.CASCADE, primary_key=True, related_name="clock")
    level = models.ForeignKey(NamingLevel, on_delete=models.PROTECT, related_name="+")
    last_result_on = models.DateField(null=True)
    due_on = models.DateField()
    stage = models.PositiveSmallIntegerField(default=0)
    next_on = models.DateField(null=True)
    rules = models.CharField(max_length=64)  # fingerprint of the parameters it was computed with
    computed_on = models.DateField()

    class Meta:
        indexes = [
            models.Index(fields=["next_on"], name="watchclock_by_next_day"),
            models.Index(fields=["rules"], name="watchclock_by_rules"),
            models.Index(
                fields=["due_on", "studio"], name="watchclock_warned", condition=models.Q(stage__gt=0)
            ),
        ]

    def __str__(self):
        return f"{self.studio_id} {self.due_on}"


class WatchTouch(models.Model):
    """That something the clock depends on changed for a studio since the watch last looked (triggers).

    One row a change and nothing unique: whoever writes a result never waits for another.
    """

    is_derived = True  # worked out from other rows: goes with them
    studio = models.ForeignKey(
        Studio, on_delete=models.CASCADE, related_name="+", db_constraint=False, db_index=False
    )
    at = models.DateTimeField(default=timezone.now)

    def __str__(self):
        return str(self.studio_id)


class WatchRun(models.Model):
    """One run of the watch and what it did; ``differs`` is what a proof found, 0 when all was right."""

    as_of = models.DateField()
    ran_at = models.DateTimeField(default=timezone.now)
    is_full = models.BooleanField(default=False)
    looked_at = models.PositiveIntegerField(default=0)
    raised = models.PositiveIntegerField(default=0)
    updated = models.PositiveIntegerField(default=0)
    cleared = models.PositiveIntegerField(default=0)
    differs = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["-pk"]

    def __str__(self):
        return f"{self.as_of} {self.raised}/{self.cleared}"
