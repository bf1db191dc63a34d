"""The types of which workflow tables are made, and what the engine answers when a step is refused."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Place(Enum):
    """Where an actor must hold the transition's permission."""

    UNIT = "unit"  # at the base unit's own union
    TIER = "tier"  # at the union where the subject stands, or that decides it
    SUPERVISOR = "supervisor"  # at the union right above the unit, or that was asked
    TOP = "top"  # at the city, or the highest office below it
    PORTAL = "portal"  # nowhere: the portal itself takes the step, in the system account's name


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
    asks: tuple = ()  # names of the fields of its form that the step cannot do without
    takes_document: bool = False
    is_second_person: bool = False
    is_negative: bool = False


@dataclass
class StepInput:
    """What the person gave with a step. ``values``: what else the form of this process asked."""

    step: Transition
    actor: object
    reason: str = ""
    remarks: list = field(default_factory=list)
    document_on: date | None = None
    expected_number: int | None = None
    values: dict = field(default_factory=dict)


@dataclass
class Outcome:
    """What the decision row notes besides the move."""

    dossier: object = None
    document: object = None
    second_to: int | None = None


@dataclass(frozen=True, slots=True)
class Process:
    """A table with what it is about.

    ``noun`` begins its audit verbs, ``decision_field`` of a decision points at the subject.
    ``effects``: action to ``effect(subject, StepInput) -> Outcome``, which moves and saves the locked
    subject. ``afterwards(subject)`` runs when step, remarks and record are about to be written.
    ``inner``: actions of a union that those below it are told of without their content.
    ``lock_first(pk)`` takes the locks that others take before the subject's own.
    """

    noun: str
    model: type
    decision_field: str
    table: dict = field(hash=False)
    effects: dict = field(hash=False)
    afterwards: Callable | None = None
    inner: frozenset = frozenset()
    lock_first: Callable | None = None

    def locked(self, pk):
        """The subject, locked until the end of the transaction."""
        if self.lock_first is not None:
            self.lock_first(pk)
        return self.model.objects.select_for_update(of=("self",)).get(pk=pk)


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
