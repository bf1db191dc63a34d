"""The cast of every test; each is built inside the test's own transaction."""

import pytest

from portal.accounts.models import User
from tests import cast


@pytest.fixture
def reference(db):
    """Reference tables, the published rule set, one open round per level."""
    cast.load_reference(actor=User.objects.system())


@pytest.fixture
def city(reference):
    """The small union tree with its units: ``city.county``, ``city.unit`` and so on."""
    return cast.build_city()


@pytest.fixture
def people(city):
    """One person per role and place: ``people.county_reviewer`` and so on."""
    return cast.build_people(city)


@pytest.fixture
def ready_studio(city, people):
    """A studio of ``city.unit``, named at base level, whose dossier meets every clause for the county."""
    return cast.studio_ready_for("county", city.unit, by=people.unit_clerk)
