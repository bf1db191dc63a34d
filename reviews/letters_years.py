"""What is written about yearly reports and assessments."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

OPENED = template(
    "reviews.year_opened",
    title=_("Please hand in the yearly report of %(year)s"),
    body=_(
        "The yearly assessment of %(year)s is open for %(studios)s. What the ledger holds is already filled "
        "in; add a summary and hand the report in by %(due)s."
    ),
)
REPORT_DUE = template(
    "reviews.year_report_due",
    title=_("The yearly report of %(year)s is due on %(due)s"),
    body=_("The report of %(studios)s for %(year)s has not been handed in. Its last day is %(due)s."),
)
GRADES_DUE = template(
    "reviews.year_grades_due",
    title=_("Yearly assessment of %(year)s: %(number)s to be graded"),
    body=_("%(number)s reports of %(year)s wait to be scored and graded. Last day: %(due)s."),
)
LATE = template(
    "reviews.year_late",
    title=_("Yearly reports of %(year)s that did not come: %(number)s"),
    body=_(
        "The reports of %(year)s were due on %(due)s; %(number)s studios have not handed theirs in. "
        "Please remind the units; the list shows who."
    ),
)
REPORTED = template(
    "reviews.year_reported",
    title=_("To grade: the yearly report of “%(studio)s”"),
    body=_("%(actor)s handed in the yearly report of “%(studio)s” for %(year)s. Please score and grade it."),
)
RETURNED = template(
    "reviews.year_returned",
    title=_("Please mend the yearly report of “%(studio)s”"),
    body=_("%(union)s returned the yearly report of %(year)s. Reason: %(reason)s. It is open again."),
)
GRADED = template(
    "reviews.year_graded",
    title=_("To confirm: the grade of “%(studio)s” for %(year)s"),
    body=_("%(union)s has graded the yearly report of “%(studio)s” for %(year)s: %(proposed)s."),
)
REGRADE = template(
    "reviews.year_regrade",
    title=_("Please grade again: “%(studio)s”, %(year)s"),
    body=_("%(union)s handed the grade back. Reason: %(reason)s"),
)
CONCLUDED = template(
    "reviews.year_concluded",
    title=_("Yearly assessment of %(year)s: “%(studio)s” is %(grade)s"),
    body=_("%(union)s concluded the yearly assessment of “%(studio)s” for %(year)s: %(grade)s."),
)
FAILED = template(
    "reviews.year_failed",
    title=_("Yearly assessment of %(year)s: “%(studio)s” failed"),
    body=_(
        "%(union)s concluded the yearly assessment of “%(studio)s” for %(year)s: failed. %(reason)s "
        "Time to mend may be set, or a case about the title may be opened; no title has been changed."
    ),
)
CHANGED = template(
    "reviews.year_changed",
    title=_("The city concluded with another grade: “%(studio)s”, %(year)s"),
    body=_(
        "%(union)s concluded the yearly assessment of “%(studio)s” for %(year)s as %(grade)s; "
        "your grade was %(proposed)s. Reason: %(reason)s"
    ),
)
