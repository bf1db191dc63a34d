"""Another amount of a budget waits beside the one in force; a published subsidy scheme stays as it is."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

FORWARDS = """
CREATE FUNCTION refuse_change_of_published_subsidyscheme() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.published_at IS NULL THEN
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  -- its ancestors may follow the union through the tree, nothing else
  IF TG_OP = 'UPDATE' AND
     (NEW.union_id, NEW.year, NEW.level_id, NEW.kind, NEW.title, NEW.title_en, NEW.amount, NEW.conditions,
      NEW.drafted_by_id, NEW.published_by_id, NEW.published_at)
     IS NOT DISTINCT FROM
     (OLD.union_id, OLD.year, OLD.level_id, OLD.kind, OLD.title, OLD.title_en, OLD.amount, OLD.conditions,
      OLD.drafted_by_id, OLD.published_by_id, OLD.published_at) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'subsidy scheme % is published and stays as it is', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER reviews_subsidyscheme_stays BEFORE UPDATE OR DELETE ON reviews_subsidyscheme
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_published_subsidyscheme();
"""
BACKWARDS = """
DROP TRIGGER reviews_subsidyscheme_stays ON reviews_subsidyscheme;
DROP FUNCTION refuse_change_of_published_subsidyscheme();
"""


class Migration(migrations.Migration):
    """Adds two columns, their check and the trigger."""

    dependencies = [
        ("reviews", "0008_published_schemes_stay"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "budget",
            "wanted",
            models.DecimalField(
                decimal_places=2, editable=False, max_digits=14, null=True, verbose_name="new budget (yuan)"
            ),
        ),
        migrations.AddField(
            "budget",
            "wanted_by",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            "budget",
            models.CheckConstraint(
                name="budget_change_is_asked_by_somebody",
                condition=models.Q(wanted=None, wanted_by=None)
                | models.Q(wanted__gt=0, wanted_by__isnull=False, agreed_by__isnull=False),
            ),
        ),
        migrations.RunSQL(FORWARDS, BACKWARDS),
    ]
