"""Navigation entries about people and the record, and the words of invitations."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation
from studios import letters  # noqa: F401 - registers what is written
from studios.permissions import VIEW_AUDIT, VIEW_PERSON, holds_anywhere

ADMINISTRATION = _("Administration")


def sees_people(user):
    """Whether the list of people shows anything."""
    return user.is_superuser or holds_anywhere(user, VIEW_PERSON)


def sees_record(user):
    """Auditors and superusers; asks the grants at hand, not the permission tables."""
    return user.is_superuser or holds_anywhere(user, VIEW_AUDIT)


navigation.register(120, ADMINISTRATION, _("People"), "users", "people_list", shown=sees_people)
navigation.register(130, ADMINISTRATION, _("Record of acts"), "history", "audit_list", shown=sees_record)
