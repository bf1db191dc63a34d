"""From template and stored values to text in the reader's language.

Values are stored so that they can be worded later: dates as dates, translatable words and names in each
language of the portal.
"""

from datetime import date, datetime

from django.conf import settings
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
        return {"in": {code: _in_language(code, value) for code, _name in settings.LANGUAGES}}
    if isinstance(value, datetime):
        return {"at": value.isoformat()}
    if isinstance(value, date):
        return {"on": value.isoformat()}
    if value is None or isinstance(value, str | int | float):
        return "" if value is None else value
    if hasattr(value, "name"):
        english = getattr(value, "name_en", "")
        return {"in": {settings.LANGUAGE_CODE: value.name, "en": english}} if english else value.name
    raise TypeError(f"A message cannot carry {value!r}")


def _in_language(code, words):
    with translation.override(code):
        return str(words)


class _Places(dict):
    """The values for the named places; a place that an older row has no value for shows an ellipsis."""

    def __getitem__(self, name):
        return _worded(super().__getitem__(name))

    def __missing__(self, name):
        return "…"


def _worded(value):
    if not isinstance(value, dict):
        return value
    if "on" in value:
        return date_format(date.fromisoformat(value["on"]), "DATE_FORMAT")
    if "at" in value:
        return date_format(timezone.localtime(datetime.fromisoformat(value["at"])), "DATETIME_FORMAT")
    return value["in"].get(translation.get_language()) or value["in"][settings.LANGUAGE_CODE]


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
