"""Which unit and which studio a row of a roster speaks of: one that the register holds, or a new one.

Rows of one file that mean the same new unit or studio get equal keys. Names that are merely alike are asked
about, never taken for the same.
"""

import re
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from studios.choices import Tier
from studios.rosters.cells.names import name_key, unit_core, unit_key

NEW = "new"
MOST_CHOICES = 8
_WORDS = re.compile("劳动模范|劳模|工匠|技能大师|大师|职工|女职工|创新|技术|示范|工作室|和|与|暨")
LABELS = {"unit": _("a new unit"), "studio": _("a new studio")}  # written as in a roster: in Chinese
NAMES = ("studio_name", "official_name")


def studio_core(text):
    """What is left of a studio's key without the words that every studio has; for near matches alone."""
    key = name_key(text)
    return _WORDS.sub("", key) or key


@dataclass(slots=True)
class Found:
    """What a row speaks of, as far as it is known.

    ``keep`` are columns whose held value stays by an answer.
    """

    row: object
    place: object = None
    unit: object = None  # HeldUnit
    unit_key: tuple = ()
    studio_id: int | None = None
    studio_key: tuple = ()
    messages: list = field(default_factory=list)
    asked: list = field(default_factory=list)  # keys of open questions
    keep: set = field(default_factory=set)
    wrong: bool = False  # something keeps the row out

    def unread(self, column):
        """Whether the cell of ``column`` is wrong or asked about: then its value is not missing."""
        asked = getattr(self.row, "questions", ())
        return self._is_wrong(column) or any(key.startswith(f"{column}|") for key in asked)

    def _cell(self, column):
        return (getattr(self.row, "cells", None) or {}).get(column, "")

    def _is_wrong(self, column):
        cell = self._cell(column)
        return bool(cell) and any(
            message["cell"] == cell and message.get("grave") for message in self.row.messages
        )

    def miss(self, column, code, /, **values):
        """Say that a cell is missing, unless it stands there and something was said about it."""
        if not self.unread(column):
            self.say(column, code, **values)

    def say(self, column, code, /, *, grave=True, **values):
        """Note a remark about the cell of ``column``; one that was found wrong already is not told twice."""
        self.wrong = self.wrong or grave
        if grave and self._is_wrong(column):
            return
        message = {"cell": self._cell(column), "found": text_of(self.row, column), "code": code}
        self.messages.append({**message, "values": values, "grave": grave})


def text_of(row, column):
    """The text of a cell as it stands in the sheet."""
    value = row.raw.get(column, row.values.get(column))
    return "" if value is None else str(value)


class Questions:
    """Questions of a whole file, each asked once, with the answers that were given."""

    def __init__(self, answers):
        self.answers = answers or {}
        self.asked = {}

    def ask(self, found, key, column, code, choices, /, **values):
        """The answer, or None when it is open; ``choices`` are (value, label)."""
        question = self.asked.get(key)
        if question is None:
            question = self.asked[key] = {
                "key": key,
                "column": column,
                "found": text_of(found.row, column),
                "code": code,
                "values": values,
                "choices": [list(choice) for choice in choices],
                "rows": 0,
            }
        question["rows"] += 1
        answer = self.answers.get(key)
        if any(str(value) == str(answer) for value, _label in question["choices"]):
            return answer
        found.asked.append(key)
        return None


def new_label(what):
    """The words of the choice "none of these" as they stand in rosters."""
    with translation.override("zh-hans"):
        return str(LABELS[what])


class Finder:
    """Finds what rows speak of, one after the other, and remembers what is new."""

    def __init__(self, register, questions):
        self.register, self.questions = register, questions
        self._units = {}  # {(place, key): (key tuple, name, row)} of new units
        self._owners = {}  # {credit code: (unit key, name)} of the file
        self._codes = {}  # {unit key: credit code} of the file
        self._cores = {}  # {(place, core): [the same]}
        self._studios = {}  # {unit key: {name key: studio key}}

    def find(self, row):
        """The Found of a row; what could not be found is said in its messages or asked."""
        found = Found(row)
        if not any(row.values.get(name) for name in NAMES):
            found.miss("studio_name", "register.studio_missing")
        elif self._place(found) and self._unit(found):
            self._studio(found)
        return found

    # -- where ------------------------------------------------------------------------------------
    def _place(self, found):
        """Whether the row lies where this import reaches; the place itself may still be open."""
        register, code = self.register, found.row.values.get("union_code")
        if code:
            found.place = register.places.get(code)
            if found.place is None:
                name = register.tree.get(code, code)
                found.say("union_code", "register.out_of_scope", place=name, union=register.union.name)
            return found.place is not None
        if found.unread("union_code"):
            return False
        if len(register.places) == 1 or register.union.tier == Tier.COUNTY:
            found.place = register.by_id[register.union.pk]
        return True

    # -- the unit ---------------------------------------------------------------------------------
    def _unit(self, found):
        values = found.row.values
        if (code := values.get("credit_code")) and code in self.register.owners:
            return self._owner(found, self.register.owners[code])
        if not values.get("unit_name"):
            return self._unit_of_studio(found)
        key = unit_key(values["unit_name"])
        if found.place is None and not self._place_of(found, key):
            return False
        held = self.register.units_named(found.place.id, key)
        if len(held) > 1:
            return self._which(found, held)
        if held:
            return self._take(found, self.register.units[held[0]])
        return self._new_unit(found, key)

    def _owner(self, found, unit):
        """The unit that holds the row's credit code; None stands for one that this import cannot see."""
        row = found.row
        if unit is None:
            found.say("credit_code", "register.code_elsewhere")
            return False
        key = unit_key(row.values.get("unit_name") or unit.name)
        named = self.register.units_named(found.place.id, key) if found.place else ()
        other = named and unit.id not in named
        if (found.place and unit.place != found.place.id) or other:
            place = self.register.by_id[unit.place].name
            found.say("credit_code", "register.code_of", unit=unit.name, place=place)
            return False
        if key != unit_key(unit.name):
            choices = [("held", unit.name), ("roster", row.values["unit_name"])]
            asked = f"unit_name:{unit.id}:{key}"
            answer = self.questions.ask(
                found, asked, "unit_name", "register.unit_name", choices, held=unit.name
            )
            if answer is None:
                return False
            if answer == "held":
                found.keep.add("unit_name")
        return self._take(found, unit)

    def _take(self, found, unit):
        code = found.row.values.get("credit_code")
        if code and unit.credit_code and code != unit.credit_code:
            found.say("credit_code", "register.code_differs", held=unit.credit_code)
            return False
        if code and not self._one_code(found, code, ("unit", unit.id), unit.name):
            return False
        found.unit, found.unit_key = unit, ("unit", unit.id)
        found.place = self.register.by_id[unit.place]
        return True

    def _which(self, found, ids):
        """Several units of one name: ask, unless the credit code told."""
        units = [self.register.units[pk] for pk in ids[:MOST_CHOICES]]
        choices = [(f"unit:{unit.id}", f"{unit.name} {unit.credit_code}".strip()) for unit in units]
        key = f"unit:{found.place.code}:{unit_key(found.row.values['unit_name'])}"
        answer = self.questions.ask(found, key, "unit_name", "register.which_unit", choices)
        return bool(answer) and self._take(found, self.register.units[int(answer.split(":")[1])])

    def _place_of(self, found, key):
        """The one place whose unit has this name, where the row says none."""
        held = [pk for place in self.register.by_id for pk in self.register.units_named(place, key)]
        places = {self.register.units[pk].place for pk in held}
        if len(places) == 1:
            found.place = self.register.by_id[places.pop()]
        else:
            names = "、".join(place.name for place in list(self.register.places.values())[:20])
            found.say("union_code", "register.place_missing", names=names)
        return found.place is not None

    def _new_unit(self, found, key):
        """A unit that the register does not hold: one of an earlier row, one that is merely alike, or new."""
        values, place = found.row.values, found.place
        code, name = values.get("credit_code") or "", values["unit_name"]
        known = self._units.get((place.id, key))
        if known is None and self._owners.get(code, ((),))[0][:2] == (NEW, place.id):
            known = (*self._owners[code], code)
        if known is None:
            known = self._alike(found, key, code)
            if known is None:
                return False
        if known == NEW:
            known = ((NEW, place.id, key), name, code)
        if isinstance(known, int):
            return self._take(found, self.register.units[known])
        self._units.setdefault((place.id, key), known)
        core = self._cores.setdefault((place.id, unit_core(name, place.near)), [])
        if known not in core:
            core.append(known)
        if code and not self._one_code(found, code, known[0], known[1]):
            return False
        found.unit_key = known[0]
        return True

    def _one_code(self, found, code, key, name):
        """Note whose credit code this is; in one file it cannot be that of two units, nor a unit have two."""
        owner = self._owners.setdefault(code, (key, name))
        if owner[0] != key:
            found.say("credit_code", "register.code_in_file", unit=owner[1])
        elif self._codes.setdefault(key, code) != code:
            found.say("credit_code", "register.code_differs_in_file", code=self._codes[key])
        return not found.wrong

    def _alike(self, found, key, code):
        """NEW, the id of a unit of the register, or a new one of the file; None while that is asked."""
        register, place = self.register, found.place
        core = unit_core(found.row.values["unit_name"], place.near)
        held = [
            register.units[pk]
            for pk in register.units_near(place, core)
            if not (code and register.units[pk].credit_code)  # two codes: two units
        ]
        fresh = [one for one in self._cores.get((place.id, core), ()) if not (code and one[2])]
        if not held and not fresh:
            return NEW
        choices = [(f"unit:{unit.id}", unit.name) for unit in held]
        choices += [(f"name:{one[0][2]}", one[1]) for one in fresh]
        choices = [*choices[:MOST_CHOICES], (NEW, new_label("unit"))]
        answer = self.questions.ask(
            found, f"unit:{place.code}:{key}", "unit_name", "register.near_unit", choices
        )
        if answer is None or answer == NEW:
            return answer
        kind, _colon, which = answer.partition(":")
        return int(which) if kind == "unit" else next(one for one in fresh if one[0][2] == which)

    def _unit_of_studio(self, found):
        """Without a unit: the studio's name leads to it, where only one studio has it."""
        register, row = self.register, found.row
        keys = [name_key(row.values[name]) for name in NAMES if row.values.get(name)]
        held = register.studios_named(keys, found.place and found.place.id)
        if not held:
            unit = register.unit_before(keys, found.place and found.place.id)
            if unit is not None:
                return self._take(found, unit)
            where = found.place.name if found.place else register.union.name
            found.miss("unit_name", "register.unit_missing", place=where)
            return False
        pk = held[0]
        if len(held) > 1:
            choices = [
                (f"studio:{one}", f"{register.units[register.unit_of[one]].name} {keys[0]}")
                for one in held[:MOST_CHOICES]
            ]
            where = found.place.code if found.place else ""
            key = f"studio:{where}:{keys[0]}"
            answer = self.questions.ask(found, key, "studio_name", "register.which_studio", choices)
            if answer is None:
                return False
            pk = int(answer.split(":")[1])
        found.studio_id = pk
        return self._take(found, register.units[register.unit_of[pk]])

    # -- the studio -------------------------------------------------------------------------------
    def _studio(self, found):
        """The studio of the unit by any of its names; the unit's name may stand in front."""
        if found.studio_id is None:
            values = found.row.values
            mine = self._names_of(found)
            keys = [key for name in NAMES if values.get(name) for key in self._forms(values[name], mine)]
            known = self._known(found)
            hit = next((known[key] for key in keys if key in known), None)
            hit = hit if hit is not None else self._near_studio(found, keys, known)
            if hit is None:
                return
            if hit == NEW:
                hit = (NEW, found.unit_key, keys[-1] if not values.get("studio_name") else keys[0])
            if isinstance(hit, tuple):
                for key in keys:
                    self._studios.setdefault(found.unit_key, {}).setdefault(key, hit)
                found.studio_key = hit
                return
            found.studio_id = hit
        found.studio_key = ("studio", found.studio_id)

    def _names_of(self, found):
        """Keys of the unit's names."""
        names = [found.row.values.get("unit_name"), found.unit and found.unit.name]
        return [unit_key(name) for name in names if name]

    @staticmethod
    def _forms(name, units):
        """The key of a studio's name without its unit's name in front, and as it is."""
        key = name_key(name)
        rest = next((key.removeprefix(unit) for unit in units if key.startswith(unit)), "")
        return [rest, key] if len(rest) > 1 else [key]

    def _known(self, found):
        """{name key: studio id, or key of a new studio} of the unit."""
        known = dict(self._studios.get(found.unit_key, ()))
        if found.unit:
            mine = self._names_of(found)
            for key, pk in self.register.studios_of(found.unit.id).items():
                for form in self._forms(key, mine):
                    known.setdefault(form, pk)
        return known

    def _near_studio(self, found, keys, known):
        """NEW, or the studio that an answer says it is; None while that is asked."""
        core = studio_core(keys[0])
        alike = {hit: key for key, hit in known.items() if studio_core(key) == core}
        if not alike:
            return NEW
        held = self.register.names
        choices = [
            (f"studio:{hit}", held[hit]) if isinstance(hit, int) else (f"name:{hit[2]}", hit[2])
            for hit in list(alike)[:MOST_CHOICES]
        ]
        where = found.unit.id if found.unit else f"{found.place.code}:{found.unit_key[2]}"
        answer = self.questions.ask(
            found,
            f"studio:{where}:{keys[0]}",
            "studio_name",
            "register.near_studio",
            [*choices, (NEW, new_label("studio"))],
        )
        if answer is None or answer == NEW:
            return answer
        kind, _colon, which = answer.partition(":")
        if kind == "studio":
            return int(which)
        return next(hit for hit in alike if isinstance(hit, tuple) and hit[2] == which)
