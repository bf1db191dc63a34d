"""What changed between two frozen dossiers: part by part, rows matched by id, values in words."""

from dataclasses import dataclass, field

from reviews.dossier_words import PARTS

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True)
class Value:
    """One value that differs: old and new in words."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Change:
    """A row (or the part itself, then ``heading`` is "") that was added, removed or changed."""

    kind: str
    heading: str
    values: tuple


@dataclass
class PartChanges:
    """The changes of one part of the dossier."""

    title: str
    changes: list = field(default_factory=list)


def compare(old, new):
    """The ``PartChanges`` that are not empty, in the order of the form."""
    found = [PartChanges(str(part.title), list(changes_of(part, old, new))) for part in PARTS]
    return [part for part in found if part.changes]


def changes_of(part, old, new, above=""):
    """The changes of ``part`` between the dicts that hold it."""
    before, after = old.get(part.name), new.get(part.name)
    if not part.many:
        yield from _single(part, before or {}, after or {})
        return
    before, after = _by_key(part, before), _by_key(part, after)
    for key in [*after, *(key for key in before if key not in after)]:
        yield from _row(part, before.get(key), after.get(key), above)


def _single(part, before, after):
    values = tuple(_values(part, before, after))
    if values:
        yield Change(CHANGED if before and after else ADDED if after else REMOVED, "", values)
    for inner in part.parts:
        yield from changes_of(inner, before, after)


def _row(part, before, after, above):
    heading = " · ".join(text for text in (above, part.heading(after or before)) if text)
    kind = CHANGED if before and after else ADDED if after else REMOVED
    values = tuple(_values(part, before or {}, after or {}))
    if values or kind != CHANGED:
        yield Change(kind, heading, values)
    for inner in part.parts:
        yield from changes_of(inner, before or {}, after or {}, heading)


def _values(part, before, after):
    for column in part.columns:
        old, new = (column.show(row.get(column.name)) if row else "" for row in (before, after))
        if old != new:
            yield Value(str(column.label), old, new)


def _by_key(part, rows):
    return {row[part.key]: row for row in rows or ()}


def summary(parts):
    """``{"added": n, "removed": n, "changed": n}`` over all parts."""
    kinds = [change.kind for part in parts for change in part.changes]
    return {kind: kinds.count(kind) for kind in (ADDED, REMOVED, CHANGED)}
