"""The accounts of the demonstration that the sign-in page offers; empty in a real portal."""

from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True)
class Offered:
    """One account: ``label`` says which role it shows (lazy), ``name`` the made-up person."""

    username: str
    label: object
    name: str


_offered = {}
_password = [""]


def offer(accounts, *, password):
    """Show these ``Offered`` accounts, all with the same password, where PORTAL_DEMO is set."""
    _offered.update({account.username: account for account in accounts})
    _password[0] = password


def accounts():
    """What the sign-in page lists."""
    return list(_offered.values()) if settings.PORTAL_DEMO else []


def password():
    """The password of all demonstration accounts, "" outside a demonstration."""
    return _password[0] if settings.PORTAL_DEMO else ""
