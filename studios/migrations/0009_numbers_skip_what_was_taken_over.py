from django.db import migrations

WITHOUT_GAP = """
CREATE OR REPLACE FUNCTION officialdocument_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest int; wanted int;
BEGIN
  IF TG_OP = 'DELETE' OR (TG_OP = 'UPDATE' AND
      (OLD.union_id, OLD.prefix, OLD.year, OLD.number) IS DISTINCT FROM (NEW.union_id, NEW.prefix, NEW.year, NEW.number))
  THEN
    IF OLD.source = 'portal' THEN
      RAISE EXCEPTION 'an issued document keeps its number' USING ERRCODE = 'restrict_violation';
    END IF;
  END IF;
  IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
  IF TG_OP = 'INSERT' AND NEW.source = 'portal' THEN
    SELECT coalesce(max(number), 0) INTO newest FROM studios_officialdocument
      WHERE union_id = NEW.union_id AND year = NEW.year AND source = 'portal';
    wanted := newest + 1;
    {skip}
    IF NEW.number <> wanted THEN
      RAISE EXCEPTION 'the next number of this union and year is %', wanted
        USING ERRCODE = 'check_violation', CONSTRAINT = 'officialdocument_without_gap';
    END IF;
  END IF;
  RETURN NEW;
END $$;
"""
SKIP = """WHILE EXISTS (SELECT 1 FROM studios_officialdocument WHERE union_id = NEW.union_id AND prefix = NEW.prefix
        AND year = NEW.year AND number = wanted AND source = 'imported') LOOP
      wanted := wanted + 1;
    END LOOP;"""


class Migration(migrations.Migration):
    """A number that an older roster brought in is not given again, and leaves no gap either."""

    dependencies = [("studios", "0008_ancestors_are_carried")]
    operations = [
        migrations.RunSQL(WITHOUT_GAP.replace("{skip}", SKIP), WITHOUT_GAP.replace("{skip}", "")),
    ]
