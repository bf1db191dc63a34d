"""Who works on rosters: the roster admins of the city and of a county."""

import pytest

from studios.choices import Role
from tests.factories.accounts import UserFactory
from tests.factories.studios import AppointmentFactory
from tests.studios.rosters.screens import as_user


@pytest.fixture
def county_admin(city):
    """The roster admin of the county."""
    return AppointmentFactory(
        user=UserFactory(name="县名册员"), union=city.county, role=Role.ROSTER_ADMIN
    ).user


@pytest.fixture
def office(people):
    """The city's roster admin at a screen."""
    return as_user(people.roster_admin)
