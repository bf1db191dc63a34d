"""One PostgreSQL cluster of our own: made, settled after a crash, started, given its database."""

import os
import shutil
import signal
import subprocess
import time
from urllib.parse import quote

import psycopg
from psycopg import sql

from portal.embedded import processes
from portal.embedded.problems import CannotStart

OWNER = "portal"  # no superuser: what the portal may not do in production it may not do here
SETTLE_SECONDS = 20

# C.UTF-8 and not C: under C, PostgreSQL sees no letter in Chinese text.
ENVIRONMENT = {"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C.UTF-8"}


def make(programs, data, account, *, sync=True):
    """Create the cluster in ``data`` unless it is there; a half-made one is never taken for a good one."""
    if (data / "PG_VERSION").exists():
        return
    aside = data.with_name(f"{data.name}.new")
    shutil.rmtree(aside, ignore_errors=True)
    command = [
        programs / "initdb",
        "-D",
        aside,
        "-U",
        "postgres",
        "--auth=trust",
        "-E",
        "UTF8",
        "--locale=C.UTF-8",
    ]
    command += ["--no-instructions"] if sync else ["--no-instructions", "--no-sync"]
    done = subprocess.run(
        command, env=ENVIRONMENT, cwd="/", capture_output=True, text=True, check=False, **account.as_popen()
    )
    if done.returncode:
        raise CannotStart(f"PostgreSQL could not make its data folder {data}:\n{done.stderr.strip()}")
    os.rename(aside, data)


def command(programs, data, socket_folder, *settings):
    """The argv of the server: a Unix socket in a private folder, no TCP port."""
    settings = (
        "listen_addresses=",
        f"unix_socket_directories={socket_folder}",
        "unix_socket_permissions=0700",
        *settings,
    )
    argv = [programs / "postgres", "-D", data]
    for setting in settings:
        argv += ["-c", setting]
    return argv


def settle(data):
    """After a crash: stop what still runs in ``data``, then drop a pid file that no server owns."""
    pid_file = data / "postmaster.pid"
    asked, end = False, time.monotonic() + SETTLE_SECONDS
    while pid_file.exists():
        running = processes.working_in(data)
        pid = _first_number(pid_file)
        if not running:
            if pid is None or not _is_a_zombie(pid):  # its parent has yet to take note of a zombie
                pid_file.unlink(missing_ok=True)
                return
        elif pid in running and not asked:
            os.kill(pid, signal.SIGINT)
            asked = True
        if time.monotonic() > end:
            raise CannotStart(
                f"Another PostgreSQL keeps using {data} (process {pid}). Stop it and try again."
            )
        time.sleep(0.05)


def _first_number(pid_file):
    try:
        return int(pid_file.read_text().split("\n", 1)[0])
    except (OSError, ValueError):
        return None


def _is_a_zombie(pid):
    return processes.started_at(pid) is not None and not processes.is_alive(pid)


def wait_until_ready(socket_folder, still_fine):
    """Wait for the server behind ``socket_folder``; ``still_fine()`` is asked all the while and may raise."""
    while True:
        still_fine()
        try:
            psycopg.connect(
                host=str(socket_folder), user="postgres", dbname="postgres", connect_timeout=5
            ).close()
            return
        except psycopg.OperationalError:
            time.sleep(0.02)


def ensure_database(socket_folder, name):
    """Create the owner and database ``name`` unless they are there; the server's version as text."""
    with psycopg.connect(
        host=str(socket_folder), user="postgres", dbname="postgres", autocommit=True
    ) as connection:
        if not connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [OWNER]).fetchone():
            connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB").format(sql.Identifier(OWNER)))
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            create = sql.SQL("CREATE DATABASE {} OWNER {}")
            connection.execute(create.format(sql.Identifier(name), sql.Identifier(OWNER)))
        return connection.execute("SHOW server_version").fetchone()[0]


def address(socket_folder, name):
    """The DATABASE_URL of database ``name`` behind ``socket_folder``."""
    return f"postgresql:///{name}?host={quote(str(socket_folder))}&user={OWNER}"
