"""Lists by key: the next page starts after the last row, however far down it is; counts stop at 1,000."""

import base64
import binascii
import json
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

COUNT_LIMIT = 1_000
PAGE_SIZE = 20


@dataclass(frozen=True)
class Page:
    """One page, as the component ``pager`` takes it: ``newer`` and ``older`` are query strings or ""."""

    rows: list
    newer: str
    older: str
    count: int
    capped: bool


def page_of(rows, params, *, size=PAGE_SIZE):
    """A page of ``rows`` by ``updated_at`` and ``pk``, newest first; ``params`` is the request's GET."""
    ordered = rows.order_by("-updated_at", "-pk")
    after, before = _read(params.get("after")), _read(params.get("before"))
    if before:
        found = list(rows.filter(_newer(*before)).order_by("updated_at", "pk")[: size + 1])
        more_newer, more_older = len(found) > size, True
        found = found[:size][::-1]
    else:
        found = list((ordered.filter(_older(*after)) if after else ordered)[: size + 1])
        more_newer, more_older = bool(after), len(found) > size
        found = found[:size]
    return Page(
        rows=found,
        newer=_link(params, "before", found[0]) if found and more_newer else "",
        older=_link(params, "after", found[-1]) if found and more_older else "",
        **_count(rows),
    )


def _count(rows):
    count = rows.order_by()[: COUNT_LIMIT + 1].count()
    return {"count": min(count, COUNT_LIMIT), "capped": count > COUNT_LIMIT}


def _older(moment, pk):
    return Q(updated_at__lt=moment) | Q(updated_at=moment, pk__lt=pk)


def _newer(moment, pk):
    return Q(updated_at__gt=moment) | Q(updated_at=moment, pk__gt=pk)


def _link(params, name, row):
    key = json.dumps([row.updated_at.isoformat(), row.pk]).encode()
    query = params.copy()
    for other in ("after", "before"):
        query.pop(other, None)
    query[name] = base64.urlsafe_b64encode(key).decode().rstrip("=")
    return f"?{query.urlencode()}"


def _read(text):
    """(moment, pk) of a key that was made here; anything else is the first page."""
    try:
        moment, pk = json.loads(base64.urlsafe_b64decode(f"{text}==".encode()))
        moment = datetime.fromisoformat(moment)
        return (moment, int(pk)) if text and moment.tzinfo else None
    except (ValueError, TypeError, binascii.Error):
        return None
