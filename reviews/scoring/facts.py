"""The facts of a year that a scheme may name, and what they answer."""

from studios.choices import Rank

NUMBERS = (
    "projects",
    "results",
    "results_two_years",
    "activities",
    "sessions",
    "people_trained",
    "mentorships",
    "apprentices_graduated",
    "funds_unit",
    "funds",
    "members",
    "skilled",
    "area",
    "signs",
    "equipment",
    "systems",
    "benefit_amount",
    "conversions",
)
FLAGS = ("non_public",)
BY_RANK = ("results_by_rank", "honours_by_rank", "media_by_rank")
RANKS = tuple(rank.name.lower() for rank in Rank)

FACTS = (*NUMBERS, *FLAGS, *(f"{name}.{rank}" for name in BY_RANK for rank in RANKS))


def value_of(facts, name):
    """The number of a fact, True and False as 1 and 0; None when nothing is known about it."""
    head, _dot, rank = name.partition(".")
    value = facts.get(head)
    if value is None:
        return None
    if rank:
        value = value.get(rank, 0)
    return int(value) if isinstance(value, bool) else value
