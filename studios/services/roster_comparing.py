"""A row of a roster beside the studio that it speaks of: what differs, field by field.

An empty cell never erases. What is compared is the meaning: dates as exact as both are known, numbers by
value, names by their key.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.translation import gettext_lazy as _

from studios.choices import Section
from studios.models import Studio
from studios.resources.columns import ROSTER
from studios.rosters.cells.names import name_key
from studios.services import roster_terms as terms
from studios.services.roster_facts import PERSON_FIELDS, STUDIO_FIELDS
from studios.services.roster_register import patent_digits

KEEP, SINCE = "keep", "since"
LABELS = {KEEP: _("%(name)s still leads"), SINCE: _("%(name)s leads since %(date)s")}  # written in Chinese
OWN = tuple(key for key in STUDIO_FIELDS if key not in ("studio_name", "member_count"))
OF_UNIT = ("unit_name", "credit_code", "ownership", "industry")  # as in HeldUnit
OF_LEADER = tuple(key for key in PERSON_FIELDS if key != "leader")
CODES = frozenset({"kind", "ownership", "industry", "credit_code"}) | {
    f"leader_{name}" for name in ("prof_title", "skill_level", "sex", "education")
}
PHONES = frozenset({"contact_phone", "leader_phone"})
DATES = frozenset({"founded_on", "leader_birth_month"})
SECTION_OF = {
    **dict.fromkeys(OWN, Section.STUDIO),
    **dict.fromkeys(("leader", *OF_LEADER, "honours"), Section.LEADER),
    "member_count": Section.TEAM,
    "patents": Section.ACHIEVEMENTS,
}
YEARS_ASKED = 15  # back from today, of a roster that dates nothing
HEADINGS = {column.key: column.heading for column in ROSTER}
LONGEST_OFFICIAL = Studio._meta.get_field("official_name").max_length


def change_of(column, held, given):
    """[before, after] when a cell says something else than the register holds, else None."""
    if not given or held == given:  # an empty cell says nothing; no column compared here can say 0
        return None
    if column in DATES:
        return terms.date_change(held or "", given)
    if column == "area_sqm":
        same = held is not None and held == Decimal(str(given)).quantize(Decimal("0.01"))
        return None if same else [None if held is None else float(held), given]
    if column in PHONES:
        same = _digits(held or "") == _digits(given)
    elif column in CODES:
        same = held == given
    else:
        same = name_key(held or "") == name_key(given)
    return None if same else [held or None, given]


def _digits(text):
    """The digits of one or several numbers, in any order."""
    return sorted("".join(filter(str.isdigit, part)) for part in text.replace(",", "、").split("、"))


@dataclass(slots=True)
class Compared:
    """What came of a row: its title, what would change, and the days of a title that changes."""

    naming_id: int | None = None
    level_id: int | None = None
    days: tuple | None = None


class Comparer:
    """Compares rows with what ``register`` holds on the day ``on``; asks through ``questions``."""

    def __init__(self, register, questions, on, undated=frozenset()):
        self.register, self.questions, self.on = register, questions, on
        self.undated = undated  # sheets that give no row a date or a document

    def compare(self, found):
        """(Compared, {column: [before, after]}) of a Found row whose unit and studio are known, or new."""
        changes = {}
        studio = self.register.studios.get(found.studio_id)
        if studio is None:
            self._check_length(found)
            compared = self._new_title(found)
            self._unit(found, changes)
            return compared, changes
        compared = self._title(found, changes)
        self._unit(found, changes)
        self._own(found, studio, changes)
        self._leader(found, studio, changes)
        self._patents(found, studio, changes)
        self._locked(found, studio, changes)
        return compared, changes

    @staticmethod
    def _check_length(found):
        """A new studio without a full name gets one made of its unit's name and its own."""
        values = found.row.values
        whole = len(values.get("unit_name") or "") + len(values.get("studio_name") or "")
        if not values.get("official_name") and whole > LONGEST_OFFICIAL:
            found.say("studio_name", "register.too_long", length=whole, limit=LONGEST_OFFICIAL)

    # -- the title --------------------------------------------------------------------------------
    def _level(self, found):
        """(Level, Stated) of the row, or None where it names no title or a wrong one."""
        values = found.row.values
        code = values.get("level")
        if not code:
            if found.unread("level"):
                return None
            if any(values.get(column) for column in terms.TITLE_COLUMNS):
                found.say("level", "register.level_missing", levels=self._ladder())
            elif found.studio_id is None:
                found.say("level", "register.no_title", grave=False)
            return None
        level = self.register.levels.get(code)
        if level is None:
            found.say("level", "register.level_unknown", levels=self._ladder())
            return None
        term = terms.stated(values)
        return (level, term) if terms.check(found, term, self.on) else None

    def _ladder(self):
        levels = sorted(self.register.levels.values(), key=lambda level: level.tier)
        return "、".join(level.name for level in levels)

    def _new_title(self, found):
        known = self._level(found)
        if known is None:
            return Compared()
        if known[1].since is None and not self._dated(found):
            return Compared()
        return Compared(level_id=known[0].id)

    def _dated(self, found):
        """Whether the year of a title without date and document is known: asked once for a whole sheet."""
        if found.unread("document_number"):
            return False
        sheet = found.row.sheet
        if sheet not in self.undated:
            found.miss("named_on", "register.named_missing")
            return False
        years = [str(self.on.year - ago) for ago in range(YEARS_ASKED)]
        choices = [(year, f"{year}年") for year in years]
        key, code = f"named:{sheet}", "layout.named_when"
        year = self.questions.ask(found, key, "named_on", code, choices, sheet=sheet)
        if year is not None:
            found.row.values["named_on"] = str(year)
        return year is not None

    def _title(self, found, changes):
        known = self._level(found)
        if known is None:
            return Compared()
        level, term = known
        titles = self.register.titles.get((found.studio_id, level.id), [])
        title = terms.pick(titles, term, self.on)
        if title is None:
            return self._further_title(found, changes, titles)
        changed = terms.compare(found, title, term, self.on)
        changes.update(changed)
        compared = Compared(title.id, level.id)
        if changed:
            compared.days = terms.days_after(title, term, changed, self.on)
            self._check_days(found, titles, compared.days, title)
        return compared

    def _further_title(self, found, changes, titles):
        compared = self._new_title(found)
        if compared.level_id:
            values = found.row.values
            term = terms.stated(values)
            changes["level"] = [None, values["level"]]
            for column in terms.TITLE_COLUMNS:
                if values.get(column) and (column, values[column]) != ("status", "live"):
                    changes[column] = [None, values[column]]
            self._check_days(found, titles, (term.first, max(term.last(self.on), term.first)))
        return compared

    @staticmethod
    def _check_days(found, titles, days, but=None):
        if other := terms.clash(titles, days, but):
            held = terms.known_since(other), terms.known_until(other) or "—"
            found.say("named_on", "register.overlap", since=held[0], until=held[1])

    # -- unit and studio --------------------------------------------------------------------------
    def _unit(self, found, changes):
        if found.unit is None:
            return
        held = (found.unit.name, *found.unit[3:])
        for column, before in zip(OF_UNIT, held, strict=True):
            given = found.row.values.get(column) if column not in found.keep else None
            if change := change_of(column, before, given):
                changes[column] = change

    def _own(self, found, studio, changes):
        values = found.row.values
        for column in OWN:
            change = change_of(column, getattr(studio, column), values.get(column))
            if change and column == "official_name" and self._also_called(found, change[1]):
                continue
            if change:
                changes[column] = change
        self._members(found, studio, values.get("member_count"), changes)

    def _also_called(self, found, name):
        """Whether this is one of the names that the studio has or had."""
        return self.register.studios_of(found.unit.id).get(name_key(name)) == found.studio_id

    def _members(self, found, studio, given, changes):
        if given is None:
            return
        entered = self.register.members.get(studio.id, 0)
        if entered:
            counted = entered + (studio.id in self.register.leaders)
            if given != counted:
                found.say("member_count", "register.team_entered", grave=False, count=counted)
            return
        alone = int(studio.id in self.register.leaders)  # what a roster shows of a studio without members
        if given != (alone if studio.stated_members is None else studio.stated_members):
            changes["member_count"] = [studio.stated_members, given]

    # -- leader and results -----------------------------------------------------------------------
    def _leader(self, found, studio, changes):
        values = found.row.values
        name = values.get("leader")
        if not name:
            return
        held = self.register.leaders.get(studio.id)
        if held is None:
            changes["leader"] = [None, name]
        elif name_key(held.name) != name_key(name):
            if not self._other_leader(found, held, name, changes):
                return
            held = None
        for column in OF_LEADER:
            if change := change_of(column, held and getattr(held, column), values.get(column)):
                changes[column] = change
        if more := self._new_honours(held, values.get("honours") or ()):
            changes["honours"] = [[], more]

    def _other_leader(self, found, held, name, changes):
        """Whether the roster's leader comes in, by an answer; else that is asked, or the held one stays."""
        key = f"leader:{found.studio_id}:{name_key(name)}"
        days = self._days_for(found, held, self.questions.answers.get(key))
        with translation.override("zh-hans"):
            choices = [(KEEP, str(LABELS[KEEP]) % {"name": held.name})]
            choices += [
                (f"{SINCE}:{day}", str(LABELS[SINCE]) % {"name": name, "date": day.isoformat()})
                for day in days
            ]
        answer = self.questions.ask(
            found,
            key,
            "leader",
            "register.leader",
            choices,
            held=held.name,
            since=held.since.isoformat(),
            name=name,
        )
        if answer is None or answer == KEEP:
            return False
        changes["leader"] = [held.name, name]
        changes["leader_since"] = [held.since.isoformat(), answer.partition(":")[2]]
        return True

    def _days_for(self, found, held, answer):
        """Days on which another leader may have taken over: after the held one began, not after today.

        The day of an answer stays one of them, whenever it was given.
        """
        kind, _colon, day = str(answer or "").partition(":")
        days = [self.on, date(self.on.year, 1, 1), date(self.on.year - 1, 1, 1)]
        days.append(terms.stated(found.row.values).first)
        if kind == SINCE:
            days.append(parse_date(day))
        fitting = {day for day in days if day and held.since + timedelta(days=1) <= day <= self.on}
        return sorted(fitting, reverse=True)

    def _new_honours(self, held, given):
        """Those of a cell's honours that the leader has not yet."""
        if held is None:
            return list(given)
        known = self.register.honours.get(held.person, ())
        return [honour for honour in given if not self._has(known, held.merits, honour)]

    @staticmethod
    def _has(known, merits, honour):
        year, name = str(honour.get("year") or ""), honour.get("name") or ""
        if not honour.get("kind") and (f"{year}年{name}" if year else name) in merits:
            return True
        return any(
            (kind == honour.get("kind") or name_key(name) in (name_key(own), name_key(label)))
            and year in ("", granted_on[:4])
            for kind, own, granted_on, label in known
        )

    def _patents(self, found, studio, changes):
        held = self.register.patents.get(studio.id, ())
        given = found.row.values.get("patents") or ()
        more = [number for number in given if patent_digits(number) not in held]
        if more:
            changes["patents"] = [[], more]

    def _locked(self, found, studio, changes):
        """What is under review stays as it was submitted."""
        if not studio.locked:
            return
        for column in [column for column in changes if SECTION_OF.get(column) in studio.locked]:
            found.say(column, "register.locked", column=HEADINGS.get(column, column))
            del changes[column]
