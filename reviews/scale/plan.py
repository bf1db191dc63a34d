"""How large the made-up country is, and what it stands on in the database that takes it."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from studios.choices import Tier

FULL = 200_000  # studios of a whole country; it has PROVINCES, CITIES and COUNTIES
PROVINCES, CITIES, COUNTIES = 31, 330, 2_900
FEWEST = 20
LAST_DAY = date(2025, 12, 31)  # a fixed day, so that a plan makes the same rows whenever it is carried out
YEARS = 8  # of results
PORTAL_YEARS = 5  # titles of the last years were granted in the portal, older ones were taken over

EPOCH = date(2000, 1, 1).toordinal()  # PostgreSQL's day 0
DAY = 86_400_000_000  # in microseconds, as PostgreSQL counts time
ISO = [date.fromordinal(EPOCH + number).isoformat() for number in range(36_525)]  # the days of this century


def day_number(day):
    """Days since 2000-01-01: what PostgreSQL's binary ``date`` is."""
    return day.toordinal() - EPOCH


def year_of(number):
    """The year of a day number."""
    return int(ISO[number][:4])


@dataclass(frozen=True)
class Plan:
    """How many of what. Unions grow fewer with the studios, but never more than a country's."""

    studios: int
    seed: int = 1
    until: date = LAST_DAY

    def __post_init__(self):
        if self.studios < FEWEST:
            raise ValueError(f"A country needs {FEWEST} studios at least; {self.studios} were asked for.")

    @property
    def provinces(self):
        """At least two, so that there is a neighbour."""
        return min(PROVINCES, max(2, round(PROVINCES * self.studios / FULL)))

    @property
    def cities(self):
        """At least two a province."""
        return min(CITIES, max(2 * self.provinces, round(CITIES * self.studios / FULL)))

    @property
    def counties(self):
        """At least two a city."""
        return min(COUNTIES, max(2 * self.cities, round(COUNTIES * self.studios / FULL)))

    @property
    def units(self):
        """Base units, each with its union."""
        return max(1, round(0.6 * self.studios))

    @property
    def last(self):
        """The last day on which anything happened, as a day number."""
        return day_number(self.until)

    @property
    def portal_from(self):
        """The day from which titles were granted in the portal."""
        return day_number(date(self.until.year - PORTAL_YEARS + 1, 1, 1))

    def random(self, what):
        """A source of chance of its own for each part: a change in one leaves the others as they are."""
        return Random(f"{self.seed}/{what}")


@dataclass
class Ground:
    """What rows refer to: ids of reference rows by code, users by part, each table's first free id."""

    levels: dict  # Tier -> id
    rounds: dict  # Tier -> id
    ruleset: int
    achievement_kinds: dict  # code -> id
    honour_kinds: dict  # code -> (id, rank)
    ownerships: dict  # code -> id
    industries: dict  # code -> id
    users: dict  # "clerk", "chair", "reviewer", "approver" -> (id, name)
    first: dict  # table -> id
    counters: dict = field(default_factory=dict)  # year -> last application number taken

    def level(self, tier):
        """The id of the level that ``tier`` grants."""
        return self.levels[Tier(tier)]
