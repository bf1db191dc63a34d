"""Which function does which kind of job. Apps register theirs in their ``tasks`` module."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time


@dataclass(frozen=True, slots=True)
class Handler:
    """``run(job, payload)`` in one transaction with "done", ``gave_up`` with "failed", ``stopped`` with
    "cancelled"."""

    run: Callable
    gave_up: Callable | None
    stopped: Callable | None


HANDLERS = {}
DAILY = {}  # kind -> local time of day
OFTEN = {}  # kind -> (minutes, whether there is anything to do)


def handler(kind, *, gave_up=None, stopped=None):
    """Decorator: the function does jobs of ``kind``. It may run twice, but its transaction counts once.

    ``gave_up(job, payload)`` is called once when the job has finally failed (why: ``job.error``), to say so
    where people look; ``stopped(job, payload)`` when a person cancelled it, before or while it ran.
    """

    def register(function):
        known = HANDLERS.get(kind)
        if known and known.run.__qualname__ != function.__qualname__:
            raise ValueError(f"Two handlers for jobs of kind {kind}")
        HANDLERS[kind] = Handler(function, gave_up, stopped)
        return function

    return register


def often(kind, *, minutes, when):
    """Have a job of ``kind`` at most every so many minutes, as long as ``when()`` says that it is needed."""
    OFTEN[kind] = (minutes, when)


def daily(kind, *, at=time(3, 0)):
    """Have one job of ``kind`` a day at the local time ``at``; a missed day is caught up once."""
    DAILY[kind] = at
