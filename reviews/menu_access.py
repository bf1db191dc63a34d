"""Navigation entry of the requests for access."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation
from reviews import letters_access  # noqa: F401 - registers what is written
from reviews.queries import work_counts
from studios.permissions import VIEW_ACCESS, holds_anywhere


def sees_requests(user):
    """Whether the queue of requests shows anything."""
    return user.is_superuser or holds_anywhere(user, VIEW_ACCESS)


def waiting(user):
    """How many wait at the own unions."""
    return work_counts(user)["access"]


navigation.register(
    110,
    _("Administration"),
    _("Requests for access"),
    "key",
    "access_list",
    shown=sees_requests,
    count=waiting,
)
