"""The world that is measured: the demonstration city, its waiting applications many times over."""

from django.core.management import call_command
from django.db import connection

COPIES = 100  # of every application that is in review in the demonstration

MULTIPLY = """
INSERT INTO studios_studio ({studio_columns})
SELECT {studio_values} FROM studios_studio s
JOIN reviews_application a ON a.studio_id = s.id AND a.state = 'in_review' AND a.tier > 1
CROSS JOIN generate_series(1, %(copies)s) n
"""


def build():
    """Migrate, load the demonstration city and multiply what waits for review."""
    call_command("migrate", verbosity=0)
    call_command("build_locale", verbosity=0)
    call_command("load_reference", verbosity=0)
    call_command("load_demo", verbosity=0)
    multiply(COPIES)


def multiply(copies):
    """Copy each waiting application with its studio ``copies`` times; the copies have no dossier."""
    with connection.cursor() as cursor:
        studio = columns(cursor, "studios_studio")
        cursor.execute(
            MULTIPLY.format(
                studio_columns=", ".join(studio),
                studio_values=", ".join(
                    "s.short_name || '·' || n" if c == "short_name" else f"s.{c}" for c in studio
                ),
            ),
            {"copies": copies},
        )
        application = columns(cursor, "reviews_application")
        values = {
            "studio_id": "copy.id",
            "number": "a.number || '-' || row_number() OVER ()",
            "due_on": "a.due_on + (random() * 40)::int",
        }
        cursor.execute(
            f"INSERT INTO reviews_application ({', '.join(application)})"  # noqa: S608 - names from the catalogue
            f" SELECT {', '.join(values.get(c, f'a.{c}') for c in application)} FROM reviews_application a"
            " JOIN studios_studio s ON s.id = a.studio_id"
            " JOIN studios_studio copy ON copy.union_id = s.union_id"
            " AND copy.short_name LIKE s.short_name || '·%'"
            " WHERE a.state = 'in_review' AND a.tier > 1"
        )
        cursor.execute("ANALYZE")


def columns(cursor, table):
    """The columns of a table that a copy takes over: all but the key and what the database computes."""
    cursor.execute(
        "SELECT column_name FROM information_schema.columns WHERE table_name = %s"
        " AND column_name <> 'id' AND is_generated = 'NEVER' ORDER BY ordinal_position",
        [table],
    )
    return [name for (name,) in cursor.fetchall()]
