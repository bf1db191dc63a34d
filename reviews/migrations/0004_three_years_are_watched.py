"""A flag names the title and the day; the database knows the latest day that a partial date can mean."""

import django.db.models.deletion
from django.db import migrations, models

# The day before the first of the next month. A day that its month does not have counts as the month's last,
# the year 0 as the year 1. It is written to be inlined and to stay with whole days, which cost least.
LATEST_DAY = """
CREATE FUNCTION latest_day(moment text) RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT CASE length(moment)
    WHEN 7 THEN make_date(GREATEST(left(moment, 4)::int, 1) + right(moment, 2)::int / 12,
      right(moment, 2)::int % 12 + 1, 1) - 1
    WHEN 10 THEN LEAST(
      make_date(GREATEST(left(moment, 4)::int, 1), substr(moment, 6, 2)::int, 1) + right(moment, 2)::int - 1,
      make_date(GREATEST(left(moment, 4)::int, 1) + substr(moment, 6, 2)::int / 12,
        substr(moment, 6, 2)::int % 12 + 1, 1) - 1)
    WHEN 4 THEN make_date(GREATEST(moment::int, 1), 12, 31)
  END
$$
"""


class Migration(migrations.Migration):
    """Adds the function, three columns and a constraint."""

    dependencies = [("reviews", "0003_ancestors_are_carried"), ("studios", "0001_initial")]
    operations = [
        migrations.RunSQL(LATEST_DAY, "DROP FUNCTION latest_day(text)"),
        migrations.AddField(
            model_name="dormancyflag",
            name="level",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="studios.naminglevel",
                verbose_name="level",
            ),
        ),
        migrations.AddField(
            model_name="dormancyflag",
            name="due_on",
            field=models.DateField(null=True, verbose_name="three years full on"),
        ),
        migrations.AddField(
            model_name="dormancyflag",
            name="cleared_on",
            field=models.DateField(null=True),
        ),
        migrations.AddConstraint(
            model_name="dormancyflag",
            constraint=models.CheckConstraint(
                condition=models.Q(("cleared_on", None), ("cleared_at__isnull", False), _connector="OR"),
                name="dormancyflag_cleared_for_a_day_has_a_moment",
            ),
        ),
    ]
