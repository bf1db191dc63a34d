"""The cast of every test; each is built inside the test's own transaction."""

import pytest
from django.db import connection
from hypothesis import HealthCheck, settings

from portal.accounts.models import User
from tests import cast, twins
from tests.matrix import MATRIX
from tests.walker import Walk, Walker

# how fast examples are drawn says something about the machine, not about the portal
settings.register_profile("portal", suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("portal")


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


@pytest.fixture
def world(city, people):
    """The same things in the own county and in another one, for the permission matrix."""
    return twins.build(city, people)


@pytest.fixture
def walker_of(request, settings):
    """``walker_of(who)``: a person before the addresses of the matrix, outside a demonstration."""

    def begin(who):
        settings.PORTAL_DEMO = False
        return Walker(who, request.getfixturevalue("world"))

    return begin


@pytest.fixture
def visits_of(walker_of):
    """``visits_of(who)``: the walk of a person through the whole matrix, taken once a process."""

    def look(who):
        if who not in KEPT_WALKS:
            walker = walker_of(who)
            KEPT_WALKS[who] = Walk(walker.walk(MATRIX), walker.world.own.names, walker.world.other.names)
        return KEPT_WALKS[who]

    return look


KEPT_WALKS = {}
