"""The command lines of the processes that a run starts."""

import sys


def valkey(program, socket, data):
    """Append-only on a Unix socket; full memory refuses new work rather than dropping old."""
    options = "--port 0 --unixsocketperm 700 --appendonly yes --maxmemory-policy noeviction --save".split()
    return [program, *options, "", "--unixsocket", socket, "--dir", data]


def prepare(result):
    return [sys.executable, "-m", "portal.embedded.prepare", result]


def web(descriptor, workers):
    """gunicorn on a socket that is open already, so that a restart refuses nobody."""
    options = "--threads 4 --preload --graceful-timeout 10 --log-level warning --no-control-socket".split()
    where = ["--bind", f"fd://{descriptor}", "--workers", str(workers)]
    return [sys.executable, "-m", "gunicorn", *where, *options, "portal.wsgi:application"]


def worker(schedule, workers):
    """Celery with its clock inside; ``schedule`` is the file in which the clock notes its last ticks."""
    options = "--beat --loglevel WARNING --without-gossip --without-mingle".split()
    how = ["--schedule", schedule, "--concurrency", str(workers)]
    return [sys.executable, "-m", "celery", "-A", "portal", "worker", *options, *how]
