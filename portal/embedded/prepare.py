"""What database and files need before the web server starts; the supervisor runs it as a process of its own.

One process for all steps, because starting Django costs more than most of them.
"""

import hashlib
import io
import json
import os
import sys
import traceback
from functools import partial
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
    compile_translations()  # before Django reads them: loading writes sentences in the readers' language
    django.setup()
    files = beside(collect_static_files)
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_reference", stdout=io.StringIO())
    demonstration = load_demonstration()
    accounts = io.StringIO()
    if demonstration:
        call_command("demo_accounts", stdout=accounts)
    wait_for(files)
    Path(result).write_text(json.dumps({"demonstration": demonstration, "accounts": accounts.getvalue()}))


def beside(step):
    """Run ``step`` in a process beside this one, on the other core; its pid. No connection may be open."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        step()
        code = 0
    except Exception:
        traceback.print_exc()
    finally:
        os._exit(code)


def wait_for(pid):
    if os.waitpid(pid, 0)[1]:
        raise CommandError("The static files could not be collected; the reason is above.")


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


def once_per_content(product, files, step):
    """Run ``step``, which makes ``product``, unless that is there and ``files`` are what they were then."""
    digest = hashlib.sha256()
    for path in sorted(files):
        stat = os.stat(path)
        digest.update(f"{path} {stat.st_size} {stat.st_mtime_ns}\n".encode())
    stamp = product.with_name(f".{product.name}.stamp")
    if product.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    stamp.unlink(missing_ok=True)
    step()
    stamp.write_text(digest.hexdigest())


def compile_translations():
    """Merge and compile the parts of every language."""
    for folder in map(Path, settings.LOCALE_PATHS):
        for parts in folder.glob("*/parts"):
            product = parts.parent / "LC_MESSAGES" / "django.mo"
            once_per_content(product, parts.glob("*.po"), partial(build, folder))


def collect_static_files():
    """Copy, hash and compress what the browser loads."""
    files = [storage.path(path) for finder in get_finders() for path, storage in finder.list([])]
    collect = partial(call_command, "collectstatic", interactive=False, verbosity=0, clear=True)
    once_per_content(Path(settings.STATIC_ROOT) / "staticfiles.json", files, collect)


if __name__ == "__main__":
    try:
        main(sys.argv[1])
    except CommandError as problem:
        sys.exit(str(problem))
