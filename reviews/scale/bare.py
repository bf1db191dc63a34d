"""Tables stripped for a load: no triggers, foreign keys and indexes while rows pour in.

All of them are there afterwards: everything is read from the catalogue before it is dropped and
written back as it was, so that a later migration needs no change here. Primary keys stay: rows come
in their order.
"""

from contextlib import contextmanager

from django.apps import apps
from django.db import connection
from django.db.models import NOT_PROVIDED
from psycopg import sql

FOREIGN_KEYS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint
WHERE contype = 'f' AND conrelid = ANY(%s::regclass[]) ORDER BY conrelid::regclass::text, conname
"""
# a unique constraint that a foreign key elsewhere points at has to stay
CONSTRAINTS = """
SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint c
WHERE contype IN ('u', 'x') AND conrelid = ANY(%s::regclass[])
  AND NOT EXISTS (SELECT 1 FROM pg_constraint f WHERE f.contype = 'f' AND f.conindid = c.conindid)
ORDER BY conrelid::regclass::text, conname
"""
# An index on a condition with an array of words stays: the catalogue words it otherwise than it was made.
INDEXES = """
SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index i
WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
  AND coalesce(pg_get_expr(indpred, indrelid), '') NOT LIKE '%%ARRAY[%%'
  AND NOT EXISTS (SELECT 1 FROM pg_constraint c WHERE c.conindid = i.indexrelid)
ORDER BY indexrelid::regclass::text
"""
TRIGGERS = """
SELECT tgrelid::regclass::text, tgname FROM pg_trigger
WHERE NOT tgisinternal AND tgenabled = 'O' AND tgrelid = ANY(%s::regclass[]) ORDER BY 1, 2
"""
NEEDS_A_VALUE = """
SELECT column_name FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = %s
  AND is_nullable = 'NO' AND column_default IS NULL AND is_identity = 'NO' ORDER BY column_name
"""


class Unfilled(Exception):
    """A column of the model that no stream fills and that has no constant default."""


@contextmanager
def bare(cursor, tables):
    """Strip ``tables`` for what happens inside; the caller's transaction makes it all or nothing."""
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks still due cannot be altered
    cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
    keys, constraints = _read(cursor, FOREIGN_KEYS, tables), _read(cursor, CONSTRAINTS, tables)
    indexes, triggers = _read(cursor, INDEXES, tables), _read(cursor, TRIGGERS, tables)
    for table, name in triggers:
        _run(cursor, "ALTER TABLE {} DISABLE TRIGGER {}", table, name)
    for table, name, _definition in (*keys, *constraints):
        _run(cursor, "ALTER TABLE {} DROP CONSTRAINT {}", table, name)
    for name, _definition in indexes:
        _run(cursor, "DROP INDEX {}", name)
    yield
    for _name, definition in indexes:
        cursor.execute(definition)
    for table, name, definition in (*constraints, *keys):
        _run(cursor, "ALTER TABLE {} ADD CONSTRAINT {} {}", table, name, rest=definition)
    for table, name in triggers:
        _run(cursor, "ALTER TABLE {} ENABLE TRIGGER {}", table, name)


@contextmanager
def filled(cursor, streams):
    """Let the database fill what the streams leave out with the models' defaults, for what happens inside."""
    made = []
    for table in sorted({stream.table for stream in streams}):
        given = set.intersection(*(set(s.columns) for s in streams if s.table == table))
        for column in _read(cursor, NEEDS_A_VALUE, table):
            if column[0] not in given:
                made.append((table, column[0]))
                value = sql.Literal(_constant(table, column[0])).as_string(cursor.connection)
                _run(cursor, "ALTER TABLE {} ALTER COLUMN {} SET DEFAULT {}", table, column[0], rest=value)
    yield
    for table, column in made:
        _run(cursor, "ALTER TABLE {} ALTER COLUMN {} DROP DEFAULT", table, column)


def _constant(table, column):
    """The default of a model's field as the database stores it. Raises Unfilled for none and for moments."""
    model = next(model for model in apps.get_models() if model._meta.db_table == table)
    field = next(field for field in model._meta.concrete_fields if field.column == column)
    is_moment = field.get_internal_type() in {"DateTimeField", "DateField", "UUIDField"}
    if is_moment or (field.default is NOT_PROVIDED and not field.empty_strings_allowed):
        raise Unfilled(f"{table}.{column}: the made-up country has no value for this column.")
    return field.get_db_prep_save(field.get_default(), connection)


def _read(cursor, query, what):
    cursor.execute(query, [what])
    return cursor.fetchall()


def _run(cursor, statement, *names, rest=""):
    """Run a statement with names in its braces; ``rest`` is SQL of the catalogue's own for the last one."""
    parts = [sql.Identifier(name.strip('"')) for name in names]
    cursor.execute(sql.SQL(statement).format(*parts, *([sql.SQL(rest)] if rest else [])))
