"""A started `python -m portal.embedded`: what it says, its children, its end. For the tests that need one."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from portal.embedded import processes

PATIENCE = 120
NOT_INHERITED = {
    "DATABASE_URL",
    "REDIS_URL",
    "SECRET_KEY",
    "PORTAL_HOME",
    "PORTAL_MEDIA",
    "BASE_URL",
    "PORTAL_DEMO",
}


class Started:
    """A started `python -m portal.embedded` and what it has said so far."""

    def __init__(self, folder, **environment):
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.folder = folder
        inherited = {name: value for name, value in os.environ.items() if name not in NOT_INHERITED}
        self.process = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "portal.embedded",
                "--home",
                folder,
                "--port",
                str(self.port),
                "--workers",
                "1",
            ],
            env={**inherited, **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.said = ""
        while "The portal is ready" not in self.said:
            line = self.process.stdout.readline()
            assert line, f"it ended before it was ready:\n{self.said}"
            self.said += line

    def children(self):
        """Name to pid, as the run itself has written them down."""
        return {name: pid for name, pid, _ in json.loads((self.folder / "children.json").read_text())}

    def answer(self):
        """The status of /livez; keeps asking while the web server is away."""
        end = time.monotonic() + PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/livez", timeout=10) as answer:
                    return answer.status
            except urllib.error.URLError:
                assert time.monotonic() < end
                time.sleep(0.1)

    def stop(self):
        """Ctrl-C; the exit code."""
        self.process.send_signal(signal.SIGINT)
        self.said += self.process.stdout.read()
        return self.process.wait(PATIENCE)

    def kill(self):
        """What no program can answer to."""
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()


def descendants_in(folder):
    """Pids of processes whose command line or working directory names ``folder``."""
    found = processes.working_in(folder / "home" / "servers" / "postgres")
    listed = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True, check=True).stdout
    return found + [line for line in listed.splitlines() if str(folder) in line]


def wait_until(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.05)
