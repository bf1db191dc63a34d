"""Writes a roster into a file, as the page does, here and now."""

from datetime import date
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError

from portal.accounts.models import User
from studios.models import NamingLevel, Union
from studios.services.people import NotPossible
from studios.services.roster_exports import hand_over

ALL = "all"


class Command(BaseCommand):
    """The file is complete, or as it was before; an earlier one gives way."""

    help = "Write the roster of a union at a level, as it stood on a day, to an Excel file."

    def add_arguments(self, parser):
        """Which roster, for whom, to which file."""
        parser.add_argument("file", help="path of the .xlsx file")
        parser.add_argument("--union", required=True, help="code of the union, such as 150500")
        parser.add_argument("--level", required=True, help=f"code of a naming level, or {ALL}")
        parser.add_argument("--as-of", required=True, help="the day, YYYY-MM-DD, at the latest today")
        parser.add_argument("--user", required=True, help="user name of who exports, with the right to")
        parser.add_argument("--personal", action="store_true", help="with personal columns; needs --reason")
        parser.add_argument("--reason", default="", help="what the personal columns are needed for")

    def handle(self, *args, **options):
        """Write beside the file, then rename."""
        asked = self._asked(options)
        target = Path(options["file"])
        half = target.with_name(f".{target.name}.half")
        if target.suffix.lower() != ".xlsx":
            raise CommandError(
                f"The file is an Excel workbook: give it a name that ends in .xlsx, not {target}"
            )
        try:
            half.touch(0o600)
            with half.open("wb") as file:
                written = hand_over(file.write, asked.pop("union"), **asked)
            half.replace(target)
        except PermissionDenied:
            raise CommandError(f"{options['user']} may not export rosters of {options['union']}.") from None
        except NotPossible as problem:
            raise CommandError(str(problem)) from None
        except OSError as problem:
            raise CommandError(f"{target} cannot be written: {problem.strerror}.") from problem
        finally:
            half.unlink(missing_ok=True)
        self.stdout.write(f"{written.count} rows, SHA-256 {written.content_hash}")

    def _asked(self, options):
        level = options["level"]
        return {
            "union": self._found(Union, "union with the code", code=options["union"]),
            "level": None if level == ALL else self._found(NamingLevel, "level with the code", code=level),
            "as_of": self._day(options["as_of"]),
            "actor": self._found(User, "user named", username=options["user"]),
            "personal": options["personal"],
            "reason": options["reason"],
        }

    def _found(self, model, what, **key):
        found = model.objects.filter(**key).first()
        if found is None:
            (value,) = key.values()
            known = ""
            if model is NamingLevel:
                codes = [*NamingLevel.objects.values_list("code", flat=True), ALL]
                known = f" There are: {', '.join(codes)}."
            raise CommandError(f"There is no {what} {value}.{known}")
        return found

    def _day(self, text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise CommandError(f"--as-of takes a day as YYYY-MM-DD, not {text}.") from None
