"""App configuration: finds every app's job handlers, as Django's admin finds its admin modules."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    """Outbox, worker, sweeper."""

    name = "portal.jobs"
    label = "jobs"
    verbose_name = _("Background work")

    def ready(self):
        from portal.jobs import verbs  # noqa: F401

        autodiscover_modules("tasks")
