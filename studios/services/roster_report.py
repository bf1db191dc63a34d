"""What is said about an uploaded roster, in words: a report, and the office's own file with remarks."""

from collections import Counter, defaultdict
from pathlib import Path

from django.utils.translation import gettext as _

from portal.files import store
from portal.files.inspect import scratch_folder
from portal.sheets import refusals
from portal.sheets.reading import read
from portal.sheets.remarks import HEADER, with_remarks
from studios.choices import Verdict
from studios.rosters.remarks import HEADING, sentence

MEDIA_TYPES = {
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".csv": "text/csv; charset=utf-8",
}

LISTS = frozenset(("honours", "patents"))
TOLD_EACH = 200  # rows
FIELDS = ("sheet", "row", "verdict", "values", "messages")
AROUND = frozenset(  # rows of a sheet that are no studio and nobody took for one
    f"layout.{kind}"
    for kind in "title header note signature total group column_numbers hidden_sheet no_table_here".split()
)


def problem_sentence(problem):
    """The sentence of a {code, values} that an import was refused with, in the active language."""
    if not problem:
        return ""
    say = refusals.sentence if problem["code"] in refusals.SENTENCES else sentence
    return say(problem["code"], problem.get("values"))


def expected(message, questions):
    """The sentence of a message; a question with the answers that are offered."""
    said = sentence(message["code"], message.get("values"))
    asked = questions.get(message.get("question"))
    if asked is None:
        return said
    choices = _(", ").join(f"“{label}”" for _value, label in asked["choices"])
    return _("%(question)s Possible answers: %(choices)s.") % {"question": said, "choices": choices}


def understood(values):
    """The values of a row that say something; a list that the sheet has a column for may be empty."""
    told = {key: [] if value is None and key in LISTS else value for key, value in values.items()}
    return {key: value for key, value in told.items() if value not in (None, "")}


def rows_in_words(rows, questions):
    """Dicts of ``report["rows"]`` of (sheet, row, verdict, values, messages); questions a list."""
    known = {asked["key"]: asked for asked in questions}
    return [
        {
            "sheet": sheet,
            "row": row,
            "verdict": str(verdict),
            "values": understood(values),
            "messages": [
                {
                    "cell": message.get("cell") or "",
                    "found": message.get("found") or "",
                    "expected": expected(message, known),
                }
                for message in messages
            ],
        }
        for sheet, row, verdict, values, messages in rows
    ]


def report_of(*, name, sha256, rows, questions, control_totals, problem=None):
    """The report in the active language: plain JSON; a refused file has ``refused``, its sentence."""
    told = {"file": name, "sha256": sha256}
    if problem:
        told["refused"] = problem_sentence(problem)
    rows = rows_in_words(rows, questions)
    counted = Counter(row["verdict"] for row in rows)
    return {
        **told,
        "verdicts": {} if problem else {verdict.value: counted[verdict.value] for verdict in Verdict},
        "control_totals": [
            {key: total.get(key) for key in ("sheet", "row", "label", "stated", "found")}
            for total in control_totals
        ],
        "rows": rows,
    }


def report(roster_import):
    """Everything that was said about an uploaded roster; see ``report_of``."""
    refused = roster_import.state == "refused"
    return report_of(
        name=roster_import.name,
        sha256=roster_import.sha256,
        rows=roster_import.rows.order_by("pk").values_list(*FIELDS).iterator(),
        questions=roster_import.questions,
        control_totals=roster_import.control_totals,
        problem=roster_import.problem if refused else None,
    )


def remarks_by_row(rows, questions):
    """{sheet: {row: text}} of (sheet, row, verdict, values, messages): verdict and remarks, one line each.

    Titles, headings, totals and the like need no remark.
    """
    labels = {verdict.value: str(verdict.label) for verdict in Verdict}
    known = {asked["key"]: asked for asked in questions}
    found = defaultdict(dict)
    for sheet, row, verdict, _values, messages in rows:
        if verdict == Verdict.SKIPPED and all(message["code"] in AROUND for message in messages):
            continue
        lines = [labels[verdict]]
        for message in messages:
            cell = f"{message['cell']}: " if message.get("cell") else ""
            lines.append(f"{cell}{expected(message, known)}")
        found[sheet][row] = "\n".join(lines)
    return dict(found)


def remarks_file(roster_import):
    """(bytes, ending) of the workbook that ``write_remarks`` makes; raises what that raises."""
    with scratch_folder() as folder:
        target = Path(folder) / "remarks"
        ending = write_remarks(roster_import, target)
        return target.read_bytes(), ending


def write_remarks(roster_import, target, tell=None):
    """Write the uploaded file with one more column, what becomes of each row, to ``target``; its ending.

    ``tell(done, total)`` hears how many rows are worded; writing the file follows. Raises Refused for a file
    that cannot be given back, CheckerBroken, as ``read`` does.
    """
    path = store.path_of(roster_import.stored)
    book = read(path, roster_import.name)
    rows = roster_import.rows.order_by("pk").values_list(*FIELDS).iterator()
    if tell is not None:
        rows = _counted(rows, sum(roster_import.counts.values()), tell)
    told = remarks_by_row(rows, roster_import.questions)
    for sheet, number in _header_rows(roster_import).items():
        told.setdefault(sheet, {})[HEADER] = number
    return with_remarks(path, book.kind, book.encoding, told, HEADING, target)


def _counted(rows, total, tell):
    """The same rows; ``tell`` hears of every few."""
    for number, row in enumerate(rows):
        if number % TOLD_EACH == 0:
            tell(number, total)
        yield row
    tell(total, total)


def _header_rows(roster_import):
    """{sheet: number of the first row of headings}, from the cells of the columns."""
    rows = {}
    for column in roster_import.columns:
        number = int("".join(filter(str.isdigit, column["cell"])) or 1)
        rows[column["sheet"]] = min(number, rows.get(column["sheet"], number))
    return rows
