"""DATABASE_URL and REDIS_URL: used when they answer, explained when they don't."""

import os
import socket

import pytest
from psycopg.conninfo import make_conninfo

from portal.embedded import given
from portal.embedded.problems import CannotStart


@pytest.fixture
def dead_port():
    """A port on which nobody listens."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def test_the_version_of_a_given_database_is_told():
    assert int(given.check_database(os.environ["DATABASE_URL"]).split(".")[0]) >= 15


def test_a_database_that_does_not_answer_is_explained_without_its_password(dead_port):
    with pytest.raises(CannotStart) as problem:
        given.check_database(f"postgresql://clerk:geheim@127.0.0.1:{dead_port}/portal")
    assert "DATABASE_URL is set, but PostgreSQL can't be used there (127.0.0.1, database portal)" in str(
        problem.value
    )
    assert "unset it to use the embedded PostgreSQL" in str(problem.value)
    assert "geheim" not in str(problem.value)


def test_a_database_that_does_not_exist_is_named():
    with pytest.raises(CannotStart, match='database "nowhere" does not exist'):
        given.check_database(make_conninfo(os.environ["DATABASE_URL"], dbname="nowhere"))


def test_another_kind_of_database_is_refused():
    with pytest.raises(CannotStart, match="not a PostgreSQL address"):
        given.check_database("mysql://localhost/portal")


@pytest.mark.parametrize(
    "url", ["redis://127.0.0.1:{port}/0", "redis+socket:///nowhere/{port}.sock", "file:///tmp"]
)
def test_a_redis_that_does_not_answer_is_explained(url, dead_port):
    with pytest.raises(CannotStart, match="REDIS_URL is set, but Redis can't be used there"):
        given.check_redis(url.format(port=dead_port))


def test_a_redis_that_answers_is_taken(valkey):
    given.check_redis(valkey)
