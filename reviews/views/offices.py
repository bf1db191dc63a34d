"""The door of pages for those who look at units from above."""

from django.core.exceptions import PermissionDenied

from reviews.menu_life import of_office


def demand_office(user):
    """403 for people whose role looks at no unit from above."""
    if not of_office(user):
        raise PermissionDenied
