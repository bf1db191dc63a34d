"""Prints the workflow table as Mermaid diagrams."""

from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import translation

from reviews.workflow.diagram import page

PLACE = Path(settings.BASE_DIR) / "docs" / "workflow.md"


class Command(BaseCommand):
    """With --write it refreshes docs/workflow.md, which a test compares with the table."""

    help = "Print the workflow table as Mermaid diagrams; --write refreshes docs/workflow.md."

    def add_arguments(self, parser):
        """Whether to write the file."""
        parser.add_argument("--write", action="store_true", help="Write docs/workflow.md")

    def handle(self, *args, **options):
        """Print or write."""
        with translation.override("en"):
            text = page()
        if options["write"]:
            PLACE.write_text(text, encoding="utf-8")
            self.stdout.write(f"Written: {PLACE.relative_to(settings.BASE_DIR)}")
        else:
            self.stdout.write(text, ending="")
