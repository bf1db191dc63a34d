"""People in roles: who sees whom, who may invite, replace and end, and that nothing is lost by it."""

import uuid

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from portal.accounts.models import Invitation, User
from portal.audit.models import Entry
from studios.choices import Role
from studios.models import Appointment
from studios.permissions import VIEW_PERSON
from studios.services import people as service
from tests.factories.studios import AppointmentFactory, StudioFactory

pytestmark = pytest.mark.django_db
NEW = {"name": "王新", "phone": "139 1234 5678", "email": ""}


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def held_by(user):
    return Appointment.objects.live().get(user=user)


def send(client, page, *args, query="", **fields):
    data = {"once": str(uuid.uuid4()), **fields}
    return client.post(reverse(page, args=args) + query, data)


def test_a_chair_sees_the_own_unit_and_a_county_all_units_below(people, city):
    chair = as_user(people.unit_chair).get(reverse("people_list")).content.decode()
    assert people.unit_clerk.name in chair
    assert people.ready_clerk.name not in chair
    county = as_user(people.county_reviewer).get(reverse("people_list")).content.decode()
    assert people.ready_clerk.name in county
    assert people.other_unit_clerk.name not in county


def test_listing_and_checking_agree(people):
    rows = list(Appointment.objects.select_related("role_group__union"))
    for user in vars(people).values():
        listed = set(Appointment.objects.visible_to(user))
        assert listed == {row for row in rows if user.has_perm(VIEW_PERSON, row.role_group.union)}, user


def test_search_finds_by_name_number_and_unit(people, city):
    User.objects.filter(pk=people.unit_clerk.pk).update(phone="13955556666")
    county = as_user(people.county_reviewer)
    for text in [people.unit_clerk.name, "55556666", city.unit.name]:
        page = county.get(reverse("people_list"), {"q": text, "role": "unit_clerk"}).content.decode()
        assert people.unit_clerk.name in page
        assert people.ready_clerk.name not in page


def test_a_chair_invites_a_clerk_into_the_own_unit(people, city):
    chair = as_user(people.unit_chair)
    assert chair.get(reverse("person_invite")).context["union"] == city.unit.union
    send(chair, "person_invite", role="unit_clerk", **NEW)
    made = Appointment.objects.get(user__name="王新")
    assert made.role_group.union == city.unit.union
    assert made.user.username == "13912345678"
    assert not made.user.has_usable_password()
    assert Invitation.objects.get(user=made.user).is_open()


def test_only_the_roles_of_the_place_can_be_given(people):
    answer = send(as_user(people.unit_chair), "person_invite", role="city_approver", **NEW)
    assert "role" in answer.context["form"].errors


def test_nobody_is_invited_where_one_may_not_appoint(people, city):
    chair, county = as_user(people.unit_chair), as_user(people.county_reviewer)
    assert (
        send(
            chair, "person_invite", query=f"?union={city.ready_unit.union.pk}", role="unit_clerk", **NEW
        ).status_code
        == 404
    )
    assert (
        send(
            county, "person_invite", query=f"?union={city.county.pk}", role="county_approver", **NEW
        ).status_code
        == 403
    )
    assert send(as_user(people.unit_clerk), "person_invite", role="unit_chair", **NEW).status_code == 403
    assert not User.objects.filter(name="王新").exists()


def test_the_system_admin_fills_a_countys_roles(people, city):
    admin = as_user(people.system_admin)
    send(admin, "person_invite", query=f"?union={city.county.pk}", role="county_approver", **NEW)
    assert held_by(User.objects.get(name="王新")).role_group.union == city.county


def test_a_number_that_an_account_has_is_asked_about_once(people, city):
    User.objects.filter(pk=people.ready_clerk.pk).update(phone="13912345678")
    chair = as_user(people.unit_chair)
    answer = send(chair, "person_invite", role="unit_clerk", **NEW)
    assert "phone" in answer.context["form"].errors
    assert people.ready_clerk.name not in answer.content.decode()
    send(chair, "person_invite", role="unit_clerk", known_phone="on", **NEW)
    assert User.objects.filter(phone="13912345678").count() == 2


def test_replacing_ends_one_invites_the_other_and_loses_nothing(people, city):
    studio = StudioFactory(union=city.unit.union, registered_by=people.unit_clerk)
    old = held_by(people.unit_clerk)
    send(as_user(people.unit_chair), "person_replace", old.pk, reason="调离岗位", **NEW)
    old.refresh_from_db()
    assert old.dismissed_by == people.unit_chair
    successor = held_by(User.objects.get(name="王新"))
    assert successor.role_group == old.role_group
    studio.refresh_from_db()
    assert studio.registered_by == people.unit_clerk
    assert not people.unit_clerk.groups.exists()
    assert as_user(people.unit_clerk).get(reverse("people_list")).status_code == 403
    left = as_user(people.unit_chair).get(reverse("people_list"), {"left": "1"}).content.decode()
    assert people.unit_clerk.name in left
    assert Entry.objects.about(old).filter(verb="person.dismiss", detail__reason="调离岗位").exists()


def test_a_double_click_replaces_once(people):
    chair, old, key = as_user(people.unit_chair), held_by(people.unit_clerk), str(uuid.uuid4())
    for _ in range(2):
        answer = send(chair, "person_replace", old.pk, **NEW, once=key)
    assert answer["Location"] == reverse("people_list")
    assert User.objects.filter(name="王新").count() == 1


def test_ending_a_role_warns_when_it_becomes_empty(people, city):
    chair, county = as_user(people.unit_chair), as_user(people.county_reviewer)
    page = chair.get(reverse("person_dismiss", args=[held_by(people.unit_clerk).pk]))
    assert page.context["empty"]
    AppointmentFactory(union=city.unit.union, role=Role.UNIT_CLERK)
    page = county.get(reverse("person_dismiss", args=[held_by(people.unit_clerk).pk]))
    assert not page.context["empty"]


def test_the_last_in_a_role_cannot_end_the_own_appointment_but_may_hand_it_over(people, city):
    chair, own = as_user(people.unit_chair), held_by(people.unit_chair)
    assert send(chair, "person_dismiss", own.pk, reason="退休").status_code == 200
    own.refresh_from_db()
    assert own.dismissed_at is None
    answer = send(chair, "person_replace", own.pk, **NEW)
    assert answer["Location"] == reverse("work_home")
    assert held_by(User.objects.get(name="王新")).role_group == own.role_group


def test_an_appointment_of_another_county_is_not_there_and_one_above_is_not_to_be_changed(people):
    county = as_user(people.county_reviewer)
    for name in ("person_replace", "person_dismiss", "invitation_resend"):
        assert county.get(reverse(name, args=[held_by(people.other_unit_clerk).pk])).status_code == 404
        assert county.get(reverse(name, args=[held_by(people.county_approver).pk])).status_code == 403


def test_a_new_link_is_sent_and_the_old_one_withdrawn(people):
    county, clerk = as_user(people.county_reviewer), held_by(people.unit_clerk)
    for _ in range(2):
        send(county, "invitation_resend", clerk.pk)
    assert Invitation.objects.filter(user=people.unit_clerk).count() == 2
    assert Invitation.objects.filter(user=people.unit_clerk, withdrawn_at=None).count() == 1


def test_a_link_to_an_account_with_a_higher_role_takes_the_right_to_fill_that_too(people, city):
    service.appoint(people.county_reviewer, Role.UNIT_CLERK, city.unit.union, actor=people.system_admin)
    twofold = Appointment.objects.live().get(user=people.county_reviewer, role_group__role=Role.UNIT_CLERK)
    assert send(as_user(people.unit_chair), "invitation_resend", twofold.pk).status_code == 403
    assert send(as_user(people.system_admin), "invitation_resend", twofold.pk).status_code == 302


def test_the_own_account_is_changed_and_the_record_keeps_the_old_name(people):
    clerk = as_user(people.unit_clerk)
    before = people.unit_clerk.name
    clerk.post(
        reverse("account_edit"),
        {"name": "韩雪宁", "phone": "１３８ 0013 8000", "email": "", "language": "en"},
    )
    people.unit_clerk.refresh_from_db()
    assert (people.unit_clerk.name, people.unit_clerk.phone, people.unit_clerk.language) == (
        "韩雪宁",
        "13800138000",
        "en",
    )
    entry = Entry.objects.about(people.unit_clerk).get(verb="account.change")
    assert entry.detail["before"]["name"] == before


def test_a_person_without_a_role_is_told_so_and_everybody_else_is_led_to_work(people):
    assert "您目前没有任何角色" in as_user(people.stranger).get(reverse("work_home")).content.decode()
    for name in ("unit_clerk", "county_reviewer", "city_approver", "auditor", "system_admin", "roster_admin"):
        client = as_user(getattr(people, name))
        where = client.get(reverse("work_home"))["Location"]
        assert client.get(where).status_code == 200, name


@pytest.mark.parametrize("left", ["", "1"])
def test_the_list_asks_the_same_for_one_row_and_for_five(people, city, django_assert_max_num_queries, left):
    chair = as_user(people.unit_chair)

    def count():
        with django_assert_max_num_queries(12) as asked:
            assert chair.get(reverse("people_list"), {"left": left}).status_code == 200
        return len(asked)

    def add():
        made = AppointmentFactory(union=city.unit.union, role=Role.UNIT_CLERK, since=timezone.localdate())
        if left:
            service.dismiss(made, actor=people.unit_chair)

    add()
    count()
    one = count()
    for _ in range(4):
        add()
    assert count() == one


@pytest.mark.parametrize(
    ("who", "place"),
    [
        ("unit_clerk", "通辽沁野农机制造有限公司工会"),
        ("county_reviewer", "科尔沁区总工会"),
        ("auditor", "通辽市总工会"),
    ],
)
def test_the_frame_names_where_a_person_works_and_who_runs_the_portal(people, who, place):
    page = as_user(getattr(people, who)).get(reverse("account_edit")).content.decode()
    assert f'<span class="topbar__org">{place}</span>' in page
    assert "<small>通辽市总工会</small>" in page


def test_the_public_frame_names_who_runs_the_portal(client, city):
    assert "通辽市总工会主办" in client.get(reverse("login")).content.decode()
