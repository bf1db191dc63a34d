"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReviewsConfig(AppConfig):
    """What is decided."""

    name = "reviews"
    verbose_name = _("Reviews")

    def ready(self):
        """Register what this app adds to the platform's lists."""
        from reviews import (  # noqa: F401
            menu_access,
            menu_life,
            navigating,
            studio_panels,
            tasks,
            tasks_cases,
            tasks_changes,
            tasks_money,
            tasks_watch,
            tasks_years,
            verbs,
        )
        from reviews.demo.accounts import offer_accounts

        offer_accounts()
        navigating.register()
        studio_panels.register()
