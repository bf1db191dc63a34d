"""Brings a roster in from the command line: the same reading, matching and applying as on the pages."""

import hashlib
import json
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.core.files import File
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import translation

from portal.accounts.models import User
from portal.files import store
from portal.files.inspect import CheckerBroken
from portal.sheets.refusals import Refused
from studios.choices import Verdict
from studios.models import Union
from studios.permissions import IMPORT_ROSTER, forget_grants, unions_where
from studios.services import roster_applying, roster_imports
from studios.services.people import NotPossible
from studios.services.roster_report import report_of
from studios.services.roster_staging import examine, messages_of

LEFT_OUT = (Verdict.QUESTION, Verdict.ERROR)


class Command(BaseCommand):
    """Without --apply nothing is written to the database."""

    help = "Read a roster, say what an import would do with each row and, with --apply, do it."

    def add_arguments(self, parser):
        """The file, who imports, and what becomes of it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--user", required=True, help="user name of who imports")
        parser.add_argument("--union", help="code of the union to import for; else the highest of the user's")
        parser.add_argument("--apply", action="store_true", help="take the new and changed rows over")
        parser.add_argument("--report", type=Path, help="write what is said about each row to this JSON file")
        parser.add_argument("--answers", type=Path, help="JSON file with {key of a question: answer}")

    def handle(self, *, file, user, **options):
        """Look at the file, write the report, apply; CommandError (exit 1) for what is refused."""
        actor = person(user)
        union = union_for(actor, options["union"])
        answers = answers_in(options["answers"])
        try:
            content = file.read_bytes()
        except OSError as problem:
            raise CommandError(f"{file} cannot be read: {problem.strerror}.") from None
        sha256 = hashlib.sha256(content).hexdigest()
        with translation.override("zh-hans"):
            told, applied = self._look(file, sha256, actor, union, answers, apply=options["apply"])
        if options["report"]:
            write(options["report"], told)
            self.stdout.write(f"The report is in {options['report']}.")
        if "refused" in told:
            raise CommandError(f"{file.name}: {told['refused']}")
        self._say(told)
        if applied:
            self.stdout.write(self.style.SUCCESS("The new and the changed rows were taken over."))
        elif options["apply"]:
            self.stdout.write("No row is new or changed: nothing was taken over.")
        else:
            self.stdout.write("Nothing was written to the database; --apply takes the roster over.")

    def _look(self, file, sha256, actor, union, answers, *, apply):
        """(report, whether it was applied) of the file; what is not applied is rolled back."""
        try:
            with transaction.atomic():
                if apply:
                    examined = take_over(file, actor, union, answers)
                else:
                    raise NothingKept(examine(file, file.name, union=union, answers=answers))
        except NothingKept as kept:
            examined, apply = kept.examined, False
        except (NotPossible, Refused) as problem:
            raise CommandError(f"{file.name}: {problem}") from None
        except PermissionDenied:
            raise CommandError(f"{actor} may not import rosters for {union}.") from None
        except CheckerBroken as problem:
            raise CommandError(f"{file.name} could not be read: {problem}") from None
        questions = {asked["key"]: asked for asked in examined.questions}
        rows = [
            (row.sheet, row.row, made.verdict, row.values, messages_of(row, made, questions))
            for row, made in examined.pairs
        ]
        told = report_of(
            name=file.name,
            sha256=sha256,
            rows=rows,
            questions=examined.questions,
            control_totals=examined.control_totals,
            problem=examined.problem,
        )
        return told, apply

    def _say(self, told):
        """Counts, control totals that do not agree, and the rows that stay out."""
        counts = ", ".join(f"{verdict} {number}" for verdict, number in told["verdicts"].items())
        self.stdout.write(f"{told['file']}: {counts}")
        for total in told["control_totals"]:
            if total["stated"] != total["found"]:
                self.stdout.write(
                    f"{total['sheet']} row {total['row']}, {total['label']}: "
                    f"the sheet states {total['stated']}, found are {total['found']}"
                )
        for row in told["rows"]:
            if row["verdict"] in LEFT_OUT:
                why = "; ".join(message["expected"] for message in row["messages"])
                self.stdout.write(f"{row['sheet']} row {row['row']} ({row['verdict']}): {why}")


def person(username):
    """The active user of this name."""
    found = User.objects.filter(username=username, is_active=True).first()
    if found is None:
        raise CommandError(f"There is no active user “{username}”.")
    return found


def union_for(actor, code):
    """The union of ``code``, or the only highest one at which the actor may import."""
    if code:
        union = Union.objects.filter(code=code).first()
        if union is None:
            raise CommandError(f"There is no union with the code “{code}”.")
        if not actor.has_perm(IMPORT_ROSTER, union):
            raise CommandError(f"{actor} may not import rosters for {union}.")
        return union
    forget_grants(actor)
    held = unions_where(actor, IMPORT_ROSTER)
    if not held:
        raise CommandError(f"{actor} may not import rosters anywhere.")
    highest = max(tier for tier, _pk in held)
    unions = Union.objects.filter(pk__in=[pk for tier, pk in held if tier == highest]).order_by("code")
    if len(unions) > 1:
        codes = ", ".join(union.code for union in unions)
        raise CommandError(f"{actor} may import for several unions: name one with --union ({codes}).")
    return unions[0]


def answers_in(path):
    """The dict of answers in a JSON file; {} without one."""
    if path is None:
        return {}
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise CommandError(f"{path} cannot be read: {problem.strerror}.") from None
    except ValueError as problem:
        raise CommandError(f"{path} is not JSON: {problem}.") from None
    if not isinstance(found, dict):
        raise CommandError(f"{path}: an object {{key of a question: answer}} is expected.")
    return found


def take_over(file, actor, union, answers):
    """Receive, preview and apply the file in the caller's transaction; returns the Examined.

    The stored file goes again when the transaction does not come to its end.
    """
    with file.open("rb") as source:
        roster = roster_imports.take_in(File(source, name=file.name), union=union, actor=actor)
    try:
        roster.answers = {**roster.answers, **answers}
        roster.save(update_fields=["answers"])
        path = store.path_of(roster.stored)
        examined = examine(path, roster.name, union=union, answers=roster.answers)
        roster_imports.settle(roster, examined)
        if examined.problem or not any(examined.counts[verdict] for verdict in roster_applying.TAKEN):
            raise NothingKept(examined)
        roster_applying.apply(roster, actor=actor)
    except BaseException:
        store.delete(roster.stored)
        raise
    return examined


class NothingKept(Exception):
    """The file was looked at, and nothing of that stays in the database."""

    def __init__(self, examined):
        super().__init__("nothing is kept")
        self.examined = examined


def write(path, told):
    """The report as JSON."""
    try:
        path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    except OSError as problem:
        raise CommandError(f"The report cannot be written to {path}: {problem.strerror}.") from None
