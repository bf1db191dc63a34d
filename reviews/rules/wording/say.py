"""A sentence with gaps, and how the values that fill them are put into words."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Say:
    """``text`` is a lazy msgid with %(name)s gaps; ``shown`` maps the names that need it to a formatter.

    Calling it with the values of a finding gives the sentence in the active language.
    """

    text: object
    shown: Mapping[str, Callable] = field(default_factory=dict)

    def __call__(self, values):
        words = {name: show(values[name]) for name, show in self.shown.items()}
        return str(self.text) % {**values, **words}
