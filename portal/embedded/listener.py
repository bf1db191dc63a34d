"""The web address: checked and taken before anything else starts, kept while the web server restarts."""

import errno
import http.client
import socket
import time

from portal.embedded.problems import CannotStart

BACKLOG = 512


def listen(host, port, *, patience=0):
    """A listening socket on ``host``:``port``; CannotStart says what is in the way and what to do.

    ``patience`` is how many seconds a taken port may take to come free.
    """
    end = time.monotonic() + patience
    while True:
        try:
            return _listen(host, port)
        except OSError as problem:
            if problem.errno != errno.EADDRINUSE or time.monotonic() > end:
                raise CannotStart(_sentence(host, port, problem)) from problem
        time.sleep(0.1)


def _listen(host, port):
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError:
        listener.close()
        raise
    return listener


def _sentence(host, port, problem):
    other = 8010 if port != 8010 else 8020
    if problem.errno == errno.EADDRINUSE:
        return f"Port {port} on {host} is taken by another program. Use another one: make run PORT={other}"
    if problem.errno == errno.EACCES:
        return f"Port {port} needs more rights than you have. Use one above 1023: make run PORT={other}"
    if problem.errno == errno.EADDRNOTAVAIL or isinstance(problem, socket.gaierror):
        return f"This machine has no address {host}. Use one that it has: make run ADDRESS=127.0.0.1"
    return f"The portal can't listen on {host}, port {port}: {problem}"


def url(host, port):
    """The address to type into a browser on this machine."""
    name = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}.get(host, f"[{host}]" if ":" in host else host)
    return f"http://{name}:{port}"


def status(address, path):
    """The status of a GET there, or None without an answer within two seconds."""
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=2)
    try:
        connection.request("GET", path)
        return connection.getresponse().status
    except (OSError, http.client.HTTPException):
        return None
    finally:
        connection.close()


def is_private(host):
    """Whether only this machine can reach ``host``."""
    return host in ("127.0.0.1", "localhost", "::1")


def names(host):
    """ALLOWED_HOSTS for a server on ``host``; the machine's own names too when it listens to all."""
    allowed = ["127.0.0.1", "localhost", "[::1]"]
    if host in ("0.0.0.0", "::"):
        allowed += [socket.gethostname(), socket.getfqdn(), *_own_addresses()]
    elif host not in allowed:
        allowed.append(f"[{host}]" if ":" in host else host)
    return ",".join(dict.fromkeys(allowed))


def _own_addresses():
    try:
        return socket.gethostbyname_ex(socket.gethostname())[2]
    except OSError:
        return []
