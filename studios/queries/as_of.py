"""What things were called and where they stood on a day: the first state that ended since, or the present.

A row of history (``FormerStudioName`` and so on) holds up to and with its ``until``.
"""

from django.db.models import BigIntegerField, F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from studios.models import FormerParent, FormerStudioName, FormerUnitName


def then(model, link, column, day, *, outer):
    """The subquery of ``column`` in the row of ``model`` that covers ``day``; null: the present holds."""
    rows = model.objects.filter(**{link: OuterRef(outer)}, until__gte=day).order_by("until")
    return Subquery(rows.values(column)[:1])


def with_names_on(studios, day):
    """Annotates studios with ``short_name_then``, ``official_name_then``, ``unit_name_then``,
    ``parent_then`` (the id of the union above the unit's)."""
    return studios.annotate(
        short_name_then=Coalesce(
            then(FormerStudioName, "studio", "short_name", day, outer="pk"), F("short_name")
        ),
        official_name_then=Coalesce(
            then(FormerStudioName, "studio", "official_name", day, outer="pk"), F("official_name")
        ),
        unit_name_then=Coalesce(
            then(FormerUnitName, "unit__union", "name", day, outer="union"), F("union__unit__name")
        ),
        parent_then=Coalesce(
            then(FormerParent, "union", "parent", day, outer="union"),
            F("union__parent"),
            output_field=BigIntegerField(),
        ),
    )


def studio_names_on(studio, day):
    """``(short name, official name)`` of a studio on a day."""
    row = studio.earlier_names.filter(until__gte=day).order_by("until").first()
    return (row.short_name, row.official_name) if row else (studio.short_name, studio.official_name)


def unit_name_on(unit, day):
    """The unit's name on a day."""
    row = unit.earlier_names.filter(until__gte=day).order_by("until").first()
    return row.name if row else unit.name


def parent_on(union, day):
    """The id of the union right above on a day."""
    row = union.earlier_parents.filter(until__gte=day).order_by("until").first()
    return row.parent_id if row else union.parent_id
