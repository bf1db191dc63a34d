"""One row of a table: its cells through their readers, then what only the whole row can tell."""

from studios.rosters import endings
from studios.rosters.cells.documents import split_document
from studios.rosters.cells.folding import bare
from studios.rosters.cells.levels import read_level
from studios.rosters.cells.names import name_key
from studios.rosters.cells.understood import Remark, Understood
from studios.rosters.dittos import as_meant, dittos
from studios.rosters.headings import TOGETHER
from studios.rosters.layout import filled, letters
from studios.rosters.lists import of_leader, several_studios, split_studio
from studios.rosters.naming_cells import NamingCells
from studios.rosters.readers import ERRORS, LISTS, Outcome, text_of
from studios.rosters.results import RowRead
from studios.rosters.rows import is_placeholder, without_number
from studios.rosters.shown import as_shown, shown_dates

_BY_CONTEXT = frozenset({"union_code", "level", "honours", "patents", TOGETHER})
_NAMES = ("studio_name", "unit_name")


class RowReader:
    """Reads the rows of one table of a SheetReading."""

    def __init__(self, around, table):
        self.around, self.table = around, table
        self.sheet, self.readers, self.places = around.sheet, around.readers, around.places
        self.listed = not table.header  # a naming list without headings
        columns = [_counted(column, table, around.sheet.rows) for column in table.columns]
        self.columns = {}
        for column in columns:
            self.columns.setdefault(column.key, []).append(column)
        unknown = self.columns.pop("", [])
        self.serials = {column.index for column in self.columns.get("serial", ())}
        self.letters = [(key, those[0].letter) for key, those in self.columns.items()]
        self.simple = [
            (those[0].index, key, self.readers.memo(key).get)
            for key, those in self.columns.items()
            if key not in _BY_CONTEXT
        ]
        named = {column.index for column in table.columns}
        self.unknown = [(column.index, f"?{column.label or column.letter}") for column in unknown]
        self.width = max(named, default=-1) + 1
        self.unnamed = [at for at in range(self.width) if at not in named]
        self.above = []  # the row of data above, as it was read
        self.naming = NamingCells(table, self.readers)
        self.filled_rows = {}
        for (row, column), parent in table.fills.items():
            self.filled_rows.setdefault(row, {})[column] = parent
        self.shown = shown_dates(around.sheet, table)
        self.formulas = {}
        for row, column in around.sheet.formulas:
            if column in named and column not in self.serials:
                self.formulas.setdefault(row, set()).add(column)

    # --- rows of one studio

    def parent(self, number, row):
        """The row whose studio a merge extends down to this one, or None."""
        fills = self.filled_rows.get(number)
        names = self.columns.get("studio_name") or self.columns.get("unit_name")
        return fills.get(names[0].index) if fills and names else None

    def join(self, read, number, row):
        """Add a row under the studio of ``read`` to it if it only goes on with lists; say whether."""
        lists = {column.index: key for key in LISTS for column in self.columns.get(key, ())}
        extra = dict(self.unknown) | {at: f"?{letters(at)}" for at, _ in filled(row) if at >= self.width}
        own = [(at, value) for at, value in filled(row) if at not in self.serials]
        if any(at not in lists and at not in extra for at, _ in own):
            return False
        for at, value in own:
            text = text_of(value)
            if key := lists.get(at):
                outcome = self.readers.read(key, value)
                self.take(read, key, outcome, text, cell=f"{letters(at)}{number + 1}")
                read.values[key] = read.values.get(key, []) + [
                    one for one in outcome.value or [] if one not in read.values.get(key, [])
                ]
            name = lists.get(at) or extra[at]
            read.raw[name] = f"{read.raw[name]}\n{text}" if name in read.raw else text
        return True

    def take(self, read, key, outcome, text, cell=""):
        """Messages and questions of an outcome become the row's."""
        for code, values, grave in outcome.messages:
            cell = cell or read.cells.get(key, "")
            read.messages.append(
                {"cell": cell, "found": text, "code": code, "values": values, "grave": grave}
            )
        if outcome.question and outcome.question not in read.questions:
            read.questions.append(outcome.question)

    # --- one row

    def read(self, number, row):
        """The RowRead of a row of data."""
        fills, shown = self.filled_rows.get(number), self.shown.get(number, ())
        row = self._with_fills(row, fills) if fills else row
        row = as_shown(row, shown) if shown else row
        ditto = dittos(row, self.above, self.serials)
        self.above = row = as_meant(row, self.above, ditto) if ditto else row
        mark = str(number + 1)
        read = RowRead(
            self.sheet.name, number + 1, cells={key: letter + mark for key, letter in self.letters}
        )
        read.raw.update((one.key, one.held) for one in shown if one.held)
        values, width, reader = read.values, len(row), self.readers
        for index, key, known in self.simple:
            raw = row[index] if index < width else None
            if raw is None or raw == "":
                values[key] = None
                continue
            outcome = known(raw) if raw.__class__ is not bool else None
            if outcome is None:
                outcome = self._serial(raw) if key == "serial" else reader.read(key, raw)
            values[key], said, messages, waits = outcome
            if said is not None:
                read.raw[key] = said
            if messages or waits:
                self.take(read, key, outcome, text_of(raw))
        if ditto:
            read.say("layout.ditto", {"value": "、".join(text_of(row[at]) for at in ditto)})
            read.messages[-1]["cell"] = letters(ditto[0]) + mark
        level = self.naming.read(self, read, row)
        self._names(read, row)
        self._county(read, row)
        self._level(read, row, level)
        self._lists(read, row)
        self._ending(read)
        self._year(read)
        self._rest(read, row, number)
        return read

    def _with_fills(self, row, fills):
        row = row + [None] * (self.width - len(row))
        for column, parent in fills.items():
            above = self.sheet.rows[parent]
            if row[column] is None and column < len(above) and column not in self.serials:
                row[column] = above[column]
        return row

    def _serial(self, raw):
        if isinstance(raw, str) and raw.strip() in ERRORS:
            return Outcome(None, raw)
        if isinstance(raw, (int, float)) and not isinstance(raw, bool) and raw % 1 == 0:
            return Outcome(int(raw))
        text = text_of(raw).strip()
        return Outcome(int(text) if text.isascii() and text.isdigit() and len(text) < 7 else text)

    def _names(self, read, row):
        """Studio and unit; parted when they share a cell, taken from the full name when there is no other."""
        values = read.values
        studio, unit = values.get("studio_name"), values.get("unit_name")
        if studio and (not unit or studio[-1] in ")）") or (studio and self.listed):
            self._split(read, studio, unit)
        whole = values.get("studio_name")
        if whole and not values.get("unit_name") and (parts := of_leader(whole, values.get("leader"))):
            values["studio_name"], values["unit_name"] = parts
            read.say("layout.split", {"unit": parts[1]}, key="studio_name", found=whole)
        if not values.get("studio_name") and values.get("official_name"):
            full = values["official_name"]
            values["studio_name"] = full.removeprefix(unit) if unit and full != unit else full
            read.say("layout.from_full_name", {}, key="official_name", found=full)
        wrong = {message["cell"] for message in read.messages if message["grave"]}
        if values.get("studio_name") or read.cells.get("studio_name") in wrong - {""}:
            return
        code = (
            "layout.no_studio" if values.get("unit_name") or read.raw.get("unit_name") else "layout.no_names"
        )
        read.say(code, {}, key="studio_name", grave=True)

    def _split(self, read, studio, unit):
        values, text = read.values, read.raw.get("studio_name", studio)
        if self.listed:
            text = without_number(text)
            values["studio_name"] = (
                bare(without_number(studio)) if " " not in studio else without_number(studio)
            )
        elif not any(sign in text for sign in "(（:：\n\t-—/| "):
            return
        if not unit and several_studios(text):
            read.say("layout.several_studios", {}, key="studio_name", found=text[:200], grave=True)
            return
        name, owner = split_studio(text, every=self.listed)
        if not owner or (unit and name_key(unit) != name_key(owner)):
            return
        outcomes = [self.readers.read("studio_name", name), self.readers.read("unit_name", owner)]
        values["studio_name"], values["unit_name"] = (outcome.value for outcome in outcomes)
        read.raw.setdefault("studio_name", studio)
        read.messages = [m for m in read.messages if m["cell"] != read.cells["studio_name"]]
        read.cells.setdefault("unit_name", read.cells["studio_name"])
        for key, outcome in zip(_NAMES, outcomes, strict=True):
            self.take(read, key, outcome, outcome.value or "")
        if not unit and not self.listed:
            read.say("layout.split", {"unit": owner}, key="studio_name", found=text[:200])

    def _cell(self, row, key):
        """The cell of a column that has only one, or None when it is blank or not there."""
        those = self.columns.get(key)
        if not those or those[0].index >= len(row):
            return None
        value = row[those[0].index]
        return None if isinstance(value, str) and not value.strip() else value

    def _county(self, read, row):
        raw = self._cell(row, "union_code")
        outcome = None
        if raw is not None:
            outcome = self._place(raw)
            if outcome.value is None and not outcome.messages and not outcome.question:
                outcome = None  # 无 and the like
        if outcome is None:
            outcome = self.around.county()
        elif outcome.raw is not None:
            read.raw["union_code"] = outcome.raw
        read.values["union_code"] = outcome.value
        self.take(read, "union_code", outcome, text_of(raw) if raw is not None else "")
        county = outcome.value
        if county and not self.places.allowed(county):
            names = [self.places.rows[code]["name"] for code in (county, self.places.home)]
            read.say(
                "layout.not_yours",
                {"found": names[0], "home": names[1]},
                key="union_code",
                found=text_of(raw) if raw is not None else names[0],
                grave=True,
            )

    def _place(self, raw):
        """The Outcome of a cell that names a union: the county-tier union it is or belongs to."""
        memo = self.readers.memo("union_code")
        if raw in memo:
            return memo[raw]
        understood = self.places.gazetteer.find(raw)
        if isinstance(raw, str) and raw.strip() in ERRORS:
            understood = Understood(error=Remark("layout.excel_error", {"found": raw.strip()}))
        elif understood.error:
            understood = self.places.unknown(raw, understood)
        outcome = self.readers.outcome("union_code", understood, raw)
        if outcome.value:
            county = self.places.county_of(outcome.value)
            if county is None:
                about = f"place:{name_key(text_of(raw))}"
                asked = self.places.ask(about, "layout.which_county", found=text_of(raw).strip())
                outcome = self.readers.outcome("union_code", asked, raw)
            else:
                outcome = outcome._replace(value=county, raw=text_of(raw))
        memo[raw] = outcome
        return outcome

    def _level(self, read, row, of_columns):
        raw = self._cell(row, "level") or of_columns or None
        outcome = None
        if raw is not None:
            outcome = self._level_of(raw, self.places.is_city(read.values.get("union_code")))
            if outcome.value is None and not outcome.messages and not outcome.question:
                outcome = None
        if outcome is None:
            outcome = self.around.level()
        elif outcome.raw is not None:
            read.raw["level"] = outcome.raw
        if outcome.question and (code := self._by_document(read, outcome.question)):
            outcome = Outcome(code, text_of(raw) if raw is not None else None)
            number = read.values["document_number"]
            read.say("layout.level_of_document", {}, key="document_number", found=number)
        self.take(read, "level", outcome, text_of(raw) if raw is not None else "")
        kept = {row["code"]: row["name"] for row in self.around.context.levels}
        if outcome.value and outcome.value not in kept:
            values = {"levels": "、".join(kept.values()), "found": outcome.raw or outcome.value}
            read.say("layout.level_not_kept", values, key="level", found=outcome.raw or "", grave=True)
        read.values["level"] = outcome.value if outcome.value in kept else None

    def _by_document(self, read, question):
        """The one of the levels asked about at which the union behind the document names, or ""."""
        if self.readers.questions[question]["code"] == "level.several":
            return ""
        document = split_document(read.values.get("document_number"))
        code = self.places.names_at(document[0], read.values.get("union_code")) if document else ""
        return code if any(code == value for value, _ in self.readers.questions[question]["choices"]) else ""

    def _level_of(self, raw, city):
        memo = self.readers.memo(("level", city))
        if raw not in memo:
            understood = read_level(raw, county_level_city=city)
            if isinstance(raw, str) and raw.strip() in ERRORS:
                understood = Understood(error=Remark("layout.excel_error", {"found": raw.strip()}))
            memo[raw] = self.readers.outcome("level", understood, raw)
        return memo[raw]

    def _lists(self, read, row):
        """Patents and honours, each from all the columns that feed them."""
        for key in LISTS:
            those = self.columns.get(key)
            if not those:
                continue
            entries, texts = [], []
            for column in those:
                raw = row[column.index] if column.index < len(row) else None
                if raw is None or raw == "":
                    continue
                if key == "honours":
                    city = self.places.is_city(read.values.get("union_code"))
                    outcome = self.readers.honours(raw, county_level_city=city)
                else:
                    outcome = self.readers.read(key, raw)
                self.take(read, key, outcome, text_of(raw), cell=f"{column.letter}{read.row}")
                entries += [entry for entry in outcome.value or [] if entry not in entries]
                texts.append(text_of(raw))
            read.values[key] = entries
            if texts:
                read.raw[key] = "\n".join(texts)

    def _ending(self, read):
        """The end of a title, from its own columns or from the remarks."""
        values = read.values
        texts = [values.get("remarks"), *(read.raw.get(key) for key in ("status", "end_reason"))]
        if not any(values.get(key) for key in endings.STATED) and not any(texts):
            return
        if values.get("remarks") and not values.get("status") and not values.get("revoked_on"):
            self._by_remarks(read, values["remarks"])
        if any(message["code"] == "end_reason.unknown" for message in read.messages):
            values["end_reason"] = endings.UNSTATED  # its words stay in ``raw``
        cells = {message["cell"] for message in read.messages if message["grave"]} - {""}
        waiting = {key for key in endings.STATED if read.cells.get(key) in cells}
        waiting |= {question.partition("|")[0] for question in read.questions}
        for key, code, what in endings.problems(values, waiting):
            shown = key if key in read.cells else "remarks"
            found = read.raw.get(shown) or text_of(values.get(shown) or "")
            read.say(code, what, key=shown, found=found, grave=True)

    def _by_remarks(self, read, text):
        said, question = endings.by_remarks(text)
        if question:
            outcome = self.readers.outcome("status", question, text)
            self.take(read, "remarks", outcome, text)
            said = endings.after_answer(text) if outcome.value == endings.ENDED else None
        elif said:
            read.say("layout.ended_by_remarks", {}, key="remarks", found=text)
        if said:
            read.values.update({key: read.values.get(key) or value for key, value in said.items()})

    def _year(self, read):
        """The year of naming from the number of the document or the title, where no column gives it."""
        values = read.values
        asked = any(question.startswith("named_on|") for question in read.questions)
        if values.get("named_on") or read.raw.get("named_on") or asked:
            return
        document = split_document(values.get("document_number"))
        if document:
            values["named_on"] = str(document[1])
            read.say("layout.year_of_document", {}, key="document_number", found=values["document_number"])
        elif self.around.around.year:
            values["named_on"] = self.around.around.year
            read.say("layout.year_of_title", {}, found=values["named_on"])

    def _rest(self, read, row, number):
        """What the register does not have stays as text; hidden rows and formulas are said."""
        width = len(row)
        for index, name in self.unknown:
            if index < width and row[index] is not None and row[index] != "":
                name = name if name not in read.raw else f"{name} {letters(index)}"
                read.raw[name] = text_of(row[index])
        if width > self.width or self.unnamed:
            for index in [*self.unnamed, *range(self.width, width)]:
                if index < width and row[index] is not None and row[index] != "":
                    read.raw[f"?{letters(index)}"] = text_of(row[index])
        if number in self.sheet.hidden_rows:
            read.say("layout.hidden_row", {})
            read.messages[-1]["cell"] = f"A{number + 1}"
        for column in sorted(self.formulas.get(number, ())):
            if column < width and row[column] is not None:
                said = {"cell": f"{letters(column)}{number + 1}", "found": text_of(row[column])}
                read.messages.append({**said, "code": "layout.formula", "values": {}, "grave": False})

    def is_example(self, read):
        """Whether a row has XXX or 某某 for names."""
        texts = [read.values.get(key) or read.raw.get(key) for key in (*_NAMES, "leader")]
        marks = [is_placeholder(text) for text in texts if text]
        return bool(marks) and sum(marks) * 2 > len(marks)


def _counted(column, table, rows):
    """The column, without its meaning when patents are only counted in it."""
    if column.key != "patents":
        return column
    cells = [row[column.index] for row in rows[table.first : table.last] if column.index < len(row)]
    texts = [bare(text_of(cell)).removesuffix(".0").rstrip("件项个") for cell in cells if cell is not None]
    texts = [text for text in texts if text not in ("", "无", "/", "-", "0")]
    if texts and all(text.isdigit() and len(text) < 4 for text in texts):
        return type(column)(column.index, column.label, "", column.scale)
    return column
