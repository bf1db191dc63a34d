"""What a row of a roster means in stored fields: dates with their precision, references, numbers, kinds."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from studios.choices import EndReason, PatentStatus, StudioKind
from studios.models import AchievementKind, HonourKind, Industry, NamingLevel, OwnershipKind
from studios.numbers import DECLARED_AS, Problem, parse_patent
from studios.partial_dates import PartialDate
from studios.resources.columns import ROSTER
from studios.rosters.cells.documents import split_document

_LISTS = ("honours", "patents")
_KIND_WORDS = (  # the first whose words all stand in the name
    (("劳模", "工匠"), StudioKind.MODEL_CRAFTSMAN),
    (("劳模",), StudioKind.MODEL_WORKER),
    (("劳动模范",), StudioKind.MODEL_WORKER),
    (("技能大师",), StudioKind.SKILL_MASTER),
    (("工匠",), StudioKind.CRAFTSMAN),
    (("巾帼",), StudioKind.WOMEN),
    (("女职工",), StudioKind.WOMEN),
    (("传统工艺",), StudioKind.TRAD_CRAFT),
    (("联合创新",), StudioKind.JOINT),
)


def _fields_below(path):
    """{column key: field} of the columns whose value is a field of what ``path`` leads to."""
    below = {}
    for column in ROSTER:
        head, _, field = (column.attribute or "").rpartition("__")
        if column.comes_in and head == path:
            below[column.key] = field
    return below


STUDIO_FIELDS = {**_fields_below("studio"), "member_count": "stated_members"}
UNIT_FIELDS = _fields_below("studio__union__unit")
PERSON_FIELDS = _fields_below("leader__person")
TITLE_KEYS = frozenset({"named_on", "document_number", "status", "revoked_on", "end_reason"})
SAYS_NOTHING = frozenset({"serial", "remarks"})  # kept with the row; the register has no place for them


class Unfit(Exception):
    """A row that cannot be stored as it stands: ``code`` and ``values`` of the sentence about it."""

    def __init__(self, code, row, **values):
        super().__init__(code)
        self.code = code
        self.values = {"sheet": row.sheet, "row": row.row, **values}


class Words:
    """The reference rows, found by id, code or name; read once for an import."""

    def __init__(self):
        self.references = {
            "ownership": _by_any_name(OwnershipKind),
            "industry": _by_any_name(Industry),
        }
        self.levels = NamingLevel.objects.in_bulk()
        self.honour_kinds = _by_any_name(HonourKind)
        self.achievement_kinds = {row.code: row for row in AchievementKind.objects.all()}
        self.patent_kinds = {kind: self.achievement_kinds[code] for code, kind in DECLARED_AS.items()}

    def stored(self, key, value):
        """A cell's value as its field holds it; blank is "" or None, as the field wants it."""
        if key in self.references:
            row = self.references[key].get(value)
            return row.pk if row else None
        if key == "area_sqm":
            return None if value in (None, "") else Decimal(str(value)).quantize(Decimal("0.01"))
        if key == "member_count":
            return None if value in (None, "") else int(value)
        if key == "kind":
            return value or StudioKind.WORKER
        return "" if value is None else str(value)


def _by_any_name(model):
    known = {}
    for row in model.objects.all():
        for name in (row.name_en, row.name, row.code, row.pk):
            known[name] = row
    return known


def is_blank(value):
    """Whether a value says nothing; 0 says something."""
    return value is None or value == "" or value == []


def merged(rows):
    """One dict of values of rows about one thing: of two that differ the one with the newer title counts.

    Lists are joined.
    """
    together = {}
    for row in sorted(rows, key=lambda row: row.values.get("named_on") or "", reverse=True):
        for key, value in row.values.items():
            if key in _LISTS:
                together[key] = [*together.get(key, ()), *(value or ())]
            elif is_blank(together.get(key)):
                together[key] = value
    return together


def put_values(thing, values, fields, words):
    """Set those of ``fields`` ({column key: field}) of which the values say something."""
    for key, field in fields.items():
        if not is_blank(values.get(key)):
            setattr(thing, attname(type(thing), field), words.stored(key, values[key]))


def attname(model, field):
    """The attribute that holds a field's plain value: ``ownership_id`` for ``ownership``."""
    return model._meta.get_field(field).attname


def check_fits(thing, row):
    """Raise Unfit when a text is longer than its field: nothing is cut off."""
    for field in thing._meta.concrete_fields:
        value = getattr(thing, field.attname)
        if isinstance(value, str) and field.max_length and len(value) > field.max_length:
            raise Unfit("value_too_long", row, found=value[:40], length=len(value), limit=field.max_length)


def short_name_of(studio_name, unit_name):
    """The studio's name without its unit's name in front."""
    rest = studio_name.removeprefix(unit_name).strip() if unit_name else studio_name
    return rest or studio_name


def kind_of(values):
    """The kind of studio that the row states, else what the studio's own name says, else the plain one."""
    if values.get("kind"):
        return values["kind"]
    name = values.get("studio_name") or ""
    said = (kind for words, kind in _KIND_WORDS if all(word in name for word in words))
    return next(said, StudioKind.WORKER)


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when a title ran, as days and as the roster stated it."""

    since: date
    stated_since: str
    until: date | None = None
    stated_until: str = ""
    end_reason: str = ""


def begun(values):
    """(first day, as stated) of the row's title, or None; else the document's year stands for it."""
    document = document_of(values)
    text = values.get("named_on") or (str(document[1]) if document else "")
    return day_of(text) if text else None


def term_of(row, *, today, known=None):
    """The Term of a row's title; it began as the Naming ``known`` did, where that is given. Raises Unfit."""
    values = row.values
    start = (known.since, known.stated_since) if known else begun(values)
    if not start:
        raise Unfit("title_without_date", row)
    since, stated_since = start
    if not has_ended(values):
        return Term(since, stated_since)
    until, stated_until = max(since, today - timedelta(days=1)), ""
    if stated := values.get("revoked_on"):
        until, stated_until = day_of(stated)
        if until < since <= PartialDate.parse(stated).latest():
            until = since
        if until < since:
            raise Unfit("ended_before_named", row, since=str(stated_since or since), until=stated)
    reason = values.get("end_reason")
    known_reason = reason if reason in EndReason.values else EndReason.UNSTATED
    return Term(since, stated_since, until, stated_until, str(known_reason))


def has_ended(values):
    """Whether the row says that the title is held no more."""
    return bool(values.get("revoked_on")) or values.get("status") == "ended"


def day_of(text):
    """(the first day that a partial date can mean, the text itself when it is coarser than a day)."""
    stated = PartialDate.parse(text)
    return stated.earliest(), "" if stated.day else str(stated)


def document_of(values):
    """(prefix, year, number) of the document's number, or None."""
    found = split_document(values.get("document_number"))
    return found if found and found[2] > 0 else None


def patents_of(row, words):
    """[(digits, normalised number, AchievementKind, patent status)] of the row, each patent once.

    Only a number that the roster wrote with ZL is one of a granted patent; how far others came nobody knows.
    """
    written = "".join(re.findall("[0-9A-Z]", str(row.raw.get("patents") or "").upper()))
    found = {}
    for text in row.values.get("patents") or ():
        number = parse_patent(text)
        if isinstance(number, Problem):
            raise Unfit("no_patent", row, found=str(text)[:40])
        granted = number.granted_form or f"ZL{number.digits}" in written
        kind = words.patent_kinds.get(number.kind) or words.achievement_kinds["other"]
        normalised = number.normalised if number.granted_form else f"{'ZL' * granted}{number.normalised}"
        found.setdefault(number.digits, (number.digits, normalised, kind, PatentStatus.GRANTED * granted))
    return list(found.values())


def honours_of(honours, words):
    """([(kind, name, year as text)], [texts of those of no known kind]) of a cell's list, each once."""
    known, unknown = {}, {}
    for honour in honours or ():
        name, year = honour.get("name") or "", str(honour.get("year") or "")
        kind = words.honour_kinds.get(honour.get("kind")) or words.honour_kinds.get(name)
        if kind is None:
            unknown[f"{year}年{name}" if year else name] = True
        else:
            known[kind.pk, name, year] = (kind, name, year)
    return list(known.values()), list(unknown)
