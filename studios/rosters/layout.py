"""Where the tables of a sheet are: headers of one to three rows, their columns, what stands above them.

A header is found by its words, never by its row number.
"""

import re
from dataclasses import dataclass, field

from studios.rosters.cells.folding import bare
from studios.rosters.headings import LISTS, NAMING, decides, meaning

SEARCHED = 300  # rows in which the first header of a sheet is looked for
LONGEST_GROUP = 24  # signs of a heading above others; more is a title
_IN_BRACKETS = re.compile(r"[(（\[【].*[)）\]】]", re.S)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table; ``key`` is "" when the register does not have it, ``index`` 0-based."""

    index: int
    label: str  # 领衔人-姓名
    key: str
    scale: str = ""
    known: str = ""
    rank: int = 9
    level: str = ""  # as in a Heading
    part: str = ""

    @property
    def letter(self):
        return letters(self.index)


@dataclass(slots=True)
class Table:
    """Rows ``first`` to ``last`` (0-based, last excluded) below a header; ``above``: rows of titles."""

    header: range
    columns: list
    above: range
    first: int
    last: int
    words: tuple = ()  # (column, label) of the header, to tell repeated ones
    fills: dict = field(default_factory=dict)  # (row, column): the row that holds the value of the merge

    @property
    def keys(self):
        return {column.key for column in self.columns if column.key}


def letters(index):
    """0 → A, 26 → AA."""
    text, rest = "", index + 1
    while rest:
        rest, letter = divmod(rest - 1, 26)
        text = chr(65 + letter) + text
    return text


def filled(row):
    """The (column, value) pairs of a row that are not blank."""
    return [
        (at, value)
        for at, value in enumerate(row)
        if value is not None and not (isinstance(value, str) and not value.strip())
    ]


def find_tables(sheet):
    """The tables of a sheet in their order; [] when no row of it is a header."""
    found, rows, at = [], sheet.rows, 0
    known_words, before = frozenset(), 0
    while at < len(rows):
        if _may_be_header(rows, at, bool(found), known_words) and is_header(rows[at]):
            if at + 1 < len(rows) and is_header(rows[at + 1]) and _stands_above(sheet, sheet.merges, at):
                at += 1
            table = _table_at(sheet, at, before, found[-1] if found else None)
            if found:
                found[-1].last = table.above.start
            found.append(table)
            known_words |= {value for row in table.header for _, value in filled(rows[row])}
            at = before = table.header.stop
        else:
            at += 1
    if found:
        found[-1].last = len(rows)
        _fill_from_merges(sheet, found)
    return found


def _may_be_header(rows, at, has_table, known_words):
    """Whether looking closer is worth it: at the start, below sparse rows, or where known words come back."""
    row = rows[at]
    if not has_table:
        return at < SEARCHED
    if not row or len(known_words.intersection(row)) >= 2:
        return bool(row)
    above = rows[at - 1]
    return len(above) - above.count(None) - above.count("") <= 2


def is_header(row):
    """Whether at least two columns are named, one of them the studio or its unit, by most of the cells."""
    cells = [value for value in row if value is not None and value != ""]
    if len(cells) < 2 or not all(isinstance(value, str) for value in cells):
        return False
    marks = [meaning(value) for value in cells if value.strip()]
    known = {mark.known for mark in marks if mark.known}
    if len(known) < 2 or not known & NAMING:
        return False
    hits = sum(bool(mark.known) for mark in marks)
    return 2 * hits > len(marks) or (hits >= 3 and not _is_form(marks))


def without_names(sheet):
    """Whether a row names at least three columns, but neither the studio nor its unit."""
    for row in sheet.rows[:SEARCHED]:
        cells = [value for _, value in filled(row)]
        if len(cells) >= 3 and all(isinstance(value, str) for value in cells):
            known = {meaning(value).known for value in cells} - {""}
            if len(known) >= 3 and 2 * len(known) > len(cells) and not known & NAMING:
                return row
    return None


def _is_form(marks):
    """Label, value, label, value: the form of one studio and no header."""
    return len(marks) > 3 and all(bool(mark.known) == (at % 2 == 0) for at, mark in enumerate(marks[:6]))


def _table_at(sheet, at, before, previous):
    """The table whose header is fullest at ``at``; ``before``: the first row that may be its title."""
    merges = [merge for merge in sheet.merges if merge[0] <= at + 3 and merge[2] >= at - 1]
    top = at - 1 if at > before and _stands_above(sheet, merges, at - 1) else at
    bottom = at
    while bottom - top < 2 and _stands_below(sheet, merges, bottom):
        bottom += 1
    header = range(top, bottom + 1)
    columns = _columns(sheet, merges, header)
    words = tuple((column.index, column.label) for column in columns)
    above = top
    if previous is None:
        above = before
    else:
        while above > before and _is_title(sheet.rows[above - 1]):
            above -= 1
    return Table(header, columns, range(above, top), bottom + 1, bottom + 1, words)


def _is_title(row):
    """A row of a few words above a further table; a number in it makes it a total."""
    cells = filled(row)
    return len(cells) <= 2 and all(isinstance(value, str) and not _TOTAL.match(value) for _, value in cells)


_TOTAL = re.compile(r"\s*[(（]?(?:小\s*计|合\s*计|总\s*计|共\s*计|累\s*计|注|说明|备注|填表|审核)")


def _labels(sheet, merges, at):
    """{column: (first column, label, merged)} of a row of the header; merged cells share their label."""
    row = sheet.rows[at] if at < len(sheet.rows) else []
    found = {}
    for column, value in filled(row):
        found[column] = (column, str(value), False)
    for top, left, bottom, right in merges:
        if top <= at <= bottom and top < len(sheet.rows):
            own = sheet.rows[top][left] if left < len(sheet.rows[top]) else None
            if own is not None and right - left < 500:
                wide = right > left
                found.update({c: (left, str(own), wide) for c in range(left, right + 1)})
    return found


def _width(sheet, header):
    return max((len(sheet.rows[at]) for at in header if at < len(sheet.rows)), default=0)


def _spread(labels, below):
    """Labels with those that only their first column has, because nothing was merged, spread to the right."""
    found, last = dict(labels), None
    for column in range(max([*labels, *below], default=-1) + 1):
        if column in labels:
            last = labels[column]
        elif last and column in below and not last[2]:
            found[column] = last
        else:
            last = None
    return found


def _stands_above(sheet, merges, at):
    """Whether row ``at`` holds headings above groups of the header below it."""
    labels, below = _labels(sheet, merges, at), _labels(sheet, merges, at + 1)
    names = {label for _, label, _ in labels.values()}
    if not names or any(len(bare(name)) > LONGEST_GROUP or ":" in bare(name) for name in names):
        return False
    spread = _spread(labels, below)
    wide = {start for start, _, _ in spread.values() if sum(s == start for s, _, _ in spread.values()) > 1}
    if not wide or (len(names) == 1 and (0 in labels or not decides(next(iter(names))))):
        return False
    rows_own = {column for column, _ in filled(sheet.rows[at + 1])}
    beside = {start for start, _, _ in labels.values() if start not in wide and start in rows_own}
    return len(beside) < len(wide)


def _stands_below(sheet, merges, at):
    """Whether the row below ``at`` parts the wide headings of row ``at``, or adds units to narrow ones."""
    if at + 1 >= len(sheet.rows):
        return False
    own = filled(sheet.rows[at + 1])
    texts = [value for _, value in own]
    if not own or not all(isinstance(text, str) and len(bare(text)) <= LONGEST_GROUP for text in texts):
        return False
    below = dict(own)
    above = _spread(_labels(sheet, merges, at), below)
    starts = [start for start, _, _ in above.values()]
    inside = known = bracketed = 0
    for column, text in own:
        if column not in above:
            return False
        start, label, merged = above[column]
        if starts.count(start) > 1:
            inside += 1
            known += bool(meaning(text, label).known) or (merged and bool(_wide(merges, at, start)))
        elif _IN_BRACKETS.fullmatch(text.strip()):
            bracketed += 1
        else:
            return False
    return (inside > 0 and 2 * known >= inside) or (inside == 0 and bracketed == len(own))


def _wide(merges, at, column):
    """Whether a merge that begins in that cell goes over several columns and ends in that row."""
    return any(top <= at == bottom and left == column and right > left for top, left, bottom, right in merges)


def _columns(sheet, merges, header):
    """The Columns below a header; of several with one meaning the best named keeps it, lists share it."""
    paths = {}
    labels = [_labels(sheet, merges, at) for at in header]
    for level, found in enumerate(labels):
        below = {column for later in labels[level + 1 :] for column in later}
        for column, (_, label, _) in (_spread(found, below) if below else found).items():
            path = paths.setdefault(column, [])
            if label not in path:
                path.append(label)
    named = [_column(index, path) for index, path in sorted(paths.items())]
    best = {}
    for column in named:
        if column.key and (column.key not in best or _order(column) < _order(best[column.key])):
            best[column.key] = column
    return [
        column
        if column.key in LISTS or not column.key or best[column.key] is column
        else Column(column.index, column.label, "", column.scale)
        for column in named
    ]


def _order(column):
    """Own words first, then the more exact of two: 单位名称 rather than 单位."""
    return column.rank, -len(column.label)


def _column(index, path):
    path = [" ".join(part.split()) for part in path]
    if len(path) > 1 and _IN_BRACKETS.fullmatch(path[-1]):
        path[-2:] = ["".join(path[-2:])]
    found = meaning(path[-1], path[-2] if len(path) > 1 else "")
    if not found.known and len(path) > 2:
        found = meaning(path[-1], path[-3])
    label = "-".join(path)
    return Column(index, label, found.key, found.scale, found.known, found.rank, found.level, found.part)


def _fill_from_merges(sheet, tables):
    """Note for cells covered by a merge over several rows which row holds the value; blanks stay blank."""
    for top, left, bottom, right in sheet.merges:
        if bottom == top or right - left > 500:
            continue
        for table in tables:
            start, stop = max(top, table.first), min(bottom, table.last - 1)
            if top >= table.first and stop > start:
                table.fills.update({(row, left): top for row in range(start + 1, stop + 1)})
