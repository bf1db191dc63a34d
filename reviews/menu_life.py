"""The entries of the side navigation about what follows a title."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.ui import navigation
from studios.permissions import (
    APPROVE_APPLICATION,
    CHANGE_STUDIO,
    REVIEW_APPLICATION,
    VIEW_ACCESS,
    VIEW_APPLICATION,
    holds_anywhere,
)


def reads(user):
    """Whether there are cases that the person may open."""
    return user.is_superuser or holds_anywhere(user, VIEW_APPLICATION)


def of_office(user):
    """Whether the person looks at units from above."""
    return user.is_superuser or holds_anywhere(user, VIEW_ACCESS)


def decides(user):
    """Whether the person reviews or approves at some union."""
    return holds_anywhere(user, REVIEW_APPLICATION) or holds_anywhere(user, APPROVE_APPLICATION)


def fills_in(user):
    """Whether the person keeps a studio's ledger."""
    return holds_anywhere(user, CHANGE_STUDIO)


LIFE = pgettext_lazy("menu", "Named studios")
navigation.register(39, LIFE, _("Quick entry"), "plus", "quick", shown=fills_in)
navigation.register(40, LIFE, _("Results to verify"), "check-circle", "result_list", shown=of_office)
navigation.register(41, LIFE, _("Yearly assessment"), "calendar", "assessment_list", shown=reads)
navigation.register(42, LIFE, _("Three-year watch"), "clock", "watch_list", shown=of_office)
navigation.register(43, LIFE, _("Revocations"), "flag", "case_list", shown=reads)
navigation.register(44, LIFE, _("Changes"), "edit", "change_list", shown=reads)
navigation.register(45, LIFE, _("Subsidies"), "award", "subsidy_list", shown=reads)
