"""What the pages of schemes and years touch, and a scheme in the plain form that ``reviews.scoring`` reads."""

from reviews.scoring.engine import Scheme

ITEM_COLUMNS = (
    "id",
    "order",
    "code",
    "group",
    "group_en",
    "title",
    "title_en",
    "rule",
    "points",
    "params",
    "evidence",
    "is_gate",
)


def as_plain(scheme):
    """The dict of a scheme with its items in order: one query, none with the items prefetched."""
    return {
        "code": scheme.code,
        "version": scheme.version,
        "title": scheme.title,
        "title_en": scheme.title_en,
        "pass_mark": scheme.pass_mark,
        "excellent_mark": scheme.excellent_mark,
        "items": [{name: getattr(item, name) for name in ITEM_COLUMNS} for item in scheme.items.all()],
    }


def scheme_of(scheme):
    """The ``reviews.scoring`` scheme of a row of the table."""
    return Scheme.of(as_plain(scheme))
