"""What the database's catalogue says of constraints, indexes, triggers and defaults: it outlives a load."""

from django.db import connection

CATALOGUE = """
SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid) || convalidated
  FROM pg_constraint WHERE connamespace = 'public'::regnamespace AND contype <> 'n'
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger
  WHERE NOT tgisinternal
UNION ALL SELECT 'default', table_name, column_name, column_default FROM information_schema.columns
  WHERE table_schema = 'public'
ORDER BY 1, 2, 3, 4
"""


def ask(query, *values):
    """The rows of a query."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchall()
