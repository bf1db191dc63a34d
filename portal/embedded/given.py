"""Servers that the environment names instead of the embedded ones: checked before the portal starts."""

import psycopg
import redis
from psycopg.conninfo import conninfo_to_dict

from portal.embedded.problems import CannotStart

OLDEST_POSTGRES = 150000
PATIENCE = 5


def check_database(url):
    """The version of the PostgreSQL at ``url`` as text; CannotStart when it can't be used."""
    try:
        place = conninfo_to_dict(url)
    except psycopg.ProgrammingError as problem:
        raise CannotStart(f"DATABASE_URL is not a PostgreSQL address: {_first_line(problem)}") from None
    try:
        with psycopg.connect(url, connect_timeout=PATIENCE) as connection:
            number, version = (
                connection.info.server_version,
                connection.execute("SHOW server_version").fetchone()[0],
            )
    except psycopg.OperationalError as problem:
        where = f"{place.get('host', 'the local socket')}, database {place.get('dbname', '(none named)')}"
        raise CannotStart(
            f"DATABASE_URL is set, but PostgreSQL can't be used there ({where}): {_first_line(problem)}\n"
            "Start that server, correct DATABASE_URL, or unset it to use the embedded PostgreSQL."
        ) from None
    if number < OLDEST_POSTGRES:
        raise CannotStart(f"DATABASE_URL names a PostgreSQL {version}; the portal needs 15 or newer.")
    return version


def check_redis(url):
    """CannotStart when no Redis answers at ``url``."""
    try:
        redis.Redis.from_url(
            _for_client(url), socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
        ).ping()
    except (redis.RedisError, ValueError, OSError) as problem:
        raise CannotStart(
            f"REDIS_URL is set, but Redis can't be used there: {_first_line(problem)}\n"
            "Start that server, correct REDIS_URL, or unset it to use the embedded one."
        ) from None


def _for_client(url):
    """Celery writes a socket as redis+socket:///path, the client as unix:///path."""
    return url.replace("redis+socket://", "unix://", 1)


def _first_line(problem):
    return str(problem).strip().split("\n", 1)[0]
