"""The whole run for real: up, a crash, down, and nothing left."""

import json
import os
import signal

import psycopg
import pytest
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from portal.embedded import processes
from tests.running import Started, descendants_in, wait_until


@pytest.fixture
def start(open_folder):
    """Starts a run in a folder of its own and makes sure that none outlives the test."""
    runs = []

    def begin(**environment):
        runs.append(Started(open_folder / "home", **environment))
        return runs[-1]

    yield begin
    for run in runs:
        run.kill()
        wait_until(lambda: not descendants_in(open_folder))


# Two long stories and not ten short tests: each first start migrates a new database.


def test_a_run_survives_crashes_starts_again_and_leaves_nothing(start, open_folder):
    run = start(PORTAL_DEMO="0")
    assert run.answer() == 200
    before = run.children()
    assert list(before) == ["postgres", "valkey", "web", "worker"]

    for name in ("web", "postgres"):
        os.kill(before[name], signal.SIGKILL)
        wait_until(lambda name=name: run.children()[name] != before[name])
        assert run.answer() == 200
    assert run.children()["worker"] == before["worker"], "the others were left alone"

    orphans = list(run.children().values())
    run.kill()
    again = start(PORTAL_DEMO="0")
    assert again.answer() == 200
    assert not any(map(processes.is_alive, orphans))

    assert again.stop() == 0
    assert "Stopped." in again.said
    assert descendants_in(open_folder) == []
    assert not (again.folder / "children.json").exists()


def test_given_servers_are_used_and_only_an_empty_database_is_filled(start, valkey, portal_database):
    given = {"DATABASE_URL": portal_database, "REDIS_URL": valkey}
    first = start(**given)
    assert "as DATABASE_URL says" in first.said
    assert list(first.children()) == ["web", "worker"]
    assert first.stop() == 0
    assert "Loading the demonstration city" in first.said
    assert "password of all" in first.said, "the demonstration accounts are shown"

    second = start(**given)
    assert second.stop() == 0
    assert "Loading" not in second.said and "password of all" in second.said

    (first.folder / "demonstration").unlink()  # now it is a database with people of whom we know nothing
    third = start(**given)
    assert third.stop() == 0
    assert "Loading" not in third.said and "password" not in third.said
    assert json.loads((third.folder / "environment.json").read_text())["PORTAL_DEMO"] == "0"


@pytest.fixture
def portal_database():
    """The DATABASE_URL of a new, empty database on the server of the test session."""
    server = os.environ["DATABASE_URL"]
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(
            sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name := f"given_{os.getpid()}"))
        )
        yield make_conninfo(**{**conninfo_to_dict(server), "dbname": name})
        connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
