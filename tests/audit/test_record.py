"""The record of acts: written with the act, never changed, never emptied."""

import pytest
from django.db import DatabaseError, connection, transaction

from portal.audit.models import Entry
from portal.audit.services import record
from portal.audit.verbs import VERBS, register
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def entry():
    user = UserFactory()
    return record("person.invite", user, actor=user, union=1)


def test_an_unregistered_verb_is_refused():
    user = UserFactory()
    with pytest.raises(ValueError, match="person.vanish"):
        record("person.vanish", user, actor=user)


def test_a_verb_has_one_meaning():
    with pytest.raises(ValueError, match="twice"):
        register("person.invite", "something else")
    assert VERBS["person.invite"] != "something else"


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_recorded():
    user = UserFactory()
    with pytest.raises(RuntimeError):
        record("person.invite", user, actor=user)
    assert not Entry.objects.exists()


def test_names_are_copied(entry):
    assert entry.actor_label == entry.actor.name == entry.subject_label


@pytest.mark.parametrize(
    "change",
    [
        lambda entry: Entry.objects.filter(pk=entry.pk).update(actor_label="别人"),
        lambda entry: entry.delete(),
    ],
    ids=["update", "delete"],
)
def test_the_database_refuses_to_change_an_entry(entry, change):
    with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
        change(entry)


def test_the_database_refuses_to_empty_the_record(entry):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE audit_entry ENABLE TRIGGER audit_entry_never_emptied")
        with pytest.raises(DatabaseError, match="only added"), transaction.atomic():
            cursor.execute("TRUNCATE audit_entry")
