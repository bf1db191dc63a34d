"""From template and stored values to text in the reader's language.

Values are stored so that they can be worded later: dates as dates, translatable words as their msgid, things
with a Chinese and an English name as both.
"""

from datetime import date, datetime

from django.utils import timezone, translation
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext

from portal.messages.registry import TEMPLATES


def storable(values):
    """The values as plain JSON; takes text, numbers, dates, lazy translations, objects with a ``name``."""
    return {name: _storable(value) for name, value in values.items()}


def _storable(value):
    if isinstance(value, Promise):
        with translation.override(None):  # no language: the msgid itself
            return {"words": str(value)}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else value
    if hasattr(value, "name"):
        english = getattr(value, "name_en", "")
        return {"zh": value.name, "en": english} if english else value.name
    raise TypeError(f"A message cannot carry {value!r}")


class _Places(dict):
    """The values for the named places; a place that an older row has no value for shows an ellipsis."""

    def __getitem__(self, name):
        return _worded(super().__getitem__(name))

    def __missing__(self, name):
        return "…"


def _worded(value):
    if not isinstance(value, dict):
        return value
    if "words" in value:
        return gettext(value["words"])
    if "on" in value:
        return date_format(date.fromisoformat(value["on"]), "DATE_FORMAT")
    if "at" in value:
        return date_format(timezone.localtime(datetime.fromisoformat(value["at"])), "DATETIME_FORMAT")
    english = (translation.get_language() or "").startswith("en")
    return value["en"] if english else value["zh"]


def title_of(code, values):
    """The title in the active language; a code of an older version gives a neutral one."""
    known = TEMPLATES.get(code)
    return str(known.title) % _Places(values) if known else gettext("Message")


def body_of(code, values):
    """The body in the active language."""
    known = TEMPLATES.get(code)
    return str(known.body) % _Places(values) if known else ""


def check(known, values):
    """Raise KeyError when a place of the template has no value: found when written, not when read."""
    str(known.title) % values
    str(known.body) % values
