"""The entries of the ledger carry their ancestors, as every row that people list does."""

from django.db import migrations

CARRYING = ["activity", "mentorship", "equipmentitem", "mediareport", "reward"]


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [("studios", "0011_the_ledger_grows")]
    operations = [
        migrations.RunSQL(
            f"CREATE TRIGGER studios_{name}_carries_ancestors BEFORE INSERT OR UPDATE OF"
            f" union_id, county_id, city_id, province_id ON studios_{name}"
            " FOR EACH ROW EXECUTE FUNCTION carry_ancestors()",
            f"DROP TRIGGER studios_{name}_carries_ancestors ON studios_{name}",
        )
        for name in CARRYING
    ]
