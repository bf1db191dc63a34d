"""How the three-year clock of a studio is said: codes and values, then sentences for the reader."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

RUNNING, WARNED, FULL = "running", "warned", "full"

SENTENCES = {
    RUNNING: gettext_lazy("%(years)s years without a result would be full on %(due)s."),
    WARNED: gettext_lazy("%(months)s months without a result are over; %(years)s years are full on %(due)s."),
    FULL: gettext_lazy("%(years)s years without a result were full on %(due)s."),
    "from_title": gettext_lazy("Counted from the title, %(since)s."),
    "from_result": gettext_lazy("Counted from the last result."),
    "last": gettext_lazy("Last result: “%(title)s”, counted for %(day)s."),
    "none": gettext_lazy("There is no result with a date that counts."),
    "flagged": gettext_lazy(
        "The portal has pointed to this since %(raised)s. Whether a title ends is for people to decide."
    ),
    "flag_goes": gettext_lazy(
        "The portal pointed to this on %(raised)s. It no longer holds and goes with the check at night."
    ),
}
LOOKS = {
    RUNNING: ("ok", gettext_lazy("in time")),
    WARNED: ("warn", gettext_lazy("time is running out")),
    FULL: ("bad", gettext_lazy("three years are over")),
}
DATES = {
    "completed": gettext_lazy("completion"),
    "granted": gettext_lazy("grant of the patent"),
    "recognised": gettext_lazy("recognition"),
}


@dataclass(frozen=True)
class Said:
    """A code with its values; ``str`` is the sentence in the active language, with its way of dates."""

    code: str
    values: dict

    def __str__(self):
        words = {
            name: date_format(value, "DATE_FORMAT") if isinstance(value, date) else value
            for name, value in self.values.items()
        }
        return str(SENTENCES[self.code]) % words


@dataclass(frozen=True)
class Line:
    """One live title: its name, how it stands (``Said``) and from when it counts."""

    name: str
    standing: Said
    start: Said

    @property
    def look(self):
        """The kind of tag and its words."""
        return LOOKS[self.standing.code]


def lines_of(facts, on):
    """A ``Line`` for each live title, the highest first, and the ``Said`` of the last result."""
    clock = facts.clock
    counted = [(day, result.title) for result in facts.results for day in clock.days_of(result, on)]
    last, title = max(counted, default=(None, ""))
    lines = [
        _line(clock, name if _in_chinese() else english or name, since, last, on)
        for name, english, since in reversed(facts.titles)
    ]
    return lines, Said("last", {"title": title, "day": last}) if last else Said("none", {})


def _line(clock, name, since, last, on):
    start = max(since, last or since)
    values = {"years": clock.years, "due": clock.due(start)}
    months = clock.warning(start, on)
    if values["due"] < on:
        standing = Said(FULL, values)
    elif months:
        standing = Said(WARNED, {**values, "months": months})
    else:
        standing = Said(RUNNING, values)
    begins = Said("from_title", {"since": since}) if start == since else Said("from_result", {})
    return Line(name, standing, begins)


def _in_chinese():
    return (get_language() or "").startswith("zh")


def undated(facts):
    """The sentence about results without any date, or ""."""
    count = sum(not (row.completed or row.granted or any(row.recognised)) for row in facts.results)
    if not count:
        return ""
    return ngettext(
        "%(count)s result has no date and cannot be counted.",
        "%(count)s results have no date and cannot be counted.",
        count,
    ) % {"count": count}


def what_counts(clock):
    """Which results count and by which date, as the rule set says."""
    days = [str(DATES[name]) for name in clock.dates if name in DATES]
    parts = [_("The latest of these days counts: %(days)s.") % {"days": _(", ").join(days)}]
    if clock.kinds:
        parts.append(_("Only some kinds of results count."))
    if clock.patents == "granted":
        parts.append(_("A patent counts once it is granted."))
    if clock.recognised_only:
        parts.append(_("Only recognised results count."))
    if clock.states == "verified":
        parts.append(_("Only results that the union has verified count."))
    if clock.states == "unqueried":
        parts.append(_("A result that the union queries does not count until the query is settled."))
    parts.append(_("A day known by its month or year alone counts as the last one of it."))
    return " ".join(parts)
