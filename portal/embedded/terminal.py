"""The terminal that the run was started from, which may be closed under it."""

import contextlib
import os
import select

STDIN = 0


def say(sentence, stream=None):
    """Tell the person at the terminal, if it is still there: a closed one must not stop an orderly end."""
    with contextlib.suppress(OSError):
        print(sentence, file=stream, flush=True)


class Terminal:
    """Notices that a terminal was closed: SIGHUP reaches `make` only when that is what was started in it."""

    def __init__(self):
        self.hang_up = None

    def watch(self):
        with contextlib.suppress(OSError):
            if os.isatty(STDIN):
                self.hang_up = select.poll()
                self.hang_up.register(STDIN, 0)  # a hang-up is always reported

    def is_closed(self):
        return bool(self.hang_up and self.hang_up.poll(0))
