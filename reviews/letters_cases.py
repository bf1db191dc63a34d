"""What is written about titles that may be lost, and about what is to come back."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

SERVED = template(
    "reviews.case_served",
    title=_("Notice about the title of “%(studio)s”: answer by %(until)s"),
    body=_(
        "%(union)s has served a notice about the %(level)s of “%(studio)s”. Cause: %(cause)s. %(reason)s "
        "Please say by %(until)s what was done, with proof. The title stays until two people have decided."
    ),
)
EXTENDED = template(
    "reviews.case_extended",
    title=_("More time for “%(studio)s”: until %(until)s"),
    body=_("%(union)s gives time to mend until %(until)s. Reason: %(reason)s"),
)
REMINDED = template(
    "reviews.case_reminded",
    title=_("Time to mend ends on %(until)s: “%(studio)s”"),
    body=_(
        "The notice about the %(level)s of “%(studio)s” has not been answered yet. "
        "The last day is %(until)s. Cause: %(cause)s."
    ),
)
INFORMED = template(
    "reviews.case_informed",
    title=_("A notice was served to %(unit)s: “%(studio)s”"),
    body=_(
        "%(union)s has served a notice about the %(level)s of “%(studio)s”. Cause: %(cause)s. The unit has "
        "time until %(until)s; then please check what was mended."
    ),
)
ANSWERED = template(
    "reviews.case_answered",
    title=_("Answer of %(unit)s to be checked: “%(studio)s”"),
    body=_("The unit has answered the notice about the %(level)s. Please check what was mended."),
)
LAPSED = template(
    "reviews.case_lapsed",
    title=_("No answer by %(until)s: “%(studio)s”"),
    body=_(
        "The time to mend of the %(level)s ended on %(until)s without an answer. "
        "The union above %(unit)s checks next."
    ),
)
CHECKED = template(
    "reviews.case_checked",
    title=_("Checked, to be decided: “%(studio)s”"),
    body=_("What was mended for the %(level)s of “%(studio)s” was checked: %(found)s. %(reason)s"),
)
TO_SIGN = template(
    "reviews.case_to_sign",
    title=_("To be countersigned: the title of “%(studio)s”"),
    body=_(
        "%(actor)s proposes to revoke the %(level)s of “%(studio)s”. Cause: %(cause)s. Reason: %(reason)s"
    ),
)
SENT_BACK = template(
    "reviews.case_sent_back",
    title=_("Sent back: the title of “%(studio)s”"),
    body=_("%(actor)s sent your proposal back. Reason: %(reason)s"),
)
REVOKED = template(
    "reviews.case_revoked",
    title=_("Title revoked: “%(studio)s”, %(document)s"),
    body=_(
        "%(union)s has revoked the %(level)s of “%(studio)s” by %(document)s. Cause: %(cause)s. Plaque, "
        "certificate, approval form and naming decision are to be back by %(back)s."
    ),
)
KEPT = template(
    "reviews.case_kept",
    title=_("The title stays: “%(studio)s”"),
    body=_("The case about the %(level)s of “%(studio)s” is closed; the title stays. Reason: %(reason)s"),
)
STOPPED = template(
    "reviews.case_stopped",
    title=_("The case has stopped: “%(studio)s”"),
    body=_("The case about the %(level)s of “%(studio)s” has stopped by itself. %(reason)s"),
)
ANNULLED = template(
    "reviews.annulled",
    title=_("%(annulled)s was annulled by %(document)s"),
    body=_(
        "%(union)s has annulled %(annulled)s; the titles that it granted have ended. %(reason)s Plaque, "
        "certificate, approval form and naming decision are to be back by %(back)s."
    ),
)
ANNULMENT_TO_SIGN = template(
    "reviews.annulment_to_sign",
    title=_("To be countersigned: annulment of %(annulled)s"),
    body=_("%(actor)s proposes to annul %(annulled)s of %(union)s. Reason: %(reason)s"),
)
ANNULMENT_DROPPED = template(
    "reviews.annulment_dropped",
    title=_("Not annulled: %(annulled)s"),
    body=_("%(actor)s has dropped the annulment that you proposed. Reason: %(reason)s"),
)
