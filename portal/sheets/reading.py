"""Spreadsheets read safely: cells, merges, hidden rows of whatever an office calls a table.

Nothing is opened in this process. A child with little memory, time and rights judges the bytes with its own
scan first and lets the library see only what passed; the kind is told by content, never by the name.
"""

import datetime
import gc
import json
import tempfile
import time
from dataclasses import dataclass, field
from itertools import repeat
from pathlib import Path, PurePath

from portal.files.sniff import OTHERS
from portal.sheets.child import BROKEN, ask
from portal.sheets.refusals import Refused
from portal.sheets.rules import READING, RULES

PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
ELSEWHERE = (b"\xd0\xcf\x11\xe0", b"#!")  # a container that may be a workbook; a text that may begin so
SHOWN = frozenset({"month", "year", "hundredths"})
LONGEST_TITLE = 31  # of a sheet in Excel


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. All numbers are 0-based: ``rows[0]`` is row 1 of the sheet, ``rows[0][0]`` is A1.

    ``rows``: lists of None, str, int, float, bool, date or datetime; None and empty rows at the end left out.
    ``merges``: (first row, first column, last row, last column), inclusive; may reach beyond ``rows``.
    ``hidden_rows``: of what the file hides, filtered rows included.
    ``formulas``: (row, column) of the cells whose value a formula computed.
    ``shown``: {(row, column): what the cell shows of a value that says more}: "month" and "year" of days;
    "hundredths" of numbers such as 2019.1 that stand there as 2019.10, other numbers are left out.
    """

    name: str
    rows: list
    merges: list
    hidden_rows: frozenset
    formulas: frozenset
    visible: bool
    shown: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Book:
    """``kind``: xlsx, xls, csv or html. ``encoding``: of the last two. Text of csv and html stays text."""

    kind: str
    encoding: str
    date1904: bool
    sheets: list


@dataclass(frozen=True, slots=True)
class Measured:
    """One reading: ``wall`` seconds, ``peak`` bytes of the child (None if it died), its steps in seconds."""

    outcome: object  # Book, or Refused
    wall: float
    peak: int | None
    steps: dict


def read(path, name, *, limits=None):
    """The Book in the file at ``path``; ``name``, as uploaded, names the sheet of a text and decides nothing.

    Raises Refused with a sentence for what is not taken, CheckerBroken when checking was not possible.
    """
    book, _answer = _read(Path(path), name, limits or READING)
    return book


def read_measured(path, name, *, limits=None):
    """Like ``read``, with what it took; a refusal is returned as the outcome and not raised."""
    started = time.monotonic()
    try:
        outcome, answer = _read(Path(path), name, limits or READING)
    except Refused as refused:
        outcome, answer = refused, getattr(refused, "answer", {})
    steps = dict(answer.get("seconds", {}))
    return Measured(outcome, time.monotonic() - started, answer.get("peak"), steps)


def _read(path, name, limits):
    with path.open("rb") as source, tempfile.TemporaryFile() as made:
        _check_start(source)
        answer = ask(source, made, limits, act="read", title=title_of(name))
        made.seek(0)
        started = time.process_time()
        try:
            book = _book(answer, made)
        except BROKEN:  # the child was taken over by the file
            raise Refused("crashed") from None
        answer.setdefault("seconds", {})["parse"] = time.process_time() - started
        return book, answer


def title_of(name):
    """The name of the only sheet of a text file or web page: that of the file, as Excel would take it."""
    stem = PurePath(name or "").stem
    return "".join(" " if sign in "[]:*?/\\" or sign < " " else sign for sign in stem)[:LONGEST_TITLE] or "1"


def _check_start(source):
    """Refuse by its first bytes what a child need not be started for."""
    head = source.read(16)
    size = source.seek(0, 2)
    source.seek(0)
    if size == 0:
        raise Refused("empty")
    if size > RULES["bytes"]:
        raise Refused("file_size", found=size, limit=RULES["bytes"])
    if head.startswith(b"%PDF-"):
        raise Refused("not_a_sheet", found="PDF")
    if head.startswith(PICTURES) or head[:4] == b"RIFF" or head[4:8] == b"ftyp":
        raise Refused("not_a_sheet", found="picture")
    for start, code, found in OTHERS:
        binary = len(start) > 3 or any(byte < 32 or byte > 126 for byte in start)
        if binary and head.startswith(start) and not start.startswith(ELSEWHERE):
            raise Refused("not_a_sheet", found=found if code == "office" else code)


def _book(answer, made):
    kind, encoding = answer["kind"], answer["encoding"]
    if kind not in ("xlsx", "xls", "csv", "html") or not isinstance(encoding, str):
        raise ValueError(kind)
    collecting = gc.isenabled()
    gc.disable()  # a million new objects, none of them in a circle
    try:
        return Book(kind, encoding, answer["date1904"] is True, list(_sheets(made)))
    finally:
        if collecting:
            gc.enable()


def _sheets(lines):
    decode = json.JSONDecoder(object_hook=_day).decode
    for line in lines:
        marks = json.loads(line)
        rows = []
        while (block := decode(next(lines, b"").decode())) is not None:
            rows.extend(block)
        cells = marks["formulas"]
        yield Sheet(
            name=str(marks["name"]),
            rows=rows,
            merges=[tuple(map(int, merge)) for merge in marks["merges"]],
            hidden_rows=frozenset(marks["hidden"]),
            formulas=frozenset(zip(cells[::2], cells[1::2], strict=True)),
            visible=marks["visible"] is True,
            shown=dict(_shown(marks["shown"])),
        )


def _shown(marks):
    for kind, cells in marks.items():
        if kind not in SHOWN:
            raise ValueError(kind)
        yield from zip(zip(cells[::2], cells[1::2], strict=True), repeat(kind), strict=False)


def _day(tagged):
    text = tagged["d"]
    if len(text) == 10:
        return datetime.date.fromisoformat(text)
    return datetime.datetime.fromisoformat(text)
