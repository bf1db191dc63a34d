"""A new unit asks for access: from the public form to the two invitations, and what may go wrong."""

import re
import uuid

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import Attempt, Invitation
from portal.accounts.throttle import ASKING
from portal.audit.models import Entry
from portal.messages.models import Mail, Message
from reviews.choices import AccessState
from reviews.models import AccessRequest, Decision
from studios.models import Appointment, Industry, OwnershipKind, Unit
from studios.permissions import VIEW_ACCESS
from tests.factories.reviews import AccessRequestFactory
from tests.factories.studios import UnitFactory, credit_code

pytestmark = pytest.mark.django_db
CODE = credit_code(4711, head="91150500MC")
WRONG = CODE[:17] + ("0" if CODE[17] != "0" else "1")


def as_user(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def fields(city):
    """What a unit types."""
    return {
        "unit_name": "通辽市风和机械有限公司",
        "credit_code": CODE,
        "ownership": OwnershipKind.objects.first().pk,
        "industry": Industry.objects.get(code="C").pk,
        "address": "科尔沁区一路1号",
        "union": city.county.pk,
        "clerk_name": "丁一",
        "clerk_phone": "138 0000 0001",
        "clerk_email": "ding@example.org",
        "chair_name": "白二",
        "chair_phone": "13800000002",
        "chair_email": "",
        "note": "",
        "once": str(uuid.uuid4()),
    }


def ask(client, fields, **changed):
    return client.post(reverse("access_new"), {**fields, **changed})


def act(client, access, action, *, reason="", seen=0, once=None):
    data = {"action": action, "reason": reason, "seen": seen, "once": once or str(uuid.uuid4())}
    return client.post(reverse("access_act", args=[access.pk]), data)


@pytest.fixture
def access(city, people):
    return AccessRequestFactory(union=city.county, clerk_email="ren@example.org")


def test_the_whole_way_from_the_form_to_the_work(client, people, fields):
    answer = ask(client, fields)
    access = AccessRequest.objects.get()
    assert answer["Location"] == reverse("access_status", args=[access.reference])
    assert "已提交" in client.get(answer["Location"]).content.decode()
    assert access.clerk_phone == "13800000001"

    county = as_user(people.county_reviewer)
    assert access.unit_name in county.get(reverse("access_list")).content.decode()
    answer = act(county, access, "grant_access")
    assert "已开通" in county.get(answer["Location"]).content.decode()
    assert "已开通" in client.get(reverse("access_status", args=[access.reference])).content.decode()

    unit = Unit.objects.get(credit_code=CODE)
    roles = Appointment.objects.filter(role_group__union=unit.union).values_list(
        "role_group__role", "user__name"
    )
    assert set(roles) == {("unit_clerk", "丁一"), ("unit_chair", "白二")}
    outbox = client.get(reverse("outbox")).content.decode()
    links = re.findall(r"/invitation/[^\"<\s]+/", outbox)
    assert len(set(links)) == 2
    answer = client.post(links[0], {"new_password1": "wind-turbine-77", "new_password2": "wind-turbine-77"})
    assert answer["Location"] == reverse("work_home")
    assert client.get(reverse("work_home")).status_code == 302


def test_the_supervising_union_is_told_and_nobody_else(client, people, fields):
    ask(client, fields)
    told = set(
        Message.objects.filter(code="reviews.access_asked").values_list("recipient__username", flat=True)
    )
    assert told == {"county-reviewer", "county-approver"}


def test_a_double_click_asks_once(client, people, fields):
    first, second = ask(client, fields), ask(client, fields)
    assert first["Location"] == second["Location"]
    assert AccessRequest.objects.count() == 1


def test_a_wrong_check_character_is_a_warning_that_must_be_ticked_and_is_never_mended(client, fields):
    answer = ask(client, fields, credit_code=WRONG)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"“{WRONG[17]}”" in page
    assert f"“{CODE[17]}”" in page
    assert f'value="{WRONG}"' in page
    assert not AccessRequest.objects.exists()
    ask(client, fields, credit_code=WRONG, is_as_certified="on")
    assert AccessRequest.objects.get().credit_code == WRONG


def test_the_supervising_union_sees_the_same_warning(people, city):
    access = AccessRequestFactory(union=city.county, credit_code=WRONG)
    page = as_user(people.county_reviewer).get(reverse("access_detail", args=[access.pk])).content.decode()
    assert f"“{CODE[17]}”" in page


def test_full_width_and_small_letters_are_made_plain_before_ones_eyes(client, fields):
    typed = f" {CODE[:4].translate({ord(d): ord(d) + 0xFEE0 for d in '0123456789'})} {CODE[4:].lower()}"
    page = ask(client, fields, credit_code=typed, unit_name="").content.decode()
    assert f'value="{CODE}"' in page
    answer = client.post(reverse("access_new"), {**fields, "credit_code": typed}, follow=True)
    assert f"已记为 {CODE}" in answer.content.decode()
    assert AccessRequest.objects.get().credit_code == CODE


@pytest.mark.parametrize("code", ["123", CODE + "1", CODE[:5] + "O" + CODE[6:], CODE[:5] + "中" + CODE[6:]])
def test_what_cannot_be_a_credit_code_is_refused_with_the_reason(client, fields, code):
    answer = ask(client, fields, credit_code=code, is_as_certified="on")
    assert answer.context["form"].errors["credit_code"]
    assert not AccessRequest.objects.exists()


def test_clerk_and_chair_are_two_people(client, fields):
    answer = ask(client, fields, chair_phone="+86 138-0000-0001")
    assert "chair_phone" in answer.context["form"].errors


def test_a_base_union_or_the_city_cannot_be_asked(client, fields, city):
    for union in (city.unit.union, city.city):
        assert "union" in ask(client, fields, union=union.pk).context["form"].errors


def test_a_code_that_has_a_unit_is_refused_without_naming_anybody(client, city, people, fields):
    UnitFactory(
        parent=city.other_county, credit_code=CODE, contact_name="保密的人", contact_phone="13911112222"
    )
    page = ask(client, fields).content.decode()
    assert city.other_county.name in page
    assert "保密的人" not in page
    assert "13911112222" not in page
    assert not AccessRequest.objects.exists()


def test_a_code_that_waits_already_is_refused_and_says_whom_to_ask(client, city, fields):
    AccessRequestFactory(union=city.other_county, credit_code=CODE)
    page = ask(client, fields).content.decode()
    assert city.other_county.name in page
    assert AccessRequest.objects.count() == 1


def test_after_a_refusal_the_unit_may_ask_again(client, people, fields):
    ask(client, fields)
    act(
        as_user(people.county_reviewer), AccessRequest.objects.get(), "refuse_access", reason="名称与印章不符"
    )
    ask(client, fields, once=str(uuid.uuid4()))
    assert AccessRequest.objects.count() == 2


def test_the_eleventh_request_of_an_hour_from_one_address_is_put_off(client, fields):
    for _ in range(ASKING.tries):
        Attempt.objects.create(kind=ASKING.kind, address="127.0.0.1")
    answer = ask(client, fields)
    assert answer.status_code == 429
    assert not AccessRequest.objects.exists()
    assert Client(REMOTE_ADDR="10.9.9.9").get(reverse("access_new")).status_code == 200


def test_the_status_page_shows_state_and_reason_and_nothing_of_unit_or_people(client, people, access):
    act(as_user(people.county_reviewer), access, "refuse_access", reason="请先成立工会")
    page = client.get(reverse("access_status", args=[access.reference])).content.decode()
    assert "请先成立工会" in page
    for secret in [
        access.unit_name,
        access.credit_code,
        access.clerk_name,
        access.clerk_phone,
        people.county_reviewer.name,
    ]:
        assert secret not in page
    assert client.get(reverse("access_status", args=[uuid.uuid4()])).status_code == 404


def test_a_refusal_needs_a_reason_and_writes_to_the_asker(people, access):
    county = as_user(people.county_approver)
    answer = act(county, access, "refuse_access", reason="  ")
    assert answer.status_code == 409
    access.refresh_from_db()
    assert access.state == AccessState.PENDING
    act(county, access, "refuse_access", reason="请补充工会成立批复")
    access.refresh_from_db()
    assert (access.state, access.reason) == (AccessState.REFUSED, "请补充工会成立批复")
    mail = Mail.objects.get(code="reviews.access_refused")
    assert mail.to_address == "ren@example.org"
    assert "请补充工会成立批复" in mail.body
    assert (
        Entry.objects.about(access).filter(verb="access.refuse_access", actor=people.county_approver).exists()
    )


def test_the_slower_of_two_reviewers_is_told_who_did_what(people, access):
    act(as_user(people.county_reviewer), access, "grant_access")
    answer = act(as_user(people.county_approver), access, "refuse_access", reason="同名")
    assert answer.status_code == 409
    assert people.county_reviewer.name in answer.content.decode()
    assert "同名" not in AccessRequest.objects.get(pk=access.pk).reason
    assert Decision.objects.count() == 1


def test_a_double_click_on_confirm_makes_one_unit(people, access):
    county, key = as_user(people.county_reviewer), str(uuid.uuid4())
    answers = [act(county, access, "grant_access", once=key) for _ in range(2)]
    assert {answer["Location"] for answer in answers} == {reverse("access_detail", args=[access.pk])}
    assert Unit.objects.filter(credit_code=access.credit_code).count() == 1
    assert Invitation.objects.count() == 2


def test_a_request_of_another_county_is_not_there(people, access):
    other = as_user(people.other_county_reviewer)
    assert other.get(reverse("access_detail", args=[access.pk])).status_code == 404
    assert act(other, access, "grant_access").status_code == 404
    assert access.unit_name not in other.get(reverse("access_list")).content.decode()


@pytest.mark.parametrize("who", ["city_reviewer", "auditor", "superuser"])
def test_those_above_look_and_do_not_decide(people, access, who):
    person = as_user(getattr(people, who))
    page = person.get(reverse("access_detail", args=[access.pk]))
    assert page.status_code == 200
    assert not page.context["offers"]
    assert act(person, access, "grant_access").status_code == 403


@pytest.mark.parametrize("who", ["unit_clerk", "unit_chair", "stranger", "roster_admin", "system_admin"])
def test_others_have_no_queue(people, access, who):
    person = as_user(getattr(people, who))
    assert person.get(reverse("access_list")).status_code == 403
    assert person.get(reverse("access_detail", args=[access.pk])).status_code == 404


def test_a_name_that_the_union_already_has_cannot_be_confirmed_and_says_so(people, city):
    access = AccessRequestFactory(union=city.county, unit_name=city.unit.name)
    county = as_user(people.county_reviewer)
    assert city.unit.name in county.get(reverse("access_detail", args=[access.pk])).content.decode()
    assert act(county, access, "grant_access").status_code == 409
    access.refresh_from_db()
    assert access.state == AccessState.PENDING


def test_the_reason_typed_before_the_session_was_lost_is_still_there(people, access):
    page, target = reverse("access_detail", args=[access.pk]), reverse("access_act", args=[access.pk])
    client = Client()
    typed = {
        "typed_by": people.county_reviewer.pk,
        "typed_on": page,
        "action": "refuse_access",
        "reason": "请补充批复",
    }
    assert client.post(target, typed)["Location"].startswith("/login/")
    client.force_login(people.county_reviewer, backend="django.contrib.auth.backends.ModelBackend")
    assert "请补充批复" in client.get(page).content.decode()


def test_listing_and_checking_agree(people, city):
    rows = [AccessRequestFactory(union=union) for union in (city.county, city.other_county, city.industry)]
    for user in vars(people).values():
        listed = set(AccessRequest.objects.visible_to(user))
        assert listed == {row for row in rows if user.has_perm(VIEW_ACCESS, row)}, user


@pytest.mark.parametrize("tab", ["pending", "decided"])
def test_the_queue_asks_the_same_for_one_row_and_for_five(people, city, django_assert_max_num_queries, tab):
    county = as_user(people.county_reviewer)

    def count():
        with django_assert_max_num_queries(12) as asked:
            assert county.get(reverse("access_list"), {"tab": tab}).status_code == 200
        return len(asked)

    def add():
        access = AccessRequestFactory(union=city.county)
        if tab == "decided":
            act(county, access, "refuse_access", reason="试")

    add()
    count()  # the first page of a process asks what is kept afterwards
    one = count()
    for _ in range(4):
        add()
    assert count() == one


def test_the_page_of_a_request_stays_within_its_queries(people, access, django_assert_max_num_queries):
    county = as_user(people.county_reviewer)
    with django_assert_max_num_queries(12):
        county.get(reverse("access_detail", args=[access.pk]))
