"""Frozen dossiers, findings and steps taken are insert-only; reviewed rows carry their ancestors."""

from django.db import migrations

CARRYING = ["application", "accessrequest", "assessment", "dormancyflag", "revocation"]
ONLY_ADDED = ["dossier", "finding", "decision", "remark"]


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [
        ("reviews", "0001_initial"),
        ("audit", "0002_entries_are_only_added"),
        ("studios", "0002_database_keeps_the_tree_and_the_titles"),
    ]
    operations = [
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER reviews_{name}_carries_ancestors BEFORE INSERT OR UPDATE OF"
                f" union_id, county_id, city_id, province_id ON reviews_{name}"
                " FOR EACH ROW EXECUTE FUNCTION carry_ancestors()",
                f"DROP TRIGGER reviews_{name}_carries_ancestors ON reviews_{name}",
            )
            for name in CARRYING
        ],
        *[
            migrations.RunSQL(
                f"CREATE TRIGGER reviews_{name}_only_added BEFORE UPDATE OR DELETE ON reviews_{name}"
                " FOR EACH ROW EXECUTE FUNCTION refuse_change()",
                f"DROP TRIGGER reviews_{name}_only_added ON reviews_{name}",
            )
            for name in ONLY_ADDED
        ],
    ]
