"""What things were called and where they stood before: one row for each state that has ended.

``until`` is the last day on which it held; the present state is on the row itself.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from studios.models.organisation import Union, Unit
from studios.models.studio import Studio


class FormerStudioName(models.Model):
    """A studio's names up to a day."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="earlier_names")
    short_name = models.CharField(_("studio name"), max_length=60)
    official_name = models.CharField(_("full name"), max_length=160, blank=True)
    until = models.DateField(_("last day"))

    class Meta:
        ordering = ["until"]
        constraints = [models.UniqueConstraint(name="formerstudioname_once", fields=["studio", "until"])]

    def __str__(self):
        return f"{self.short_name} – {self.until}"


class FormerUnitName(models.Model):
    """A unit's name up to a day."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="earlier_names")
    name = models.CharField(_("unit name"), max_length=120)
    until = models.DateField(_("last day"))

    class Meta:
        ordering = ["until"]
        constraints = [models.UniqueConstraint(name="formerunitname_once", fields=["unit", "until"])]

    def __str__(self):
        return f"{self.name} – {self.until}"


class FormerParent(models.Model):
    """Under which union another stood up to a day."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="earlier_parents")
    parent = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+")
    until = models.DateField(_("last day"))

    class Meta:
        ordering = ["until"]
        constraints = [models.UniqueConstraint(name="formerparent_once", fields=["union", "until"])]

    def __str__(self):
        return f"{self.parent} – {self.until}"


class Suspension(models.Model):
    """Days on which a studio rested."""

    studio = models.ForeignKey(Studio, on_delete=models.PROTECT, related_name="suspensions")
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=300)

    class Meta:
        ordering = ["-since"]
        constraints = [
            models.UniqueConstraint(
                name="suspension_one_open_per_studio", fields=["studio"], condition=models.Q(until=None)
            ),
            models.CheckConstraint(
                name="suspension_dates_in_order",
                condition=models.Q(until=None) | models.Q(until__gte=models.F("since")),
            ),
        ]

    def __str__(self):
        return f"{self.studio} {self.since}"
