"""Reading a dossier: rows, files, dates and amounts, always in an order that does not depend on its rows'."""

from decimal import Decimal

from studios.partial_dates import PartialDate


def moment(text):
    """A partial date, or None for a blank."""
    return PartialDate.parse(text) if text else None


def founded(dossier):
    return moment(dossier["studio"]["founded_on"])


def amount(text):
    """A decimal of at least nothing; blank is zero."""
    return Decimal(text) if text else Decimal(0)


def filled(text):
    return bool(text and text.strip())


def files_in(dossier, slot, *, achievement=None):
    """Files in a slot, by id; with ``achievement``, only those filed under it."""
    rows = [row for row in dossier["files"] if row["slot"] == slot]
    if achievement is not None:
        rows = [row for row in rows if row["achievement_id"] == achievement["id"]]
    return sorted(rows, key=lambda row: row["id"])


def cite(section, rows=(), files=()):
    """References to rows of a section and to files, as ``Finding.evidence`` has them."""
    ids = sorted({row["id"] for row in rows})
    return (
        *({"section": section, "id": number} for number in ids),
        *({"file": number} for number in sorted({row["id"] for row in files})),
    )


def distinct(items):
    """The items once each, in the order of their first appearance; for items that cannot be hashed."""
    return tuple(item for place, item in enumerate(items) if item not in items[:place])
