"""What somebody with pen and paper would note of a city's titles: the model beside which the portal is held.

Nothing here reads what the portal concludes; the book is told of each act that was accepted.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from reviews.rules.clock import Result
from tests.reviews import watch_oracle as oracle

DAY = timedelta(days=1)
EVER = date(2000, 1, 1)  # the first day of names that were there before everything
LEVELS = ("base", "county", "city")


@dataclass
class Title:
    """A title of a studio, with its last day once it has one."""

    studio: int
    level: str
    since: date
    until: date | None = None

    def holds(self, day):
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or self.until >= day)


@dataclass
class Entered:
    """A result as the unit dated it."""

    studio: int
    completed: str
    state: str = "entered"
    is_removed: bool = False


@dataclass(frozen=True)
class Asked:
    """A change that was asked for and approved."""

    studio: int
    unit: int
    kind: str
    effective_on: date
    wanted: dict


@dataclass
class Book:
    """Names, leaders, titles and results; the first three as they were on every day."""

    names: dict = field(default_factory=dict)  # studio -> [(first day, name)]
    units: dict = field(default_factory=dict)  # unit -> [(first day, name)]
    leaders: dict = field(default_factory=dict)  # studio -> [(first day, name)]
    titles: dict = field(default_factory=dict)  # title -> Title
    results: dict = field(default_factory=dict)  # result -> Entered
    approved: dict = field(default_factory=dict)  # change -> Asked, before it takes effect
    given_up: list = field(default_factory=list)  # Asked, of studios that are to end

    def on(self, history, day):
        """What a history says of a day; None before its first."""
        said = [value for first, value in history if first <= day]
        return said[-1] if said else None

    def titles_on(self, studio, day):
        """Ids of the titles that a studio holds on a day."""
        return {pk for pk, title in self.titles.items() if title.studio == studio and title.holds(day)}

    def take_effect(self, asked, today):
        """Write down that a change took effect."""
        if asked.kind == "rename":
            self.names[asked.studio].append((asked.effective_on, asked.wanted["short_name"]))
        elif asked.kind == "unit_rename":
            self.units[asked.unit].append((asked.effective_on, asked.wanted["name"]))
        elif asked.kind == "leader":
            self.leaders[asked.studio].append((asked.effective_on, asked.wanted["person"]["name"]))
        elif asked.kind == "end":
            self.given_up.append(asked)
            self.end_base(asked, today)

    def end_base(self, asked, today):
        """A base title of a studio that was given up ends with the last title that rested on it."""
        mine = [title for title in self.titles.values() if title.studio == asked.studio]
        above = [title for title in mine if title.level != "base"]
        if any(title.holds(today) for title in above):
            return
        last = max([asked.effective_on - DAY, *(title.until for title in above if title.until)])
        for title in mine:
            if title.level == "base" and title.holds(today):
                title.until = max(last, title.since)

    def flag_wanted(self, studio, clock, today):
        """(level, last result, day on which the years were full) where the watch must flag, else None."""
        titles = [
            (title.level, title.since, title.until)
            for title in sorted(self.titles.values(), key=lambda title: LEVELS.index(title.level))
            if title.studio == studio
        ]
        results = [
            Result("", "tech_renovation", "", entered.completed, "", (), entered.state)
            for entered in self.results.values()
            if entered.studio == studio and not entered.is_removed
        ]
        return oracle.wanted(titles, results, clock, today)

    def edges(self):
        """Days on which something began or ended, and the days around them."""
        books = (self.names, self.units, self.leaders)
        days = {first for book in books for rows in book.values() for first, _value in rows}
        days.discard(EVER)
        for title in self.titles.values():
            days |= {title.since, title.until or title.since}
        return sorted({day + shift for day in days for shift in (-DAY, 0 * DAY, DAY)})
