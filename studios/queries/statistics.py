"""Numbers that upper levels ask for: holders by level and kind, what came and went in a period, targets met.

A title counts on each day from ``since`` to ``until``, both included. A period's movement therefore adds up:
held on the day before it + gained in it − ended in it = held on its last day.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count, Exists, F, IntegerField, Max, OuterRef, Q, Subquery
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from studios.choices import EndReason, StudioKind, Tier
from studios.models import Industry, Naming, NamingLevel, OwnershipKind, Studio, Target, Union
from studios.permissions import SCOPE_COLUMN

BELOW = {Tier.NATION: Tier.PROVINCE, Tier.PROVINCE: Tier.CITY}  # the rows of a table; else counties
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """From ``first`` to ``last``, both included."""

    first: date
    last: date

    @classmethod
    def calendar(cls, year):
        """1 January to 31 December."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    @classmethod
    def union_year(cls, year):
        """The year of the unions' statistics: 1 October of the year before to 30 September."""
        return cls(date(year - 1, 10, 1), date(year, 9, 30))


@dataclass
class Table:
    """A table of numbers: ``rows`` of (label, numbers), a number for each of ``columns``, and their sums."""

    title: str
    head: str
    columns: list
    rows: list = field(default_factory=list)
    summed: bool = True  # whether the columns have a sum that means something

    @property
    def totals(self):
        """The sum of each column."""
        return [sum(numbers) for numbers in zip(*(numbers for _label, numbers in self.rows), strict=True)]


def in_union(union, prefix=""):
    """The ``Q`` of rows at or below a union."""
    column = SCOPE_COLUMN.get(union.tier)
    return Q(**{prefix + column: union.pk}) if column else Q()


def place_column(union):
    """The ancestor by which the tables of a union have their rows."""
    return SCOPE_COLUMN[BELOW.get(union.tier, Tier.COUNTY)]


def places_of(union):
    """[(id, name)] of the rows in the order of their codes; (None, …) is what stands directly below."""
    tier = BELOW.get(union.tier, Tier.COUNTY)
    if union.tier <= tier:
        return [(union.pk, union.short_name)]
    found = Union.objects.filter(in_union(union), tier=tier).order_by("code")
    return [*found.values_list("pk", "short_name"), (None, str(_("directly below")))]


def levels():
    """The ladder from the lowest level to the highest."""
    return list(NamingLevel.objects.order_by("tier"))


def cube(user, union, day):
    """{(place, tier, ownership, industry, kind): studios} by each studio's highest title on ``day``."""
    highest = (
        Naming.objects.on(day)
        .filter(studio=OuterRef("pk"))
        .order_by()
        .values("studio")
        .annotate(tier=Max("level__tier"))
        .values("tier")
    )
    place = place_column(union)
    rows = (
        Studio.objects.visible_to(user)
        .filter(in_union(union))
        .annotate(tier=Subquery(highest, output_field=IntegerField()))
        .filter(tier__isnull=False)
        .order_by()
        .values_list(place, "tier", "union__unit__ownership", "union__unit__industry", "kind")
        .annotate(n=Count("pk"))
    )
    return {tuple(key): number for *key, number in rows}


def holders(user, union, day):
    """{(place, tier): studios holding a title of that level on ``day``}; one may hold several levels."""
    titles = Naming.objects.visible_to(user).on(day).filter(in_union(union)).order_by()
    rows = titles.values_list(place_column(union), "level__tier").annotate(n=Count("studio", distinct=True))
    return {(place, tier): number for place, tier, number in rows}


def composition(user, union, day):
    """The tables of one day: places, kinds of unit, industries, kinds of studio, each by highest level."""
    ladder = levels()
    found = cube(user, union, day)
    columns = [level.label for level in ladder]
    tiers = [level.tier for level in ladder]
    none = str(pgettext_lazy("statistics", "not stated"))
    ownerships = [(row.pk, row.label) for row in OwnershipKind.objects.all()]
    industries = [(row.pk, row.label) for row in Industry.objects.all()]
    kinds = [(kind.value, str(kind.label)) for kind in StudioKind]
    wanted = [
        (_("By union"), _("Union"), 0, places_of(union)),
        (_("By kind of unit"), _("Kind of unit"), 2, [*ownerships, (None, none)]),
        (_("By industry"), _("Industry"), 3, [*industries, (None, none)]),
        (_("By kind of studio"), _("Kind of studio"), 4, kinds),
    ]
    tables = []
    for title, head, place, words in wanted:
        table = Table(str(title), str(head), columns)
        for key, label in words:
            numbers = [
                sum(n for parts, n in found.items() if parts[place] == key and parts[1] == t) for t in tiers
            ]
            if key is not None or any(numbers):
                table.rows.append((label, numbers))
        tables.append(table)
    return tables


def movement(user, union, period):
    """One table a level: held before, gained (of these by promotion), ended, held at the end, by place."""
    before, after = holders(user, union, period.first - DAY), holders(user, union, period.last)
    gained, promoted, ended = moved(user, union, period)
    columns = [
        str(pgettext_lazy("statistics", "held before")),
        str(pgettext_lazy("statistics", "gained")),
        str(pgettext_lazy("statistics", "of these promoted")),
        str(pgettext_lazy("statistics", "ended")),
        str(pgettext_lazy("statistics", "held at the end")),
    ]
    tables = []
    for level in levels():
        table = Table(level.label, str(_("Union")), columns)
        for place, label in places_of(union):
            numbers = [
                source.get((place, level.tier), 0) for source in (before, gained, promoted, ended, after)
            ]
            if place is not None or any(numbers):
                table.rows.append((label, numbers))
        tables.append(table)
    return tables


def moved(user, union, period):
    """({(place, tier): titles gained}, the same of studios that held a lower level before, titles ended)."""
    titles = Naming.objects.visible_to(user).filter(in_union(union)).order_by()
    place = place_column(union)
    gained = titles.filter(since__range=(period.first, period.last)).exclude(until__lt=F("since"))
    lower = Naming.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("since") - DAY),
        studio=OuterRef("studio"),
        level__tier__lt=OuterRef("level__tier"),
        since__lt=OuterRef("since"),
    )
    ended = titles.filter(until__range=(period.first - DAY, period.last - DAY))

    def counted(rows):
        found = rows.values_list(place, "level__tier").annotate(n=Count("pk"))
        return {(where, tier): number for where, tier, number in found}

    return counted(gained), counted(gained.filter(Exists(lower))), counted(ended)


def endings(user, union, period):
    """[(reason, number)] of the titles that ended in the period, the commonest first."""
    titles = Naming.objects.visible_to(user).filter(in_union(union))
    rows = (
        titles.filter(until__range=(period.first - DAY, period.last - DAY))
        .order_by()
        .values_list("end_reason")
        .annotate(n=Count("pk"))
    )
    return sorted(((str(EndReason(code).label), n) for code, n in rows), key=lambda row: (-row[1], row[0]))


@dataclass(frozen=True)
class Completion:
    """How far a union is with a year's target."""

    place: int | None
    label: str
    tier: int
    target: int | None
    number: int

    @property
    def percent(self):
        """Whole per cent of the target, or None without one; never rounded up to 100."""
        return self.number * 100 // self.target if self.target else None


def completion(user, union, year, today):
    """[(label, [Completion of each level above the base])] on the year's last day, or ``today`` before it."""
    found = holders(user, union, min(today, date(year, 12, 31)))
    targets = {
        (row.union_id, row.level.tier): row.number
        for row in Target.objects.visible_to(user).filter(year=year).select_related("level")
    }
    ladder = [level for level in levels() if level.tier > Tier.BASE]
    rows = []
    for place, label in places_of(union):
        cells = [
            Completion(
                place, label, level.tier, targets.get((place, level.tier)), found.get((place, level.tier), 0)
            )
            for level in ladder
        ]
        if place is not None or any(cell.number for cell in cells):
            rows.append((label, cells))
    return rows
