"""Reference tables: words that offices may extend without a change of code."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from studios.choices import Rank, Tier, TitleMode


class ReferenceQuerySet(models.QuerySet):
    """Reference rows are found by their code in fixtures."""

    def get_by_natural_key(self, code):
        """The row with this code."""
        return self.get(code=code)


class Reference(models.Model):
    """A word with a code, a Chinese and an English form, and a place in lists."""

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=80)
    name_en = models.CharField(_("English name"), max_length=120)
    order = models.PositiveSmallIntegerField(_("order"), default=0)

    objects = ReferenceQuerySet.as_manager()

    class Meta:
        abstract = True
        ordering = ["order", "code"]

    def __str__(self):
        return self.label

    @property
    def label(self):
        """The name in the reader's language."""
        return self.name_en if (get_language() or "").startswith("en") and self.name_en else self.name

    def natural_key(self):
        """The code."""
        return (self.code,)


class OwnershipKind(Reference):
    """What sort of unit: state firm, private firm, public institution … (单位性质)."""

    is_public = models.BooleanField(_("state or public body"), default=False)

    class Meta(Reference.Meta):
        verbose_name = _("kind of unit")
        verbose_name_plural = _("kinds of unit")


class Industry(Reference):
    """A section of GB/T 4754-2017 (A to T)."""

    class Meta(Reference.Meta):
        verbose_name = _("industry")
        verbose_name_plural = _("industries")


class HonourKind(Reference):
    """A personal honour with its rank; ``group`` is what clause 二.1 asks about."""

    group = models.CharField(_("group"), max_length=20)
    rank = models.SmallIntegerField(_("rank"), choices=Rank.choices)

    class Meta(Reference.Meta):
        verbose_name = _("honour")
        verbose_name_plural = _("honours")
        constraints = [
            models.CheckConstraint(name="honourkind_rank_known", condition=Q(rank__in=Rank.values))
        ]


class AchievementKind(Reference):
    """A kind of innovation result (成果类型)."""

    group = models.CharField(_("group"), max_length=20)
    is_patent = models.BooleanField(_("patent"), default=False)
    number_label = models.CharField(_("what its number is called"), max_length=40, blank=True)
    number_label_en = models.CharField(max_length=60, blank=True)

    class Meta(Reference.Meta):
        verbose_name = _("kind of achievement")
        verbose_name_plural = _("kinds of achievement")


class NamingLevel(Reference):
    """A rung of the ladder: which tier grants it and which level must be held before."""

    tier = models.SmallIntegerField(_("granted by"), choices=Tier.choices)
    requires = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="leads_to",
        verbose_name=_("requires"),
    )
    title_mode = models.CharField(
        _("title"), max_length=16, choices=TitleMode.choices, default=TitleMode.NAMED
    )
    takes_document = models.BooleanField(_("granted by a numbered document"), default=True)
    review_workdays = models.PositiveSmallIntegerField(_("working days for a review"), default=10)

    class Meta(Reference.Meta):
        verbose_name = _("naming level")
        verbose_name_plural = _("naming levels")
        constraints = [
            models.CheckConstraint(name="naminglevel_tier_known", condition=Q(tier__in=Tier.values)),
            models.CheckConstraint(
                name="naminglevel_mode_known", condition=Q(title_mode__in=TitleMode.values)
            ),
            models.CheckConstraint(
                name="naminglevel_does_not_require_itself", condition=~Q(requires=F("id"))
            ),
            models.UniqueConstraint(name="naminglevel_one_per_tier", fields=["tier"]),
        ]
