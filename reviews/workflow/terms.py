"""The types of which workflow tables are made, and what the engine answers when a step is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Place(Enum):
    """Where an actor must hold the transition's permission."""

    UNIT = "unit"  # at the base unit's own union
    TIER = "tier"  # at the union where the application stands
    SUPERVISOR = "supervisor"  # at the union that was asked


class Moves(Enum):
    """What a step does to the tier."""

    STAYS = "stays"
    TO_BASE = "to base"
    UP = "up"
    OUT = "out"  # back to the unit, or closed: with no union


@dataclass(frozen=True, slots=True)
class Guard:
    """A condition beyond state and permission.

    ``holds(subject, actor)`` answers; ``reason`` is the sentence shown when it does not, or a
    function of the subject that gives one.
    """

    name: str
    holds: Callable
    reason: object


@dataclass(frozen=True, slots=True)
class Transition:
    """One row of a table: from which states to which, who, where, under what conditions."""

    sources: frozenset
    target: str
    permission: str
    place: Place
    moves: Moves = Moves.STAYS
    guards: tuple = ()
    needs_reason: bool = False
    needs_remarks: bool = False
    takes_document: bool = False
    is_second_person: bool = False
    is_negative: bool = False


@dataclass(frozen=True, slots=True)
class Process:
    """A table with what it is about: the model, the noun of its audit verbs, the field that points at it."""

    noun: str
    model: type
    decision_field: str
    table: dict = field(hash=False)


class TransitionNotAllowed(Exception):
    """The step is not possible now; the message is a sentence for the person who tried."""


class Overtaken(TransitionNotAllowed):
    """Somebody took a step after the page was shown; ``decision`` is that step."""

    def __init__(self, decision):
        self.decision = decision
        super().__init__(
            _("%(name)s was faster: “%(action)s” on %(time)s. Nothing of yours was done; please look again.")
            % {
                "name": decision.actor_label,
                "action": decision.get_action_display(),
                "time": f"{timezone.localtime(decision.at):%Y-%m-%d %H:%M}",
            }
        )
