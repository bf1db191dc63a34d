"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StudiosConfig(AppConfig):
    """Who exists."""

    name = "studios"
    verbose_name = _("Unions and studios")

    def ready(self):
        """Register what this app adds to the platform's lists."""
        from studios import menu_people, menu_rosters, navigation, verbs  # noqa: F401
