"""All models of who exists, by one name each."""

from studios.models.evidence import Evidence
from studios.models.grants import (
    Appointment,
    RoleGroup,
    UnionGroupObjectPermission,
    UnionUserObjectPermission,
)
from studios.models.ledger import Achievement, Fund, Project, Recognition
from studios.models.naming import DocumentSeries, Naming, OfficialDocument
from studios.models.organisation import CarriesAncestors, Union, Unit
from studios.models.people import Honour, Leader, Member, Person
from studios.models.reference import AchievementKind, HonourKind, Industry, NamingLevel, OwnershipKind
from studios.models.rosters import RosterExport, RosterImport, RosterRow, Target
from studios.models.studio import ChecklistItem, Studio, StudioSection

__all__ = [
    "Achievement",
    "AchievementKind",
    "Appointment",
    "CarriesAncestors",
    "ChecklistItem",
    "DocumentSeries",
    "Evidence",
    "Fund",
    "Honour",
    "HonourKind",
    "Industry",
    "Leader",
    "Member",
    "Naming",
    "NamingLevel",
    "OfficialDocument",
    "OwnershipKind",
    "Person",
    "Project",
    "Recognition",
    "RoleGroup",
    "RosterExport",
    "RosterImport",
    "RosterRow",
    "Studio",
    "StudioSection",
    "Target",
    "Union",
    "UnionGroupObjectPermission",
    "UnionUserObjectPermission",
    "Unit",
]
