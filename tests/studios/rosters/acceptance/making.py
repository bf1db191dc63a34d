"""How the workbooks of the acceptance cases are made, and how what is demanded of them is noted."""

import io
from dataclasses import dataclass, field

from openpyxl import Workbook

SKIPPED = "skipped"


@dataclass
class Case:
    """A file (``content()`` gives its bytes) and per row what is demanded of it.

    ``rows`` is {row: Demand}, or {(sheet, row): Demand} of a workbook with several sheets. Every row that is
    not named has to be skipped. ``totals`` is the list of (row, stated, found). ``refused`` are words that
    have to be in the sentence that refuses the whole file.
    """

    name: str
    content: object
    rows: dict = field(default_factory=dict)
    totals: list | None = None
    refused: str = ""
    file: str = "名册.xlsx"
    user: str = "roster"


@dataclass
class Demand:
    """What a row has to become: its verdict, some of its values, the cells that are spoken of."""

    verdict: str
    values: dict
    cells: tuple = ()


def new(studio=None, cells=(), **values):
    return Demand("new", {"studio_name": studio, **values} if studio else values, cells)


def question(*cells, **values):
    return Demand("question", values, cells)


def error(*cells, **values):
    return Demand("error", values, cells)


def book(*rows, merged=(), sheet="名册", change=None, **more):
    """Bytes of a workbook; ``more`` names further sheets with their rows; ``change(workbook)`` comes last."""

    def content():
        made = Workbook()
        made.remove(made.active)
        for title, lines in {sheet: rows, **more}.items():
            page = made.create_sheet(title)
            for number, line in enumerate(lines, 1):
                for column, value in enumerate(line, 1):
                    if value is not None:
                        page.cell(number, column, value)
        for area in merged:
            made[sheet].merge_cells(area)
        if change:
            change(made)
        target = io.BytesIO()
        made.save(target)
        return target.getvalue()

    return content
