"""What is written about the three-year watch."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

RAISED = template(
    "reviews.watch_raised",
    title=_("Three years without a result: “%(studio)s”"),
    body=_(
        "The three years for the %(level)s were full on %(due)s. Last result: %(last)s. "
        "If there is a later one, the unit can enter it; the hint then goes away by itself. "
        "No title was changed: that is for people to decide."
    ),
)
WARNED = template(
    "reviews.watch_warned",
    title=_("%(months)s months without a result: “%(studio)s”"),
    body=_(
        "%(months)s months have passed without a result; for the %(level)s the years are full on %(due)s. "
        "Last result: %(last)s. A result that is already there can be entered at once."
    ),
)
CLEARED = template(
    "reviews.watch_cleared",
    title=_("The hint about three years is gone: “%(studio)s”"),
    body=_("The studio has a newer result, or its title has ended. There is nothing left to do."),
)
