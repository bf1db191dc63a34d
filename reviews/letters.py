"""The messages of review work, as registered texts."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

TO_CONFIRM = template(
    "reviews.to_confirm",
    title=_("Please confirm the application of “%(studio)s”"),
    body=_(
        "%(actor)s submitted application %(number)s for the %(level)s. "
        "Please check it, then confirm it or hand it back."
    ),
)
ARRIVED = template(
    "reviews.arrived",
    title=_("To review: “%(studio)s”"),
    body=_("Application %(number)s for the %(level)s has reached you from %(union)s. Last day: %(due)s."),
)
TO_SIGN = template(
    "reviews.to_sign",
    title=_("A second signature is needed: “%(studio)s”"),
    body=_("%(actor)s has finished the review of application %(number)s for the %(level)s: %(step)s."),
)
SENT_BACK = template(
    "reviews.sent_back",
    title=_("Please look again: “%(studio)s”"),
    body=_("%(actor)s sent application %(number)s back to you. Reason: %(reason)s"),
)
STEP = template(
    "reviews.step",
    title=_("“%(studio)s”: %(step)s"),
    body=_("%(union)s on application %(number)s for the %(level)s: %(step)s. %(reason)s"),
)
RETURNED = template(
    "reviews.returned",
    title=_("Please mend the application of “%(studio)s”"),
    body=_(
        "%(union)s returned application %(number)s for the %(level)s. To mend: %(reason)s. "
        "The sections named are open; mend them and submit again."
    ),
)
NAMED = template(
    "reviews.named",
    title=_("“%(studio)s” is named: %(level)s"),
    body=_("%(union)s has named the studio at the %(level)s. Document: %(document)s."),
)
NAMED_AT_BASE = template(
    "reviews.named_at_base",
    title=_("Named at base level, for your files: “%(studio)s”"),
    body=_("%(union)s has named its studio “%(studio)s” at base level."),
)
OUTCOME_ABOVE = template(
    "reviews.outcome_above",
    title=_("Outcome of what you recommended: “%(studio)s”"),
    body=_("%(union)s on application %(number)s for the %(level)s: %(step)s. %(reason)s"),
)
WITHDRAWN = template(
    "reviews.withdrawn",
    title=_("Withdrawn: “%(studio)s”"),
    body=_("The unit has withdrawn application %(number)s for the %(level)s. %(reason)s"),
)
