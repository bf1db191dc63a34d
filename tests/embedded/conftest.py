"""Places and servers for the tests of the one-command start."""

import shutil
import tempfile
from pathlib import Path

import pytest
import redis

from portal.embedded import programs
from portal.embedded.children import Child
from portal.embedded.home import short_temporary_folder


@pytest.fixture
def open_folder():
    """A folder that every account can reach, with a short path; pytest's own are private and long."""
    folder = Path(tempfile.mkdtemp(prefix="portal-open-", dir=short_temporary_folder()))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def valkey(open_folder):
    """The REDIS_URL of a running Valkey."""
    socket = open_folder / "valkey.sock"
    argv = [programs.valkey_program(), "--port", "0", "--unixsocket", socket, "--dir", open_folder]
    server = Child("valkey", argv, env={}, log=open_folder / "log")
    server.start()
    while not socket.exists():
        server.demand_alive()
    with redis.Redis(unix_socket_path=str(socket)) as client:
        client.ping()
    yield f"redis+socket://{socket}"
    server.stop()
