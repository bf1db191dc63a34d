"""Navigation entries about people and the record, and the words of invitations."""

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from portal.ui import navigation
from studios import letters  # noqa: F401 - registers what is written
from studios.models import Union
from studios.permissions import VIEW_AUDIT, VIEW_PERSON, holds_anywhere, place_of

ADMINISTRATION = _("Administration")


def in_language(name, name_en):
    """The name in the reader's language; units and many unions have none in English."""
    return name_en if name_en and (get_language() or "").startswith("en") else name


def place(user):
    """The union or unit that a person works for, for the top bar; no query beyond the grants."""
    return in_language(*place_of(user)[:2])


def owner(user):
    """The union that runs this portal, for brand and footer: of signed-in people the city above them."""
    if user.is_authenticated:
        return in_language(*place_of(user)[2:])
    names = Union.objects.open().order_by("-tier", "pk").values_list("name", "name_en").first()
    return in_language(*names) if names else ""


def sees_people(user):
    """Whether the list of people shows anything."""
    return user.is_superuser or holds_anywhere(user, VIEW_PERSON)


def sees_record(user):
    """Auditors and superusers; asks the grants at hand, not the permission tables."""
    return user.is_superuser or holds_anywhere(user, VIEW_AUDIT)


navigation.register(120, ADMINISTRATION, _("People"), "users", "people_list", shown=sees_people)
navigation.register(130, ADMINISTRATION, _("Record of acts"), "history", "audit_list", shown=sees_record)
navigation.register_place(place)
navigation.register_owner(owner)
