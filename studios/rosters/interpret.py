"""A whole untidy workbook understood, without the database: rows with values, remarks and questions."""

import gc

from studios.rosters import twins
from studios.rosters.cells.understood import Remark
from studios.rosters.layout import filled, find_tables, without_names
from studios.rosters.lists import list_table
from studios.rosters.readers import Readers
from studios.rosters.results import Context, Reading, RowRead
from studios.rosters.sheet_reading import SheetReading
from studios.rosters.surroundings import Places

__all__ = ["Context", "Reading", "RowRead", "interpret"]


def interpret(book, context, answers):
    """The Reading of a ``portal.sheets.reading.Book``; ``answers``: {key of a question: the value chosen}.

    An answer holds wherever its question was asked in this file.
    """
    collecting = gc.isenabled()
    gc.disable()  # hundreds of thousands of new objects, none of them in a circle
    try:
        return _interpret(book, context, answers)
    finally:
        if collecting:
            gc.enable()


def _interpret(book, context, answers):
    reading = Reading()
    readers = Readers(context, book.date1904, answers)
    places = Places(context.places, context.home)
    tables = 0
    for sheet in book.sheets:
        if not any(filled(row) for row in sheet.rows):
            continue
        if not sheet.visible:
            reading.rows.append(RowRead(sheet.name, 1, Remark("layout.hidden_sheet")))
            continue
        found = find_tables(sheet)
        if not found and (listed := list_table(sheet)):
            found = [listed]
        if not found:
            reading.rows.append(RowRead(sheet.name, 1, Remark("layout.no_table_here")))
            continue
        tables += len(found)
        SheetReading(sheet, found, readers, places, context, reading).run()
    twins.mark(reading.rows)
    _count_questions(reading, readers)
    reading.book_problem = _problem(book, reading, tables)
    return reading


def _count_questions(reading, readers):
    """Keep the questions that rows wait for, with the number of those rows."""
    for row in reading.rows:
        for key in row.questions:
            readers.questions[key]["rows"] += 1
    reading.questions = {key: asked for key, asked in readers.questions.items() if asked["rows"]}


def _problem(book, reading, tables):
    """Why the whole file is refused, or None."""
    if any(row.skipped is None for row in reading.rows):
        return None
    if tables:
        repeated = any(row.skipped.code == "layout.repeats" for row in reading.rows)
        return None if repeated else Remark("layout.no_rows")
    with_content = [sheet for sheet in book.sheets if any(filled(row) for row in sheet.rows)]
    if not with_content:
        return Remark("layout.empty")
    if not any(sheet.visible for sheet in with_content):
        return Remark("layout.all_hidden", {"sheets": "、".join(sheet.name for sheet in with_content)})
    for sheet in with_content:
        header = without_names(sheet) if sheet.visible else None
        if header:
            headings = "、".join(str(value).strip() for _, value in filled(header))[:120]
            return Remark("layout.no_names_column", {"sheet": sheet.name, "headings": headings})
    return Remark("layout.no_table")
