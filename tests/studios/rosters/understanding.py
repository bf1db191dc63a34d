"""Interpreting in tests: the context of Tongliao from the fixtures, and readings in short."""

import json
from datetime import date
from functools import cache
from pathlib import Path

from studios.rosters import remarks
from studios.rosters.cells.places import Gazetteer
from studios.rosters.interpret import Context, interpret
from tests.studios.rosters.corpus.pages import Page, book_of

FIXTURES = Path(__file__).resolve().parents[3] / "fixtures"
CITY, HORQIN, KAILU, HURE, NAIMAN, JARUD, HOLINGOL = (
    "150500", "150502", "150523", "150524", "150525", "150526", "150581",
)  # fmt: skip


@cache
def rows_of(name):
    text = (FIXTURES / f"{name}.json").read_text(encoding="utf-8")
    return tuple(row["fields"] for row in json.loads(text))


@cache
def context(home=CITY):
    unions = [{**row, "parent": (row["parent"] or [None])[0]} for row in rows_of("unions")]
    return Context(
        places=Gazetteer(unions),
        levels=rows_of("naming_levels"),
        ownerships=rows_of("ownership_kinds"),
        industries=rows_of("industries"),
        honour_kinds=rows_of("honour_kinds"),
        today=date(2024, 6, 1),
        home=home,
    )


def understand(*pages, home=CITY, answers=None):
    """The Reading of pages, checked for what everybody relies on."""
    return checked(interpret(book_of(*pages), context(home), answers or {}))


def table(*rows, **how):
    """The Reading of one page."""
    home, answers = how.pop("home", CITY), how.pop("answers", None)
    return understand(Page(rows, **how), home=home, answers=answers)


def checked(reading):
    """Fail unless all of it can be stored as JSON and said in words, and each row stands once."""
    numbers = [(row.sheet, row.row) for row in reading.rows]
    assert len(numbers) == len(set(numbers))
    for row in reading.rows:
        json.dumps([row.values, row.raw, row.cells, row.messages, row.questions], allow_nan=False)
        for message in row.messages:
            said(message["code"], message["values"])
        if row.skipped:
            said(row.skipped.code, row.skipped.values)
        assert set(row.questions) <= set(reading.questions)
        assert len(row.questions) == len(set(row.questions))
    for key, question in reading.questions.items():
        assert question["key"] == key
        assert question["choices"]
        assert question["rows"] == sum(key in row.questions for row in reading.rows)
        said(question["code"], question["values"])
    json.dumps([reading.control_totals, reading.columns, reading.questions])
    return reading


def said(code, values):
    text = str(remarks.sentence(code, values))
    assert code in remarks.sentences(), code
    assert text
    assert "%(" not in text


def data(reading):
    """The rows that hold studios."""
    return [row for row in reading.rows if row.skipped is None]


def column(reading, *keys):
    """The values of a column, or tuples of several, of the rows that hold studios."""
    rows = [tuple(row.values.get(key) for key in keys) for row in data(reading)]
    return [row[0] for row in rows] if len(keys) == 1 else rows


def skipped(reading):
    """{row number: code without its area} of the rows that hold none."""
    return {row.row: row.skipped.code.partition(".")[2] for row in reading.rows if row.skipped}


def errors(row):
    """(cell, code) of what is wrong in a row."""
    return [(one["cell"], one["code"].partition(".")[2]) for one in row.messages if one["grave"]]


def notes(row):
    return [(one["cell"], one["code"].partition(".")[2]) for one in row.messages if not one["grave"]]


def totals(reading):
    return [(one["label"], one["stated"], one["found"]) for one in reading.control_totals]
