"""Dates known to the year, the month or the day, as certificates and old rosters give them."""

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import total_ordering

from django.utils.formats import date_format
from django.utils.translation import gettext as _

FIRST_YEAR, LAST_YEAR = 1800, 2099

_TEXT = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A year, a month or a day; sorts by its earliest day, the coarser first.

    ``str()`` gives ``2019``, ``2019-06`` or ``2019-06-01``: as text it sorts in the same order.
    Raises ValueError, with a sentence for the person typing, when there is no such date.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self):
        if not FIRST_YEAR <= self.year <= LAST_YEAR:
            raise ValueError(
                _("The year must lie between %(first)d and %(last)d; this says %(year)d.")
                % {"first": FIRST_YEAR, "last": LAST_YEAR, "year": self.year}
            )
        if self.month is None:
            if self.day is not None:
                raise ValueError(_("A date with a day needs its month too."))
            return
        if not 1 <= self.month <= 12:
            raise ValueError(_("There is no month %(month)d.") % {"month": self.month})
        last = calendar.monthrange(self.year, self.month)[1]
        if self.day is not None and not 1 <= self.day <= last:
            raise ValueError(
                _("Month %(month)d of %(year)d has no day %(day)d.")
                % {"year": self.year, "month": self.month, "day": self.day}
            )

    @classmethod
    def parse(cls, text):
        """Read the form that ``str()`` writes, and no other."""
        match = _TEXT.fullmatch(text)
        if not match:
            raise ValueError(
                _("“%(text)s” is not a date. Write a year, a month or a day: 2019, 2019-06 or 2019-06-01.")
                % {"text": text[:40]}
            )
        return cls(*(int(part) if part else None for part in match.groups()))

    @property
    def precision(self):
        """``year``, ``month`` or ``day``."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    def earliest(self):
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self):
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def __str__(self):
        parts = (self.month, self.day)
        return f"{self.year:04d}" + "".join(f"-{part:02d}" for part in parts if part is not None)

    def __lt__(self, other):
        if not isinstance(other, PartialDate):
            return NotImplemented
        return self._key() < other._key()

    def _key(self):
        return (self.year, self.month or 0, self.day or 0)


def describe(partial):
    """The date in the reader's language: 2019年6月, June 2019."""
    if partial.precision == "year":
        return _("%(year)d") % {"year": partial.year}
    form = "YEAR_MONTH_FORMAT" if partial.precision == "month" else "DATE_FORMAT"
    return date_format(partial.earliest(), form)
