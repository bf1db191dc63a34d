"""Signing in: a limit on failures, the way on, the language, the text typed before the session was lost."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Attempt, User
from portal.accounts.throttle import SIGN_IN
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db
LOGIN = "/login/"


@pytest.fixture
def person(db):
    return UserFactory(username="13900001111", name="包志国")


def attempt(client, username, password, address="10.0.0.1", **more):
    return client.post(LOGIN, {"username": username, "password": password, **more}, REMOTE_ADDR=address)


def fail(client, username, times, address="10.0.0.1"):
    for _ in range(times):
        answer = attempt(client, username, "wrong", address)
    return answer


def test_the_right_password_leads_to_the_page_that_was_asked_for(client, person):
    answer = attempt(client, person.username, PASSWORD, next="/account/")
    assert answer.status_code == 302
    assert answer["Location"] == "/account/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_a_next_outside_the_portal_is_not_followed(client, person, elsewhere):
    assert attempt(client, person.username, PASSWORD, next=elsewhere)["Location"] == reverse("work_home")


def test_the_fifth_failure_closes_the_account_to_this_address_and_says_for_how_long(client, person):
    answer = fail(client, person.username, SIGN_IN.tries)
    assert "15" in answer.content.decode()
    assert "throttled" in answer.context["form"].errors.as_json()
    closed = attempt(client, person.username, PASSWORD)
    assert closed.status_code == 200
    assert "_auth_user_id" not in client.session


def test_four_failures_do_not_close_it_and_success_forgets_them(client, person):
    fail(client, person.username, SIGN_IN.tries - 1)
    assert attempt(client, person.username, PASSWORD).status_code == 302
    assert not Attempt.objects.exists()


def test_another_address_and_another_account_stay_open(client, person):
    other = UserFactory(username="13900002222")
    fail(client, person.username, SIGN_IN.tries)
    assert attempt(Client(), person.username, PASSWORD, address="10.0.0.2").status_code == 302
    assert attempt(Client(), other.username, PASSWORD).status_code == 302


def test_the_spelling_of_the_account_does_not_give_more_tries(client, person):
    clerk = UserFactory(username="clerk-a")
    for spelling in ["clerk-a", "CLERK-A", " clerk-a", "Clerk-A", "clerk-A "]:
        attempt(client, spelling, "wrong")
    assert attempt(client, clerk.username, PASSWORD).status_code == 200


def test_after_a_quarter_of_an_hour_the_account_is_open_again(client, person):
    fail(client, person.username, SIGN_IN.tries)
    Attempt.objects.update(at=timezone.now() - SIGN_IN.window - timedelta(seconds=1))
    assert attempt(client, person.username, PASSWORD).status_code == 302


def test_attempts_older_than_a_day_are_removed(client, person):
    fail(client, person.username, 1)
    Attempt.objects.update(at=timezone.now() - timedelta(days=2))
    fail(client, person.username, 1)
    assert Attempt.objects.count() == 1


def test_the_demonstration_accounts_are_shown_in_a_demonstration_only(client, settings):
    settings.PORTAL_DEMO = True
    page = client.get(LOGIN + "?as=clerk").content.decode()
    assert "?as=county-reviewer" in page
    assert 'value="clerk"' in page
    settings.PORTAL_DEMO = False
    page = client.get(LOGIN + "?as=clerk").content.decode()
    assert "county-reviewer" not in page
    assert 'value="clerk"' not in page
    assert "studio-demo" not in page


def test_a_sign_in_speaks_the_persons_language_and_a_choice_is_remembered(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("set_language"), {"language": "en", "next": "/"})
    person.refresh_from_db()
    assert person.language == "en"
    fresh = Client()
    answer = attempt(fresh, person.username, PASSWORD)
    assert answer.cookies["django_language"].value == "en"


def test_an_unknown_language_is_not_remembered(client, person):
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    client.post(reverse("set_language"), {"language": "xx", "next": "/"})
    person.refresh_from_db()
    assert person.language == ""


def test_text_typed_before_the_session_was_lost_comes_back_after_signing_in(client, person):
    page = reverse("account_edit")
    typed = {
        "typed_by": person.pk,
        "typed_on": page,
        "name": "包志国",
        "phone": "13800138000",
        "email": "",
        "language": "",
    }
    answer = client.post(page, typed)
    assert answer.status_code == 302
    assert answer["Location"].startswith(LOGIN)
    assert "kept=1" in answer["Location"]
    assert "已保留" in client.get(answer["Location"]).content.decode()
    answer = attempt(client, person.username, PASSWORD, next=page)
    assert 'value="13800138000"' in client.get(answer["Location"]).content.decode()
    assert User.objects.get(pk=person.pk).phone == ""
    assert 'value="13800138000"' not in client.get(page).content.decode()


def test_text_of_one_person_is_not_shown_to_another(client, person):
    page = reverse("account_edit")
    client.post(page, {"typed_by": person.pk + 1, "typed_on": page, "phone": "13800138000"})
    attempt(client, person.username, PASSWORD)
    assert "13800138000" not in client.get(page).content.decode()


def test_the_password_is_changed_with_the_old_one_and_other_sessions_end(client, person):
    elsewhere = Client()
    for each in (client, elsewhere):
        attempt(each, person.username, PASSWORD)
    new = {"new_password1": "wind-turbine-77", "new_password2": "wind-turbine-77"}
    assert client.post(reverse("password_change"), {"old_password": "no", **new}).status_code == 200
    assert client.post(reverse("password_change"), {"old_password": PASSWORD, **new}).status_code == 302
    assert client.get(reverse("account_edit")).status_code == 200
    assert elsewhere.get(reverse("account_edit")).status_code == 302
