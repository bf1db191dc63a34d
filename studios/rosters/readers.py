"""Which reader understands the cells of which column; every different cell of a file is read once."""

import datetime
import re
from collections import defaultdict
from functools import cache, partial
from typing import NamedTuple

from django.core.exceptions import FieldDoesNotExist

from studios.models import Naming, Person
from studios.resources.columns import LEADER_GROUP, ROSTER
from studios.rosters.cells import (
    amounts,
    codes,
    dates,
    documents,
    endings,
    grades,
    names,
    patents,
    reference_words,
    words,
)
from studios.rosters.cells.folding import close, fold
from studios.rosters.cells.honours import HonourBook
from studios.rosters.cells.understood import NOTHING, Remark, Understood, is_blank
from studios.rosters.rows import is_placeholder

OLDEST_BIRTH = 1900
# Texts that their readers keep as they are, which most are. 某 and X may stand for names.
_CLEAN = "(?=[0-9A-Z]*[\u4e00-\u9fff])(?:(?!某)[\u4e00-\u9fff0-9A-WYZ])"
_TEXT, _NAME = (re.compile(f"{_CLEAN}{{5,{most}}}").fullmatch for most in (20, 60))
_PERSON = re.compile("(?![无暂没空未不待略])(?:(?![等和与及以某])[\u4e00-\u9fff]){2,3}").fullmatch
SHORT = {
    "text": _TEXT, "studio_name": _NAME, "unit_name": _NAME, "person": _PERSON,
    "phone": re.compile("1[3-9][0-9]{9}").fullmatch,
}  # fmt: skip
LISTS = frozenset({"patents", "honours"})
ERRORS = frozenset("#REF! #N/A #VALUE! #DIV/0! #NAME? #NUM! #NULL! #GETTING_DATA #SPILL! #CALC!".split())


class Outcome(NamedTuple):
    """A cell as the row takes it: ``raw`` its text where it says more, ``messages`` (code, values, grave)."""

    value: object
    raw: str | None = None
    messages: tuple = ()
    question: str | None = None


BLANK, BLANK_LIST = Outcome(None), Outcome([])


def text_of(raw):
    """A cell as text, for people."""
    if isinstance(raw, datetime.datetime) and not (raw.hour or raw.minute or raw.second):
        raw = raw.date()
    return raw if isinstance(raw, str) else str(raw)


@cache
def limits():
    """{column key: most signs} of what the register takes as text, from the fields of its models."""
    found = {}
    for column in ROSTER:
        model, field = Naming, None
        parts = (column.attribute or "").split("__")
        if column.group == LEADER_GROUP and parts[:2] == ["leader", "person"]:
            model, parts = Person, parts[2:]
        try:
            for part in filter(None, parts):
                field = model._meta.get_field(part)
                model = field.related_model or model
        except FieldDoesNotExist:
            continue
        if getattr(field, "max_length", None) and not field.choices:
            found[column.key] = field.max_length
    return found


class Readers:
    """Reads cells for one file; ``questions`` fills with what was asked, ``answers`` settle them."""

    def __init__(self, context, date1904, answers):
        self.answers, self.questions = answers, {}
        self._memo, self._limits = defaultdict(dict), limits()
        day = partial(dates.read_date, today=context.today, date1904=date1904)
        self._honours = HonourBook(
            context.honour_kinds,
            counties=tuple(
                row["name"].removesuffix("总工会") for row in context.places.rows.values() if row["tier"] == 2
            ),
        )
        self._by_kind = {
            "text": _text, "studio_name": names.read_title, "unit_name": names.read_title,
            "person": names.read_person, "date": day, "count": amounts.read_count, "area": amounts.read_area,
            "document": partial(documents.read_document, last_year=context.today.year),
            "patents": patents.read_patents, "credit_code": codes.read_credit_code,
            "phone": codes.read_phones, "honours": self._honours.read,
            "ownership": reference_words.ownership_words(context.ownerships).read,
            "industry": reference_words.industry_words(context.industries).read,
            "studio_kind": words.read_studio_kind, "sex": words.read_sex, "education": words.read_education,
            "prof_title": grades.read_prof_title, "skill_level": grades.read_skill_level,
            "status": endings.read_status, "end_reason": endings.read_end_reason,
        }  # fmt: skip
        self._of = {column.key: self._by_kind.get(column.kind, _text) for column in ROSTER}
        self._short = {column.key: SHORT[column.kind] for column in ROSTER if column.kind in SHORT}
        self._of["leader_birth_month"] = partial(day, first_year=OLDEST_BIRTH)

    def memo(self, key):
        """{raw: Outcome} of a column: look here first, then call ``read``."""
        return self._memo[key]

    def read(self, key, raw):
        """The Outcome of a cell that is not blank, remembered."""
        memo = self.memo(key)
        if raw.__class__ is bool:  # equal to 1 and 0 as a key
            return self.outcome(key, self._read(key, raw), raw)
        found = memo.get(raw)
        if found is None:
            short = self._short.get(key) if raw.__class__ is str else None
            if short and short(raw):
                found = Outcome(raw)
            else:
                found = self.outcome(key, self._read(key, raw), raw)
            memo[raw] = found
        return found

    def _read(self, key, raw):
        if isinstance(raw, str):
            if raw.lstrip()[:1] == "#" and raw.strip().upper() in ERRORS:
                return Understood(error=Remark("layout.excel_error", {"found": raw.strip()}))
            if not raw.strip():
                return NOTHING
        found = self._of[key](raw)
        if found.error or found.question or not isinstance(found.value, str):
            return found
        most = self._limits.get(key)
        if most and len(found.value) > most:
            return Understood(error=Remark("layout.too_long", {"length": len(found.value), "limit": most}))
        if key in ("studio_name", "leader", "unit_name") and is_placeholder(found.value):
            return Understood(error=Remark("layout.placeholder", {"found": found.value}))
        return found

    def outcome(self, key, understood, raw, sheet=""):
        """What a reader understood, as an Outcome. A question is asked for ``sheet`` alone if given."""
        text = raw if isinstance(raw, str) else text_of(raw)
        if understood.value == text and not (understood.notes or understood.error or understood.question):
            return Outcome(text)
        messages = [(note.code, note.values, False) for note in understood.notes]
        if understood.error:
            messages.append((understood.error.code, understood.error.values, True))
        value, waits = understood.value, None
        if understood.question:
            waits, value = self._ask(key, understood.question, text, sheet)
        if value is None and key in LISTS:
            value = []
        same = not isinstance(value, list) and str(value) == text
        return Outcome(value, None if same else text, tuple(messages), waits)

    def _ask(self, key, question, text, sheet):
        """(key of the question or None, the answer or None)."""
        name = f"{key}|{question.about}" + (f"|{sheet}" if sheet else "")
        if name in self.answers:
            answer = self.answers[name]
            for value, _label in question.choices:
                if value == answer or str(value) == str(answer):
                    return None, value
        self.questions.setdefault(
            name,
            {
                "key": name,
                "column": key,
                "found": text[:200],
                "code": question.remark.code,
                "values": question.remark.values,
                "choices": [[value, str(label)] for value, label in question.choices],
                "rows": 0,
            },
        )
        return name, None

    def honours(self, raw, *, county_level_city):
        """The Outcome of a cell of honours; 市劳模 from a county-level city is asked about."""
        if not county_level_city:
            return self.read("honours", raw)
        memo = self.memo("honours of a county-level city")
        if raw not in memo:
            memo[raw] = self.outcome("honours", self._honours.read(raw, county_level_city=True), raw)
        return memo[raw]


def _text(raw):
    if is_blank(raw):
        return NOTHING
    return Understood(close(fold(raw).replace("\n", " ")) if isinstance(raw, str) else text_of(raw))
