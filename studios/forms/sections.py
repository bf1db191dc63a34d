"""Which forms make up which section."""

from studios.choices import Section
from studios.forms.ledger import FundsPart, ProjectsPart
from studios.forms.results import AchievementPart
from studios.forms.studio import EquipmentPart, StudioPart
from studios.forms.team import LeaderPart, TeamPart

PARTS = {
    Section.STUDIO: StudioPart,
    Section.LEADER: LeaderPart,
    Section.TEAM: TeamPart,
    Section.EQUIPMENT: EquipmentPart,
    Section.FUNDS: FundsPart,
    Section.PROJECTS: ProjectsPart,
    Section.ACHIEVEMENTS: AchievementPart,
}
