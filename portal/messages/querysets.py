"""Words for messages and mails."""

from django.db import models


class MessageQuerySet(models.QuerySet):
    """What a reader sees."""

    def visible_to(self, user):
        """One's own messages, nobody else's: not even for superusers."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(recipient=user)

    def unread(self):
        return self.filter(read_at=None)
