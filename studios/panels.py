"""What the apps above show on a studio's pages: they register it here, so that studios need not know them.

    register_panel("standards", build, places=(FORM, DETAIL), order=10)

``build(request, studio)`` returns ``(template name, context)``, or None to show nothing. The template is
rendered with the request inside ``<div id="panel-<name>">``. Beside the form it is rendered again after
each save. A context may carry ``missing``: ``{section: how many things are missing}``, for the list of
sections.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.template.loader import render_to_string

DETAIL = "detail"  # the overview of a studio
FORM = "form"  # beside the sections of the form
LEDGER = "ledger"  # the year view of the ledger
PLACES = (DETAIL, FORM, LEDGER)


@dataclass(frozen=True)
class Entry:
    """One registered panel."""

    name: str
    build: Callable
    places: tuple
    order: int


@dataclass(frozen=True)
class Panel:
    """A panel as it stands for one studio and reader."""

    name: str
    html: str
    missing: dict | None = None


_entries = {}


def register_panel(name, build, *, places=(DETAIL,), order=0):
    """Enter a panel; the same name again replaces it. ``name`` is part of an element id."""
    unknown = set(places) - set(PLACES)
    if unknown:
        raise ValueError(f"Unknown places: {unknown}")
    _entries[name] = Entry(name, build, tuple(places), order)


def panels_for(place, request, studio):
    """The panels of a place, rendered, in order."""
    panels = []
    for entry in sorted(_entries.values(), key=lambda entry: entry.order):
        built = entry.build(request, studio) if place in entry.places else None
        if built is not None:
            template, context = built
            html = render_to_string(template, {"studio": studio, "place": place, **context}, request)
            panels.append(Panel(entry.name, html, context.get("missing")))
    return panels
