"""The entries of this app in the side navigation."""

from django.utils.translation import gettext_lazy as _

from portal.ui.navigation import register
from studios.permissions import VIEW_STUDIO, holds_anywhere


def sees_studios(user):
    """Whether there can be a studio that the user may look at."""
    return user.is_superuser or holds_anywhere(user, VIEW_STUDIO)


register(30, _("Review work"), _("Studios"), "building", "studio_list", shown=sees_studios)
