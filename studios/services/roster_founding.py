"""What a roster has and the register has not: units with their unions, studios, leaders, honours, patents."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from hashlib import blake2s

from studios.choices import Tier, UnionKind
from studios.models import Achievement, Honour, Leader, Person, RosterImport, Studio, Union, Unit
from studios.services.roster_facts import (
    PERSON_FIELDS,
    STUDIO_FIELDS,
    UNIT_FIELDS,
    Words,
    begun,
    check_fits,
    honours_of,
    kind_of,
    merged,
    patents_of,
    put_values,
    short_name_of,
)
from studios.services.roster_journal import Journal
from studios.services.roster_register import patent_digits

UNION_NAME = Union._meta.get_field("name").max_length
UNION_SHORT_NAME = Union._meta.get_field("short_name").max_length


@dataclass
class Work:
    """One import under way. ``pairs`` are the (RosterRow, Match) taken over, in the sheet's order."""

    roster: RosterImport
    actor: object
    today: date
    pairs: list
    journal: Journal = field(default_factory=Journal)
    words: Words = field(default_factory=Words)
    unions: dict = field(default_factory=dict)  # {unit id or unit key: id of its union}
    unit_names: dict = field(default_factory=dict)  # {unit id or unit key: name}
    studios: dict = field(default_factory=dict)  # {studio id or studio key: Studio}
    places: dict = field(default_factory=dict)  # {union id: Union}, of every studio's own
    founded: set = field(default_factory=set)  # ids of the new studios

    def studio_of(self, match):
        """The Studio that a row speaks of, new or known."""
        return self.studios[match.studio_id or match.studio_key]

    def granting(self, studio, tier):
        """The id of the union of ``tier`` in the studio's line, else of the one that it stands under."""
        union = self.places[studio.union_id]
        return union.at_tier(tier) or union.parent_id


def found(work):
    """Units, studios and what hangs on them, for all rows at once; fills the dicts of ``work``."""
    _found_units(work)
    _found_studios(work)
    work.places = Union.objects.in_bulk({studio.union_id for studio in work.studios.values()})


def _grouped(pairs, known, key):
    """{key: [(row, match), …]} of the rows whose thing is not known yet."""
    groups = defaultdict(list)
    for row, match in pairs:
        if getattr(match, known) is None:
            groups[getattr(match, key)].append((row, match))
    return groups


def _found_units(work):
    groups = _grouped(work.pairs, "unit_id", "unit_key")
    known = {match.unit_id for _row, match in work.pairs if match.unit_id}
    for unit in Unit.objects.filter(pk__in=known).only("union_id", "name"):
        work.unions[unit.pk], work.unit_names[unit.pk] = unit.union_id, unit.name
    taken = _taken_codes(groups)
    unions, units = [], []
    for key, pairs in groups.items():
        row, match = pairs[0]
        unit = Unit()
        put_values(unit, merged([row for row, _match in pairs]), UNIT_FIELDS, work.words)
        check_fits(unit, row)
        unions.append((row, _new_union(work, unit, match.county_id, key, taken)))
        units.append((row, unit))
    for union in work.journal.create(Union, unions):
        taken.add(union.code)
    for (_row, union), (_also, unit), key in zip(unions, units, groups, strict=True):
        unit.union = union
        work.unions[key], work.unit_names[key] = union.pk, unit.name
    work.journal.create(Unit, units)


def _taken_codes(groups):
    codes = {f"U-{row.values.get('credit_code')}" for pairs in groups.values() for row, _match in pairs}
    return set(Union.objects.filter(code__in=codes).values_list("code", flat=True))


def _new_union(work, unit, parent_id, key, taken):
    """The base union of a new unit; without a credit code its code is made from the import and the unit."""
    code = f"U-{unit.credit_code}"
    if not unit.credit_code or code in taken:
        text = f"{work.roster.pk}:{parent_id}:{key!r}"
        code = f"U-{blake2s(text.encode(), digest_size=9).hexdigest()}"
    taken.add(code)
    return Union(
        parent_id=parent_id,
        tier=Tier.BASE,
        kind=UnionKind.UNIT,
        name=f"{unit.name}工会"[:UNION_NAME],
        short_name=unit.name[:UNION_SHORT_NAME],
        code=code,
    )


def _found_studios(work):
    groups = _grouped(work.pairs, "studio_id", "studio_key")
    known = {match.studio_id for _row, match in work.pairs if match.studio_id}
    work.studios.update(Studio.objects.select_for_update(no_key=True).order_by("pk").in_bulk(known))
    made = []
    for key, pairs in groups.items():
        row, match = pairs[0]
        together = merged([row for row, _match in pairs])
        studio = _new_studio(work, together, work.unit_names[match.unit_id or match.unit_key])
        studio.union_id = work.unions[match.unit_id or match.unit_key]
        check_fits(studio, row)
        work.studios[key] = studio
        made.append((row, studio))
    work.founded = {studio.pk for studio in work.journal.create(Studio, made)}
    _found_leaders(work, groups)
    add_patents(work, [(row, work.studio_of(match)) for pairs in groups.values() for row, match in pairs])


def _new_studio(work, values, unit_name):
    studio = Studio(registered_by=work.actor)
    put_values(studio, values, STUDIO_FIELDS, work.words)
    studio.short_name = short_name_of(studio.short_name or studio.official_name, unit_name)
    studio.official_name = studio.official_name or f"{unit_name}{studio.short_name}"
    studio.kind = kind_of(values)
    studio.leader_name = values.get("leader") or ""
    return studio


def _found_leaders(work, groups):
    """The leader of each new studio that has one, in office since the title, with the honours."""
    people = People(work, [work.studios[key].union_id for key in groups])
    leaders = []
    for key, pairs in groups.items():
        rows = [row for row, _match in pairs]
        values = merged(rows)
        if name := values.get("leader"):
            naming = [row for row in rows if row.values.get("leader") == name]
            since = min((start[0] for row in naming if (start := begun(row.values))), default=work.today)
            _known, unknown = honours_of(values.get("honours"), work.words)
            leader = Leader(studio=work.studios[key], since=since, merits="\n".join(unknown))
            person = people.person(rows[0], work.studios[key].union_id, values)
            leaders.append((rows[0], leader, person, values))
    people.write()
    for _row, leader, person, _values in leaders:
        leader.person = person
    work.journal.create(Leader, [(row, leader) for row, leader, _person, _values in leaders])
    add_honours(work, [(row, leader, values.get("honours")) for row, leader, _person, values in leaders])


class People:
    """Persons by union, name and month of birth, which identify one; without the month each is a new one."""

    def __init__(self, work, union_ids):
        self.work, self.new = work, []
        rows = Person.objects.filter(union__in=set(union_ids)).exclude(birth_month="").order_by("-pk")
        self.known = {(person.union_id, person.name, person.birth_month): person for person in rows}

    def person(self, row, union_id, values):
        """The known person of these values, or one to be written by ``write``."""
        person = Person(union_id=union_id)
        put_values(person, values, PERSON_FIELDS, self.work.words)
        key = (union_id, person.name, person.birth_month)
        if person.birth_month and key in self.known:
            return self.known[key]
        check_fits(person, row)
        self.new.append((row, person))
        if person.birth_month:
            self.known[key] = person
        return person

    def write(self):
        """Write the new ones."""
        self.work.journal.create(Person, self.new)


def add_honours(work, wanted):
    """Honours ``[(row, Leader, list of the cell), …]`` that the leader's person has not yet.

    One of no known kind cannot be an Honour: its text goes to the leader's merits, where the unit sees it.
    """
    held = defaultdict(set)
    people = {leader.person_id for _row, leader, _honours in wanted}
    for person, kind, name, granted_on in Honour.objects.filter(person__in=people).values_list(
        "person_id", "kind_id", "name", "granted_on"
    ):
        held[person] |= {(kind, name, granted_on[:4]), (kind, "", granted_on[:4])}
    new, changed = [], []
    for row, leader, honours in wanted:
        known, unknown = honours_of(honours, work.words)
        for kind, name, year in known:
            if (kind.pk, name, year) not in held[leader.person_id]:
                held[leader.person_id].add((kind.pk, name, year))
                honour = Honour(person_id=leader.person_id, kind=kind, name=name, granted_on=year)
                honour.rank = kind.rank
                check_fits(honour, row)
                new.append((row, honour))
        missing = [text for text in unknown if text not in leader.merits]
        if missing:
            text = "\n".join([leader.merits, *missing]).strip()
            changed.append((row, leader, text))
    work.journal.create(Honour, new)
    for row, leader, text in changed:
        work.journal.change(row, leader, "merits", text)


def add_patents(work, wanted):
    """Results ``[(row, Studio), …]`` for the numbers of the rows' patents that the studio has not yet."""
    held = defaultdict(set)
    studio_ids = {studio.pk for _row, studio in wanted}
    numbers = Achievement.objects.filter(studio__in=studio_ids, removed_at=None).exclude(number="")
    for studio, number in numbers.order_by().values_list("studio_id", "number"):
        held[studio].add(patent_digits(number))
    new = []
    for row, studio in wanted:
        for digits, number, kind, status in patents_of(row, work.words):
            if digits not in held[studio.pk]:
                held[studio.pk].add(digits)
                result = Achievement(studio=studio, union_id=studio.union_id, kind=kind, number=number)
                result.title, result.patent_status = f"{kind.name} {number}", status
                new.append((row, result))
    work.journal.create(Achievement, new)
