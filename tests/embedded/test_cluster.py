"""The embedded PostgreSQL: made whole or not at all, settled after a crash, able to read Chinese."""

import os
import signal
import subprocess
import sys
import threading

import pytest
from django.db import connection

from portal.embedded import cluster, programs
from portal.embedded.account import Account, server_account
from portal.embedded.problems import CannotStart


@pytest.fixture
def sleeper(tmp_path):
    """Starts a process whose working directory is a given folder, as that of a PostgreSQL is its data."""
    started = []

    def start(folder, code="import time; time.sleep(60)"):
        started.append(subprocess.Popen([sys.executable, "-c", code], cwd=folder))
        return started[-1]

    yield start
    for process in started:
        process.kill()
        process.wait()


def test_a_pid_file_of_a_dead_server_is_dropped(tmp_path):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    (tmp_path / "postmaster.pid").write_text(f"{dead.pid}\n{tmp_path}\n")
    cluster.settle(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_pid_file_whose_number_another_program_now_has_is_dropped(tmp_path):
    (tmp_path / "postmaster.pid").write_text(f"{os.getpid()}\n{tmp_path}\n")
    cluster.settle(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_damaged_pid_file_is_dropped(tmp_path):
    (tmp_path / "postmaster.pid").write_text("")
    cluster.settle(tmp_path)
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_server_that_still_runs_is_asked_to_stop(tmp_path, sleeper):
    server = sleeper(tmp_path)
    threading.Thread(target=server.wait).start()  # as init does for a server whose supervisor was killed
    (tmp_path / "postmaster.pid").write_text(f"{server.pid}\n{tmp_path}\n")
    cluster.settle(tmp_path)
    assert server.wait(5) == -signal.SIGINT
    assert not (tmp_path / "postmaster.pid").exists()


def test_a_server_that_does_not_go_is_named(tmp_path, sleeper, monkeypatch):
    monkeypatch.setattr(cluster, "SETTLE_SECONDS", 0.3)
    deaf = "import signal, time; signal.signal(2, signal.SIG_IGN); open('deaf', 'w'); time.sleep(60)"
    server = sleeper(tmp_path, deaf)
    while not (tmp_path / "deaf").exists():
        assert server.poll() is None
    (tmp_path / "postmaster.pid").write_text(f"{server.pid}\n{tmp_path}\n")
    with pytest.raises(CannotStart, match=f"process {server.pid}"):
        cluster.settle(tmp_path)


def test_nothing_to_settle_is_fine(tmp_path):
    cluster.settle(tmp_path)


def test_a_cluster_that_could_not_be_made_leaves_nothing_that_looks_like_one(tmp_path):
    failing = tmp_path / "bin"
    failing.mkdir()
    (failing / "initdb").write_text(
        "#!/bin/sh\nmkdir -p $2; touch $2/PG_VERSION; echo no space left >&2; exit 1\n"
    )
    (failing / "initdb").chmod(0o755)
    with pytest.raises(CannotStart, match="no space left"):
        cluster.make(failing, tmp_path / "data", Account())
    assert not (tmp_path / "data").exists()


def test_a_cluster_that_is_there_is_left_alone(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "PG_VERSION").write_text("18")
    cluster.make(tmp_path / "no-programs", tmp_path / "data", Account())
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_programs_out_of_reach_are_copied_and_run(tmp_path):
    class Hermit(Account):
        def can_reach(self, path):
            return False

    copy = programs.within_reach(Hermit(), programs.postgres_programs(), tmp_path / "copies")
    assert copy.is_relative_to(tmp_path)
    done = subprocess.run([copy / "postgres", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("postgres (PostgreSQL)")
    before = (copy / "postgres").stat().st_ino
    programs.within_reach(Hermit(), programs.postgres_programs(), tmp_path / "copies")
    assert (copy / "postgres").stat().st_ino == before, "the second run copies nothing"


def test_a_folder_of_programs_without_initdb_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("PORTAL_PG_BIN", str(tmp_path))
    with pytest.raises(CannotStart, match="PORTAL_PG_BIN"):
        programs.postgres_programs()


def test_the_servers_never_run_as_root(tmp_path):
    account = server_account(tmp_path / "not-there")
    assert (account.uid if os.geteuid() == 0 else os.geteuid()) != 0


@pytest.mark.django_db
def test_the_database_sees_letters_in_chinese_text():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT '工会' ~ '^[[:alpha:]]+$', upper('ä'), current_setting('server_version_num')::int"
        )
        assert cursor.fetchone()[:2] == (True, "Ä")


@pytest.mark.django_db
def test_the_portal_is_no_superuser_of_its_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT rolsuper FROM pg_roles WHERE rolname = current_user")
        assert cursor.fetchone() == (False,)
