"""What the child process may use once it starts to read a stranger's bytes."""

import contextlib
import ctypes
import os
import resource
import signal

NOBODY = 65534
PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


class Refusal(Exception):
    """The file is not taken; ``code`` is one of portal.files.refusals."""

    def __init__(self, code, **values):
        super().__init__(code)
        self.code = code
        self.values = values


def apply(numbers):
    """Give up privileges, cap memory (bytes), processor time (seconds) and file size, open nothing new."""
    if os.geteuid() == 0:
        with contextlib.suppress(OSError):  # a container without these ids keeps the other limits
            os.setgroups([])
            os.setgid(NOBODY)
            os.setuid(NOBODY)
    libc = ctypes.CDLL(None)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # after the change of user, which clears it
    _cap(resource.RLIMIT_CORE, 0)
    _cap(resource.RLIMIT_AS, numbers["memory"])
    resource.setrlimit(resource.RLIMIT_CPU, (numbers["cpu"], numbers["cpu"] + 1))  # SIGXCPU, then SIGKILL
    _cap(resource.RLIMIT_FSIZE, numbers["output"])
    _cap(resource.RLIMIT_NOFILE, 0)  # what is open stays usable


def _cap(what, most):
    _soft, hard = resource.getrlimit(what)
    if hard != resource.RLIM_INFINITY:
        most = min(most, hard)
    resource.setrlimit(what, (most, most))
