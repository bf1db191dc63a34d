"""Columns of what comes in and goes out as a spreadsheet: the one declaration of them."""

from studios.resources.columns import ROSTER, Column
from studios.resources.reference import (
    AchievementKindResource,
    HonourKindResource,
    IndustryResource,
    NamingLevelResource,
    OwnershipKindResource,
    UnionResource,
)
from studios.resources.roster import RosterResource

__all__ = [
    "ROSTER",
    "AchievementKindResource",
    "Column",
    "HonourKindResource",
    "IndustryResource",
    "NamingLevelResource",
    "OwnershipKindResource",
    "RosterResource",
    "UnionResource",
]
