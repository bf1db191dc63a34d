"""Keyset paging for lists: no OFFSET, so the thousandth page costs what the first does; counts are capped."""

from dataclasses import dataclass

from django.core import signing
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Q
from django.utils.dateparse import parse_datetime

SALT = "portal.ui.paging"
COUNT_CAP = 1000


@dataclass
class Page:
    """Rows of one page; ``newer`` and ``older`` are addresses ("?after=…") or "", as {% pager %} takes them.

    ``count`` stops at ``COUNT_CAP``, then ``capped`` is true.
    """

    rows: list
    newer: str = ""
    older: str = ""
    count: int = 0
    capped: bool = False

    def __iter__(self):
        return iter(self.rows)

    def __len__(self):
        return len(self.rows)


def asked(request, name, limit=60):
    """A word of the address as it can be searched for: trimmed, and without NUL, which PostgreSQL refuses."""
    return request.GET.get(name, "").replace("\x00", "").strip()[:limit]


def page_of(request, rows, *, keys, size=25, counted=True):
    """The page of a queryset that the address asks for.

    ``keys`` are the fields of the order, such as ("-asked_at", "-pk"): never null, the last one
    unique; paths ("union__path") must be in ``select_related``. A cursor that is not one of ours
    leads to the first page. Costs one query, and one more for the count.
    """
    backwards = "before" in request.GET
    cursor = read_cursor(request.GET.get("before") or request.GET.get("after"), len(keys))
    backwards = backwards and cursor is not None
    order = [flipped(key) for key in keys] if backwards else list(keys)
    wanted = rows.order_by(*order)
    if cursor is not None:
        wanted = wanted.filter(beyond(order, cursor))
    found = list(wanted[: size + 1])
    more, found = len(found) > size, found[:size]
    if backwards:
        found.reverse()
    page = Page(rows=found)
    if found:
        has_newer, has_older = (more, True) if backwards else (cursor is not None, more)
        page.newer = address(request, "before", found[0], keys) if has_newer else ""
        page.older = address(request, "after", found[-1], keys) if has_older else ""
    if counted:
        page.count = rows.order_by()[: COUNT_CAP + 1].count()
        page.capped = page.count > COUNT_CAP
        page.count = min(page.count, COUNT_CAP)
    return page


def flipped(key):
    """The key with its direction turned round."""
    return key[1:] if key.startswith("-") else f"-{key}"


def beyond(order, cursor):
    """The ``Q`` of rows that come after the cursor in this order."""
    found, equal = Q(pk__in=[]), Q()
    for key, value in zip(order, cursor, strict=True):
        name = key.lstrip("-")
        found |= equal & Q(**{f"{name}__{'lt' if key.startswith('-') else 'gt'}": value})
        equal &= Q(**{name: value})
    return found


def address(request, direction, row, keys):
    """The query string of the neighbouring page, all filters kept."""
    query = request.GET.copy()
    for name in ("before", "after"):
        query.pop(name, None)
    query[direction] = signing.dumps([value_of(row, key) for key in keys], salt=SALT, serializer=Json)
    return f"?{query.urlencode()}"


def value_of(row, key):
    """A row's value for a key of the order."""
    for part in key.lstrip("-").split("__"):
        row = getattr(row, part)
    return row


def read_cursor(text, length):
    """The values in a cursor, or None when it is not one of ours for this order."""
    if not text:
        return None
    try:
        values = signing.loads(text, salt=SALT, serializer=Json)
    except signing.BadSignature:
        return None
    return values if len(values) == length else None


class Json:
    """Serialiser of cursors: dates and times come back as what they were."""

    def dumps(self, values):
        return DjangoExact(separators=(",", ":")).encode(values).encode()

    def loads(self, data):
        values = signing.JSONSerializer().loads(data)
        return [parse_datetime(v["at"]) if isinstance(v, dict) else v for v in values]


class DjangoExact(DjangoJSONEncoder):
    """Times with their microseconds: a cut-off time would repeat or skip rows."""

    def default(self, value):
        if hasattr(value, "tzinfo"):
            return {"at": value.isoformat()}
        return super().default(value)
