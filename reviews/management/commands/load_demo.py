"""Fills an empty portal with the made-up city."""

from time import perf_counter
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from portal.accounts.models import User
from reviews.demo.cast import CITY
from reviews.demo.city import make_city
from reviews.demo.units import plans
from reviews.models import RuleSet
from studios.models import Studio, Union, Unit

LOCAL = {"127.0.0.1", "localhost", "::1"}


class Command(BaseCommand):
    """All or nothing: one transaction."""

    help = "Load the made-up city with its units, people, studios and applications into an empty portal."

    def handle(self, *args, **options):
        """Refuse where it could do harm, load, say what there is."""
        if reason := why_not():
            raise CommandError(reason)
        began = perf_counter()
        with transaction.atomic():
            counts = make_city(actor=User.objects.system())
        self.stdout.write(
            f"{Unit.objects.count()} units, {counts['studios']} studios, {counts['acts']} acts "
            f"in {perf_counter() - began:.0f} s. The accounts: manage.py demo_accounts"
        )


def why_not():
    """The sentence that says why this database gets no demonstration, or ""."""
    if Unit.objects.exists() or Studio.objects.exists():
        return (
            "There are units or studios in this database: a demonstration is loaded into an empty one only."
        )
    if urlsplit(settings.BASE_URL).hostname not in LOCAL and not settings.PORTAL_DEMO:
        return (
            "This portal is reachable as "
            f"{settings.BASE_URL}. Demonstration accounts have a known password: "
            "set PORTAL_DEMO=1 if that is what you want."
        )
    needed = {CITY, *(plan.above for plan in plans())}
    if not RuleSet.objects.exists() or Union.objects.filter(code__in=needed).count() < len(needed):
        return "Load the reference data first: manage.py load_reference"
    return ""
