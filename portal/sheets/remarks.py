"""An office's own file given back with a column of remarks: what is to be done about which row."""

from pathlib import Path

from portal.sheets.child import BROKEN, ask
from portal.sheets.refusals import Refused
from portal.sheets.rules import REMARKING

HEADER = "header_row"


def with_remarks(path, book_kind, encoding, remarks, heading, target, *, limits=None):
    """Write the file at ``path`` with one more column, headed ``heading``, to ``target``; the suffix of that.

    ``remarks``: {sheet name: {row number, from 1: text}}; a sheet's key "header_row" has the number of the
    row that the heading goes to, else it is the one above the first remark. ``book_kind`` and ``encoding``
    are those of the Book that ``read`` gave: a file that is no longer of that kind is refused as damaged.
    A column of the same heading that is already the last one is used again. Workbooks keep their styles,
    widths, merges and formulas; .xls and web pages come back as .xlsx made anew, csv as csv in its encoding.

    Raises Refused or CheckerBroken, as ``read`` does.
    """
    wanted = {}
    for name, given in remarks.items():
        rows = {row: text for row, text in given.items() if row != HEADER}
        if rows or given.get(HEADER):
            wanted[name] = {"header": given.get(HEADER) or max(1, min(rows) - 1), "rows": rows}
    request = {"act": "remark", "remarks": wanted, "heading": str(heading)}
    with Path(path).open("rb") as source, Path(target).open("wb") as made:
        answer = ask(source, made, limits or REMARKING, kind=book_kind, encoding=encoding, **request)
    try:
        return {"xlsx": ".xlsx", "csv": ".csv"}[answer["made"]]
    except BROKEN:  # the child was taken over by the file
        raise Refused("crashed") from None
