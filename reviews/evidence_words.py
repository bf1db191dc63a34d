"""What the register said when a case was opened, in rows for people; read from the case's frozen evidence."""

from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from reviews.choices import Grade
from reviews.rules.clock import Clock
from reviews.watch_words import what_counts


def title_rows(evidence):
    """(label, value) of the title as it was."""
    title = evidence["title"]
    english = (get_language() or "").startswith("en") and title.get("level_en")
    since = title.get("stated_since") or title["since"]
    return [
        (_("Studio"), title["official_name"] or title["studio"]),
        (_("Unit"), title["unit"]),
        (_("Leader"), title["leader"]),
        (_("Level of the title"), english or title["level"]),
        (_("Granted by"), title["granted_by"]),
        (_("Naming document"), title["document"]),
        (_("Since"), since),
    ]


def clock_rows(evidence):
    """(label, value) of the clock's facts; nothing for other causes."""
    clock = evidence.get("clock")
    if not clock:
        return []
    last = (
        _("“%(title)s”, %(day)s") % {"title": clock["last_title"], "day": day(clock["last"])}
        if clock["last"]
        else ""
    )
    years = ngettext("%(years)d year", "%(years)d years", clock["years"]) % {"years": clock["years"]}
    return [
        (_("Counted from"), day(clock["start"])),
        (_("Without a result for"), years),
        (_("Full on"), day(clock["due"])),
        (_("Last result that counts"), last or _("none with a date")),
        (_("What counts"), what_counts(clock_of(clock["params"]))),
    ]


def clock_of(params):
    """The clock as it was; a parameter that is not known any more is left out."""
    known = {name: params[name] for name in params if name in Clock.__dataclass_fields__}
    return Clock.of(known)


def assessment_rows(evidence):
    """(label, value) of the failed assessment; nothing for other causes."""
    found = evidence.get("assessment")
    if not found:
        return []
    return [
        (_("Year of the assessment"), str(found["year"])),
        (_("Grade"), Grade(found["grade"]).label if found["grade"] else ""),
        (_("Points"), found["points"]),
        (_("Points by the unit itself"), found["self_points"]),
    ]


def day(text):
    """A stored day in the reader's way."""
    return date_format(date.fromisoformat(text), "DATE_FORMAT")
