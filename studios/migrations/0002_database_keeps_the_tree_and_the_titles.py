"""What the database itself keeps true: places in the tree, carried ancestors, numbers, the ladder."""

from django.db import migrations

CARRYING = ["unit", "studio", "person", "achievement", "evidence", "naming"]

PLACE = """
CREATE FUNCTION union_place() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE above studios_union%ROWTYPE; digits text := ''; rest bigint := NEW.id;
BEGIN
  WHILE rest > 0 LOOP
    digits := substr('0123456789abcdefghijklmnopqrstuvwxyz', (rest % 36)::int + 1, 1) || digits;
    rest := rest / 36;
  END LOOP;
  digits := lpad(digits, 4, '0');
  IF NEW.parent_id IS NULL THEN
    NEW.path := digits; NEW.county_id := NULL; NEW.city_id := NULL; NEW.province_id := NULL;
  ELSE
    SELECT * INTO above FROM studios_union WHERE id = NEW.parent_id;
    IF above.tier <= NEW.tier THEN
      RAISE EXCEPTION 'a union must stand below its parent''s tier' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'union_stands_below_its_parent';
    END IF;
    IF TG_OP = 'UPDATE' AND above.path LIKE OLD.path || '%' THEN
      RAISE EXCEPTION 'a union cannot be moved below itself' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'union_not_below_itself';
    END IF;
    NEW.path := above.path || digits;
    NEW.county_id := above.county_id; NEW.city_id := above.city_id; NEW.province_id := above.province_id;
  END IF;
  IF NEW.tier = 2 THEN NEW.county_id := NEW.id; END IF;
  IF NEW.tier = 3 THEN NEW.city_id := NEW.id; END IF;
  IF NEW.tier = 4 THEN NEW.province_id := NEW.id; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER union_place BEFORE INSERT OR UPDATE OF parent_id, tier, path ON studios_union
  FOR EACH ROW EXECUTE FUNCTION union_place();

CREATE FUNCTION carry_ancestors() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  SELECT county_id, city_id, province_id INTO NEW.county_id, NEW.city_id, NEW.province_id
    FROM studios_union WHERE id = NEW.union_id;
  RETURN NEW;
END $$;

CREATE FUNCTION union_moved() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE carrier record;
BEGIN
  UPDATE studios_union SET path = path WHERE parent_id = NEW.id;
  FOR carrier IN SELECT event_object_table AS name FROM information_schema.triggers
      WHERE trigger_name LIKE '%\\_carries\\_ancestors' AND event_manipulation = 'INSERT' LOOP
    EXECUTE format('UPDATE %I SET union_id = union_id WHERE union_id = $1', carrier.name) USING NEW.id;
  END LOOP;
  RETURN NULL;
END $$;
CREATE TRIGGER union_moved AFTER UPDATE ON studios_union FOR EACH ROW
  WHEN ((OLD.path, OLD.county_id, OLD.city_id, OLD.province_id)
        IS DISTINCT FROM (NEW.path, NEW.county_id, NEW.city_id, NEW.province_id))
  EXECUTE FUNCTION union_moved();
"""

CARRY = """
CREATE TRIGGER {table}_carries_ancestors BEFORE INSERT OR UPDATE OF union_id, county_id, city_id, province_id
  ON {table} FOR EACH ROW EXECUTE FUNCTION carry_ancestors();
"""

TITLES = """
CREATE FUNCTION officialdocument_without_gap() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE newest int;
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
    IF NEW.number <> newest + 1 THEN
      RAISE EXCEPTION 'the next number of this union and year is %', newest + 1
        USING ERRCODE = 'check_violation', CONSTRAINT = 'officialdocument_without_gap';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER officialdocument_without_gap BEFORE INSERT OR UPDATE OR DELETE ON studios_officialdocument
  FOR EACH ROW EXECUTE FUNCTION officialdocument_without_gap();

CREATE FUNCTION naming_keeps_the_ladder() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE needed bigint; rest studios_naming%ROWTYPE; studio studios_studio%ROWTYPE;
BEGIN
  IF NEW.source = 'portal' THEN
    SELECT requires_id INTO needed FROM studios_naminglevel WHERE id = NEW.level_id;
    IF needed IS NOT NULL THEN
      SELECT * INTO rest FROM studios_naming WHERE id = NEW.basis_id;
      SELECT * INTO studio FROM studios_studio WHERE id = NEW.studio_id;
      IF rest.id IS NULL OR rest.studio_id <> NEW.studio_id OR rest.level_id <> needed
         OR NOT (daterange(rest.since, rest.until, '[]') @> daterange(NEW.since, NEW.until, '[]'))
         OR rest.granted_by_id NOT IN (studio.union_id, coalesce(studio.county_id, 0), coalesce(studio.city_id, 0))
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
CREATE CONSTRAINT TRIGGER naming_keeps_the_ladder AFTER INSERT OR UPDATE ON studios_naming
  DEFERRABLE INITIALLY IMMEDIATE FOR EACH ROW EXECUTE FUNCTION naming_keeps_the_ladder();
"""


class Migration(migrations.Migration):
    """Adds functions and triggers; see docs/architecture.md."""

    dependencies = [("studios", "0001_initial")]
    operations = [
        migrations.RunSQL(
            PLACE,
            "DROP TRIGGER union_moved ON studios_union; DROP TRIGGER union_place ON studios_union;"
            "DROP FUNCTION union_moved(); DROP FUNCTION carry_ancestors(); DROP FUNCTION union_place();",
        ),
        *[
            migrations.RunSQL(
                CARRY.format(table=f"studios_{name}"),
                f"DROP TRIGGER studios_{name}_carries_ancestors ON studios_{name}",
            )
            for name in CARRYING
        ],
        migrations.RunSQL(
            TITLES,
            "DROP TRIGGER naming_keeps_the_ladder ON studios_naming; DROP FUNCTION naming_keeps_the_ladder();"
            "DROP TRIGGER officialdocument_without_gap ON studios_officialdocument;"
            "DROP FUNCTION officialdocument_without_gap();",
        ),
    ]
