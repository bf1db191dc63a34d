"""Fills a throw-away portal with a made-up country, for measuring.

There are no files, funds, projects, checklists and frozen dossiers in it (whole ones would be three
quarters of the database): lists, searches, rosters and statistics are what it is for; the page of a
single application is not, as its timeline wants the version that each submission froze.
"""

from datetime import date
from time import perf_counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.scale.loading import NotReady, load, tidy
from reviews.scale.places import biggest
from reviews.scale.plan import FULL, LAST_DAY, Plan
from studios.choices import Tier
from studios.models import Studio


class Command(BaseCommand):
    """All or nothing: one transaction; then the planner's figures."""

    help = (
        "Load a made-up country of N studios beside the reference data, for measuring lists and rosters: "
        "the same N, seed and last day make the same rows. Its applications have no frozen dossiers."
    )

    def add_arguments(self, parser):
        """How large, which one, and what must be said where it could do harm."""
        parser.add_argument("--studios", type=int, default=FULL, help=f"How many studios (default {FULL})")
        parser.add_argument("--seed", type=int, default=1, help="Another seed makes another country")
        parser.add_argument(
            "--until",
            type=date.fromisoformat,
            default=LAST_DAY,
            help=f"The last day on which anything happened (default {LAST_DAY})",
        )
        parser.add_argument(
            "--beside", action="store_true", help="Load although there are studios in this database"
        )
        parser.add_argument(
            "--this-is-no-real-portal",
            action="store_true",
            help="Load although neither PORTAL_DEMO nor DEBUG is set",
        )

    def handle(self, *args, **options):
        """Refuse where it could do harm, load, say what there is."""
        if reason := why_not(options):
            raise CommandError(reason)
        began = perf_counter()
        try:
            plan = Plan(options["studios"], options["seed"], options["until"])
            counts = load(plan, say=self.stdout.write)
        except (NotReady, ValueError) as problem:
            raise CommandError(str(problem)) from None
        loaded = perf_counter()
        tidy()
        self.stdout.write(f"VACUUM ANALYZE in {perf_counter() - loaded:.1f} s")
        self.stdout.write(
            f"{sum(counts.values()):,} rows with {counts['studios_studio']:,} studios"
            f" in {perf_counter() - began:.1f} s"
        )
        for tier in (Tier.PROVINCE, Tier.CITY, Tier.COUNTY):
            self.stdout.write(f"largest {tier.name.lower()}: {biggest(tier)}")


def why_not(options):
    """The sentence that says why this database gets no made-up country, or ""."""
    if not (settings.PORTAL_DEMO or settings.DEBUG or options["this_is_no_real_portal"]):
        return (
            "This fills the database with a made-up country that cannot be taken out again. "
            "Neither PORTAL_DEMO nor DEBUG is set here: "
            "--this-is-no-real-portal says that nothing real is in it."
        )
    if Studio.objects.exists() and not options["beside"]:
        return (
            "There are studios in this database: "
            "an empty one is what this is for; --beside loads next to them."
        )
    if options["until"] > timezone.localdate():
        return f"The country's last day {options['until']} has not come yet: --until gives an earlier one."
    return ""
