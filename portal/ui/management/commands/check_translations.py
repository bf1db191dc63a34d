"""Whether every sentence of the portal has its Chinese; exit 1 with a list when not."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.ui.translations.extract import msgids
from portal.ui.translations.merge import merge
from portal.ui.translations.verify import problems

COMPLETE = "zh_Hans"  # English is what the sentences are written in


class Command(BaseCommand):
    """Compares the msgids of all sources with the merged parts."""

    help = "List msgids without Chinese, fuzzy and unused ones, and differing placeholders."
    requires_system_checks = ()

    def handle(self, **options):
        """Print one line a problem; CommandError (exit 1) when there is any."""
        lines = problems(merge(settings.LOCALE_PATHS[0], COMPLETE), msgids(settings.BASE_DIR))
        for line in lines:
            self.stdout.write(line)
        if lines:
            raise CommandError(f"{len(lines)} problems in the translations")
        self.stdout.write("Every sentence has its translation.")
