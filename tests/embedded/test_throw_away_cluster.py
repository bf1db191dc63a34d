"""The cluster of the test session goes with the session, however that ends."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from portal.embedded import processes
from tests import cluster

SESSION = (
    "import time; from tests import cluster; session = cluster.ThrowAwayCluster();"
    "url = session.environment['DATABASE_URL'];"
    "print(session.folder, session.server.pid, url, flush=True); time.sleep(60)"
)


@pytest.fixture
def session(open_folder):
    """A session of its own in another process: itself, its folder, its server's pid, its DATABASE_URL."""
    environment = {**os.environ, "TMPDIR": str(open_folder)}
    process = subprocess.Popen(
        [sys.executable, "-c", SESSION], env=environment, stdout=subprocess.PIPE, text=True
    )
    with process:
        folder, pid, address = process.stdout.readline().split()
        yield process, Path(folder), int(pid), address
        process.kill()


def test_a_killed_session_leaves_no_server_and_the_next_one_sweeps_its_folder(
    session, open_folder, monkeypatch
):
    process, folder, server, address = session
    psycopg.connect(address).close()
    monkeypatch.setattr(cluster, "short_temporary_folder", lambda: open_folder)
    cluster.sweep()
    assert folder.exists(), "a session that runs is left alone"
    process.send_signal(signal.SIGKILL)
    process.wait()
    while processes.is_alive(server):
        time.sleep(0.02)
    cluster.sweep()
    assert not list(open_folder.iterdir())
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(address)


def test_a_command_gets_a_cluster_that_is_gone_afterwards(open_folder):
    ask = "import os, psycopg; url = os.environ['DATABASE_URL']; print(url, psycopg.connect(url).closed)"
    environment = {**os.environ, "TMPDIR": str(open_folder)}
    command = [sys.executable, "-m", "tests.cluster", sys.executable, "-W", "ignore", "-c", ask]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    address, closed = done.stdout.split()
    assert closed == "False" and str(open_folder) in address.replace("%2F", "/")
    assert not list(open_folder.iterdir())
