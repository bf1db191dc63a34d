"""Component tags for uploaded files; load them with {% load ui_files %}."""

from django import template
from django.template import TemplateSyntaxError

register = template.Library()

STATES = {"ready", "checking", "refused"}


def look(file):
    """What the file components print. file: an object or dict with name, size (bytes), media_type, and
    optional url, thumb_url, state (ready, checking, refused), reason, poll_url, remove_url, detail."""

    def get(name, default=""):
        return (file.get(name) if hasattr(file, "get") else getattr(file, name, None)) or default

    state = get("state", "ready")
    if state not in STATES:
        raise TemplateSyntaxError(f"Unknown file state {state!r}; known: {', '.join(sorted(STATES))}")
    media_type = get("media_type")
    kind = "pdf" if media_type == "application/pdf" else "img" if media_type.startswith("image/") else "doc"
    names = ("name", "url", "thumb_url", "reason", "poll_url", "remove_url", "detail")
    return {
        **{name: get(name) for name in names},
        "size": get("size", 0),
        "state": state,
        "kind": kind,
        "icon": "image" if kind == "img" else "file",
        "id": get("id"),
    }


@register.inclusion_tag("components/file_row.html")
def file_row(file, removable=True):
    """A row of an upload list (<ul data-upload-list>): name, state, remove button (a submit button)."""
    return {**look(file), "removable": removable}


@register.inclusion_tag("components/file_link.html")
def file_link(file):
    """A file as evidence, an item of <ul class="files">: opens the checked copy."""
    return look(file)


@register.inclusion_tag("components/drop.html")
def drop_zone(name="file", *, accept="", hint="", base_id="", multiple=True):
    """The file input of a <form data-upload>: a plain input without JavaScript, a drop zone with it."""
    return {
        "name": name,
        "accept": accept,
        "hint": hint,
        "base_id": base_id or f"id_{name}",
        "multiple": multiple,
    }
