"""Kinds of jobs for the tests, and a broker that is not there."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.db.models.functions import Now

from portal.accounts.models import User
from portal.jobs import registry, relay, services
from portal.jobs.models import Job


@pytest.fixture(autouse=True)
def quiet_broker(monkeypatch):
    """Each test starts with a broker that has not failed yet."""
    monkeypatch.setattr(relay._Quiet, "until", 0.0)


@pytest.fixture
def kind():
    """Register a handler for the test's time: ``kind("name", function)``."""
    before = dict(registry.HANDLERS)

    def register(name, function, **endings):
        registry.handler(name, **endings)(function)
        return name

    yield register
    registry.HANDLERS.clear()
    registry.HANDLERS.update(before)


@pytest.fixture
def person(db):
    return User.objects.create(username="clerk", name="白玉兰")


@pytest.fixture
def other_person(db):
    return User.objects.create(username="other", name="陈建国")


@pytest.fixture
def ask():
    """Enqueue in a transaction of its own."""

    def enqueue(name, payload=None, **kwargs):
        with transaction.atomic():
            return services.enqueue(name, payload or {}, **kwargs)

    return enqueue


@pytest.fixture
def sent(monkeypatch):
    """The ids of the jobs that reached a broker which works."""
    ids = []
    monkeypatch.setattr(relay, "send", ids.append)
    return ids


@pytest.fixture
def let_lease_run_out():
    """As if the worker had died more than a minute ago."""

    def age(job):
        Job.objects.filter(pk=job.pk).update(lease_until=Now() - timedelta(seconds=1))

    return age


def make_due(job):
    """As if the pause between two tries were over."""
    Job.objects.filter(pk=job.pk).update(not_before=Now())
