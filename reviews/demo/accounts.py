"""The accounts of the demonstration: who they are, for the sign-in page and for ``demo_accounts``."""

from django.utils.translation import gettext_lazy as _

from portal.accounts.demo import Offered, offer
from reviews.demo.cast import CAST, PASSWORD

LABELS = {
    "unit_clerk": _("unit clerk, of a unit without a studio yet"),
    "unit_chair": _("chair of that unit's union"),
    "ready_clerk": _("unit clerk, with a studio that is ready for the county level"),
    "ready_chair": _("chair of that unit's union"),
    "county_reviewer": _("reviewer at the union of Horqin District"),
    "county_approver": _("approver at the union of Horqin District"),
    "other_county_reviewer": _("reviewer at another county's union"),
    "city_reviewer": _("reviewer at the city union"),
    "city_approver": _("approver at the city union"),
    "roster_admin": _("roster admin of the city"),
    "auditor": _("auditor: sees everything, changes nothing"),
    "system_admin": _("system admin: accounts, unions, reference data"),
}


def shown():
    """The characters that are listed, in their order."""
    return [who for who in CAST if who.shown]


def offer_accounts():
    """Let the sign-in page of a demonstration show them."""
    offer([Offered(who.username, LABELS[who.key], who.name) for who in shown()], password=PASSWORD)
