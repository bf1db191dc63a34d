"""Loads the reference data: adds what is missing, keeps what an office has changed."""

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.models import User
from reviews.reference import FaultyRuleSet, load_rounds, load_rule_sets, load_schemes
from studios.reference import TABLES, load_table, load_unions


class Command(BaseCommand):
    """It lives in reviews because it loads the tables of both apps; all of it is one transaction."""

    help = (
        "Load reference tables, unions with their role groups, rule sets and default rounds. "
        "Rows that exist are kept as they are; --update writes the values of the files over them."
    )

    def add_arguments(self, parser):
        """Which subjects, and whether to overwrite."""
        parser.add_argument(
            "subjects", nargs="*", help=f"Only these: {', '.join([*TABLES, 'unions', 'rules'])}"
        )
        parser.add_argument("--update", action="store_true", help="Overwrite rows with the files' values")

    def handle(self, *args, **options):
        """Load, and say how many rows were touched."""
        subjects = options["subjects"] or [*TABLES, "unions", "rules"]
        if unknown := set(subjects) - {*TABLES, "unions", "rules"}:
            raise CommandError(f"No such subject: {', '.join(sorted(unknown))}")
        try:
            with transaction.atomic():
                counts = load(subjects, update=options["update"])
        except FaultyRuleSet as problem:
            raise CommandError(str(problem)) from None
        for subject, count in counts.items():
            self.stdout.write(f"{subject}: {count}")


def load(subjects, *, update=False):
    """Load the named subjects; ``{subject: rows added or updated}``."""
    actor = User.objects.system()
    counts = {name: load_table(name, update=update) for name in TABLES if name in subjects}
    if "unions" in subjects:
        counts["unions"] = load_unions(actor=actor, update=update)
    if "rules" in subjects:
        counts["rule sets"] = load_rule_sets(actor=actor)
        counts["rounds"] = load_rounds()
        counts["schemes"] = load_schemes(actor=actor)
    return counts
