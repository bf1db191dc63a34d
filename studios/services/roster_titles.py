"""Titles of older rosters: with their documents, resting on each other as far as their days allow."""

from collections import defaultdict

from studios.choices import Source
from studios.models import Naming, OfficialDocument
from studios.services.roster_facts import check_fits, document_of, term_of


def add_titles(work):
    """A title for each row that names a level and has none yet; lower ones first, others rest on them."""
    by_tier = defaultdict(list)
    for row, match in work.pairs:
        work.journal.studios[row.pk] = work.studio_of(match).pk
        work.journal.namings[row.pk] = match.naming_id
        if match.naming_id is None and match.level_id is not None:
            naming = _new_title(work, row, work.studio_of(match), work.words.levels[match.level_id])
            by_tier[naming.level.tier].append((row, naming))
    everything = [pair for tier in sorted(by_tier) for pair in by_tier[tier]]
    documents = documents_for(work, [(row, naming, naming.since) for row, naming in everything])
    held = _held({naming.studio_id for _row, naming in everything})
    for tier in sorted(by_tier):
        for row, naming in by_tier[tier]:
            naming.document_id = documents.get(row.pk)
            naming.basis_id = _basis(naming, held)
        for naming in work.journal.create(Naming, by_tier[tier]):
            held[naming.studio_id, naming.level_id].append(naming)
    work.journal.namings.update((row.pk, naming.pk) for row, naming in everything)


def _new_title(work, row, studio, level):
    term = term_of(row, today=work.today)
    return Naming(
        studio=studio,
        union_id=studio.union_id,
        level=level,
        granted_by_id=work.granting(studio, level.tier),
        source=Source.IMPORTED,
        since=term.since,
        stated_since=term.stated_since,
        until=term.until,
        stated_until=term.stated_until,
        end_reason=term.end_reason,
    )


def _held(studio_ids):
    """{(studio id, level id): [Naming]} of the titles that the studios have."""
    held = defaultdict(list)
    for naming in Naming.objects.filter(studio__in=studio_ids).order_by("since"):
        held[naming.studio_id, naming.level_id].append(naming)
    return held


def _basis(naming, held):
    """The id of the title of the level below that was held all the time, or None: old rosters have gaps."""
    for below in held.get((naming.studio_id, naming.level.requires_id), ()):
        if below.since <= naming.since and (
            below.until is None or (naming.until is not None and naming.until <= below.until)
        ):
            return below.pk
    return None


def documents_for(work, wanted):
    """{row id: document id} for ``[(row, Naming, day), …]``: one document for all rows of one number.

    One that is there is used again, also one that was issued here; a new one bears the earliest of the days.
    """
    numbers = {
        row.pk: (naming.granted_by_id, *number)
        for row, naming, _day in wanted
        if (number := document_of(row.values))
    }
    known = _known_documents(set(numbers.values()))
    new = {}
    for row, _naming, day in wanted:
        number = numbers.get(row.pk)
        if number is None or number in known:
            continue
        if number not in new:
            new[number] = (row, _new_document(row, number, day))
        document = new[number][1]
        document.issued_on = min(document.issued_on, day)
    for document in work.journal.create(OfficialDocument, list(new.values())):
        known[document.union_id, document.prefix, document.year, document.number] = document.pk
    return {row_id: known[number] for row_id, number in numbers.items()}


def _known_documents(numbers):
    """{(union, prefix, year, number): id} of those that exist."""
    rows = OfficialDocument.objects.filter(
        union__in={number[0] for number in numbers}, year__in={number[2] for number in numbers}
    )
    fields = ("union_id", "prefix", "year", "number")
    return {tuple(key): pk for pk, *key in rows.values_list("pk", *fields)}


def _new_document(row, number, day):
    union_id, prefix, year, running = number
    document = OfficialDocument(union_id=union_id, prefix=prefix, year=year, number=running, issued_on=day)
    document.source = Source.IMPORTED
    document.title = document.label  # an older roster knows no more of it
    check_fits(document, row)
    return document
