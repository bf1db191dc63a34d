"""Results get the keys by which the same one is found again, and the indexes that make finding fast."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.operations import TrigramExtension
from django.db import migrations

import studios.models.fields
from studios.result_keys import number_key, title_key

AT_ONCE = 5_000

# A fingerprint in four bands of 16 bits: see ``studios.ledger.pictures``.
BANDS = """
CREATE FUNCTION image_bands(fingerprint bigint) RETURNS integer[] LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[
    (fingerprint & 65535)::integer,
    65536 + (fingerprint >> 16 & 65535)::integer,
    131072 + (fingerprint >> 32 & 65535)::integer,
    196608 + (fingerprint >> 48 & 65535)::integer
  ]
$$;
CREATE INDEX evidence_by_picture ON studios_evidence USING gin (image_bands(image_hash))
  WHERE image_hash IS NOT NULL;
"""
NO_BANDS = "DROP INDEX evidence_by_picture; DROP FUNCTION image_bands(bigint);"


def fill(apps, schema_editor):
    """Write the keys of the rows that are there, so many at a time."""
    kinds = dict(apps.get_model("studios", "AchievementKind").objects.values_list("pk", "code"))
    write = (
        "UPDATE studios_achievement AS a SET number_key = v.number_key, title_key = v.title_key"
        " FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS v(id, number_key, title_key) WHERE a.id = v.id"
    )
    read = "SELECT id, kind_id, number, title FROM studios_achievement WHERE id > %s ORDER BY id LIMIT %s"
    last = 0
    with schema_editor.connection.cursor() as cursor:
        while True:
            cursor.execute(read, [last, AT_ONCE])
            rows = cursor.fetchall()
            if not rows:
                return
            last = rows[-1][0]
            keys = [
                (pk, number_key(kinds[kind], number), title_key(title)) for pk, kind, number, title in rows
            ]
            cursor.execute(write, [list(column) for column in zip(*keys, strict=True)])


class Migration(migrations.Migration):
    """Adds keys, an extension and two indexes."""

    dependencies = [("studios", "0013_titles_stay_when_a_unit_moves")]
    operations = [
        TrigramExtension(),
        migrations.AlterField("achievement", "number_key", studios.models.fields.NumberKeyField()),
        migrations.AlterField("achievement", "title_key", studios.models.fields.TitleKeyField()),
        migrations.RunPython(fill, migrations.RunPython.noop),
        # the rows written above have checks due; an index can be made only without them
        migrations.RunSQL("SET CONSTRAINTS ALL IMMEDIATE", migrations.RunSQL.noop),
        migrations.AddIndex(
            "achievement",
            GinIndex(fields=["title_key"], name="achievement_by_title", opclasses=["gin_trgm_ops"]),
        ),
        migrations.RunSQL(BANDS, NO_BANDS),
    ]
