"""One sheet, row by row: which rows hold studios, and what groups, titles and merges add to them."""

import datetime
import re

from studios.resources.columns import ROSTER
from studios.rosters import rows as kinds
from studios.rosters.cells.folding import bare
from studios.rosters.cells.levels import read_level
from studios.rosters.cells.understood import NOTHING, Remark, ask
from studios.rosters.groups import Groups
from studios.rosters.headings import TOGETHER
from studios.rosters.layout import filled, letters
from studios.rosters.lists import looks_like_studio
from studios.rosters.readers import Outcome, text_of
from studios.rosters.results import RowRead
from studios.rosters.row_reading import RowReader
from studios.rosters.surroundings import (
    group_place,
    level_in,
    named_in,
    place_in,
    place_of_sheet,
    reporter_in,
)

EXAMPLES = 3  # first rows of a table in which XXX and 某某 are an example rather than a mistake
LONG = 25  # signs of a text that is no heading of a group
_AMOUNTS = frozenset(column.key for column in ROSTER if column.kind in ("count", "area", "money"))
_COUNTED = re.compile(  # headings of numbers that are not of studios
    "^(?!.*工作室).*(?:数量?$|[金总]额|经费|[元件项]$|面积|人数|效益|产值|[(（][元万件项人㎡].{0,3}[)）]$)",
    re.S,
)
_TOWNS = ("镇", "乡", "苏木", "街道")
_NESTED = (*_TOWNS, "公司", "系统", "集团", "厂", "矿", "学校", "医院", "局", "园区")
_PLACES = ("旗", "县", "区", "市", "盟")


class Around:
    """What stands around the rows of a table: county and level as Outcomes, or None; the year of naming."""

    def __init__(self):
        self.county = self.level = self.sheet_level = None
        self.year = ""


class SheetReading:
    """Reads the tables of one sheet into a Reading."""

    def __init__(self, sheet, tables, readers, places, context, reading):
        self.sheet, self.tables, self.readers, self.places = sheet, tables, readers, places
        self.context, self.reading = context, reading
        self.groups = Groups(sheet.name, reading.control_totals)
        self.around = Around()
        self.plain = {}  # text of a first cell: whether it can begin a row of data
        self._after_note = False

    def run(self):
        """Read all tables, in their order."""
        self._name_of_sheet()
        for number, table in enumerate(self.tables):
            self._above(table)
            self._headings(table, repeated=number and table.words == self.tables[number - 1].words)
            self._rows(table)

    # --- around the tables

    def _name_of_sheet(self):
        name = self.sheet.name
        self.around.county = self._outcome("union_code", place_of_sheet(name, self.places), name)
        self.around.sheet_level = self._level(name)

    def _outcome(self, key, understood, text):
        """An Outcome, or None when nothing was understood."""
        if understood.value is None and understood.question is None:
            return None
        return self.readers.outcome(key, understood, text)

    def _level(self, text):
        """The Outcome of the level that a title, a group or the name of the sheet states, or None."""
        county = self._source()
        found = level_in(text, county_level_city=self.places.is_city(county))
        if word := found.extra.get("word"):
            found = read_level(word, county_level_city=self.places.is_city(county))
        return self._outcome("level", found, text)

    def _source(self):
        """The county that the sheet comes from, where it is known."""
        return self.places.own or (self.around.county.value if self.around.county else None)

    def _above(self, table):
        """Titles and lines above a header; a place in them ends the groups of the table before."""
        for number in table.above:
            cells = filled(self.sheet.rows[number])
            if not cells:
                continue
            text = " ".join(text_of(value) for _, value in cells)
            code = "layout.note" if kinds.is_note(bare(text)) else "layout.title"
            self._skip(number, code, cells)
            found = reporter_in(text, self.places)
            if not found.value and code == "layout.title" and "：" not in text and ":" not in text:
                found = place_in(text, self.places)
            if found.value:
                self.around.county = self.readers.outcome("union_code", found, text)
                self.groups.close()
            if code == "layout.title":
                self.around.level = self._level(text) or self.around.level
                self.around.year = named_in(text) or self.around.year

    def _headings(self, table, *, repeated):
        for number in table.header:
            self._skip(number, "layout.header", filled(self.sheet.rows[number]))
        if repeated:
            return
        for column in table.columns:
            key = column.key or column.part
            self.reading.columns.append(
                {
                    "sheet": self.sheet.name,
                    "cell": f"{column.letter}{(table.header.stop or 1)}",
                    "label": column.label,
                    "column": "named_on" if key == TOGETHER else key,
                }
            )

    def _skip(self, number, code, cells, **values):
        """List a row as skipped, with its text."""
        raw = {f"?{letters(at)}": text_of(value) for at, value in cells}
        row = RowRead(self.sheet.name, number + 1, Remark(code, values), raw=raw)
        self.reading.rows.append(row)
        return row

    # --- the rows of a table

    def _rows(self, table):
        reader = RowReader(self, table)
        naming = {column.index for column in table.columns if column.key in ("studio_name", "unit_name")}
        studio = next((c.index for c in table.columns if c.key == "studio_name"), -1)
        rows, found = self.sheet.rows, self.reading.rows
        self._after_note = False
        made = {}
        for number in range(table.first, table.last):
            row = rows[number]
            if not self._is_plain(row, studio) and self._is_other(number, row, table, naming, reader):
                continue
            parent = reader.parent(number, row)
            if parent is not None and parent in made and reader.join(made[parent], number, row):
                self._skip(number, "layout.part_of", filled(row), row=parent + 1)
                continue
            self._after_note = False
            made[number] = read = reader.read(number, row)
            if len(made) <= EXAMPLES and reader.is_example(read):
                read.skipped, read.messages, read.questions = Remark("layout.example"), [], []
            else:
                self.groups.count()
            found.append(read)

    def _is_plain(self, row, studio):
        """Whether a row holds a studio and nothing at its start that could make it something else."""
        if not 0 <= studio < len(row) or type(row[studio]) is not str or len(row[studio]) < 4:
            return False
        first = row[0]
        if first is None or type(first) is int or type(first) is float:
            return len(row) > 2 and self._is_ordinary(row[studio])
        return len(row) > 2 and self._is_ordinary(first) and self._is_ordinary(row[studio])

    def _is_ordinary(self, text):
        if type(text) is str and text and not kinds.may_be_other(text):
            return not text.isspace()
        known = self.plain.get(text)
        if known is None:
            short = bare(text)
            known = self.plain[text] = bool(short) and not (
                kinds.is_total(short)
                or kinds.is_note(short)
                or kinds.is_signature(short)
                or kinds.is_example([short])
            )
        return known

    def _is_other(self, number, row, table, naming, reader):
        """Whether a row is blank or no data; lists it as skipped, unless it is blank, and opens groups."""
        cells = filled(row)
        if all(at in reader.serials and kinds.is_numbering(value) for at, value in cells):
            return True  # numbered beforehand, and never filled in
        texts = [bare(text_of(value)) for _, value in cells]
        code = self._code(number, cells, texts, table)
        if code == "layout.total":
            amounts = {c.index for c in table.columns if c.known in _AMOUNTS or _COUNTED.search(c.label)}
            stated = kinds.stated_number(cells, naming, amounts)
            self.groups.total(number + 1, " ".join(shown_of(cells))[:60], stated)
        if code:
            self._after_note = code in ("layout.note", "layout.signature")
            self._skip(number, code, cells)
            return True
        return self._is_group(number, cells, texts, table)

    def _code(self, number, cells, texts, table):
        """The code of a row that is no data and no group, or ""."""
        studio = next((text for text in texts[:3] if "工作室" in text and looks_like_studio(text)), "")
        if number < table.first + 2 and kinds.are_column_numbers(cells):
            return "layout.column_numbers"
        if kinds.is_total(texts[0]) and not studio:
            return "layout.total"
        if kinds.is_example(texts):
            return "layout.example"
        if kinds.is_note(texts[0]) and not studio:
            return "layout.note"
        if len(cells) <= 6 and not studio and kinds.is_signature(texts[0]):
            return "layout.signature"
        if len(cells) <= 2 and isinstance(cells[0][1], (datetime.date, datetime.datetime)):
            return "layout.signature"
        return ""

    def _is_group(self, number, cells, texts, table):
        """Whether one text alone, or with a count, is the heading of a group, or goes on with a note."""
        counts = [count for _, value in cells[1:] if (count := kinds.whole(value)) is not None]
        if len(cells) - len(counts) != 1 or len(cells) > 2 or not isinstance(cells[0][1], str):
            return False
        text = texts[0]
        if looks_like_studio(cells[0][1]) and kinds.group_of(text).count is None:
            return False
        group = kinds.group_of(text)
        stated = group.count if group.count is not None else counts[0] if counts else None
        if len(text) > LONG or (self._after_note and stated is None and not self._is_county(group.name)):
            return self._is_text(number, cells, table)
        opened = self._opened(group, number, listed=not table.header)
        if opened:
            self.groups.open(opened, number + 1, shown_of(cells)[0][:60], stated)
            self._skip(number, "layout.group", cells)
            return True
        return not table.header and self._is_text(number, cells, table)

    def _is_county(self, name):
        """Whether a text names a county and nothing else; with 总工会 behind it, it is who signs."""
        return bool(name) and not name.endswith("工会") and bool(group_place(name, self.places).value)

    def _is_text(self, number, cells, table):
        """A longer text alone is a note, unless it stands where the names stand in a table with headings."""
        names = {column.index for column in table.columns if column.key == "studio_name"}
        if table.header and cells[0][0] in names and not self._after_note:
            return False
        self._skip(number, "layout.note", cells)
        return True

    def _opened(self, group, number, *, listed):
        """{kind: Outcome} of what a group's name says; {} when it is no group."""
        found = {}
        level = self._level(group.name)
        if level:
            found["level"] = level
        place = group_place(group.name, self.places) if group.name else NOTHING
        if place.value or place.question:
            return {"county": self.readers.outcome("union_code", place, group.name), **found}
        if found:
            return found
        if group.count is None and not listed and not group.name.endswith(_TOWNS):
            return {}
        if group.name.endswith(_NESTED) or self.places.own:
            return {"other": None}
        if group.name.endswith(_PLACES):
            asked = self.places.ask(f"place:{group.name}", "layout.which_county", found=group.name)
            return {"county": self.readers.outcome("union_code", asked, group.name)}
        return {"other": None} if group.count is not None else {}

    # --- what rows take from around them

    def county(self):
        """The Outcome of the county of rows that name none themselves."""
        found = self.groups.of("county") or self.around.county
        if found:
            return found
        if self.places.own:
            return Outcome(self.places.own)
        asked = self.places.ask("county of", "layout.county_of_sheet", sheet=self.sheet.name)
        return self.readers.outcome("union_code", asked, "", self.sheet.name)

    def level(self):
        """The Outcome of the level of rows that state none themselves."""
        found = self.groups.of("level") or self.around.sheet_level or self.around.level
        if found:
            return found
        choices = tuple((row["code"], row["name"]) for row in self.context.levels)
        asked = ask("level of", "layout.level_of_sheet", choices, sheet=self.sheet.name)
        return self.readers.outcome("level", asked, "", self.sheet.name)


def shown_of(cells):
    """The texts of cells as they stand in the sheet, for whoever looks the row up there."""
    return [text for _, value in cells if (text := text_of(value).strip())]
