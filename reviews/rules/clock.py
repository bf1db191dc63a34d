"""Clause 三.d as arithmetic on days: when a title's years without a result are full, and what counts as one.

What each parameter means and why it has its default: docs/decisions/012-three-years-end-with-their-day.md.
"""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from reviews.rules.periods import months_before
from reviews.rules.reading import moment

CLAUSE = "三.d"

# what a rule set published before these parameters leaves unsaid
DEFAULTS = {
    "years": 3,
    "warn_months": [24, 30, 33],
    "window": "rolling",
    "dates": ["completed", "granted", "recognised"],
    "kinds": [],
    "patents": "any",
    "recognised_only": False,
    "states": "unqueried",
}
PARAMS = {
    "years": int,
    "warn_months": list,
    "window": ("rolling", "calendar"),
    "dates": list,
    "kinds": list,
    "patents": ("any", "granted"),
    "recognised_only": bool,
    "states": ("any", "unqueried", "verified"),
}


def months_after(day, months):
    """The same day of a later month, or its last day: a year after 29 February is the 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


@dataclass(frozen=True)
class Result:
    """What the clock reads of a result; dates as stored text, blank when unknown."""

    title: str
    kind: str
    patent: str
    completed: str
    granted: str
    recognised: tuple
    state: str = "entered"


@dataclass(frozen=True)
class Clock:
    """The parameters of the clause with the questions one asks them."""

    years: int
    warn_months: tuple
    window: str
    dates: tuple
    kinds: tuple
    patents: str
    recognised_only: bool
    states: str

    @classmethod
    def of(cls, params):
        """From the clause's parameters; what they leave out is as ``DEFAULTS`` has it."""
        known = {name: {**DEFAULTS, **params}[name] for name in DEFAULTS}
        return cls(
            **{name: tuple(value) if isinstance(value, list) else value for name, value in known.items()}
        )

    def mark(self, start, months):
        """The last day of so many months after ``start``; calendar years begin with the end of its year."""
        return months_after(date(start.year, 12, 31) if self.window == "calendar" else start, months)

    def due(self, start):
        """The day on which the years are full: their last day. A result of that day is still in time."""
        return self.mark(start, 12 * self.years)

    def fresh(self, on):
        """The first day from which the years are not yet over on the day ``on``: ``due(day) >= on``."""
        if self.window == "calendar":
            return date(on.year - self.years, 1, 1)
        day = months_before(on, 12 * self.years)
        while self.due(day) < on:
            day += timedelta(days=1)
        return day

    def warning(self, start, on):
        """The most months of ``warn_months`` that are over on a day; 0 when none are."""
        return max((months for months in self.warn_months if self.mark(start, months) < on), default=0)

    def days_of(self, result, on):
        """The days a result counts for: the latest that each date can mean, unless it begins after ``on``."""
        if not self._counts(result):
            return []
        told = {"completed": [result.completed], "granted": [result.granted], "recognised": result.recognised}
        texts = [text for name in self.dates for text in told[name] if text]
        return [known.latest() for known in map(moment, texts) if known.earliest() <= on]

    def _counts(self, result):
        if self.kinds and result.kind not in self.kinds:
            return False
        if self.patents == "granted" and result.patent in ("filed", "published"):
            return False
        if self.states == "verified" and result.state != "verified":
            return False
        if self.states == "unqueried" and result.state == "queried":
            return False
        return not self.recognised_only or bool(result.recognised) or result.patent == "granted"
