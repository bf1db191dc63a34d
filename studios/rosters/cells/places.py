"""Unions by any name that rosters give them: official, short, alias, code, or bare root."""

import re

from studios.rosters.cells.folding import fold
from studios.rosters.cells.names import name_key
from studios.rosters.cells.regions import REGION
from studios.rosters.cells.understood import NOTHING, Understood, ask, is_blank, wrong

_COUNT = re.compile(r"\(?共?[0-9]+[个家]?\)?$")
_UNION = re.compile("(?:总工会|工会委员会|工会)$")
_DIVISION = re.compile("(?:自治区|[旗县区市])$")
_BASE, _COUNTY = 1, 2  # tiers
_MOST = 20


class Gazetteer:
    """Finds unions. ``rows``: dicts with code, tier, name, short_name, aliases, kind and parent (a code)."""

    def __init__(self, rows):
        self.rows = {row["code"]: row for row in rows}
        self._exact, self._without = {}, {}
        for code, row in self.rows.items():
            for name in self._names(row):
                self._add(self._exact, name, code)
                bare = _UNION.sub("", name)
                self._add(self._without, bare, code)
                self._add(self._without, _DIVISION.sub("", bare), code)
        heads = {name_key(region) for region in REGION}
        for row in self.rows.values():
            if row["tier"] > _COUNTY:
                heads |= {_UNION.sub("", name) for name in self._names(row)} - {""}
        self._heads = sorted(heads, key=len, reverse=True)
        self._found = {}

    @staticmethod
    def _names(row):
        written = (row["code"], row["name"], row.get("short_name"), *(row.get("aliases") or ()))
        return {name_key(name) for name in written if name}

    @staticmethod
    def _add(index, key, code):
        if len(key) > 1:
            index.setdefault(key, set()).add(code)

    def within(self, codes):
        """A gazetteer of the unions ``codes`` and all below them."""
        codes = set(codes)
        return Gazetteer([row for row in self.rows.values() if self._line(row["code"]) & codes])

    def _line(self, code):
        """A union and all above it."""
        line = set()
        while code in self.rows and code not in line:
            line.add(code)
            code = self.rows[code].get("parent")
        return line

    def find(self, raw):
        """The code of the one union that the cell names; a name of several is asked about."""
        if is_blank(raw):
            return NOTHING
        text = fold(raw)
        if text not in self._found:
            self._found[text] = self._find(text)
        return self._found[text]

    def _find(self, text):
        key = name_key(text)
        shorter = name_key(_COUNT.sub("", text))
        for written in dict.fromkeys(
            candidate for one in (key, shorter) for candidate in self._unprefixed(one)
        ):
            codes = self._exact.get(written) or self._loosely(written)
            if codes:
                return self._one_of(codes, text)
        partly = {
            code for name, codes in self._exact.items() if len(key) > 1 and key in name for code in codes
        }
        if partly and len(partly) <= _MOST:
            return self._ask(partly, text)
        return wrong("place.unknown", names="、".join(self.expected()))

    def _unprefixed(self, key):
        """The text itself, then without the names of region and city in front of it."""
        yield key
        found = True
        while found:
            found = next(
                (head for head in self._heads if key.startswith(head) and len(key) > len(head) + 1), None
            )
            if found:
                key = key.removeprefix(found).removeprefix("市")
                yield key

    def _loosely(self, key):
        """Unions whose name is the text but for 总工会 or 旗; for a bare root all that share it."""
        bare = _UNION.sub("", key)
        codes = self._exact.get(bare) or self._without.get(bare)
        if not codes:
            return set()
        if bare in self._exact or _DIVISION.search(bare):
            return codes
        return codes | {
            code for name, those in self._exact.items() if name.startswith(bare) for code in those
        }

    def _one_of(self, codes, text):
        return Understood(next(iter(codes))) if len(codes) == 1 else self._ask(codes, text)

    def _ask(self, codes, text):
        rows = sorted((self.rows[code] for code in codes), key=lambda row: (-row["tier"], row["code"]))
        choices = [(row["code"], row["name"]) for row in rows[:_MOST]]
        return ask(f"place:{name_key(text)}", "place.several", choices, found=text)

    def expected(self):
        """Short names of the unions above the units, for a sentence."""
        rows = [row for row in self.rows.values() if row["tier"] > _BASE] or list(self.rows.values())
        return [row.get("short_name") or row["name"] for row in rows[:_MOST]]
