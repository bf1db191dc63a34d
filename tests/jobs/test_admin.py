"""Jobs in the data administration: looked at, tried again, cancelled; never edited."""

import pytest
from django.urls import reverse

from portal.audit.models import Entry
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from tests.factories.accounts import UserFactory

LIST = "admin:jobs_job_changelist"


def nothing(job, payload):
    """A handler."""


@pytest.fixture
def boss(client, db):
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user


@pytest.fixture
def failed(db, kind, ask):
    job = ask(kind("note", nothing))
    Job.objects.filter(pk=job.pk).update(
        state=JobState.FAILED, error="no such number", finished_at=job.created_at
    )
    return job


def act(client, action, *jobs):
    chosen = {"action": action, "_selected_action": [job.pk for job in jobs]}
    return client.post(reverse(LIST), chosen, follow=True)


def test_failed_jobs_are_listed_and_tried_again(client, boss, failed):
    assert "no such number" in client.get(reverse(LIST)).content.decode()
    act(client, "retry_jobs", failed)
    failed.refresh_from_db()
    assert (failed.state, failed.error) == (JobState.QUEUED, "")
    assert Entry.objects.get(verb="job.retry").actor == boss


def test_a_job_that_has_ended_is_said_not_to_be_cancellable(client, boss, failed, kind, ask):
    waiting = ask(kind("note", nothing))
    page = act(client, "cancel_jobs", failed, waiting).content.decode()
    waiting.refresh_from_db()
    assert waiting.state == JobState.CANCELLED
    assert f"Note {failed.pk}: 该任务已经结束。" in page


def test_jobs_cannot_be_made_changed_or_removed_by_hand(client, boss, failed):
    assert client.get(reverse("admin:jobs_job_add")).status_code == 403
    assert client.post(reverse("admin:jobs_job_delete", args=[failed.pk]), {"post": "yes"}).status_code == 403
    assert client.post(reverse("admin:jobs_job_change", args=[failed.pk]), {"kind": "x"}).status_code == 403
    assert client.get(reverse("admin:jobs_job_change", args=[failed.pk])).status_code == 200


def test_who_may_only_look_gets_no_actions(client, failed):
    from django.contrib.auth.models import Permission

    looker = UserFactory(is_staff=True)
    looker.user_permissions.add(Permission.objects.get(codename="view_job"))
    client.force_login(looker)
    assert "retry_jobs" not in client.get(reverse(LIST)).content.decode()
    act(client, "retry_jobs", failed)
    failed.refresh_from_db()
    assert failed.state == JobState.FAILED
