"""App configuration: puts the messages into the workspace's navigation and onto its bell."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MessagesConfig(AppConfig):
    """Messages and mail; the label leaves "messages" to Django's own app."""

    name = "portal.messages"
    label = "inbox"
    verbose_name = _("Messages")

    def ready(self):
        from portal.messages.services import unread_count
        from portal.ui import navigation

        navigation.register(90, _("My work"), _("Messages"), "bell", "message_list")
        navigation.register_unread(unread_count)
