"""The cast of every test; each is built inside the test's own transaction."""

import pytest
from django.db import connection

from portal.accounts.models import User
from tests import cast


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """Tests that commit end by emptying every table; the record refuses that, so its guard rests here."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE audit_entry DISABLE TRIGGER audit_entry_never_emptied")


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
