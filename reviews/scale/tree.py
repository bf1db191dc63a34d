"""The unions of the made-up country, with the places that the database's trigger would give them."""

from dataclasses import dataclass
from itertools import accumulate

from reviews.scale.streams import TEXTS, Stream
from reviews.scale.words import FIRM_FIRST, FIRM_SECOND, FIRMS, INDUSTRIAL, stems
from studios.choices import Tier, UnionKind
from studios.models.organisation import PATH_STEP
from studios.numbers import organisation_check, uscc_check

NATION = "9000000"  # no division code begins with 9
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PAIRS = [high + low for high in DIGITS for low in DIGITS]
CREDIT_HEAD = {"government": "11", "institution": "12", "social": "51"}  # others are firms: 91

UPPER = (
    "id tier kind name short_name aliases code document_prefix path parent_id county_id city_id province_id"
)
BASE = "id tier kind name short_name code path parent_id county_id city_id province_id"
UNIT = (
    "id name credit_code address contact_name contact_phone ownership_id industry_id"
    " union_id county_id city_id province_id"
)


def step_of(number):
    """One step of a path, as the trigger ``union_place`` writes it: four digits of base 36."""
    if number >= 36**PATH_STEP:
        raise ValueError(f"Union {number} has no place in a path of {PATH_STEP} characters a level.")
    return PAIRS[number // 1296] + PAIRS[number % 1296]


@dataclass(frozen=True, slots=True)
class Place:
    """A union above the units. ``line`` is its (county, city, province), itself included."""

    id: int
    tier: int
    kind: str
    name: str
    stem: str
    code: str
    path: str
    parent: int | None
    line: tuple

    @property
    def prefix(self):
        """The series of its decision documents."""
        return f"{self.name.removesuffix('总工会').removesuffix('工会')[:8]}工发"


class Tree:
    """The unions above the units, and in which county each unit stands."""

    def __init__(self, plan, ground):
        self.plan, self.ground = plan, ground
        self.random = plan.random("tree")
        self.next_id = ground.first["studios_union"]
        self.stems = iter(stems(self.random, plan.provinces + plan.cities + plan.counties))
        self.nation = self._place(Tier.NATION, "regional", "云上国总工会", "云上国", NATION, None)
        self.provinces = [self._province(number) for number in range(1, plan.provinces + 1)]
        cities = self._share(plan.cities, self.provinces, spread=0.5)
        self.cities = [
            self._city(above, n) for above, many in zip(self.provinces, cities, strict=True) for n in many
        ]
        counties = self._share(plan.counties, self.cities, spread=0.3)
        self.counties = [
            self._county(above, n, len(many))
            for above, many in zip(self.cities, counties, strict=True)
            for n in many
        ]
        self.county_of = self._settle_units()
        self.first_base = self.next_id
        self.first_unit = ground.first["studios_unit"]
        self.names, self.firms = self._name_units()

    def _share(self, count, above, spread):
        """A range of running numbers for each of ``above``: two at least, the rest by unequal weights."""
        weights = [self.random.lognormvariate(0, spread) for _place in above]
        shares = [2] * len(above)
        for place in self.random.choices(range(len(above)), weights, k=count - sum(shares)):
            shares[place] += 1
        return [range(1, share + 1) for share in shares]

    def _place(self, tier, kind, name, stem, code, above):
        own, self.next_id = self.next_id, self.next_id + 1
        line = list(above.line) if above else [None, None, None]
        if tier < Tier.NATION:
            line[tier - Tier.COUNTY] = own
        path = (above.path if above else "") + step_of(own)
        parent = above.id if above else None
        return Place(own, int(tier), kind, name, stem, code, path, parent, tuple(line))

    def _province(self, number):
        stem = next(self.stems)
        return self._place(
            Tier.PROVINCE, "regional", f"{stem}省总工会", stem, f"9{number:02d}0000", self.nation
        )

    def _city(self, above, number):
        stem = next(self.stems)
        code = f"{above.code[:3]}{number:02d}00"
        return self._place(Tier.CITY, "regional", f"{stem}市总工会", stem, code, above)

    def _county(self, above, number, siblings):
        """Mostly districts and counties; the last of a larger city are direct, industrial and of a zone."""
        stem, kind = next(self.stems), UnionKind.REGIONAL
        name = f"{stem}{'区县县市旗'[number % 5]}总工会"
        from_last = siblings - number
        if siblings >= 6 and from_last < 3:
            kind = (UnionKind.DIRECT, UnionKind.INDUSTRIAL, UnionKind.ZONE)[from_last]
            name = (
                f"{above.stem}市直属机关工会",
                f"{above.stem}市{INDUSTRIAL[number % len(INDUSTRIAL)]}工会",
                f"{stem}经济开发区总工会",
            )[from_last]
        code = f"{above.code[:5]}{number:02d}"
        return self._place(Tier.COUNTY, str(kind), name, stem, code, above)

    def _settle_units(self):
        """The county of each unit, as its place in ``counties``; in no order, as units come in real life."""
        weight = {place.id: self.random.lognormvariate(0, 0.5) for place in (*self.provinces, *self.cities)}
        weights = [
            weight[county.line[1]] * weight[county.line[2]] * self.random.lognormvariate(0, 0.5)
            for county in self.counties
        ]
        counties = range(len(self.counties))
        return self.random.choices(counties, cum_weights=list(accumulate(weights)), k=self.plan.units)

    def _name_units(self):
        """A name for each unit that no other has in its county, and the row of FIRMS it is made from."""
        taken, names, firms = set(), [], []
        draw = self.random.random
        for county in self.county_of:
            stem = self.counties[county].stem
            while True:
                firm = FIRMS[int(draw() * len(FIRMS))]
                own = FIRM_FIRST[int(draw() * len(FIRM_FIRST))] + FIRM_SECOND[int(draw() * len(FIRM_SECOND))]
                name = f"{stem}{own}{firm[3]}"
                if name not in taken:
                    break
            taken.add(name)
            names.append(name)
            firms.append(firm)
        return names, firms

    def line_of(self, unit):
        """(union, county, city, province) of a unit by its place in the order of units."""
        return (self.first_base + unit, *self.counties[self.county_of[unit]].line)

    def city_stems(self):
        """The name of each city by its id."""
        return {city.id: city.stem for city in self.cities}

    def streams(self):
        """Unions from the top down, then units."""
        yield Stream("studios_union", UPPER, self._upper_rows(), aliases=TEXTS)
        yield Stream("studios_union", BASE, self._base_rows())
        yield Stream("studios_unit", UNIT, self._unit_rows())

    def _upper_rows(self):
        for place in (self.nation, *self.provinces, *self.cities, *self.counties):
            short = place.name.removesuffix("总工会")
            aliases = [] if place.kind in ("direct", "industrial") else [place.stem]
            yield (
                *(place.id, place.tier, place.kind, place.name, short, aliases, place.code),
                *(place.prefix, place.path, place.parent, *place.line),
            )

    def _credit_code(self, unit):
        """Valid in its check digits, in a range that is not given out."""
        region = self.counties[self.county_of[unit]].code[:6]
        body = f"Y{unit:07d}"
        head = CREDIT_HEAD.get(self.firms[unit][1], "91") + region
        code = head + body + organisation_check(body)
        return code + uscc_check(code)

    def _base_rows(self):
        self.credit_codes = []
        for unit, county in enumerate(self.county_of):
            above, union, name = self.counties[county], self.first_base + unit, self.names[unit]
            self.credit_codes.append(code := self._credit_code(unit))
            yield (
                *(union, 1, "unit", f"{name}工会", name, f"U-{code}"),
                *(above.path + step_of(union), above.id, *above.line),
            )

    def _unit_rows(self):
        random = self.plan.random("units").random
        ownerships, industries = self.ground.ownerships, self.ground.industries
        for unit, code in enumerate(self.credit_codes):
            _trade, ownership, industry, _ending = self.firms[unit]
            yield (
                self.first_unit + unit,
                self.names[unit],
                code,
                f"{self.counties[self.county_of[unit]].stem}创新路{int(random() * 900) + 1}号",
                "工会办公室",
                f"0000-00{unit % 100_000:05d}",
                ownerships[ownership],
                industries[industry],
                *self.line_of(unit),
            )
