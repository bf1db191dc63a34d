"""Merge and compile the translations; needs no GNU gettext and no database."""

from django.conf import settings
from django.core.management.base import BaseCommand

from portal.ui.translations.merge import build


class Command(BaseCommand):
    """Writes locale/<language>/LC_MESSAGES/django.po and .mo from locale/<language>/parts/*.po."""

    help = "Merge locale/<language>/parts/*.po and compile them."
    requires_system_checks = ()

    def handle(self, **options):
        """Write the catalogues; contradictions are said, the first translation stays."""
        for root in settings.LOCALE_PATHS:
            for merged in build(root):
                for contradiction in merged.contradictions:
                    self.stderr.write(self.style.WARNING(contradiction))
                self.stdout.write(f"{merged.language}: {len(merged.catalog)} messages")
