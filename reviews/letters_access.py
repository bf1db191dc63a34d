"""What is written about requests for access."""

from django.utils.translation import gettext_lazy as _

from portal.messages.registry import template

ASKED = template(
    "reviews.access_asked",
    title=_("A unit asks for access: %(unit)s"),
    body=_("%(unit)s asks %(union)s for access to the portal. Please confirm or refuse the request."),
)
REFUSED = template(
    "reviews.access_refused",
    title=_("The request for access of %(unit)s was refused"),
    body=_("%(recipient)s, %(union)s refused the request. Reason: %(reason)s. You may ask again."),
)
