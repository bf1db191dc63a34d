"""Navigation entries about rosters and statistics."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation
from studios.choices import Tier
from studios.permissions import (
    EXPORT_ROSTER,
    IMPORT_ROSTER,
    VIEW_IMPORT,
    VIEW_STUDIO,
    holds_anywhere,
    unions_where,
)

SECTION = _("Rosters and statistics")
PERMISSIONS = (IMPORT_ROSTER, EXPORT_ROSTER, VIEW_IMPORT)


def sees_rosters(user):
    """Whether the overview of rosters shows anything to the user."""
    return user.is_superuser or any(holds_anywhere(user, perm) for perm in PERMISSIONS)


def sees_statistics(user):
    """Whether the user looks at studios from an office; a single unit has nothing to count."""
    return user.is_superuser or any(tier > Tier.BASE for tier, _pk in unions_where(user, VIEW_STUDIO))


navigation.register(60, SECTION, _("Rosters"), "file", "roster_list", shown=sees_rosters)
navigation.register(70, SECTION, _("Statistics"), "chart", "roster_statistics", shown=sees_statistics)
