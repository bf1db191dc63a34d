"""What goes wrong at a start, as sentences for the person at the terminal."""


class CannotStart(Exception):
    """The run can't begin or go on; the message says why and what to do."""


class StopAsked(Exception):
    """Ctrl-C, SIGTERM or SIGHUP arrived."""
