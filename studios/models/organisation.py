"""The union tree and the units behind its leaves."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from studios.choices import Tier, UnionKind
from studios.models.reference import Industry, OwnershipKind
from studios.querysets import ScopedQuerySet, UnionQuerySet

# Carried from the union by a trigger; the union's own ancestors are held by real foreign keys. A constraint
# here would prove nothing more, and have every deletion of a union read these tables from end to end.
CARRIED = {"db_index": False, "db_constraint": False}
PATH_STEP = 4  # characters a level: base-36 of the primary key


class Union(models.Model):
    """One node of the union tree.

    ``path`` and the ancestor columns are computed by the database (trigger ``union_place``)
    from ``parent``; each tier's column names the ancestor at that tier, a union itself included
    at its own. Moving is ``services.unions.move_union``.
    """

    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="children",
        verbose_name=_("under"),
    )
    tier = models.SmallIntegerField(_("tier"), choices=Tier.choices)
    kind = models.CharField(_("kind"), max_length=12, choices=UnionKind.choices)
    name = models.CharField(_("name"), max_length=120)
    short_name = models.CharField(_("short name"), max_length=40)
    name_en = models.CharField(_("English name"), max_length=160, blank=True)
    mongolian_name = models.CharField(_("Mongolian name"), max_length=160, blank=True)
    aliases = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, verbose_name=_("also called")
    )
    code = models.CharField(
        _("code"), max_length=20, unique=True, help_text=_("Division code, or an own code")
    )
    document_prefix = models.CharField(_("series of decision documents"), max_length=20, blank=True)
    phone = models.CharField(_("telephone"), max_length=40, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    path = models.CharField(max_length=5 * PATH_STEP, editable=False, default="")
    county = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    city = models.ForeignKey("self", null=True, editable=False, on_delete=models.PROTECT, related_name="+")
    province = models.ForeignKey(
        "self", null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = UnionQuerySet.as_manager()

    class Meta:
        verbose_name = _("union")
        verbose_name_plural = _("unions")
        permissions = [
            ("appoint_at_units", "Can appoint people at base units"),
            ("appoint_at_unions", "Can appoint people at unions above base units"),
        ]
        constraints = [
            models.CheckConstraint(name="union_tier_known", condition=Q(tier__in=Tier.values)),
            models.CheckConstraint(name="union_kind_known", condition=Q(kind__in=UnionKind.values)),
            models.CheckConstraint(
                name="union_base_and_only_base_is_of_a_unit",
                condition=Q(tier=Tier.BASE, kind=UnionKind.UNIT)
                | (~Q(tier=Tier.BASE) & ~Q(kind=UnionKind.UNIT)),
            ),
            models.CheckConstraint(name="union_not_its_own_parent", condition=~Q(parent=F("id"))),
            models.UniqueConstraint(name="union_name_once_under_a_parent", fields=["parent", "name"]),
        ]
        indexes = [models.Index(fields=["path"], name="union_by_path", opclasses=["varchar_pattern_ops"])]

    def __str__(self):
        return self.name

    @property
    def union_id(self):
        """Its own id: a union is inside its own scope like the rows below it."""
        return self.pk

    def at_tier(self, tier):
        """The id of this union's ancestor (or itself) at ``tier``, or None."""
        column = {Tier.COUNTY: "county_id", Tier.CITY: "city_id", Tier.PROVINCE: "province_id"}
        if tier == self.tier:
            return self.pk
        return getattr(self, column[tier]) if tier in column else None


class CarriesAncestors(models.Model):
    """A row that lists and scopes by union: it carries its union's ancestors.

    The database keeps the columns right (trigger ``carry_ancestors``), also when a union
    moves; ``save`` sets them too, so that the object in hand is right without reading it again.
    """

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="+", verbose_name=_("union"))
    county = models.ForeignKey(
        Union, null=True, editable=False, on_delete=models.PROTECT, related_name="+", **CARRIED
    )
    city = models.ForeignKey(
        Union, null=True, editable=False, on_delete=models.PROTECT, related_name="+", **CARRIED
    )
    province = models.ForeignKey(
        Union, null=True, editable=False, on_delete=models.PROTECT, related_name="+", **CARRIED
    )

    private_to_unit = False  # a row may keep itself from the unions above (see TreeBackend)

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        """Save, carrying the union's ancestors."""
        if self._state.adding:
            self.county_id = self.union.county_id
            self.city_id = self.union.city_id
            self.province_id = self.union.province_id
        super().save(*args, **kwargs)


class Unit(CarriesAncestors):
    """The firm, school, hospital or office behind a BASE union, one to one."""

    union = models.OneToOneField(
        Union, on_delete=models.PROTECT, related_name="unit", verbose_name=_("union")
    )
    name = models.CharField(_("unit name"), max_length=120, help_text=_("In full, as on its seal"))
    credit_code = models.CharField(
        _("unified social credit code"),
        max_length=18,
        blank=True,
        help_text=_("18 characters, of the unit itself"),
    )
    union_credit_code = models.CharField(
        _("credit code of its union"),
        max_length=18,
        blank=True,
        help_text=_("Starts with 81; may be left empty"),
    )
    ownership = models.ForeignKey(
        OwnershipKind, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("kind of unit")
    )
    industry = models.ForeignKey(
        Industry, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("industry")
    )
    address = models.CharField(_("address"), max_length=200, blank=True)
    contact_name = models.CharField(_("contact person"), max_length=60, blank=True)
    contact_phone = models.CharField(_("contact telephone"), max_length=60, blank=True)

    objects = ScopedQuerySet.as_manager()

    class Meta:
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.UniqueConstraint(
                name="unit_credit_code_once", fields=["credit_code"], condition=~Q(credit_code="")
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-id"], name="unit_by_county"),
            models.Index(fields=["city", "-id"], name="unit_by_city"),
        ]

    def __str__(self):
        return self.name
