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
from django.core.management import call_command


def main(result):
    """Take the steps; write ``{"demonstration": bool, "accounts": text}`` to the file ``result``."""
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    demonstration = load_demonstration()
    once_per_content("locale", translations(), lambda: call_command("build_locale", stdout=io.StringIO()))
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
    mark = Path(settings.PORTAL_HOME) / "demonstration"
    this_database = "{HOST}:{PORT}/{NAME}".format(**settings.DATABASES["default"])
    if not get_user_model().objects.filter(is_active=True).exists():  # the reference data has the system user
        print("Loading the demonstration city (first run only) ...", flush=True)
        call_command("load_demo", stdout=io.StringIO())
        mark.write_text(this_database)
    # A database with people in it is a demonstration only when we, or the person who starts us, say so.
    return bool(asked) or (mark.exists() and mark.read_text() == this_database)


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


def translations():
    return [path for folder in settings.LOCALE_PATHS for path in Path(folder).rglob("*.po")]


if __name__ == "__main__":
    main(sys.argv[1])
