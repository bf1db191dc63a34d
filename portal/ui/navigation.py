"""Registry of the workspace navigation: apps enter their pages here, the shell asks what a user sees."""

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import groupby

from django.urls import NoReverseMatch, reverse

from .icons import check_icon


@dataclass(frozen=True)
class Entry:
    """One link of the side navigation. ``count`` gives the number in its badge, 0 hides the badge."""

    order: int
    section: str
    label: str
    icon: str
    url_name: str
    shown: Callable
    count: Callable | None = None


@dataclass
class Link:
    """An entry as one user sees it on one page."""

    entry: Entry
    url: str
    count: int
    current: str = ""  # value of aria-current: "page" on the page itself, "true" below it


@dataclass
class Providers:
    """Callables of a user that fill the top bar; each is asked at most once a page."""

    unread: Callable | None = None
    place: Callable | None = None
    owner: Callable | None = None
    entries: dict = field(default_factory=dict)


_providers = Providers()


def everyone(user):
    """Shown to every signed-in person."""
    return True


def register(order, section, label, icon, url_name, *, shown=everyone, count=None):
    """Enter a page. Same ``url_name`` again replaces the entry, so importing twice is harmless."""
    _providers.entries[url_name] = Entry(order, section, label, check_icon(icon), url_name, shown, count)


def register_unread(count):
    """``count(user)`` is the number on the bell."""
    _providers.unread = count


def register_place(name):
    """``name(user)`` is the union or unit shown in the top bar, "" for none."""
    _providers.place = name


def register_owner(name):
    """``name(user)`` is the union that runs this portal, shown in the brand and the footer."""
    _providers.owner = name


def unread_for(user):
    return _providers.unread(user) if _providers.unread else 0


def place_of(user):
    return _providers.place(user) if _providers.place else ""


def owner_for(user):
    return _providers.owner(user) if _providers.owner else ""


def sections_for(user, path):
    """[(section title, [Link, ...]), ...] in order; entries whose URL is not routed yet are left out."""
    links = []
    for entry in sorted(_providers.entries.values(), key=lambda e: e.order):
        if not entry.shown(user):
            continue
        try:
            url = reverse(entry.url_name)
        except NoReverseMatch:
            continue
        links.append(Link(entry, url, entry.count(user) if entry.count else 0))
    _mark_current(links, path)
    return [(title, list(group)) for title, group in groupby(links, key=lambda link: str(link.entry.section))]


def _mark_current(links, path):
    """The entry with the longest URL that starts ``path`` is the current one."""
    above = [link for link in links if path.startswith(link.url)]
    if above:
        nearest = max(above, key=lambda link: len(link.url))
        nearest.current = "page" if nearest.url == path else "true"
