"""A published scheme and its items never change: scores of the years rest on them."""

from django.db import migrations

FORWARDS = """
CREATE FUNCTION refuse_change_of_published_scheme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  -- its ancestors may follow the union through the tree, nothing else
  IF TG_OP = 'UPDATE' AND
     (NEW.union_id, NEW.code, NEW.version, NEW.title, NEW.title_en, NEW.pass_mark, NEW.excellent_mark,
      NEW.drafted_by_id, NEW.published_by_id, NEW.published_at)
     IS NOT DISTINCT FROM
     (OLD.union_id, OLD.code, OLD.version, OLD.title, OLD.title_en, OLD.pass_mark, OLD.excellent_mark,
      OLD.drafted_by_id, OLD.published_by_id, OLD.published_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'scheme % is published and stays as it is', OLD.id USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reviews_assessmentscheme_stays BEFORE UPDATE OR DELETE ON reviews_assessmentscheme
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_scheme();

CREATE FUNCTION refuse_change_of_published_item() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  published timestamptz;
  asked bigint[];
BEGIN
  asked := CASE TG_OP WHEN 'INSERT' THEN ARRAY[NEW.scheme_id] WHEN 'DELETE' THEN ARRAY[OLD.scheme_id]
           ELSE ARRAY[OLD.scheme_id, NEW.scheme_id] END;
  -- the lock makes whoever publishes at this moment wait, or makes this wait and see it published
  FOR published IN
    SELECT published_at FROM reviews_assessmentscheme WHERE id = ANY(asked) ORDER BY id FOR SHARE
  LOOP
    IF published IS NOT NULL THEN
      RAISE EXCEPTION 'items of a published scheme stay as they are' USING ERRCODE = 'restrict_violation';
    END IF;
  END LOOP;
  RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER reviews_schemeitem_stays BEFORE INSERT OR UPDATE OR DELETE ON reviews_schemeitem
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_item();
"""
BACKWARDS = """
DROP TRIGGER reviews_schemeitem_stays ON reviews_schemeitem;
DROP FUNCTION refuse_change_of_published_item();
DROP TRIGGER reviews_assessmentscheme_stays ON reviews_assessmentscheme;
DROP FUNCTION refuse_change_of_published_scheme();
"""


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("reviews", "0007_the_clock_is_touched")]
    operations = [migrations.RunSQL(FORWARDS, BACKWARDS)]
