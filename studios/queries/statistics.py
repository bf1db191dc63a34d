"""Numbers that upper levels ask for: holders by level and kind, what came and went in a period, targets met.

A title counts on each day from ``since`` to ``until``, both included. A period's movement therefore adds up:
held on the day before it + gained in it − ended in it = held on its last day.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property

from django.db.models import Count, Exists, IntegerField, Max, OuterRef, Q, Subquery
from django.utils.translation import get_language, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from studios.choices import EndReason, StudioKind, Tier
from studios.models import Naming, NamingLevel, Studio, Target, Union
from studios.permissions import SCOPE_COLUMN

BELOW = {Tier.NATION: Tier.PROVINCE, Tier.PROVINCE: Tier.CITY}  # the rows of a table; else counties
DAY = timedelta(days=1)
NOT_STATED = pgettext_lazy("statistics", "not stated")
UNSTATED = (0, None)  # as a key of the cube
MOVES = {
    "before": pgettext_lazy("statistics", "held before"),
    "gained": pgettext_lazy("statistics", "gained"),
    "promoted": pgettext_lazy("statistics", "of these promoted"),
    "ended": pgettext_lazy("statistics", "ended"),
    "after": pgettext_lazy("statistics", "held at the end"),
}
NUMBERS = (*MOVES, "on_target_day")


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


def in_union(union):
    """The ``Q`` of rows at or below a union."""
    column = SCOPE_COLUMN.get(union.tier)
    return Q(**{column: union.pk}) if column else Q()


def live_on(day):
    """The ``Q`` of titles in force on a day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gte=day))


class Statistics:
    """What ``user`` may see of ``union`` in ``period``; each table asks the database at most once."""

    def __init__(self, user, union, period, *, today):
        self.user, self.union, self.period = user, union, period
        self.year = period.last.year
        self.target_day = min(today, date(self.year, 12, 31))  # while the year runs, today
        tier = BELOW.get(union.tier, Tier.COUNTY)
        self.place_tier, self.place_column = tier, SCOPE_COLUMN[tier]

    @cached_property
    def levels(self):
        """The ladder from the lowest level to the highest."""
        return list(NamingLevel.objects.order_by("tier"))

    @property
    def levels_above_base(self):
        """Those that have targets."""
        return [level for level in self.levels if level.tier > Tier.BASE]

    @cached_property
    def places(self):
        """[(id, name)] of the rows in the order of their codes; (None, …) is what stands directly below."""
        if self.union.tier <= self.place_tier:
            return [(self.union.pk, self.union.short_name)]
        found = Union.objects.filter(in_union(self.union), tier=self.place_tier).order_by("code")
        return [*found.values_list("pk", "short_name"), (None, str(_("directly below")))]

    @cached_property
    def cube(self):
        """{(place, tier, kind of unit, industry, kind): studios} by the highest title on the last day.

        Kind of unit and industry are (order, name in the reader's language).
        """
        highest = (
            Naming.objects.filter(live_on(self.period.last), studio=OuterRef("pk"))
            .order_by()
            .values("studio")
            .annotate(tier=Max("level__tier"))
            .values("tier")
        )
        name = "name_en" if (get_language() or "").startswith("en") else "name"
        unit = [f"union__unit__{word}__{of}" for word in ("ownership", "industry") for of in ("order", name)]
        rows = (
            Studio.objects.visible_to(self.user)
            .filter(in_union(self.union))
            .annotate(tier=Subquery(highest, output_field=IntegerField()))
            .filter(tier__isnull=False)
            .order_by()
            .values_list(self.place_column, "tier", *unit, "kind")
            .annotate(n=Count("pk"))
        )
        return {
            (place, tier, (first or 0, ownership), (second or 0, industry), kind): number
            for place, tier, first, ownership, second, industry, kind, number in rows
        }

    def composition(self):
        """Tables of the last day by highest level: places, kinds of unit, industries, kinds of studio."""
        kinds = [(kind.value, str(kind.label)) for kind in StudioKind]
        wanted = [
            (_("By union"), _("Union"), 0, self.places),
            (_("By kind of unit"), _("Kind of unit"), 2, self._words(2)),
            (_("By industry"), _("Industry"), 3, self._words(3)),
            (_("By kind of studio"), _("Kind of studio"), 4, kinds),
        ]
        columns = [level.label for level in self.levels]
        tables = []
        for title, head, part, words in wanted:
            numbers = Counter()
            for parts, number in self.cube.items():
                numbers[parts[part], parts[1]] += number
            table = Table(str(title), str(head), columns)
            for key, label in words:
                row = [numbers[key, level.tier] for level in self.levels]
                if key not in (None, UNSTATED) or any(row):
                    table.rows.append((label, row))
            tables.append(table)
        return tables

    def _words(self, part):
        """[(key, label)] of the words that occur, in their order; what is not stated comes last."""
        found = sorted({parts[part] for parts in self.cube if parts[part][1] is not None})
        return [*((key, key[1]) for key in found), (UNSTATED, str(NOT_STATED))]

    @cached_property
    def moved(self):
        """{(place, tier): {one of NUMBERS: titles}} and {end reason: titles that ended in the period}."""
        lower = Naming.objects.filter(
            Q(until=None) | Q(until__gte=OuterRef("since") - DAY),
            studio=OuterRef("studio"),
            level__tier__lt=OuterRef("level__tier"),
            since__lt=OuterRef("since"),
        )
        first, last = self.period.first, self.period.last
        gained = Q(since__range=(first, last))
        rows = (
            Naming.objects.visible_to(self.user)
            .filter(in_union(self.union))
            .order_by()
            .values_list(self.place_column, "level__tier", "end_reason")
            .annotate(
                before=Count("pk", filter=live_on(first - DAY)),
                gained=Count("pk", filter=gained),
                promoted=Count("pk", filter=gained & Exists(lower)),
                ended=Count("pk", filter=Q(until__range=(first - DAY, last - DAY))),
                after=Count("pk", filter=live_on(last)),
                on_target_day=Count("pk", filter=live_on(self.target_day)),
            )
        )
        found, reasons = defaultdict(Counter), Counter()
        for place, tier, reason, *numbers in rows:
            counted = dict(zip(NUMBERS, numbers, strict=True))
            found[place, tier].update(counted)
            reasons[reason] += counted["ended"]
        return found, reasons

    def movement(self):
        """A table for each level: held before, gained (of these by promotion), ended, held at the end."""
        found, _reasons = self.moved
        tables = []
        for level in self.levels:
            table = Table(level.label, str(_("Union")), [str(word) for word in MOVES.values()])
            for place, label in self.places:
                numbers = [found[place, level.tier][name] for name in MOVES]
                if place is not None or any(numbers):
                    table.rows.append((label, numbers))
            tables.append(table)
        return tables

    def endings(self):
        """[(reason, number)] of the titles that ended in the period, the commonest first."""
        _found, reasons = self.moved
        rows = [(str(EndReason(code).label), number) for code, number in reasons.items() if number]
        return sorted(rows, key=lambda row: (-row[1], row[0]))

    def completion(self):
        """[(label, [Completion of each level above the base])] at the end of the last day's year."""
        found, _reasons = self.moved
        rows = Target.objects.visible_to(self.user).filter(year=self.year)
        targets = {
            (union, tier): number
            for union, tier, number in rows.values_list("union", "level__tier", "number")
        }
        lines = []
        for place, label in self.places:
            cells = [
                Completion(
                    place,
                    label,
                    level.tier,
                    targets.get((place, level.tier)),
                    found[place, level.tier]["on_target_day"],
                )
                for level in self.levels_above_base
            ]
            if place is not None or any(cell.number for cell in cells):
                lines.append((label, cells))
        return lines
