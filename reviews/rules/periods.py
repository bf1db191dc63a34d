"""Spans of days and whole years, and whether a date known only in part lies within them."""

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Fit(StrEnum):
    """How the days that a partial date may mean lie to a period."""

    WITHIN = "within"
    PARTLY = "partly"
    OUTSIDE = "outside"


@dataclass(frozen=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def fit(self, moment, *, on):
        """Where ``moment`` lies. It is told on the day ``on`` as a fact, so no later day can be meant."""
        earliest, latest = moment.earliest(), min(moment.latest(), on)
        if earliest > latest or latest < self.start or earliest > self.end:
            return Fit.OUTSIDE
        return Fit.WITHIN if self.start <= earliest and latest <= self.end else Fit.PARTLY

    def values(self):
        return {"start": self.start.isoformat(), "end": self.end.isoformat()}


def months_before(day, months):
    """The same day of an earlier month, or its last day: two years before 29 February is the 28th."""
    years, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))


def years_ended(founded, on, *, back):
    """The whole calendar years since founding that have ended before ``on``, at most the last ``back``.

    A founding known to the year alone may lie anywhere in it, so that year is no whole one.
    """
    latest = founded.latest()
    first = latest.year if (latest.month, latest.day) == (1, 1) else latest.year + 1
    return list(range(max(first, on.year - back), on.year))


def rolling_periods(founded, on, *, years, back):
    """Spans of ``years`` years back from ``on``, newest first; one begun before founding is left out."""
    ends = [on, *(months_before(on, 12 * years * k) - timedelta(days=1) for k in range(1, back))]
    starts = [months_before(on, 12 * years * (k + 1)) for k in range(back)]
    spans = (Period(start, end) for start, end in zip(starts, ends, strict=True))
    return [period for period in spans if founded.latest() <= period.start]


def calendar_periods(founded, on, *, years, back):
    """The same in calendar years that have ended before ``on``."""
    spans = (
        Period(date(on.year - years * (k + 1), 1, 1), date(on.year - 1 - years * k, 12, 31))
        for k in range(back)
    )
    return [period for period in spans if founded.latest() <= period.start]


PERIODS = {"rolling": rolling_periods, "calendar": calendar_periods}
