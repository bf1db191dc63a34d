"""What follows a title carries its ancestors; what was paid is only added to."""

from django.db import migrations

CARRYING = [
    "assessmentscheme",
    "assessmentyear",
    "annulment",
    "returndue",
    "changerequest",
    "recheck",
    "budget",
    "subsidyscheme",
    "subsidy",
]
ONLY_ADDED = ["payment", "repayment"]


class Migration(migrations.Migration):
    """Adds the triggers."""

    dependencies = [
        ("reviews", "0005_titles_have_a_life"),
        ("studios", "0012_ledger_entries_carry_ancestors"),
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
