"""What a roster says otherwise than the register: exactly the fields that the preview showed are changed."""

from datetime import date, timedelta

from django.db.models import Max

from studios.choices import Section, Source
from studios.models import Leader, Naming, Person, Unit
from studios.services.roster_facts import (
    PERSON_FIELDS,
    SAYS_NOTHING,
    STUDIO_FIELDS,
    TITLE_KEYS,
    UNIT_FIELDS,
    Unfit,
    attname,
    begun,
    check_fits,
    put_values,
    term_of,
)
from studios.services.roster_founding import add_honours, add_patents
from studios.services.roster_titles import documents_for
from studios.services.roster_writing import plain

ENDING = frozenset({"status", "revoked_on", "end_reason"})
BESIDE = frozenset({"honours", "patents", "level", "leader_since"})  # rows of their own, or said with others


class Moved(Exception):
    """The register no longer holds what the preview compared with."""


def change(work):
    """Change units, studios, leaders and titles as the rows' ``changes`` say. Raises Moved, Unfit."""
    changed = [(row, match) for row, match in work.pairs if match.changes]
    for row, match in changed:
        _check_known(row, match)
    _change_units(work, changed)
    _change_studios(work, changed)
    _change_leaders(work, changed)
    _change_titles(work, [pair for pair in changed if TITLE_KEYS & pair[1].changes.keys()])
    patents = [(row, work.studio_of(match)) for row, match in changed if "patents" in match.changes]
    add_patents(work, patents)


def _check_known(row, match):
    known = (
        STUDIO_FIELDS.keys() | UNIT_FIELDS.keys() | PERSON_FIELDS.keys() | TITLE_KEYS | BESIDE | SAYS_NOTHING
    )
    if strange := match.changes.keys() - known:
        raise Unfit("cannot_change", row, column=min(strange))


def _put(work, row, thing, key, field, pair):
    """Put one changed value into a stored field that still holds what it was compared with."""
    before, after = (work.words.stored(key, value) for value in pair)
    field = attname(type(thing), field)
    if plain(getattr(thing, field)) not in (plain(before), plain(after)):
        raise Moved(key)
    return work.journal.change(row, thing, field, after)


def _change_units(work, changed):
    wanted = {
        match.unit_id
        for _row, match in changed
        if match.unit_id and UNIT_FIELDS.keys() & match.changes.keys()
    }
    units = Unit.objects.select_for_update(of=("self",)).order_by("pk").in_bulk(wanted)
    for row, match in changed:
        for key in UNIT_FIELDS.keys() & match.changes.keys() if match.unit_id else ():
            _put(work, row, units[match.unit_id], key, UNIT_FIELDS[key], match.changes[key])
            check_fits(units[match.unit_id], row)


def _change_studios(work, changed):
    for row, match in changed:
        studio = work.studio_of(match)
        for key in STUDIO_FIELDS.keys() & match.changes.keys():
            if _put(work, row, studio, key, STUDIO_FIELDS[key], match.changes[key]):
                check_fits(studio, row)
                work.journal.sections.add((studio.pk, Section.STUDIO))


def _change_leaders(work, changed):
    """The leader's data; another name is another leader, in office from today."""
    about = [
        (row, match)
        for row, match in changed
        if (PERSON_FIELDS.keys() | {"honours"}) & match.changes.keys() and match.studio_id
    ]
    leaders = _leaders_of({match.studio_id for _row, match in about}, work.today)
    new = []
    for row, match in about:
        studio = work.studio_of(match)
        leader = leaders.get(studio.pk)
        before, after = match.changes.get("leader", (None, None))
        if after and (leader is None or leader.person.name != after):
            if (before or "") != (leader.person.name if leader else ""):
                raise Moved("leader")
            leaders[studio.pk] = _another_leader(work, row, match, leader)
            new.append((row, leaders[studio.pk]))
        elif leader is None:
            raise Moved("leader")
        else:
            for key in PERSON_FIELDS.keys() & match.changes.keys():
                _put(work, row, leader.person, key, PERSON_FIELDS[key], match.changes[key])
            check_fits(leader.person, row)
        work.journal.sections.add((studio.pk, Section.LEADER))
    work.journal.write_changes()  # those before have left when the new ones come
    work.journal.create(Leader, new)
    honours = [(row, match) for row, match in about if "honours" in match.changes]
    add_honours(
        work, [(row, leaders[match.studio_id], match.changes["honours"][1]) for row, match in honours]
    )


def _leaders_of(studio_ids, today):
    rows = Leader.objects.on(today).filter(studio__in=studio_ids).select_for_update(of=("self", "person"))
    return {leader.studio_id: leader for leader in rows.select_related("person").order_by("pk")}


def _another_leader(work, row, match, old):
    """A new leader, to be written when the one before has left: the day before the day that was answered.

    A studio's first leader is in office since the title, after those who led it once.
    """
    studio = work.studio_of(match)
    person = Person(union_id=studio.union_id)
    put_values(person, row.values, PERSON_FIELDS, work.words)
    check_fits(person, row)
    work.journal.create(Person, [(row, person)])
    work.journal.change(row, studio, "leader_name", person.name)
    if old is not None:
        since = date.fromisoformat(match.changes["leader_since"][1])
        work.journal.change(row, old, "until", since - timedelta(days=1))
        return Leader(studio=studio, person=person, since=since)
    since = (begun(row.values) or (work.today,))[0]
    last = Leader.objects.filter(studio=studio).aggregate(last=Max("until"))["last"]
    return Leader(studio=studio, person=person, since=max(since, last + timedelta(days=1)) if last else since)


def _change_titles(work, changed):
    namings = (
        Naming.objects.select_for_update(of=("self",))
        .order_by("pk")
        .in_bulk([match.naming_id for _row, match in changed if match.naming_id])
    )
    wanted = []
    for row, match in changed:
        naming = namings.get(match.naming_id)
        if naming is None:  # a new title has all of it already
            continue
        if naming.source != Source.IMPORTED:
            raise Unfit("title_of_the_portal", row, studio=str(work.studio_of(match)))
        _change_term(work, row, naming, match.changes)
        if "document_number" in match.changes:
            wanted.append((row, naming, naming.since))
    documents = documents_for(work, wanted)
    for row, naming, _day in wanted:
        work.journal.change(row, naming, "document_id", documents.get(row.pk))


def _change_term(work, row, naming, changes):
    known = None if "named_on" in changes else naming
    term = term_of(row, today=work.today, known=known)
    names = []
    if "named_on" in changes:
        names += ["since", "stated_since"]
    if ENDING & changes.keys():
        names += ["until", "stated_until", "end_reason"]
    for name in names:
        work.journal.change(row, naming, name, getattr(term, name))
    if naming.until is not None and naming.until < naming.since:
        raise Unfit("ended_before_named", row, since=str(naming.since), until=str(naming.until))
