"""What is written about results of the ledger."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

VERIFIED = template(
    "reviews.result_verified",
    title=_("Verified: “%(result)s”"),
    body=_("%(union)s has verified the result “%(result)s” of “%(studio)s”. %(reason)s"),
)
QUERIED = template(
    "reviews.result_queried",
    title=_("A question about “%(result)s”"),
    body=_(
        "%(union)s asks about the result “%(result)s” of “%(studio)s”: %(reason)s "
        "Please mend the entry where it is wrong, and answer on its page."
    ),
)
ANSWERED = template(
    "reviews.result_answered",
    title=_("Answered: “%(result)s”"),
    body=_("%(union)s answers your question about the result “%(result)s” of “%(studio)s”: %(reason)s"),
)
