"""What becomes of a result: where it is put to use, and whose share in it is how large."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from studios.choices import ConversionMode
from studios.models.fields import PartialDateField, partial_date_check
from studios.models.ledger import Achievement
from studios.models.people import Person
from studios.models.studio import Studio


class Conversion(models.Model):
    """One way in which a result is put to use (成果转化); amounts in units of 10,000 yuan (万元)."""

    achievement = models.ForeignKey(Achievement, on_delete=models.CASCADE, related_name="conversions")
    mode = models.CharField(
        _("how it is used"), max_length=12, choices=ConversionMode.choices, default=ConversionMode.OWN_USE
    )
    started_on = PartialDateField(_("since"))
    places = models.PositiveIntegerField(_("number of units that use it"), null=True, blank=True)
    counterparty = models.CharField(_("other party"), max_length=160, blank=True)
    contract_number = models.CharField(_("contract number"), max_length=60, blank=True)
    registration_number = models.CharField(
        _("registration number of the contract"), max_length=60, blank=True
    )
    amount = models.DecimalField(
        _("amount (10,000 yuan)"), max_digits=14, decimal_places=4, null=True, blank=True
    )
    platform = models.CharField(_("exchange platform"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("use of a result")
        verbose_name_plural = _("uses of results")
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(name="conversion_mode_known", condition=Q(mode__in=ConversionMode.values)),
            models.CheckConstraint(
                name="conversion_amount_not_negative", condition=Q(amount=None) | Q(amount__gte=0)
            ),
            partial_date_check("conversion_date_well_formed", "started_on"),
        ]

    def __str__(self):
        return self.get_mode_display()


class Share(models.Model):
    """The part of a person, or of another studio, in a result: position and percent.

    ``name`` is always written; ``person`` or ``other_studio`` says who in the portal it is.
    """

    achievement = models.ForeignKey(Achievement, on_delete=models.CASCADE, related_name="shares")
    position = models.PositiveSmallIntegerField(_("position"))
    name = models.CharField(_("name"), max_length=160)
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="shares")
    other_studio = models.ForeignKey(
        Studio, null=True, blank=True, on_delete=models.PROTECT, related_name="shares"
    )
    percent = models.DecimalField(_("share (%)"), max_digits=5, decimal_places=2, null=True, blank=True)
    duty = models.CharField(_("part in the work"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("share")
        verbose_name_plural = _("shares")
        ordering = ["position", "id"]
        constraints = [
            models.CheckConstraint(
                name="share_percent_plausible", condition=Q(percent=None) | Q(percent__gt=0, percent__lte=100)
            ),
            models.CheckConstraint(
                name="share_of_a_person_or_a_studio", condition=Q(person=None) | Q(other_studio=None)
            ),
            models.CheckConstraint(name="share_name_given", condition=~Q(name="")),
        ]

    def __str__(self):
        return self.name
