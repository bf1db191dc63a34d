"""When a title was named and by which document, where that is not one cell each under plain headings.

Both may stand in one cell (2019年6月 通工发〔2019〕12号), or there is a pair of columns for each level.
"""

import re

from studios.rosters.cells.documents import apart
from studios.rosters.cells.levels import read_level
from studios.rosters.cells.understood import ask, is_blank
from studios.rosters.headings import TOGETHER
from studios.rosters.readers import text_of

_ORDER = ("nation", "province", "city", "county", "base")  # highest first
VAGUE = frozenset("时间 日期 年份 年度 年月".split())
NEITHER = "neither"
DEEDS = (("named_on", "命名时间"), ("founded_on", "创建时间"), (NEITHER, "都不是"))
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?![0-9])[0-9年月日./-]*")
_PARTS = ("named_on", "document_number")


class NamingCells:
    """The cells of a table that say when and by which document its studios were named."""

    def __init__(self, table, readers):
        self.readers = readers
        self.together = [column for column in table.columns if column.key in (TOGETHER, *_PARTS)]
        named = any(column.key == "named_on" for column in self.together)
        vague = [
            column for column in table.columns if not column.key and "".join(column.label.split()) in VAGUE
        ]
        self.vague = vague[0] if len(vague) == 1 and not named else None
        self.dated = [column for column in table.columns if column.key == "level"]  # 市级（2019年）
        levels = {}
        for column in table.columns:
            if column.level:
                levels.setdefault(column.level, []).append(column)
        self.levels = sorted(levels.items(), key=lambda pair: _rank(pair[0]))

    def read(self, reader, read, row):
        """Fill the values of the title; the word of the level whose columns were taken, or ""."""
        for column in self.together:
            raw = row[column.index] if column.index < len(row) else None
            if raw is not None and raw != "" and (column.key == TOGETHER or raw.__class__ is str):
                self._together(reader, read, column, raw)
        if self.vague is not None and not read.values.get("named_on"):
            self._of_vague(reader, read, row)
        if self.dated and not read.raw.get("named_on") and not read.values.get("named_on"):
            self._beside_level(reader, read, row)
        return self._of_levels(reader, read, row) if self.levels else ""

    def _of_vague(self, reader, read, row):
        """A column headed 时间 alone: what happened then is asked, once for a sheet."""
        column = self.vague
        raw = row[column.index] if column.index < len(row) else None
        if is_blank(raw):
            return
        about = ask("dates of", "layout.which_date", DEEDS, sheet=read.sheet, heading=column.label)
        outcome = self.readers.outcome("named_on", about, text_of(raw), read.sheet)
        if outcome.question:
            read.cells["named_on"] = f"{column.letter}{read.row}"
            read.raw["named_on"] = text_of(raw)
            reader.take(read, "named_on", outcome, text_of(raw))
        elif outcome.value != NEITHER:
            self._take(reader, read, column, raw, {outcome.value: raw})

    def _beside_level(self, reader, read, row):
        for column in self.dated:
            raw = row[column.index] if column.index < len(row) else None
            date = _DATE.search(raw) if raw.__class__ is str else None
            if date:
                self._take(reader, read, column, raw, {"named_on": date[0]})

    def _together(self, reader, read, column, raw):
        parts = self._apart(raw)
        if parts is None:
            if column.key == TOGETHER and not is_blank(raw):
                self._take(reader, read, column, raw, {"named_on": raw})
            return
        number, rest = parts
        day = rest and self.readers.read("named_on", rest).value
        if column.key == "document_number" and (not day or read.values.get("named_on")):
            return
        if column.key in _PARTS:
            cell = f"{column.letter}{read.row}"
            read.values[column.key] = None
            read.messages = [message for message in read.messages if message["cell"] != cell]
            read.questions = [key for key in read.questions if not key.startswith(f"{column.key}|")]
        self._take(reader, read, column, raw, {"document_number": number, "named_on": rest if day else ""})

    def _apart(self, raw):
        if raw.__class__ is not str or "号" not in raw:
            return None
        memo = self.readers.memo("number apart")
        if raw not in memo:
            memo[raw] = apart(raw)
        return memo[raw]

    def _take(self, reader, read, column, raw, texts):
        """Read each text as if it stood in a column of its own; what stands there already stays."""
        cell, text = f"{column.letter}{read.row}", text_of(raw)
        for key, part in texts.items():
            if part == "" or read.values.get(key):
                continue
            outcome = self.readers.read(key, part)
            read.values[key] = outcome.value
            read.cells[key], read.raw[key] = cell, text
            reader.take(read, key, outcome, text)

    def _of_levels(self, reader, read, row):
        """Take the title of the highest level with a cell filled; tell of those below it."""
        taken = ""
        if any(read.values.get(key) or read.raw.get(key) for key in _PARTS):
            return taken
        for word, columns in self.levels:
            cells = [
                (column, row[column.index])
                for column in columns
                if column.index < len(row) and not is_blank(row[column.index])
            ]
            if not cells:
                continue
            if taken:
                said = "，".join(text_of(raw).strip() for _column, raw in cells)
                values = {"level": word, "taken": taken}
                read.say("layout.title_beside", values, found=said)
                read.messages[-1]["cell"] = f"{cells[0][0].letter}{read.row}"
                continue
            taken = word
            for column, raw in cells:
                self._of_level(reader, read, column, raw)
        return taken

    def _of_level(self, reader, read, column, raw):
        parts = self._apart(raw)
        if column.part == TOGETHER and parts:
            texts = {"document_number": parts[0], "named_on": parts[1]}
        else:
            texts = {"named_on" if column.part == TOGETHER else column.part: raw}
        self._take(reader, read, column, raw, texts)


def _rank(word):
    code = read_level(word).value
    return _ORDER.index(code) if code in _ORDER else len(_ORDER)
