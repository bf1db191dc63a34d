"""A stream of rows on its way into a table through COPY."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from psycopg import sql

# Dates and times travel as the integers that PostgreSQL's binary format makes of them (days and
# microseconds since 2000-01-01): packing an integer costs a fifth of packing a date.
DATE, TIME = "int4", "int8"
TEXT, ID, SMALL, NUMBER, YES_NO, TEXTS = "text", "int8", "int2", "numeric", "bool", "varchar[]"
KNOWN = {
    "id": ID,
    "tier": SMALL,
    "year": SMALL,
    "rank": SMALL,
    "order": SMALL,
    "submissions": SMALL,
    "number": TEXT,
    "at": TIME,
    "since": DATE,
    "until": DATE,
    "last_number": "int4",
}
ENDINGS = {"_id": ID, "_tier": SMALL, "_at": TIME}


def type_of(column):
    """How a column travels, from its name; what is unknown is text."""
    return KNOWN.get(column) or next(
        (kind for ending, kind in ENDINGS.items() if column.endswith(ending)), TEXT
    )


@dataclass
class Stream:
    """Rows of one table, its columns in their order, and the types that a column's name does not tell."""

    table: str
    columns: tuple
    rows: Iterable
    types: dict

    def __init__(self, table, columns, rows, **types):
        self.table, self.columns, self.rows, self.types = table, tuple(columns.split()), rows, types

    def copy(self, cursor):
        """Write every row; returns how many."""
        statement = sql.SQL("COPY {} ({}) FROM STDIN (FORMAT binary)").format(
            sql.Identifier(self.table), sql.SQL(", ").join(map(sql.Identifier, self.columns))
        )
        count = 0
        with cursor.copy(statement) as copy:
            copy.set_types([self.types.get(column) or type_of(column) for column in self.columns])
            write = copy.write_row
            for row in self.rows:
                write(row)
                count += 1
        return count

    def digest(self):
        """SHA-256 of the rows, in words that hold between runs; the rows are used up."""
        sum_of_rows = hashlib.sha256(repr((self.table, self.columns)).encode())
        for row in self.rows:
            sum_of_rows.update(repr(row).encode())
        return sum_of_rows.hexdigest()
