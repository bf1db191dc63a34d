"""What a piece of work costs: processor seconds of its own process and of all of PostgreSQL, and peak memory.

Each measurement runs in a process of its own (``python -m bench.measuring NAME ARGUMENTS``), so that
memory is its own and nothing is warm that would not be warm for a person.
"""

import importlib
import json
import os
import resource
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

TICK = os.sysconf("SC_CLK_TCK")
MEGABYTE = 1024  # ru_maxrss counts kilobytes


@dataclass
class Work:
    """One measured run: seconds of processor here (with ended children) and in PostgreSQL, and memory."""

    name: str
    client: float
    postgres: float
    wall: float
    peak_mb: float
    child_peak_mb: float
    said: dict = field(default_factory=dict)

    @property
    def cpu(self):
        """Both together."""
        return self.client + self.postgres


def measured(name, *arguments, times=1):
    """Run ``bench.<module>:<function>`` in a fresh process; of several runs the one with the median cost."""
    runs = sorted((_once(name, arguments) for _n in range(times)), key=lambda work: work.cpu)
    return runs[len(runs) // 2]


def _once(name, arguments):
    done = subprocess.run(
        [sys.executable, "-m", "bench.measuring", name, *map(str, arguments)],
        stdout=subprocess.PIPE,
        check=True,
    )
    return Work(**json.loads(done.stdout.splitlines()[-1]))


def postmaster():
    """The pid of the server of this connection, where it is on this machine; None elsewhere."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    try:
        return int(_fields(backend)[1])
    except (FileNotFoundError, PermissionError):
        return None


def postgres_seconds(server):
    """Processor seconds of the server, its living processes and those that have ended."""
    if server is None:
        return 0.0
    own = _fields(server)
    ticks = sum(int(own[place]) for place in (11, 12, 13, 14))
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            fields = _fields(entry.name)
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(fields[1]) == server:
            ticks += int(fields[11]) + int(fields[12])
    return ticks / TICK


def _fields(pid):
    """The fields of /proc/PID/stat from the state (field 3) on."""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()


def own_seconds():
    """Processor seconds of this process and of its ended children."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def main(name, *arguments):
    """Set Django up, run the function, print its cost as one JSON line."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    module, function = name.split(":")
    act = getattr(importlib.import_module(f"bench.{module}"), function)
    server = postmaster()
    before, theirs, started = own_seconds(), postgres_seconds(server), time.monotonic()
    said = act(*arguments)
    work = Work(
        name=name,
        client=own_seconds() - before,
        postgres=postgres_seconds(server) - theirs,
        wall=time.monotonic() - started,
        peak_mb=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / MEGABYTE,
        child_peak_mb=resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / MEGABYTE,
        said=said or {},
    )
    sys.stdout.write(json.dumps(vars(work)) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
