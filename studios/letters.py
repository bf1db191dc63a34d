"""What the portal writes to people who are let in."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

template(
    "studios.invitation",
    title=_("Your account for the worker innovation studios"),
    body=_(
        "%(recipient)s, %(union)s has made an account for you as %(role)s. Your user name is %(username)s. "
        "Open the link by %(until)s and set a password; it can be used once."
    ),
)
template(
    "studios.new_password",
    title=_("A new password for the worker innovation studios"),
    body=_(
        "%(recipient)s, %(union)s sends you a link for a new password. Your user name is %(username)s. "
        "Open the link by %(until)s; it can be used once. Until then the old password stays valid."
    ),
)
