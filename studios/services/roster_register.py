"""What the register holds about the units, studios and titles that a roster may speak of, as plain tuples.

A few set queries whatever the number of rows; units are read by county, everything else only for the
studios that rows were found to mean.
"""

import re
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, CharField, Count, F, Func, Q, Value
from django.db.models.functions import Cast, Coalesce

from studios.choices import Tier
from studios.models import Achievement, Honour, Leader, Member, Naming, NamingLevel, Studio, Union, Unit
from studios.numbers import parse_patent
from studios.rosters.cells.names import name_key, unit_core, unit_key

_PATENT = re.compile(r"(?:ZL)?([0-9]{12}|[0-9]{8})\.[0-9X]")
NEAREST = Coalesce("county_id", "city_id", "province_id")  # the union that a unit stands under


class Place(NamedTuple):
    """A union above the units; ``near`` are its names, which names of units begin with."""

    id: int
    code: str
    tier: int
    name: str
    near: tuple


class Level(NamedTuple):
    """A rung of the ladder."""

    id: int
    code: str
    tier: int
    name: str


class HeldUnit(NamedTuple):
    """A unit; ``place`` is the id of the union that it stands under."""

    id: int
    place: int
    name: str
    credit_code: str
    ownership: str | None
    industry: str | None


class HeldStudio(NamedTuple):
    """A studio; ``official_name`` to ``stated_members`` are compared with columns of the same name."""

    id: int
    unit: int
    short_name: str
    official_name: str
    former_names: list
    kind: str
    specialty: str
    founded_on: str
    area_sqm: Decimal | None
    address: str
    contact_name: str
    contact_phone: str
    stated_members: int | None
    locked: list


class HeldTitle(NamedTuple):
    """A title; ``document`` is (prefix, year, number) with None where there is none."""

    id: int
    studio: int
    level: int
    since: date
    until: date | None
    stated_since: str
    stated_until: str
    end_reason: str
    source: str
    basis: int | None
    prefix: str | None
    year: int | None
    number: int | None


class HeldLeader(NamedTuple):
    """Who leads a studio on the day; the fields of the person are named like the columns of a roster."""

    studio: int
    person: int
    since: date
    name: str
    leader_post: str
    leader_prof_title: str
    leader_skill_level: str
    leader_sex: str
    leader_birth_month: str
    leader_ethnicity: str
    leader_education: str
    leader_political: str
    leader_phone: str
    merits: str


class Register:
    """The register at and below ``union``, as far as ``codes`` (of unions) and ``credit_codes`` reach."""

    def __init__(self, union, *, codes, credit_codes):
        self.union = union
        self.levels = {
            row[1]: Level(*row) for row in NamingLevel.objects.values_list("id", "code", "tier", "name")
        }
        self.tree = dict(Union.objects.exclude(tier=Tier.BASE).values_list("code", "name"))
        self.places = self._read_places(union)
        self.by_id = {place.id: place for place in self.places.values()}
        wanted = [self.places[code].id for code in codes if code in self.places]
        self.units, self._named, self._cores = {}, {}, {}
        self._read_units(list(self.by_id) if "" in codes else wanted)
        self._read_owners(credit_codes)
        self._studios = {}
        self._read_names()
        self.studios, self.titles, self.resting, self.leaders = {}, {}, {}, {}
        self.patents, self.honours, self.members = {}, {}, {}

    @staticmethod
    def _read_places(union):
        """{code: Place} of the unions at or below ``union`` that units stand under."""
        rows = Union.objects.filter(path__startswith=union.path).exclude(tier=Tier.BASE)
        fields = ("id", "code", "tier", "name", "short_name", "aliases")
        return {
            code: Place(pk, code, tier, name, (name.removesuffix("总工会"), short, *aliases))
            for pk, code, tier, name, short, aliases in rows.order_by("code").values_list(*fields)
        }

    def _read_units(self, places):
        rows = Unit.objects.filter(
            Q(county__in=places)
            | Q(county=None, city__in=places)
            | Q(county=None, city=None, province__in=places)
        )
        self.read_places = set(places)
        fields = ("id", NEAREST, "name", "credit_code", "ownership__code", "industry__code")
        for row in rows.values_list(*fields):
            unit = HeldUnit._make(row)
            self.units[unit.id] = unit
            self._named.setdefault((unit.place, unit_key(unit.name)), []).append(unit.id)

    def _read_owners(self, credit_codes):
        """{credit code: HeldUnit, or None for one that this import must say nothing about}"""
        here = {unit.credit_code: unit for unit in self.units.values() if unit.credit_code}
        rest = [code for code in credit_codes if code not in here]
        fields = ("id", NEAREST, "name", "credit_code", "ownership__code", "industry__code")
        rows = Unit.objects.filter(one_of("credit_code", rest, CharField())) if rest else Unit.objects.none()
        for row in rows.values_list(*fields):
            unit = HeldUnit._make(row)
            here[unit.credit_code] = unit if unit.place in self.by_id else None
        self.owners = here

    def _read_names(self):
        """{unit: {name key: studio}} of every name that a studio has or had."""
        fields = ("id", "union__unit", "short_name", "official_name", "former_names")
        rows = Studio.objects.filter(
            Q(county__in=self.read_places)
            | Q(county=None, city__in=self.read_places)
            | Q(county=None, city=None, province__in=self.read_places)
        )
        self.names, self.unit_of, self._everywhere = {}, {}, None
        for pk, unit, *names, former in rows.order_by("id").values_list(*fields):
            self.names[pk], self.unit_of[pk] = names[0], unit
            known = self._studios.setdefault(unit, {})
            for name in (*names, *former):
                if name:
                    known.setdefault(name_key(name), pk)

    def units_named(self, place, key):
        """Ids of the units under a place with this key."""
        return self._named.get((place, key), ())

    def units_near(self, place, core):
        """Ids of the units under ``place`` (a Place) whose name comes down to ``core``."""
        cores = self._cores.get(place.id)
        if cores is None:
            cores = self._cores[place.id] = {}
            for (where, _key), ids in self._named.items():
                if where == place.id:
                    for pk in ids:
                        cores.setdefault(unit_core(self.units[pk].name, place.near), []).append(pk)
        return cores.get(core, ())

    def studios_of(self, unit):
        """{name key: studio id} of a unit."""
        return self._studios.get(unit, {})

    def studios_named(self, keys, place=None):
        """Ids of the studios with one of these names, under ``place`` or anywhere here."""
        if self._everywhere is None:
            self._everywhere = {}
            for unit, known in self._studios.items():
                for key, pk in known.items():
                    self._everywhere.setdefault(key, {})[pk] = self.units[unit].place
        held = [pair for key in keys for pair in self._everywhere.get(key, {}).items()]
        return sorted({pk for pk, where in held if place in (None, where)})

    def unit_before(self, keys, place=None):
        """The one unit whose name begins one of the keys, the longest name first; None when there is none."""
        for key in keys:
            for end in range(len(key) - 2, 3, -1):
                held = [
                    pk
                    for where in ([place] if place else self.by_id)
                    for pk in self.units_named(where, key[:end])
                ]
                if held:
                    return self.units[held[0]] if len(held) == 1 else None
        return None

    def read_studios(self, ids, on):
        """Read what rows are compared with, of these studios; leaders and teams of the day ``on``."""
        if not ids:
            return
        self._read_studios(ids)
        self._read_titles(ids)
        self._read_leaders(ids, on)
        self._read_patents(ids)
        live = Member.objects.on(on).filter(one_of("studio", ids)).order_by()
        self.members = dict(live.values_list("studio").annotate(Count("id")))

    def _read_studios(self, ids):
        fields = ("id", "union__unit", *HeldStudio._fields[2:-1], "locked_sections")
        for row in Studio.objects.filter(one_of("pk", ids)).values_list(*fields):
            self.studios[row[0]] = HeldStudio._make(row)

    def _read_titles(self, ids):
        fields = ("id", "studio_id", "level_id", *HeldTitle._fields[3:9], "basis_id")
        document = ("document__prefix", "document__year", "document__number")
        rows = Naming.objects.filter(one_of("studio", ids)).order_by("since", "id")
        for row in rows.values_list(*fields, *document):
            title = HeldTitle._make(row)
            self.titles.setdefault((title.studio, title.level), []).append(title)
            if title.basis:
                self.resting.setdefault(title.basis, []).append(title)

    def _read_leaders(self, ids, on):
        person = ("name", "post", "prof_title", "skill_level", "sex", "birth_month", "ethnicity", "education")
        fields = ("studio_id", "person_id", "since")
        own = [f"person__{name}" for name in (*person, "political_status", "phone")]
        for row in Leader.objects.on(on).filter(one_of("studio", ids)).values_list(*fields, *own, "merits"):
            self.leaders[row[0]] = HeldLeader._make(row)
        people = {leader.person for leader in self.leaders.values()}
        held = Honour.objects.filter(one_of("person", people)).values_list(
            "person_id", "kind__code", "name", "granted_on", "kind__name"
        )
        for pk, *honour in held:
            self.honours.setdefault(pk, []).append(honour)

    def _read_patents(self, ids):
        rows = Achievement.objects.filter(one_of("studio", ids), removed_at=None).exclude(number="")
        for pk, number in rows.order_by().values_list("studio_id", "number"):
            self.patents.setdefault(pk, set()).add(patent_digits(number))


def one_of(column, values, field=None):
    """The condition ``column = ANY(array)``: one parameter instead of thousands; ``field`` of no ids."""
    if field is None:
        array = Cast(Value(f"{{{','.join(map(str, values))}}}"), ArrayField(BigIntegerField()))
    else:
        array = Value(list(values), output_field=ArrayField(field))
    return Func(
        F(column), array, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


def patent_digits(text):
    """The 8 or 12 digits that find a patent again; any other number as it is."""
    if plain := _PATENT.fullmatch(text):
        return plain[1]
    return getattr(parse_patent(text), "digits", text)
