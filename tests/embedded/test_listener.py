"""The web address is taken before anything else starts, and a taken one is explained."""

import socket
import threading

import pytest

from portal.embedded import listener
from portal.embedded.__main__ import read_options
from portal.embedded.problems import CannotStart


@pytest.fixture
def taken():
    """A socket of another program, listening on a port of its own."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        yield other


def test_a_taken_port_is_named_with_the_way_out(taken):
    port = taken.getsockname()[1]
    with pytest.raises(CannotStart) as problem:
        listener.listen("127.0.0.1", port)
    assert f"Port {port} on 127.0.0.1 is taken" in str(problem.value)
    assert "make run PORT=8010" in str(problem.value)


def test_the_way_out_is_not_the_port_that_is_taken():
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            other.bind(("127.0.0.1", 8010))
        except OSError:
            pass  # taken by somebody else: just as good
        else:
            other.listen()
        with pytest.raises(CannotStart, match="PORT=8020"):
            listener.listen("127.0.0.1", 8010)


def test_a_port_that_comes_free_in_time_is_taken(taken):
    port = taken.getsockname()[1]
    threading.Timer(0.2, taken.close).start()
    with listener.listen("127.0.0.1", port, patience=5) as ours:
        assert ours.getsockname()[1] == port


def test_an_address_that_the_machine_does_not_have_is_refused():
    with pytest.raises(CannotStart, match=r"This machine has no address 203\.0\.113\.7"):
        listener.listen("203.0.113.7", 8010)


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000"),
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::1", "http://[::1]:8000"),
        ("10.0.0.5", "http://10.0.0.5:8000"),
    ],
)
def test_the_address_shown_can_be_typed_into_a_browser_here(host, url):
    assert listener.url(host, 8000) == url


def test_a_server_on_one_address_answers_to_that_name_only():
    assert listener.names("127.0.0.1") == "127.0.0.1,localhost,[::1]"
    assert listener.names("10.0.0.5") == "127.0.0.1,localhost,[::1],10.0.0.5"


def test_a_server_on_all_addresses_answers_to_the_machines_own_name():
    assert socket.gethostname() in listener.names("0.0.0.0").split(",")


@pytest.mark.parametrize("port", ["0", "65536", "http", "-1"])
def test_a_port_that_is_none_is_refused(port, capsys):
    with pytest.raises(SystemExit):
        read_options(["--port", port])
    assert "port" in capsys.readouterr().err


def test_an_answer_of_any_kind_is_told_and_none_is_none(taken):
    address = listener.url(*taken.getsockname())

    def answer():
        connection, _ = taken.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")

    threading.Thread(target=answer).start()
    assert listener.status(address, "/livez") == 400
    taken.close()
    assert listener.status(address, "/livez") is None
