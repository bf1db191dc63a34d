"""A terminal that is closed under a run."""

import io
import os

import pytest

from portal.embedded import terminal


@pytest.fixture
def window(monkeypatch):
    """A terminal that we sit in; yields the function that closes its window."""
    outside, inside = os.openpty()
    monkeypatch.setattr(terminal, "STDIN", inside)
    open_ends = {outside, inside}

    def close(end=outside):
        open_ends.discard(end)
        os.close(end)

    yield close
    for end in set(open_ends):
        close(end)


def test_an_open_terminal_is_not_taken_for_a_closed_one(window):
    ours = terminal.Terminal()
    ours.watch()
    assert not ours.is_closed()


def test_a_closed_terminal_is_noticed(window):
    ours = terminal.Terminal()
    ours.watch()
    window()
    assert ours.is_closed()


def test_a_run_that_is_to_outlive_its_terminal_does_not_look(window):
    ours = terminal.Terminal()
    window()
    assert not ours.is_closed()


def test_speaking_to_a_closed_terminal_does_no_harm():
    class Closed(io.StringIO):
        def flush(self):
            raise BrokenPipeError

    terminal.say("hello", Closed())
