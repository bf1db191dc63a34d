"""Rows that say the same studio twice: exact repeats are skipped, contradictions are errors."""

from studios.resources.columns import ROSTER
from studios.rosters.cells.names import name_key
from studios.rosters.cells.understood import Remark
from studios.rosters.remarks import HEADING

OURS = f"?{HEADING}"  # what we said about each row, when the office sends it back
_SHOWN = 4  # columns named in the remark
_HEADINGS = {column.key: column.heading for column in ROSTER}


def mark(rows):
    """Mark the later of two rows of one studio, unit and level: skipped when equal, an error when not.

    Two titles of one level stand beside each other when the first ended before the second was named.
    """
    first = {}
    for row in rows:
        values = row.values
        studio = values.get("studio_name")
        if row.skipped or not studio:
            continue
        key = (
            name_key(studio),
            name_key(values.get("unit_name")),
            values.get("union_code"),
            values.get("level"),
        )
        if not any(_settle(earlier, row) for earlier in first.setdefault(key, [])):
            first[key].append(row)


def _settle(earlier, row):
    """Mark ``row`` if it repeats or contradicts ``earlier``; whether it did."""
    differing = _differing(earlier, row)
    where = {"row": earlier.row, "sheet": earlier.sheet}
    if not differing:
        row.skipped = Remark("layout.repeats", where)
        row.messages, row.questions = [], []
        return True
    if _one_after_the_other(earlier.values, row.values):
        return False
    names = [_HEADINGS.get(key, key.removeprefix("?")) for key in differing[:_SHOWN]]
    what = {**where, "columns": "、".join(names)}
    row.say("layout.differs", what, key="studio_name", found=row.values["studio_name"], grave=True)
    return True


def _differing(earlier, later):
    """The keys of columns in which two rows differ, by value or, where there is none, by text."""
    keys = [*earlier.values, *(key for key in later.values if key not in earlier.values)]
    found = [key for key in keys if key != "serial" and _said(earlier, key) != _said(later, key)]
    unknown = {key for row in (earlier, later) for key in row.raw if key.startswith("?")} - {OURS}
    return found + sorted(key for key in unknown if earlier.raw.get(key) != later.raw.get(key))


def _said(row, key):
    value = row.values.get(key)
    return row.raw.get(key) if value in (None, []) else value


def _one_after_the_other(one, other):
    """Whether one title ended before the other began, as far as their texts tell."""
    for before, after in ((one, other), (other, one)):
        ended, named = before.get("revoked_on"), after.get("named_on")
        if ended and named and ended[: len(named)] <= named[: len(ended)]:
            return True
    return False
