"""What database and files need before the web server starts; the supervisor runs it as a process of its own.

One process for all steps, because starting Django costs more than most of them.
"""

import hashlib
import io
import json
import os
import sys
from pathlib import Path

import django
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import CommandError, call_command
from django.db import connection

from portal.ui.translations.merge import build


def main(result):
    """Take the steps; write ``{"demonstration": bool, "accounts": text}`` to the file ``result``."""
    once_per_content("locale", translations(), compile_translations)  # before Django reads them
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    demonstration = load_demonstration()
    once_per_content(
        "static",
        static_files(),
        lambda: call_command("collectstatic", interactive=False, verbosity=0, clear=True),
    )
    accounts = io.StringIO()
    if demonstration:
        call_command("demo_accounts", stdout=accounts)
    Path(result).write_text(json.dumps({"demonstration": demonstration, "accounts": accounts.getvalue()}))


def load_demonstration():
    """Load the made-up city into a database where nobody can sign in; whether this run is a demonstration."""
    asked = os.environ.get("PORTAL_DEMO", "").lower()
    if asked in {"0", "no", "false", "off"}:
        return False
    mark, this_database = Path(settings.PORTAL_HOME) / "demonstration", database_identity()
    if not get_user_model().objects.filter(is_active=True).exists():  # the reference data has the system user
        print("Loading the demonstration city (first run only) ...", flush=True)
        mark.write_text(this_database)
        call_command("load_demo", stdout=io.StringIO())
    # A database with people in it is a demonstration only when we, or the person who starts us, say so.
    settings.PORTAL_DEMO = bool(asked) or (mark.exists() and mark.read_text() == this_database)
    return settings.PORTAL_DEMO


def database_identity():
    """What tells this database from every other one, wherever its server or its folder is moved to."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT format('%s/%s', system_identifier, oid) FROM pg_control_system(), pg_database"
            " WHERE datname = current_database()"
        )
        return cursor.fetchone()[0]


def once_per_content(name, files, step):
    """Run ``step`` unless ``files`` (paths) are what they were when it last ran."""
    digest = hashlib.sha256()
    for path in sorted(files):
        stat = os.stat(path)
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = Path(settings.PORTAL_HOME) / f"{name}.stamp"
    if stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    step()
    stamp.write_text(digest.hexdigest())


def static_files():
    return [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]


def compile_translations():
    for folder in settings.LOCALE_PATHS:
        build(folder)


def translations():
    return [path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po")]


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except CommandError as problem:
        sys.exit(str(problem))
