"""The statistics of a period as an Excel workbook, laid out for printing; same numbers, same bytes.

In Chinese, whoever asks: it goes to offices.
"""

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import datetime

import xlsxwriter
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from studios.queries.statistics import Statistics, Table

WRITTEN = datetime(2020, 1, 1)  # noqa: DTZ001 - a workbook's own date, fixed so that it is reproducible
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
FONT = {"font_name": "宋体", "font_size": 11, "valign": "vcenter", "border": 1}
STYLES = {
    "title": {"font_name": "宋体", "font_size": 16, "bold": True, "align": "center", "valign": "vcenter"},
    "line": {"font_name": "宋体", "font_size": 11, "align": "left", "valign": "vcenter"},
    "caption": {"font_name": "宋体", "font_size": 12, "bold": True, "valign": "vcenter"},
    "head": {**FONT, "bold": True, "align": "center", "text_wrap": True, "bg_color": "#E7E6E6"},
    "label": {**FONT, "align": "left", "text_wrap": True},
    "number": {**FONT, "align": "right", "num_format": "0"},
    "percent": {**FONT, "align": "right", "num_format": '0"%"'},
    "sum": {**FONT, "bold": True, "align": "right", "num_format": "0", "top": 2},
    "sum_label": {**FONT, "bold": True, "align": "left", "top": 2},
}


@dataclass(frozen=True)
class Written:
    """What was written: how many rows of numbers, and their SHA-256 (also in the footer, shortened)."""

    count: int
    content_hash: str


def write(target, *, user, union, period):
    """Write the workbook to ``target`` (a path or a binary file): only what ``user`` may see is counted."""
    with translation.override("zh-hans"):
        sheets = collect(user, union, period)
        plain = [(name, [asdict(table) for table in tables]) for name, tables in sheets]
        about = [union.code, period.first.isoformat(), period.last.isoformat()]
        digest = hashlib.sha256(json.dumps([about, plain], ensure_ascii=False).encode()).hexdigest()
        count = sum(len(table.rows) for _name, tables in sheets for table in tables)
        with xlsxwriter.Workbook(target, PLAIN) as book:
            book.set_properties({"created": WRITTEN, "title": _("Statistics"), "author": union.name})
            styles = {name: book.add_format(values) for name, values in STYLES.items()}
            for name, tables in sheets:
                Sheet(book, name, styles, f"{count} · {digest[:16]}").write(
                    _title(union, name), period, tables
                )
    return Written(count, digest)


def _title(union, name):
    place = union.name.removesuffix("总工会")
    return _("Worker innovation studios of %(place)s: %(what)s") % {"place": place, "what": name}


def collect(user, union, period):
    """[(name of the sheet, [Table, …])] of the workbook."""
    found = Statistics(user, union, period, today=timezone.localdate())
    reasons = Table(_("Why titles ended"), _("Reason"), [pgettext("statistics", "titles")])
    reasons.rows = [(label, [number]) for label, number in found.endings()]
    return [
        (_("Composition"), found.composition()),
        (_("Movement"), [*found.movement(), reasons]),
        (_("Targets"), targets(found)),
    ]


def targets(found):
    """A table for each level above the base: target, held, per cent."""
    rows = found.completion()
    tables = []
    for place, level in enumerate(found.levels_above_base):
        table = Table(level.label, _("Union"), [_("target"), _("held"), _("per cent")], summed=False)
        for label, cells in rows:
            cell = cells[place]
            table.rows.append((label, [cell.target, cell.number, cell.percent]))
        tables.append(table)
    return tables


class Sheet:
    """One sheet: a title, the period, tables below each other."""

    def __init__(self, book, name, styles, stamp):
        self.sheet = book.add_worksheet(name)
        self.styles, self.stamp, self.row = styles, stamp, 0

    def write(self, title, period, tables):
        """Everything, top to bottom."""
        width = max(len(table.columns) for table in tables)
        self.sheet.set_column(0, 0, 26)
        self.sheet.set_column(1, width, 12)
        self.sheet.merge_range(0, 0, 0, width, title, self.styles["title"])
        self.sheet.set_row(0, 30)
        line = _("Period: %(first)s to %(last)s. Unit: studios (titles where it says so).")
        self.sheet.merge_range(1, 0, 1, width, line % vars(period), self.styles["line"])
        self.sheet.freeze_panes(2, 1)
        self.row = 3
        for table in tables:
            self._table(table)
        self._print_set_up()

    def _table(self, table):
        sheet, styles = self.sheet, self.styles
        sheet.write_string(self.row, 0, table.title, styles["caption"])
        self.row += 1
        for column, word in enumerate([table.head, *table.columns]):
            sheet.write_string(self.row, column, word, styles["head"])
        for label, numbers in table.rows:
            self.row += 1
            sheet.write_string(self.row, 0, label, styles["label"])
            for column, number in enumerate(numbers, start=1):
                if number is None:
                    sheet.write_blank(self.row, column, None, styles["number"])
                else:
                    sheet.write_number(self.row, column, number, styles["number"])
        self._sums(table)
        self.row += 2

    def _sums(self, table):
        if not table.rows or not table.summed:
            return
        self.row += 1
        self.sheet.write_string(self.row, 0, _("Together"), self.styles["sum_label"])
        for column, number in enumerate(table.totals, start=1):
            self.sheet.write_number(self.row, column, number, self.styles["sum"])

    def _print_set_up(self):
        self.sheet.set_paper(9)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.sheet.set_margins(0.5, 0.5, 0.6, 0.6)
        self.sheet.repeat_rows(0, 1)
        self.sheet.set_footer(
            f"&L{self.stamp}&R" + _("Page %(page)s of %(pages)s") % {"page": "&P", "pages": "&N"}
        )
