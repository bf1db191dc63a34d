"""Whatever a clock depends on leaves a sign when it changes; the studios that hold a title are looked at once."""

from django.db import migrations, models

# One statement, one INSERT: an import of ten thousand rows leaves its signs in one go.
TOUCH = """
CREATE FUNCTION watch_touch_naming() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO reviews_watchtouch (studio_id, at) SELECT DISTINCT studio_id, now() FROM fresh;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO reviews_watchtouch (studio_id, at) SELECT DISTINCT studio_id, now() FROM old;
  ELSE
    INSERT INTO reviews_watchtouch (studio_id, at)
      SELECT DISTINCT s.studio_id, now() FROM fresh f JOIN old o USING (id)
        CROSS JOIN LATERAL (VALUES (f.studio_id), (o.studio_id)) s(studio_id)
      WHERE (f.studio_id, f.level_id, f.since, f.until, f.stated_since)
        IS DISTINCT FROM (o.studio_id, o.level_id, o.since, o.until, o.stated_since);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION watch_touch_achievement() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO reviews_watchtouch (studio_id, at) SELECT DISTINCT studio_id, now() FROM fresh;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO reviews_watchtouch (studio_id, at) SELECT DISTINCT studio_id, now() FROM old;
  ELSE
    INSERT INTO reviews_watchtouch (studio_id, at)
      SELECT DISTINCT s.studio_id, now() FROM fresh f JOIN old o USING (id)
        CROSS JOIN LATERAL (VALUES (f.studio_id), (o.studio_id)) s(studio_id)
      WHERE (f.studio_id, f.kind_id, f.completed_on, f.granted_on, f.patent_status, f.state, f.removed_at)
        IS DISTINCT FROM (o.studio_id, o.kind_id, o.completed_on, o.granted_on, o.patent_status, o.state, o.removed_at);
  END IF;
  RETURN NULL;
END $$;

CREATE FUNCTION watch_touch_recognition() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' THEN
    INSERT INTO reviews_watchtouch (studio_id, at) SELECT DISTINCT a.studio_id, now()
      FROM fresh f JOIN studios_achievement a ON a.id = f.achievement_id;
  ELSIF TG_OP = 'DELETE' THEN
    INSERT INTO reviews_watchtouch (studio_id, at) SELECT DISTINCT a.studio_id, now()
      FROM old o JOIN studios_achievement a ON a.id = o.achievement_id;
  ELSE
    INSERT INTO reviews_watchtouch (studio_id, at)
      SELECT DISTINCT a.studio_id, now() FROM fresh f JOIN old o USING (id)
        JOIN studios_achievement a ON a.id IN (f.achievement_id, o.achievement_id)
      WHERE (f.achievement_id, f.granted_on) IS DISTINCT FROM (o.achievement_id, o.granted_on);
  END IF;
  RETURN NULL;
END $$;
"""
TABLES = ["naming", "achievement", "recognition"]
SEEN_AS = {
    "insert": "REFERENCING NEW TABLE AS fresh",
    "delete": "REFERENCING OLD TABLE AS old",
    "update": "REFERENCING OLD TABLE AS old NEW TABLE AS fresh",
}
DROP = "".join(f"DROP FUNCTION watch_touch_{table}();" for table in TABLES)
FIRST = (
    "INSERT INTO reviews_watchtouch (studio_id, at)"
    " SELECT DISTINCT studio_id, now() FROM studios_naming WHERE until IS NULL OR until >= current_date"
)


class Migration(migrations.Migration):
    """Adds functions and triggers."""

    dependencies = [("reviews", "0006_cases_carry_ancestors")]
    operations = [
        migrations.RunSQL(TOUCH, DROP),
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER studios_{table}_touches_the_watch_on_{event} AFTER {event.upper()}"
                f" ON studios_{table} {seen} FOR EACH STATEMENT EXECUTE FUNCTION watch_touch_{table}()",
                f"DROP TRIGGER studios_{table}_touches_the_watch_on_{event} ON studios_{table}",
            )
            for table in TABLES
            for event, seen in SEEN_AS.items()
        ],
        migrations.RunSQL(FIRST, migrations.RunSQL.noop),
        migrations.AddIndex(
            model_name="watchclock",
            index=models.Index(fields=["rules"], name="watchclock_by_rules"),
        ),
        migrations.AddIndex(
            model_name="watchclock",
            index=models.Index(
                fields=["due_on", "studio"], name="watchclock_warned", condition=models.Q(("stage__gt", 0))
            ),
        ),
    ]
