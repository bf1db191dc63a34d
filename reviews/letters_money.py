"""What is written about money."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

BUDGET_TO_AGREE = template(
    "reviews.budget_to_agree",
    title=_("A second person has to agree to the budget of %(year)s"),
    body=_("%(actor)s has set the subsidy budget of %(union)s for %(year)s to %(amount)s yuan."),
)
TO_SIGN = template(
    "reviews.subsidies_to_sign",
    title=_("Subsidies to be granted: %(scheme)s"),
    body=_("%(actor)s proposes subsidies for %(number)s studios, %(amount)s yuan together. Please decide."),
)
GRANTED = template(
    "reviews.subsidy_granted",
    title=_("A subsidy for “%(studio)s”: %(amount)s yuan"),
    body=_(
        "%(union)s has granted %(amount)s yuan (%(scheme)s). Document: %(document)s. "
        "It is paid to the unit's union; its conditions and permitted uses are on the page of the subsidy."
    ),
)
GRANTED_TO_PROPOSER = template(
    "reviews.subsidy_granted_to_proposer",
    title=_("Granted: subsidy for “%(studio)s”"),
    body=_("%(actor)s has granted the %(amount)s yuan that you proposed. Document: %(document)s."),
)
REFUSED = template(
    "reviews.subsidy_refused",
    title=_("Not granted: subsidy for “%(studio)s”"),
    body=_("%(actor)s has refused the %(amount)s yuan that you proposed. Reason: %(reason)s"),
)
PAID = template(
    "reviews.subsidy_paid",
    title=_("%(amount)s yuan were paid for “%(studio)s”"),
    body=_(
        "%(union)s paid %(amount)s yuan on %(on)s (%(scheme)s). "
        "Please enter with the invoices what it is spent on, and report the use when it is spent."
    ),
)
PAYMENT_REVERSED = template(
    "reviews.subsidy_payment_reversed",
    title=_("A payment for “%(studio)s” was taken back in the accounts"),
    body=_("%(union)s has reversed a payment of %(amount)s yuan on %(on)s (%(scheme)s)."),
)
REPORT_WANTED = template(
    "reviews.subsidy_report_wanted",
    title=_("The report on the use is wanted: subsidy for “%(studio)s”"),
    body=_(
        "%(paid)s yuan of %(amount)s were paid (%(scheme)s); %(spent)s are accounted for. "
        "Please enter the expenses with their invoices and send the report on the use."
    ),
)
REPORTED = template(
    "reviews.subsidy_reported",
    title=_("Use reported: subsidy for “%(studio)s”"),
    body=_("%(unit)s reports on %(spent)s of %(paid)s yuan paid. Please check it, then return or settle it."),
)
RETURNED = template(
    "reviews.subsidy_report_returned",
    title=_("Please mend the report on the use: “%(studio)s”"),
    body=_("%(union)s returned the report on %(paid)s yuan. Reason: %(reason)s"),
)
SETTLED = template(
    "reviews.subsidy_settled",
    title=_("Settled: subsidy for “%(studio)s”"),
    body=_("%(union)s has settled the subsidy: %(paid)s yuan paid, %(spent)s accounted for. %(reason)s"),
)
DEMANDED = template(
    "reviews.subsidy_demanded_back",
    title=_("To be paid back: %(open)s yuan, “%(studio)s”"),
    body=_("%(union)s demands %(open)s yuan of the subsidy back. Reason: %(reason)s"),
)
RECOVERED = template(
    "reviews.subsidy_recovered",
    title=_("Paid back: subsidy for “%(studio)s”"),
    body=_("%(union)s has noted that all %(paid)s yuan were paid back."),
)
TO_DEMAND_BACK = template(
    "reviews.subsidy_to_demand_back",
    title=_("A title was revoked: is the subsidy to be demanded back? “%(studio)s”"),
    body=_(
        "The title was revoked for this cause: %(cause)s. %(open)s yuan were paid for it and not paid back. "
        "Payments are stopped; whether it is demanded back is for you to decide."
    ),
)
