"""Facts about running processes, read from /proc (Linux)."""

import contextlib
import ctypes
import os
import signal
import time
from pathlib import Path

PR_SET_PDEATHSIG = 1
STATE, START_TIME = 0, 19  # fields of /proc/<pid>/stat after the command's name
LIBC = ctypes.CDLL(None, use_errno=True)


def _stat(pid):
    """The fields of /proc/<pid>/stat after the name (which may hold blanks); None without such a process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    except (OSError, IndexError):
        return None


def is_alive(pid):
    """Whether ``pid`` runs; a zombie does not."""
    fields = _stat(pid)
    return fields is not None and fields[STATE] not in "ZX"


def started_at(pid):
    """Clock ticks from boot to its start, or None: tells a process from a later one of the same number."""
    fields = _stat(pid)
    return int(fields[START_TIME]) if fields else None


def working_in(folder):
    """Pids of the processes whose working directory is ``folder``."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                if os.readlink(entry / "cwd") == str(folder) and is_alive(entry.name):
                    found.append(int(entry.name))
            except OSError:
                continue
    return found


def die_with_parent(parent, with_signal):
    """Ask the kernel to send ``with_signal`` to this process when its parent ``parent`` ends in any way."""
    LIBC.prctl(PR_SET_PDEATHSIG, int(with_signal))
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)


def end_group(leader, grace):
    """End the process group of ``leader``: SIGTERM, after ``grace`` seconds SIGKILL for whoever is left."""
    end = time.monotonic() + grace
    signal_group(leader, signal.SIGTERM)
    while is_alive(leader) and time.monotonic() < end:
        time.sleep(0.05)
    signal_group(leader, signal.SIGKILL)


def signal_group(leader, number):
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(leader, number)
