"""The page of the record: for auditors, by act, person, subject and day."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from portal.audit.services import record

pytestmark = pytest.mark.django_db


@pytest.fixture
def auditor(people):
    client = Client()
    client.force_login(people.auditor, backend="django.contrib.auth.backends.ModelBackend")
    return client


def note(people, subject, verb="union.move"):
    with transaction.atomic():
        return record(verb, subject, actor=people.system_admin, before=1, after=None)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("auditor", 200),
        ("superuser", 200),
        ("city_approver", 403),
        ("system_admin", 403),
        ("unit_clerk", 403),
    ],
)
def test_only_auditors_and_superusers_read_it(people, who, status):
    client = Client()
    client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(reverse("audit_list")).status_code == status


def test_who_may_not_read_it_has_no_rows_either(people, city):
    note(people, city.county)
    assert not Entry.objects.visible_to(people.city_approver).exists()
    assert Entry.objects.visible_to(people.auditor).exists()


def test_it_is_filtered_by_act_person_subject_and_day(auditor, people, city):
    note(people, city.county)
    today = timezone.localdate()
    found = [
        {"verb": "union.move"},
        {"actor": people.system_admin.name},
        {"subject": city.county.name},
        {"since": today.isoformat(), "until": today.isoformat()},
        {"verb": "no.such"},
        {"since": "not a day"},
    ]
    for query in found:
        rows = auditor.get(reverse("audit_list"), query).context["page"].rows
        assert any(row.subject_label == city.county.name for row in rows), query
    for query in [
        {"verb": "title.end", "actor": "nobody at all"},
        {"subject": "别的"},
        {"since": (today + timedelta(days=1)).isoformat()},
        {"until": (today - timedelta(days=1)).isoformat()},
    ]:
        assert not auditor.get(reverse("audit_list"), query).context["page"].rows, query


def test_the_page_asks_the_same_for_one_row_and_for_five(
    auditor, people, city, django_assert_max_num_queries
):
    def count():
        with django_assert_max_num_queries(12) as asked:
            auditor.get(reverse("audit_list"), {"verb": "union.move"})
        return len(asked)

    note(people, city.county)
    count()
    one = count()
    for _ in range(4):
        note(people, city.county)
    assert count() == one
