"""Prints the accounts of the demonstration."""

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from portal.accounts.models import User
from reviews.demo.accounts import LABELS, shown
from reviews.demo.cast import PASSWORD


class Command(BaseCommand):
    """A table of user names; nothing outside a demonstration."""

    help = "Show the accounts of the demonstration and their one password (only with PORTAL_DEMO=1)."

    def handle(self, *args, **options):
        """Print the accounts that exist and still have the demonstration's password."""
        if not settings.PORTAL_DEMO:
            self.stderr.write("This is no demonstration (PORTAL_DEMO is not set).")
            return
        there = set(User.objects.filter(is_active=True).values_list("username", flat=True))
        rows = [who for who in shown() if who.username in there]
        if not rows:
            self.stderr.write("The demonstration has not been loaded: manage.py load_demo")
            return
        wide = max(len(who.username) for who in rows)
        with translation.override(settings.LANGUAGE_CODE):
            for who in rows:
                self.stdout.write(f"  {who.username:<{wide}}  {LABELS[who.key]} · {who.name}")
        self.stdout.write(f"  password of all: {PASSWORD}")
