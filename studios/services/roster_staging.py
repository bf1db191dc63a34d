"""From an uploaded file to the rows of its preview: read in a child, understood, matched, written by COPY."""

import json
from collections import Counter
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import F
from django.utils import timezone

from portal.sheets.reading import read
from portal.sheets.refusals import Refused
from studios.choices import Tier, Verdict
from studios.models import HonourKind, Industry, NamingLevel, OwnershipKind, RosterRow, Union
from studios.rosters.cells.places import Gazetteer
from studios.rosters.interpret import Context, interpret
from studios.services.roster_declining import decline
from studios.services.roster_matching import match

COLUMNS = ("roster_id", "sheet", "row", "verdict", "values", "raw", "messages", "changes")
POINTING = ("studio_id", "naming_id")
BLOCK = 500  # rows written at once
_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(slots=True)
class Examined:
    """What a file holds and what an import of it would do; ``problem`` {code, values} when it is refused.

    ``pairs`` are (RowRead, Match); ``questions`` a list as ``RosterImport.questions`` keeps it.
    """

    problem: dict | None = None
    pairs: list = field(default_factory=list)
    questions: list = field(default_factory=list)
    control_totals: list = field(default_factory=list)
    columns: list = field(default_factory=list)

    @property
    def counts(self):
        """{verdict: rows} with every verdict."""
        counted = Counter(made.verdict for _row, made in self.pairs)
        return {verdict.value: counted[verdict.value] for verdict in Verdict}


def quiet(done, total=None, note=""):
    """Tell nobody how far the work is."""


def context_for(union, today):
    """What the interpreter of a roster of ``union`` must know."""
    words = ("code", "name")
    rows = Union.objects.exclude(tier=Tier.BASE).order_by("tier", "code")
    fields = ("code", "tier", "name", "short_name", "aliases", "kind", "document_prefix")
    places = list(rows.values(*fields, parent_code=F("parent__code")))
    for place in places:
        place["parent"] = place.pop("parent_code")
    return Context(
        places=Gazetteer(places),
        levels=tuple(NamingLevel.objects.order_by("tier").values(*words, "tier")),
        ownerships=tuple(OwnershipKind.objects.values(*words)),
        industries=tuple(Industry.objects.values(*words)),
        honour_kinds=tuple(HonourKind.objects.values(*words, "rank")),
        today=today,
        home=union.code,
    )


def examine(path, name, *, union, answers, tell=quiet):
    """The Examined of the file at ``path``; nothing is written. ``tell(done, total)`` hears how far it is.

    Raises portal.files.inspect.CheckerBroken when the file could not be read for no reason that it gave.
    """
    try:
        book = read(path, name)
    except Refused as refusal:
        return Examined({"code": refusal.code, "values": refusal.values})
    today = timezone.localdate()
    reading = interpret(book, context_for(union, today), answers)
    problem = reading.book_problem and {
        "code": reading.book_problem.code,
        "values": reading.book_problem.values,
    }
    total = len(reading.rows)
    tell(total // 2, total)
    matches, asked = ([], {}) if problem else match(reading.rows, union=union, on=today, answers=answers)
    pairs = [] if problem else list(zip(reading.rows, matches, strict=True))
    decline(pairs, {**reading.questions, **asked}, answers)
    tell(total, total)
    return Examined(
        problem,
        pairs,
        [*reading.questions.values(), *asked.values()],
        reading.control_totals,
        reading.columns,
    )


def messages_of(row, made, questions):
    """All that is to be said about a row: why it is skipped, what was read, what is asked, what was compared.

    ``questions`` is {key: question} of the whole file.
    """
    said = []
    if row.skipped is not None:
        found = "；".join(str(text) for text in row.raw.values())[:200]
        said.append(_message("", found, row.skipped.code, row.skipped.values))
    said += row.messages
    for key in row.questions:
        asked = questions[key]
        cell = row.cells.get(asked["column"], "")
        found = row.raw.get(asked["column"]) or asked["found"]
        said.append({**_message(cell, found, asked["code"], asked["values"]), "question": key})
    return said + made.messages


def _message(cell, found, code, values):
    return {"cell": cell, "found": found, "code": code, "values": values, "grave": False}


def write_rows(roster, examined):
    """Put the rows of a preview in the place of those of an earlier one, in the caller's transaction."""
    RosterRow.objects.filter(roster=roster).delete()
    questions = {asked["key"]: asked for asked in examined.questions}
    names = ", ".join(map(connection.ops.quote_name, (*COLUMNS, *POINTING)))
    table = connection.ops.quote_name(RosterRow._meta.db_table)
    with connection.cursor() as cursor, cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
        for start in range(0, len(examined.pairs), BLOCK):
            lines = [
                _line(roster.pk, row, made, questions) for row, made in examined.pairs[start : start + BLOCK]
            ]
            copy.write("".join(lines).encode("utf-8", "replace"))


def _line(roster_id, row, made, questions):
    """One row as COPY takes it; a NUL, which PostgreSQL keeps nowhere, is left out."""
    cells = [
        str(roster_id),
        _text(row.sheet),
        str(row.row),
        made.verdict,
        *(_text(_json(value)) for value in (row.values, row.raw, messages_of(row, made, questions))),
        _text(_json(made.changes)),
        *(r"\N" if pk is None else str(pk) for pk in (made.studio_id, made.naming_id)),
    ]
    return "\t".join(cells) + "\n"


def _text(value):
    if "\\" in value:
        value = value.replace("\\u0000", "").replace("\\", "\\\\")
    if "\t" in value or "\n" in value or "\r" in value or "\0" in value:
        value = value.replace("\0", "").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")
    return value
