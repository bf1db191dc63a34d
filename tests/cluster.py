"""Pytest plugin: a PostgreSQL cluster and a scratch folder for the test session, thrown away at its end.

The process that starts pytest makes them before Django reads its settings; the workers of pytest-xdist
inherit DATABASE_URL and PORTAL_SCRATCH. A DATABASE_URL in the environment is used as it is.

`python -m tests.cluster COMMAND ...` runs any command with such a cluster.
"""

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from portal.embedded import cluster, programs
from portal.embedded.account import server_account
from portal.embedded.children import Child
from portal.embedded.home import short_temporary_folder
from portal.ui.translations.merge import build

PREFIX = "portal-tests-pg-"
IN_A_HURRY = (  # nothing here needs to outlive a power cut
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "max_wal_size=4GB",
    "autovacuum=off",
)


class ThrowAwayCluster:
    """A running cluster in a temporary folder; ``environment`` says where it is to whoever uses it."""

    def __init__(self):
        sweep()
        self.folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=short_temporary_folder()))
        self.lock = hold(self.folder)
        data = self.folder / "data"
        account = server_account(data)
        account.own(self.folder)
        found = programs.within_reach(account, programs.postgres_programs(), self.folder / "programs")
        cluster.make(found, data, account, sync=False)
        self.server = Child(
            "postgres",
            cluster.command(found, data, self.folder, *IN_A_HURRY),
            env=cluster.ENVIRONMENT,
            log=self.folder.with_suffix(".log"),
            account=account,
            stop_signal=signal.SIGQUIT,  # at once: the data is thrown away
        )
        self.server.start()
        cluster.wait_until_ready(self.folder, self.server.demand_alive)
        cluster.ensure_database(self.folder, "portal")
        (self.folder / "scratch").mkdir()
        self.environment = {
            "DATABASE_URL": cluster.address(self.folder, "portal"),
            "PORTAL_SCRATCH": str(self.folder / "scratch"),
        }

    def end(self):
        self.server.stop()
        self.lock.close()
        remove(self.folder)


def hold(folder):
    """Lock ``folder`` while the returned file is open; BlockingIOError when its session still runs."""
    lock = open(folder.with_suffix(".lock"), "w")  # noqa: SIM115 - held as long as it is open
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.close()
        raise
    return lock


def sweep():
    """Remove what sessions that were killed left behind; their servers died with them."""
    for mark in short_temporary_folder().glob(f"{PREFIX}*.lock"):
        try:
            hold(mark.with_suffix("")).close()
        except OSError:
            continue  # still running, or another user's
        remove(mark.with_suffix(""))


def remove(folder):
    shutil.rmtree(folder, ignore_errors=True)
    for suffix in (".log", ".lock"):
        folder.with_suffix(suffix).unlink(missing_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_load_initial_conftests(early_config):
    """Before pytest-django, which reads the settings and with them the translations in this same hook."""
    if not os.environ.get("PYTEST_XDIST_WORKER"):
        build(Path(__file__).resolve().parent.parent / "locale")
    if not os.environ.get("DATABASE_URL"):
        started = ThrowAwayCluster()
        os.environ.update(started.environment)
        early_config.add_cleanup(started.end)
    return (yield)


def main(command):
    started = ThrowAwayCluster()
    try:
        return subprocess.call(command, env={**os.environ, **started.environment})
    finally:
        started.end()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
