"""One page of messages or mails: keyset paging, the same two queries for one row and for fifty."""

import re
from dataclasses import dataclass

from django.db.models import Q

from portal.messages.models import IS_UNREAD, Mail, Message

PAGE = 20
PLACE = re.compile(r"([ur])(\d{1,18})")


@dataclass(frozen=True, slots=True)
class Page:
    """``rows`` of one page; ``newer`` and ``older`` are query strings, "" at the ends."""

    rows: list
    newer: str = ""
    older: str = ""


def message_page(user, *, before="", after=""):
    """The person's messages, unread first, newest first; places look like ``u17`` (unread) and ``r9``."""
    messages = Message.objects.visible_to(user).annotate(is_unread=IS_UNREAD)
    return _page(
        messages,
        order=("-is_unread", "-pk"),
        backwards=("is_unread", "pk"),
        place=lambda message: f"{'u' if message.read_at is None else 'r'}{message.pk}",
        below=_below(before),
        above=_above(after),
    )


def mail_page(*, before="", after=""):
    """All mails, newest first, for the demonstration's outbox."""
    mails = Mail.objects.select_related("invitation__user")
    below, above = _number(before), _number(after)
    return _page(
        mails,
        order=("-pk",),
        backwards=("pk",),
        place=lambda mail: f"u{mail.pk}",
        below=Q(pk__lt=below) if below else None,
        above=Q(pk__gt=above) if above else None,
    )


def _page(rows, *, order, backwards, place, below, above):
    """``below`` and ``above`` are conditions for what comes after or before the page that was left."""
    if above is not None:
        found = list(rows.filter(above).order_by(*backwards)[: PAGE + 1])
        more_above, more_below = len(found) > PAGE, True
        found = found[:PAGE][::-1]
    else:
        found = list((rows.filter(below) if below is not None else rows).order_by(*order)[: PAGE + 1])
        more_above, more_below = below is not None, len(found) > PAGE
        found = found[:PAGE]
    return Page(
        found,
        newer=f"?after={place(found[0])}" if found and more_above else "",
        older=f"?before={place(found[-1])}" if found and more_below else "",
    )


def _below(place):
    match = PLACE.fullmatch(place)
    if not match:
        return None
    rest = Q(read_at__isnull=False)
    same = Q(pk__lt=int(match[2]))
    return rest & same if match[1] == "r" else (Q(read_at=None) & same) | rest


def _above(place):
    match = PLACE.fullmatch(place)
    if not match:
        return None
    unread = Q(read_at=None)
    same = Q(pk__gt=int(match[2]))
    return unread & same if match[1] == "u" else unread | (Q(read_at__isnull=False) & same)


def _number(place):
    match = PLACE.fullmatch(place)
    return int(match[2]) if match else 0
