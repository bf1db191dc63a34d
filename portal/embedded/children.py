"""The processes that a run looks after: direct children, restarted with back-off, ended as a group."""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from portal.embedded import processes
from portal.embedded.account import Account
from portal.embedded.problems import CannotStart

LOG_LIMIT = 10 * 1024 * 1024
STEADY_SECONDS = 60  # who runs as long as this starts again at once when it ends
LONGEST_PAUSE = 15
LEFTOVER_GRACE = 5


@dataclass
class Child:
    """One process; ``stop_signal`` asks it to end, after ``grace`` seconds its group is killed."""

    name: str
    argv: list
    env: dict
    log: Path | None = None  # without a log it speaks to our terminal
    cwd: Path | str = "/"
    account: Account = Account()
    stop_signal: signal.Signals = signal.SIGTERM
    grace: float = 15
    keep: tuple = ()  # file descriptors to pass on
    before_start: Callable = lambda: None  # each time, e.g. to settle what a crash left
    process: subprocess.Popen | None = field(default=None, init=False)
    failures: int = field(default=0, init=False)
    started: float = field(default=0.0, init=False)
    asked: bool = field(default=False, init=False)
    start_after: float = field(default=0.0, init=False)

    def start(self):
        self.before_start()
        parent, stop_signal = os.getpid(), self.stop_signal
        with self._output() as output:
            try:
                self.process = subprocess.Popen(
                    [str(part) for part in self.argv],
                    env=self.env,
                    cwd=self.cwd,
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,  # Ctrl-C reaches us only, and we stop them in order
                    pass_fds=self.keep,
                    preexec_fn=lambda: processes.die_with_parent(parent, stop_signal),
                    **self.account.as_popen(),
                )
            except OSError as problem:
                raise CannotStart(f"{self.name} could not be started: {problem}") from problem
        self.started, self.asked = time.monotonic(), False

    def _output(self):
        """The log to append to, a full one put aside; without a log, our own output."""
        if self.log is None:
            return contextlib.nullcontext()
        if self.log.exists() and self.log.stat().st_size > LOG_LIMIT:
            self.log.replace(self.log.with_suffix(".log.1"))
        return open(self.log, "ab")

    @property
    def pid(self):
        return self.process.pid

    @property
    def has_ended(self):
        return self.process.poll() is not None

    def last_words(self, lines=8):
        """The end of its log, to show at the terminal."""
        try:
            return "".join(self.log.read_text(errors="replace").splitlines(keepends=True)[-lines:])
        except (OSError, AttributeError):
            return ""

    def demand_alive(self):
        """CannotStart with the end of its log when it has ended while the run was starting."""
        if self.has_ended:
            raise CannotStart(
                f"{self.name} ended while starting (code {self.process.returncode}). The end of {self.log}:\n"
                f"{self.last_words()}"
            )

    def revive(self):
        """Start it again when it has ended, later each time it fails soon; a sentence when that happened."""
        now = time.monotonic()
        if not self.has_ended:
            if now - self.started > STEADY_SECONDS:
                self.failures = 0
            return None
        if not self.start_after:
            self.kill()  # orphans of it would hold the queue or the data
            pause = min(0.1 * 2**self.failures, LONGEST_PAUSE)
            self.failures += 1
            self.start_after = now + pause
            return f"{self.name} ended (code {self.process.returncode}); see {self.log}"
        if now >= self.start_after:
            self.start_after = 0.0
            self.start()
            return f"{self.name} started again."
        return None

    def kill(self):
        """End its group at once."""
        if self.process is not None:
            processes.signal_group(self.pid, signal.SIGKILL)

    def ask_to_stop(self):
        """Send the signal once: to some servers a second one means at once."""
        if self.process is not None and not self.has_ended and not self.asked:
            self.asked = True
            self.process.send_signal(self.stop_signal)

    def stop(self):
        """Ask, wait ``grace`` seconds, then kill what is left of its group; whether it went."""
        if self.process is None:
            return True
        self.ask_to_stop()
        try:
            self.process.wait(self.grace)
            went = True
        except subprocess.TimeoutExpired:
            went = False
        self.kill()
        self.process.wait()
        return went


class Register:
    """The running children on disk, so that the next run can end those that outlived a killed supervisor."""

    def __init__(self, path):
        self.path = path

    def write(self, children):
        rows = [
            [child.name, child.pid, processes.started_at(child.pid)] for child in children if child.process
        ]
        aside = self.path.with_suffix(".new")
        aside.write_text(json.dumps(rows))
        os.replace(aside, self.path)

    def end_leftovers(self):
        """End what still runs of a run that was killed; whether the last run was killed."""
        if not self.path.exists():
            return False
        try:
            rows = json.loads(self.path.read_text())
        except ValueError:
            rows = []
        for _, pid, started_at in rows:
            if processes.is_alive(pid) and processes.started_at(pid) == started_at:
                processes.end_group(pid, LEFTOVER_GRACE)
        self.path.unlink()
        return True
