"""The life of an invitation: used once, in time, not after it was withdrawn."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Invitation, User
from portal.accounts.services import invitation_link
from portal.audit.models import Entry
from portal.messages.models import Mail
from studios.choices import Role
from studios.models import Appointment
from studios.services import people as service

pytestmark = pytest.mark.django_db
PASSWORD = {"new_password1": "wind-turbine-77", "new_password2": "wind-turbine-77"}


@pytest.fixture
def appointment(city, people):
    """A clerk invited by the county."""
    return service.invite_into(
        city.unit.union, Role.UNIT_CLERK, actor=people.county_reviewer, name="李新", phone="13900007777"
    )


def path_of(invitation):
    return invitation_link(invitation).split("8000", 1)[1]


@pytest.fixture
def invitation(appointment):
    return Invitation.objects.get(user=appointment.user)


def test_the_page_says_who_is_invited_as_what_by_which_union(client, invitation, city):
    page = client.get(path_of(invitation)).content.decode()
    for words in ["李新", "基层单位经办人", city.unit.union.name, "13900007777"]:
        assert words in page


def test_the_first_password_lets_the_person_in_and_is_recorded(client, invitation):
    answer = client.post(path_of(invitation), PASSWORD)
    assert answer["Location"] == reverse("work_home")
    assert client.session["_auth_user_id"] == str(invitation.user_id)
    assert Entry.objects.about(invitation.user).filter(verb="account.accept").count() == 1


def test_a_link_is_used_once(client, invitation):
    client.post(path_of(invitation), PASSWORD)
    other = Client()
    answer = other.post(
        path_of(invitation), {**PASSWORD, "new_password1": "taken-over-88", "new_password2": "taken-over-88"}
    )
    assert answer.status_code == 410
    assert "_auth_user_id" not in other.session
    assert User.objects.get(pk=invitation.user_id).check_password("wind-turbine-77")
    assert other.get(path_of(invitation)).status_code == 410


def test_the_second_of_two_clicks_leads_in_like_the_first(client, invitation):
    client.post(path_of(invitation), PASSWORD)
    second = Client()
    assert second.post(path_of(invitation), PASSWORD)["Location"] == reverse("work_home")
    assert Entry.objects.filter(verb="account.accept").count() == 1


def test_later_the_password_opens_no_used_link(client, invitation):
    client.post(path_of(invitation), PASSWORD)
    Invitation.objects.update(accepted_at=timezone.now() - timedelta(minutes=2))
    assert Client().post(path_of(invitation), PASSWORD).status_code == 410


def test_an_expired_link_says_so(client, invitation):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    answer = client.post(path_of(invitation), PASSWORD)
    assert answer.status_code == 410
    assert answer.context["why"] == "expired"
    assert not User.objects.get(pk=invitation.user_id).has_usable_password()


def test_a_newer_link_withdraws_the_older(client, appointment, invitation, people):
    newer = service.invite_again(appointment, actor=people.county_reviewer)
    answer = client.get(path_of(invitation))
    assert (answer.status_code, answer.context["why"]) == (410, "withdrawn")
    assert client.get(path_of(newer)).status_code == 200


def test_ending_the_only_role_withdraws_the_link(client, appointment, invitation, people):
    service.dismiss(appointment, actor=people.county_reviewer, reason="调离")
    assert client.post(path_of(invitation), PASSWORD).status_code == 410
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("token", ["x", "WzEsImEiXQ:1abc:zzz", "%00", "中"])
def test_a_made_up_link_is_unknown(client, db, token):
    assert client.get(reverse("invitation_accept", args=[token])).status_code == 404


def test_weak_and_differing_passwords_are_refused_with_the_reason(client, invitation):
    for first, second in [
        ("short", "short"),
        ("wind-turbine-77", "wind-turbine-78"),
        ("13900007777", "13900007777"),
    ]:
        answer = client.post(path_of(invitation), {"new_password1": first, "new_password2": second})
        assert answer.status_code == 200
        assert answer.context["form"].errors
    assert Invitation.objects.get().accepted_at is None


def test_the_letter_names_union_and_role_and_never_stores_the_link(appointment, invitation):
    mail = Mail.objects.get(invitation=invitation)
    assert "基层单位经办人" in mail.body
    assert invitation.nonce not in str(mail.values)


def test_a_person_who_was_in_gets_a_link_for_a_new_password(appointment, people):
    User.objects.filter(pk=appointment.user_id).update(last_login=timezone.now())
    service.invite_again(Appointment.objects.get(pk=appointment.pk), actor=people.county_reviewer)
    assert Mail.objects.latest("pk").code == "studios.new_password"
