"""Names of the symbols in static/img/icons.svg; a test compares the two."""

from django.template import TemplateSyntaxError

ICONS = frozenset(
    [
        "alert",
        "award",
        "back",
        "bell",
        "building",
        "bulb",
        "calendar",
        "cap",
        "chart",
        "check",
        "check-circle",
        "clock",
        "down",
        "download",
        "edit",
        "eye",
        "file",
        "filter",
        "flag",
        "globe",
        "history",
        "home",
        "image",
        "inbox",
        "info",
        "key",
        "left",
        "list",
        "lock",
        "logout",
        "mail",
        "menu",
        "minus-circle",
        "phone",
        "pin",
        "plus",
        "print",
        "qr",
        "refresh",
        "right",
        "save",
        "scale",
        "search",
        "send",
        "shield",
        "text-size",
        "trash",
        "upload",
        "user",
        "users",
        "wrench",
        "x",
        "x-circle",
    ]
)


def check_icon(name):
    """``name`` itself, or TemplateSyntaxError: a misspelt icon must not become an empty square."""
    if name not in ICONS:
        raise TemplateSyntaxError(f"Unknown icon {name!r}; known: {', '.join(sorted(ICONS))}")
    return name
