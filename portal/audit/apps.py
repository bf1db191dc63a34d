"""App configuration."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AuditConfig(AppConfig):
    """The record of acts."""

    name = "portal.audit"
    label = "audit"
    verbose_name = _("Record of acts")
