from django.db import migrations

CARRY = """
CREATE TRIGGER {table}_carries_ancestors BEFORE INSERT OR UPDATE OF union_id, county_id, city_id, province_id
  ON {table} FOR EACH ROW EXECUTE FUNCTION carry_ancestors();
"""


class Migration(migrations.Migration):
    """Imports, exports and targets follow their union through the tree like everything below it."""

    dependencies = [("studios", "0005_rosters_come_in_and_go_out")]
    operations = [
        migrations.RunSQL(
            CARRY.format(table=f"studios_{name}"),
            f"DROP TRIGGER studios_{name}_carries_ancestors ON studios_{name}",
        )
        for name in ("rosterimport", "rosterexport", "target")
    ]
