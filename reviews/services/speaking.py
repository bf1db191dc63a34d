"""What ``telling`` needs to know of each process."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Speaker:
    """``values_of(decision)``: what the texts mention; ``audiences(decision)``: (text, people, address)."""

    values_of: Callable
    audiences: Callable
