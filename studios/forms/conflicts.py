"""Two versions of one part side by side: what one person typed, what another saved meanwhile."""

from dataclasses import dataclass

from django.forms import BooleanField
from django.utils.translation import gettext as _


@dataclass(frozen=True)
class Difference:
    """One field (or whole row) that differs, as both sides show it; "" is empty."""

    label: str
    mine: str
    theirs: str


def shown(bound):
    """The value of a bound field as words."""
    value = bound.value()
    if isinstance(bound.field, BooleanField):
        return _("yes") if value and value != "False" else _("no")
    choices = dict(flat(getattr(bound.field, "choices", ())))
    if choices:
        return str(choices.get(str(value), "") if value not in (None, "") else "")
    return "" if value is None else str(value).strip()


def flat(choices):
    """Choices without their groups, keyed by text."""
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from flat(label)
        else:
            yield str(value), label


def side_by_side(mine, theirs, titles):
    """The differences between two ``Part`` objects; ``titles`` names the rows of each list."""
    found = _fields(mine.main, theirs.main, "") if mine.main else []
    for name, rows in mine.lists.items():
        found += _rows(rows, theirs.lists[name], titles[name])
    return found


def _fields(mine, theirs, before):
    found = []
    for bound in mine.visible_fields():
        other = shown(theirs[bound.name]) if bound.name in theirs.fields else ""
        if bound.name != "DELETE" and shown(bound) != other:
            found.append(Difference(f"{before}{bound.label}", shown(bound), other))
    return found


def _rows(mine, theirs, title):
    known = {str(row["id"].value()): row for row in theirs.forms}
    found = []
    for number, row in enumerate(mine.live_forms, 1):
        before = _("%(title)s %(number)d, ") % {"title": title, "number": number}
        other = known.pop(str(row["id"].value() or "new"), None)
        if other is not None:
            found += _fields(row, other, before)
        elif row.has_changed():
            found.append(Difference(f"{title} {number}", in_brief(row), ""))
    for row in mine.gone_forms:
        other = known.pop(str(row["id"].value()), None)
        if other is not None:
            found.append(Difference(title, _("removed"), in_brief(other)))
    return found + [Difference(title, "", in_brief(row)) for row in known.values()]


def in_brief(row):
    """A whole row in one line."""
    return " · ".join(
        filter(None, (shown(bound) for bound in row.visible_fields() if bound.name != "DELETE"))
    )
