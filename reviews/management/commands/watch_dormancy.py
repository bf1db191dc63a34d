"""Runs the three-year watch for a day, here and now."""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from reviews.services.watching import NothingInForce, watch_all


class Command(BaseCommand):
    """What the daily job does, for any day; running it again changes nothing."""

    help = "Raise, update and clear the flags of studios without a result for three years."

    def add_arguments(self, parser):
        """Which day, and where the report goes."""
        parser.add_argument("--as-of", help="the day, YYYY-MM-DD; today by default")
        parser.add_argument("--report", help="path of a JSON file with every flag raised, updated or cleared")

    def handle(self, *args, **options):
        """Watch, write the report, say the counts."""
        as_of = self._day(options["as_of"])
        try:
            done = watch_all(as_of)
        except NothingInForce as problem:
            raise CommandError(str(problem)) from None
        report = {"as_of": as_of.isoformat(), "raised": done.raised, "updated": done.updated}
        report["cleared"] = done.cleared
        report["counts"] = {name: len(report[name]) for name in ("raised", "updated", "cleared")}
        if options["report"]:
            self._write(Path(options["report"]), report)
        counts = ", ".join(f"{name} {count}" for name, count in report["counts"].items())
        self.stdout.write(f"{as_of}: {counts}")

    def _write(self, target, report):
        try:
            target.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        except OSError as problem:
            raise CommandError(
                f"The flags are as they should be, but {target} cannot be written: {problem.strerror}."
            ) from problem

    def _day(self, text):
        if not text:
            return timezone.localdate()
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"--as-of takes a day as YYYY-MM-DD, not {text}.") from None
