"""A unit that moves keeps its titles: whose line a title below came from is asked when a title is granted.

Moving touches every title of the unit, and a title may be ended long after the move. Both used to be
refused under a city title, because the county that had granted the title below is no longer above the unit.
"""

from django.db import migrations

LADDER = """
CREATE OR REPLACE FUNCTION naming_keeps_the_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE needed bigint; rest studios_naming%ROWTYPE; studio studios_studio%ROWTYPE;
BEGIN
  IF NEW.source = 'portal' THEN
    SELECT requires_id INTO needed FROM studios_naminglevel WHERE id = NEW.level_id;
    IF needed IS NOT NULL THEN
      SELECT * INTO rest FROM studios_naming WHERE id = NEW.basis_id;
      SELECT * INTO studio FROM studios_studio WHERE id = NEW.studio_id;
      IF rest.id IS NULL OR rest.studio_id <> NEW.studio_id OR rest.level_id <> needed
         OR NOT (daterange(rest.since, rest.until, '[]') @> daterange(NEW.since, NEW.until, '[]'))
         OR ({granted} AND
           rest.granted_by_id NOT IN (studio.union_id, coalesce(studio.county_id, 0), coalesce(studio.city_id, 0)))
      THEN
        RAISE EXCEPTION 'a title must rest on a live title of the level below, granted in the studio''s own line'
          USING ERRCODE = 'check_violation', CONSTRAINT = 'naming_rests_on_a_live_title_below';
      END IF;
    END IF;
  END IF;
  IF TG_OP = 'UPDATE' AND EXISTS (
      SELECT 1 FROM studios_naming above WHERE above.basis_id = NEW.id
        AND NOT (daterange(NEW.since, NEW.until, '[]') @> daterange(above.since, above.until, '[]')))
  THEN
    RAISE EXCEPTION 'a title above still rests on this one: end that first'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'naming_not_ended_under_a_title_above';
  END IF;
  RETURN NULL;
END $$;
"""
WHEN_GRANTED = """(TG_OP = 'INSERT' OR (OLD.studio_id, OLD.level_id, OLD.basis_id, OLD.source)
           IS DISTINCT FROM (NEW.studio_id, NEW.level_id, NEW.basis_id, NEW.source))"""


class Migration(migrations.Migration):
    """Replaces the function; the trigger stays. OLD is not assigned on INSERT, hence the order of the OR."""

    dependencies = [("studios", "0012_ledger_entries_carry_ancestors")]
    operations = [
        migrations.RunSQL(LADDER.replace("{granted}", WHEN_GRANTED), LADDER.replace("{granted}", "true"))
    ]
