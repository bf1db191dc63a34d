"""The rows of a roster beside the register: which are new, changed, the same, to be asked about, or wrong.

What the file says reaches no further than the import's union: a row of another union is an error that tells
nothing of what the register holds there. Nothing is written here.
"""

import gc
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal

from studios.choices import Verdict
from studios.services import roster_terms as terms
from studios.services.roster_comparing import DATES, OF_LEADER, OF_UNIT, OWN, Comparer, change_of
from studios.services.roster_identity import Finder, Questions, text_of
from studios.services.roster_register import Register

AGREEING = (*OWN, "leader", *OF_LEADER)  # what rows of one studio must not say differently
OUT = (Verdict.SKIPPED, Verdict.QUESTION, Verdict.ERROR)
NOT_COMPARED = frozenset({"serial", "remarks"})


@dataclass(slots=True)
class Match:
    """What became of a row. Equal keys mean the same (perhaps new) unit or studio.

    ``county_id`` is the union under which the unit stands or will stand: of a county, or of the city for
    units directly below it. ``changes`` is {column key: [before, after]}, plain JSON, {} for a new studio;
    another leader comes with ``leader_since``. ``messages`` are {cell, found, code, values, grave}, and
    ``question`` (a key of the questions) where something is asked.
    """

    verdict: str
    county_id: int | None = None
    unit_id: int | None = None
    unit_key: tuple = ()
    studio_id: int | None = None
    studio_key: tuple = ()
    naming_id: int | None = None
    level_id: int | None = None
    changes: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)


def match(rows, *, union, on, answers=None):
    """([Match] in the order of ``rows``, {key: question}) as the register stands; ``on`` is today.

    ``rows`` are RowRead, those of a file all at once, or the RosterRow of its preview: of these, the rows
    that stay out keep their verdict and are not looked at again. A question
    is {key, column, found, code, values, choices: [[value, label], …], rows: how many}.
    """
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of new objects, hardly any in a circle
    try:
        return _match_all(list(rows), union, on, answers)
    finally:
        if collecting:
            gc.enable()


def _match_all(rows, union, on, answers):
    spoken = [row for row in rows if not _stays_out(row)]
    register = Register(
        union,
        codes={row.values.get("union_code") or "" for row in spoken},
        credit_codes={code for row in spoken if (code := row.values.get("credit_code"))},
    )
    questions = Questions(answers)
    finder = Finder(register, questions)
    found = {id(row): finder.find(row) for row in spoken}
    register.read_studios({one.studio_id for one in found.values() if one.studio_id}, on)
    comparer = Comparer(register, questions, on, _undated(spoken))
    pairs = []
    for one in found.values():
        if one.studio_key:
            pairs.append((one, *comparer.compare(one)))
    dropped = _agree(pairs)
    _keep_what_rests(register, pairs)
    compared = {id(one.row): (made, changes) for one, made, changes in pairs}
    matches = []
    for row in rows:
        one = found.get(id(row))
        if one is None:
            matches.append(Match(getattr(row, "verdict", Verdict.SKIPPED.value)))
        else:
            matches.append(_match(one, *compared.get(id(row), (None, {})), id(one) in dropped, questions))
    return matches, questions.asked


def _undated(rows):
    """The sheets in which no row says anything of when its studio was named, or by which document."""
    dated = {
        row.sheet
        for row in rows
        if any(row.values.get(key) or row.raw.get(key) for key in ("named_on", "document_number"))
    }
    return {row.sheet for row in rows} - dated


def _stays_out(row):
    """Whether the sheet says that the row holds no studio, or the preview that it does not come in."""
    return row.skipped is not None if hasattr(row, "skipped") else row.verdict in OUT


def _match(one, compared, changes, dropped, questions):
    verdict = _verdict(one, changes, dropped)
    made = Match(verdict, messages=one.messages)
    made.county_id = one.place.id if one.place else None
    made.unit_key, made.studio_key, made.studio_id = one.unit_key, one.studio_key, one.studio_id
    made.unit_id = one.unit.id if one.unit else None
    if compared is not None:
        made.naming_id, made.level_id = compared.naming_id, compared.level_id
        made.changes = changes if one.studio_id and verdict in (Verdict.CHANGED, Verdict.QUESTION) else {}
    for key in one.asked:
        question = questions.asked[key]
        one.say(question["column"], question["code"], grave=False, **question["values"])
        one.messages[-1]["question"] = key
    return made


def _verdict(one, changes, dropped):
    row = one.row
    if one.wrong or any(message.get("grave") for message in row.messages):
        return Verdict.ERROR.value
    if one.asked or getattr(row, "questions", ()):
        return Verdict.QUESTION.value
    if dropped:
        return Verdict.SKIPPED.value
    if one.studio_id is None:
        return Verdict.NEW.value
    return Verdict.CHANGED.value if changes else Verdict.SAME.value


def _agree(pairs):
    """Compare rows about one studio with each other; the ids of those that only repeat an earlier row.

    A county title and a city title of one studio are two rows: what they say of the studio must agree, or
    the order of the rows would decide.
    """
    groups, dropped = defaultdict(list), set()
    for one, compared, _changes in pairs:
        groups[one.studio_key].append((one, compared))
    for group in groups.values():
        if len(group) > 1:
            dropped |= _agree_on_titles(group)
            _agree_on(AGREEING, [one for one, _compared in group if id(one) not in dropped])
    units = defaultdict(list)
    for one, _compared, _changes in pairs:
        units[one.unit_key].append(one)
    for ones in units.values():
        if len(ones) > 1:
            _agree_on(OF_UNIT[2:], ones)
    return dropped


def _agree_on(columns, ones):
    for column in columns:
        first = None
        for one in ones:
            value = one.row.values.get(column)
            if value in (None, "", []):
                continue
            if first is None:
                first = one
            elif not _says_the_same(column, first.row.values[column], value):
                one.say(column, "register.disagrees", **_where(first), held=text_of(first.row, column))


def _says_the_same(column, first, second):
    """Whether two rows say the same of one thing; of two dates one may be more exact."""
    if column in DATES:
        return terms.same_moment(first, second)
    return not change_of(column, Decimal(str(first)) if column == "area_sqm" else first, second)


def _agree_on_titles(group):
    """Two rows about one title: the second repeats the first, or contradicts it."""
    dropped, titles = set(), defaultdict(list)
    for one, compared in group:
        titles[compared.level_id].append((one, compared))
    for level, those in titles.items():
        for at, (one, compared) in enumerate(those):
            for earlier, before in those[:at]:
                if id(earlier) in dropped or not _one_title(level, one, compared, earlier, before):
                    continue
                if _plain(one.row.values) == _plain(earlier.row.values):
                    dropped.add(id(one))
                    one.say("studio_name", "register.same_row", grave=False, **_where(earlier))
                else:
                    one.say("level" if level else "studio_name", "register.twice", **_where(earlier))
                break
    return dropped


def _where(one):
    return {"sheet": one.row.sheet, "row": one.row.row}


def _plain(values):
    """What a row says, in a form to be compared."""
    said = {key: value for key, value in values.items() if value not in (None, "", [])}
    return {key: value for key, value in said.items() if key not in NOT_COMPARED}


def _one_title(level, one, compared, earlier, before):
    """Whether two rows of a studio and level mean one title: the same one held, or days that overlap."""
    if level is None or compared.naming_id or before.naming_id:
        return compared.naming_id == before.naming_id
    (first, last), (others_first, others_last) = _days(one), _days(earlier)
    return first <= others_last and others_first <= last


def _days(one):
    term = terms.stated(one.row.values)
    return term.first or terms.date.min, term.until.earliest() if term.until else terms.FOREVER


def _keep_what_rests(register, pairs):
    """A title cannot end, or begin later, under one above that rests on it; both may change in one file."""
    days = {
        compared.naming_id: compared.days
        for one, compared, changes in pairs
        if compared.days and _verdict(one, changes, dropped=False) == Verdict.CHANGED
    }
    for one, compared, _changes in pairs:
        if not compared.days:
            continue
        first, last = compared.days
        for above in register.resting.get(compared.naming_id, ()):
            others_first, others_last = days.get(above.id, (above.since, above.until or terms.FOREVER))
            if others_first < first or others_last > last:
                until = terms.known_until(above) or "—"
                one.say("named_on", "register.title_above", since=terms.known_since(above), until=until)
                break
