"""The entries of the side navigation that belong to review work."""

from django.utils.translation import gettext_lazy as _

from portal.ui import navigation
from reviews.queries import work_counts
from studios.permissions import (
    APPROVE_APPLICATION,
    CONFIRM_APPLICATION,
    REVIEW_APPLICATION,
    SUBMIT_APPLICATION,
    VIEW_APPLICATION,
    holds_anywhere,
)

ACTING = (REVIEW_APPLICATION, APPROVE_APPLICATION, CONFIRM_APPLICATION, SUBMIT_APPLICATION)


def acts(user):
    """Whether any step of the workflow is the person's."""
    return any(holds_anywhere(user, perm) for perm in ACTING)


def reads(user):
    """Whether there are applications that the person may open."""
    return user.is_superuser or holds_anywhere(user, VIEW_APPLICATION)


def register():
    """Enter the pages; called once when the app is ready."""
    section = _("Review work")
    navigation.register(
        10,
        section,
        _("Work queue"),
        "inbox",
        "queue",
        shown=acts,
        count=lambda user: work_counts(user)["waiting"],
    )
    navigation.register(20, section, _("Applications"), "list", "application_list", shown=reads)
