"""Context processor of the workspace shell; asks nothing of the database until a template prints it."""

from django.utils.functional import cached_property

from . import navigation


class Chrome:
    """``chrome`` in templates: navigation, unread number, place and owner, each found out on first use."""

    def __init__(self, request):
        self._request = request

    @cached_property
    def _user(self):
        return self._request.user

    @cached_property
    def signed_in(self):
        return self._user.is_authenticated

    @cached_property
    def nav(self):
        return navigation.sections_for(self._user, self._request.path) if self.signed_in else []

    @cached_property
    def unread(self):
        return navigation.unread_for(self._user) if self.signed_in else 0

    @cached_property
    def place(self):
        return navigation.place_of(self._user) if self.signed_in else ""

    @cached_property
    def owner(self):
        return navigation.owner_for(self._user)

    @cached_property
    def person(self):
        """The name the person goes by, the account name where none is given."""
        return getattr(self._user, "name", "") or self._user.get_username()


def work_chrome(request):
    return {"chrome": Chrome(request)}
