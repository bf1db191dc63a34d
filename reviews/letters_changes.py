"""What is written about requested changes."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

ASKED = template(
    "reviews.change_asked",
    title=_("A change is asked for: %(change)s, “%(thing)s”"),
    body=_("%(unit)s asks for: %(change)s, from %(on)s. Reason: %(reason)s"),
)
PASSED_ON = template(
    "reviews.change_passed_on",
    title=_("A change waits for your union: %(change)s, “%(thing)s”"),
    body=_("%(union)s supports it and passes it on. Opinion: %(reason)s"),
)
SUPPORTED = template(
    "reviews.change_supported",
    title=_("The change was supported: %(change)s, “%(thing)s”"),
    body=_("%(union)s supports it; the union above decides. Opinion: %(reason)s"),
)
APPROVED = template(
    "reviews.change_approved",
    title=_("The change was approved: %(change)s, “%(thing)s”"),
    body=_("%(union)s approved it. It holds from %(on)s."),
)
REFUSED = template(
    "reviews.change_refused",
    title=_("The change was refused: %(change)s, “%(thing)s”"),
    body=_("%(union)s refused it. Reason: %(reason)s"),
)
WITHDRAWN = template(
    "reviews.change_withdrawn",
    title=_("The request was withdrawn: %(change)s, “%(thing)s”"),
    body=_("The unit withdrew it. There is nothing left to do."),
)
STUCK = template(
    "reviews.change_stuck",
    title=_("The approved change could not take effect: %(change)s, “%(thing)s”"),
    body=_("It was due on %(on)s. %(problem)s The portal tries again every day."),
)
RECHECK_OVER = template(
    "reviews.recheck_over",
    title=_("The time to meet clause %(clause)s is over: “%(thing)s”"),
    body=_(
        "After the change of %(on)s the clause was to be met by %(due)s. As the data stand it is not. "
        "No title was changed: that is for people to decide."
    ),
)
