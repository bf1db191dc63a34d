"""What interpreting a workbook needs, and what comes of it."""

from dataclasses import dataclass, field
from datetime import date

from studios.rosters.cells.places import Gazetteer
from studios.rosters.cells.understood import Remark


@dataclass(frozen=True, slots=True)
class Context:
    """What the register knows. Reference rows are dicts with code and name, levels with tier too.

    ``places`` holds all unions above the units, in the importer's scope or not; ``home`` is the code of the
    union that the import belongs to and bounds the scope.
    """

    places: Gazetteer
    levels: tuple
    ownerships: tuple
    industries: tuple
    honour_kinds: tuple
    today: date
    home: str


@dataclass(slots=True)
class RowRead:
    """A row that is not blank. ``row`` counts from 1; ``skipped`` says why it holds no studio.

    ``values``: JSON by column key, None or [] when blank, plus what titles and groups gave. ``raw``: the
    cell's text where it differs; columns that the register does not have under "?" and their heading.
    ``cells``: {key: "D7"}. ``messages``: {cell, found, code, values, grave}; grave ones are errors.
    ``questions``: keys of ``Reading.questions`` that the row waits for.
    """

    sheet: str
    row: int
    skipped: Remark | None = None
    values: dict = field(default_factory=dict)
    raw: dict = field(default_factory=dict)
    cells: dict = field(default_factory=dict)
    messages: list = field(default_factory=list)
    questions: list = field(default_factory=list)

    def say(self, code, values, *, key="", found="", grave=False):
        """Add a message about the cell of a column."""
        cell = self.cells.get(key, "")
        self.messages.append({"cell": cell, "found": found, "code": code, "values": values, "grave": grave})


@dataclass(slots=True)
class Reading:
    """A whole workbook.

    ``control_totals``: {sheet, row, label, stated, found}; ``columns``: {sheet, cell, label, column}, with
    "" for a column that is not read; ``questions``: {key: {key, column, found, code, values, choices, rows}};
    ``book_problem``: why nothing could be read at all.
    """

    rows: list = field(default_factory=list)
    control_totals: list = field(default_factory=list)
    columns: list = field(default_factory=list)
    questions: dict = field(default_factory=dict)
    book_problem: Remark | None = None
