"""The roster as a workbook, laid out for printing: a sheet for each union below, a summary before them.

In Chinese, whoever asks: it goes to offices. Nothing in it depends on the clock or on who asked, so the same
roster is the same file on every day.
"""

import hashlib
import tempfile
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby

from django.db import connection, transaction
from django.utils import translation
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from portal.sheets.feeding import unescaped
from portal.sheets.plans import Column, Plan, breadth
from portal.sheets.writing import Workbook
from studios.choices import StudioKind
from studios.models import NamingLevel
from studios.queries.roster_export import copy_roster, roster_columns, roster_copy

LINES = 500  # of a block; what one look at them costs is shared by that many
IN_MEMORY = 8 * 1024 * 1024
ONE_PAGE_COLUMNS = 16
HASH_SHOWN = 16
SUMMARY_FIRST = 0
KINDS = {"serial": "integer", "count": "integer", "money": "decimal", "area": "decimal", "date": "date"}
CENTRED = {"union", "level", "ownership", "person", "prof_title", "skill_level", "sex", "education", "phone"}
# on paper thirty columns stand side by side: long texts are folded into more lines of a narrower column
FOLDED = {"studio_name", "unit_name", "industry", "studio_kind", "text", "document", "honours"}
NARROW, FOLDING = 9, 0.35
FROZEN = ("serial", "union_code", "studio_name")


@dataclass
class Written:
    """What was written: rows, and the SHA-256 of all of them (its beginning is in the footer)."""

    count: int = 0
    content_hash: str = ""
    columns: list = field(default_factory=list)  # keys


class Roster:
    """One roster: ``union``'s titles of ``level`` (None: of every level) in force on ``as_of``."""

    def __init__(self, union, *, level, as_of, personal=False):
        self.union, self.level, self.as_of, self.personal = union, level, as_of, personal
        self.columns = roster_columns(personal)
        self._tally = Counter()  # (sheet, counted) -> titles
        self._all = hashlib.sha256()

    def write(self, write, progress=lambda done, total: None):
        """Write the workbook to ``write(bytes)``; ``progress(rows done, rows in all)`` is called often.

        The rows are taken from the database first, in one statement, and laid aside: a roster is of one
        moment, and the database has long forgotten it while the file is being made.
        """
        with translation.override("zh-hans"), tempfile.SpooledTemporaryFile(IN_MEMORY) as lines:
            total = self._fetch(lines)
            book, done = Workbook(write), 0
            hashes = []
            progress(0, total)
            for sheet, rows in groupby(_split(lines), key=lambda row: row[0]):
                name = _name(sheet)
                with book.sheet(self._plan(name)) as page:
                    digest = hashlib.sha256()
                    for block in _blocks(rows):
                        self._take(page, digest, block)
                        progress(done + page.count, total)
                    page.total(_("Total: %(count)d") % {"count": page.count})
                    page.footer = _footer(page.count, digest)
                    hashes.append((sheet, name, digest.hexdigest()))
                done += page.count
            self._summary(book, hashes, done)
            book.finish()
        return Written(done, self._all.hexdigest(), [column.key for column in self.columns])

    def _fetch(self, lines):
        """The rows of the roster into the file ``lines``; returns how many."""
        statement = roster_copy(self.union, level=self.level, as_of=self.as_of, personal=self.personal)
        with transaction.atomic(), connection.cursor() as cursor:
            copy_roster(cursor, statement, lines.write)
            total = cursor.rowcount
        lines.seek(0)
        return total

    def _take(self, page, digest, block):
        text = b"".join(line for _sheet, _counted, line in block)
        page.feed(text)
        digest.update(text)
        self._all.update(text)
        self._tally.update((sheet, counted) for sheet, counted, _line in block)

    def _plan(self, name):
        columns = tuple(sheet_column(column) for column in self.columns)
        return Plan(
            name=name,
            columns=columns,
            title=self.title(),
            line=self._line(_("Unit: 10,000 yuan")),
            frozen_columns=sum(column.key in FROZEN for column in self.columns),
            filtered=True,
            pages_wide=1 if len(columns) <= ONE_PAGE_COLUMNS else 2,
        )

    def title(self):
        """通辽市市级职工创新工作室名册（截至2026年11月22日）"""
        return _("%(place)s %(level)s roster of worker innovation studios (as of %(day)s)") % {
            "place": self.union.name.removesuffix("总工会"),
            "level": self.level.name if self.level else _("all-level"),
            "day": date_format(self.as_of, "DATE_FORMAT"),
        }

    def _line(self, measure):
        reporting = _("Reported by: %(union)s") % {"union": self.union.name}
        as_of = _("As of: %(day)s") % {"day": date_format(self.as_of, "DATE_FORMAT")}
        return reporting, as_of, measure

    def _summary(self, book, hashes, total):
        """How many titles in each sheet, by kind or by level, what the file was made of, and the hash."""
        counted = self._counted()
        heads = [Column(label, "integer", 11) for _code, label in counted]
        plan = Plan(
            name=pgettext("roster", "Summary"),
            columns=(
                Column(pgettext("roster", "No."), "integer", 6),
                Column(pgettext("roster", "Union"), "text", 20),
                *heads,
                Column(pgettext("roster", "Together"), "integer", 9),
                Column(_("Check value of the sheet"), "centred", 20),
            ),
            title=self.title(),
            line=self._line(_("Counted: titles")),
            landscape=len(heads) > 3,
        )
        with book.sheet(plan, place=SUMMARY_FIRST) as page:
            for number, (sheet, name, digest) in enumerate(hashes, start=1):
                numbers = [self._tally[sheet, code] for code, _label in counted]
                page.rows([(number, name, *numbers, sum(numbers), digest[:HASH_SHOWN])])
            sums = [
                sum(self._tally[sheet, code] for sheet, _name, _digest in hashes) for code, _label in counted
            ]
            page.total(pgettext("roster", "Total"), dict(enumerate([*sums, total], start=2)))
            for note in self._notes(total):
                page.note(note)
            page.footer = _footer(total, self._all)

    def _counted(self):
        """[(code as COPY wrote it, label)] of the kinds or levels that occur, in their declared order."""
        if self.level is None:
            known = [(level.code, level.name) for level in NamingLevel.objects.order_by("order", "pk")]
        else:
            known = [(kind.value, str(kind.label)) for kind in StudioKind]
        there = {counted for _sheet, counted in self._tally}
        return [(code.encode(), label) for code, label in known if code.encode() in there]

    def _notes(self, total):
        personal = _("with personal data") if self.personal else _("without personal data")
        return (
            _("Titles in force on %(day)s; leaders, teams and results as of that day; %(personal)s.")
            % {"day": self.as_of.isoformat(), "personal": personal},
            _("Union code: %(union)s; level: %(level)s; columns: %(columns)d; rows: %(rows)d.")
            % {
                "union": self.union.code,
                "level": self.level.code if self.level else _("all-level"),
                "columns": len(self.columns),
                "rows": total,
            },
            _("SHA-256 of all rows: %(hash)s") % {"hash": self._all.hexdigest()},
        )


def sheet_column(column):
    """A declared column as a column of a sheet."""
    kind = KINDS.get(column.kind) or ("centred" if column.kind in CENTRED else "text")
    wide = column.width
    if column.kind in FOLDED and wide > NARROW:
        wide = round(NARROW + (wide - NARROW) * FOLDING, 1)
    label = column.label
    if breadth(label) > wide:
        label = label.replace("（", "\n（")  # 旗县 above （市区）
    return Column(label, kind, wide, column.group)


def _split(lines):
    """(sheet, counted, rest of the line) of each line."""
    for line in lines:
        yield line.split(b"\t", 2)


def _blocks(rows):
    block = []
    for row in rows:
        block.append(row)
        if len(block) == LINES:
            yield block
            block = []
    if block:
        yield block


def _name(sheet):
    """The union's short name out of ``id|name``."""
    return unescaped(sheet.decode()).partition("|")[2]


def _footer(count, digest):
    return (
        _("%(count)d in all") % {"count": count},
        _("Check value %(hash)s") % {"hash": digest.hexdigest()[:HASH_SHOWN]},
    )
