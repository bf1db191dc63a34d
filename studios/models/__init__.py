"""All models of who exists, by one name each."""

from studios.models.activities import Activity, EquipmentItem, MediaReport, Mentorship, Reward
from studios.models.conversion import Conversion, Share
from studios.models.evidence import Evidence
from studios.models.grants import (
    Appointment,
    RoleGroup,
    UnionGroupObjectPermission,
    UnionUserObjectPermission,
)
from studios.models.history import FormerParent, FormerStudioName, FormerUnitName, Suspension
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
    "Activity",
    "Appointment",
    "CarriesAncestors",
    "ChecklistItem",
    "Conversion",
    "DocumentSeries",
    "EquipmentItem",
    "Evidence",
    "FormerParent",
    "FormerStudioName",
    "FormerUnitName",
    "Fund",
    "Honour",
    "HonourKind",
    "Industry",
    "Leader",
    "MediaReport",
    "Member",
    "Mentorship",
    "Naming",
    "NamingLevel",
    "OfficialDocument",
    "OwnershipKind",
    "Person",
    "Project",
    "Recognition",
    "Reward",
    "RoleGroup",
    "RosterExport",
    "RosterImport",
    "RosterRow",
    "Share",
    "Studio",
    "StudioSection",
    "Suspension",
    "Target",
    "Union",
    "UnionGroupObjectPermission",
    "UnionUserObjectPermission",
    "Unit",
]
