"""The registered texts: what is not listed cannot be said."""

from dataclasses import dataclass

TEMPLATES = {}


@dataclass(frozen=True, slots=True)
class Template:
    """Lazy translations with named places: ``%(studio)s``. ``%(recipient)s`` is always there."""

    title: str
    body: str


def template(code, *, title, body):
    """Make ``code`` (``app.what``) sayable. ``title`` fits into one line, ``body`` may have paragraphs."""
    known = TEMPLATES.get(code)
    if known and (known.title, known.body) != (title, body):
        raise ValueError(f"Two message templates with the code {code}")
    TEMPLATES[code] = Template(title, body)
    return code


def demand(code):
    """The template of ``code``; ValueError when there is none."""
    if code not in TEMPLATES:
        raise ValueError(f"Unregistered message template: {code}")
    return TEMPLATES[code]
