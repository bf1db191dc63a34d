"""The pages about changes: asking, what is kept when something is wrong, lists, hints, numbers of queries."""

import pytest
from django.urls import reverse

from reviews.choices import ChangeKind as K
from reviews.models import ChangeRequest
from reviews.queries_changes import leading_twice
from studios.queries.contents import current_leader, current_members
from studios.services.sections import Sent, Stale, save
from tests.factories.changes import approved, asked, days, titled
from tests.factories.studios import LeaderFactory, PersonFactory, StudioFactory
from tests.files import makers

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio(ready_studio):
    titled(ready_studio)
    return ready_studio


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


def new(studio, kind):
    return reverse("change_new", args=[studio.pk, kind])


def photo(name="任命文件.jpg"):
    from django.core.files.uploadedfile import SimpleUploadedFile

    return SimpleUploadedFile(name, makers.jpeg(), content_type="image/jpeg")


RENAME = {"short_name": "新名创新工作室", "official_name": "", "reason": "随领衔人更名"}


def test_a_request_is_sent_once_and_leads_to_its_page(clerk, studio):
    page = clerk.get(new(studio, "rename"))
    assert page.status_code == 200 and studio.county.name in page.text
    data = {**RENAME, "effective_on": days(0).isoformat(), "once": page.context["once"]}
    for _time in range(2):
        answer = clerk.post(new(studio, "rename"), data)
        change = ChangeRequest.objects.get()
        assert answer.status_code == 302 and answer.url == reverse("change_detail", args=[change.pk])
    assert change.wanted["official_name"] == f"{studio.union.unit.name}新名创新工作室"
    shown = clerk.get(answer.url)
    assert "新名创新工作室" in shown.text and "随领衔人更名" in shown.text


def test_what_was_typed_stays_and_the_sentence_says_what_is_wrong(clerk, studio):
    data = {**RENAME, "effective_on": days(61).isoformat()}
    answer = clerk.post(new(studio, "rename"), data)
    assert answer.status_code == 422
    assert "新名创新工作室" in answer.text and days(61).isoformat() in answer.text
    assert not ChangeRequest.objects.exists()


def test_the_proof_is_asked_for_and_kept(clerk, studio):
    data = {
        "member": current_members(studio)[0].pk,
        "reason": "原领衔人退休",
        "effective_on": days(0).isoformat(),
    }
    assert clerk.post(new(studio, "leader"), data).status_code == 422
    answer = clerk.post(new(studio, "leader"), {**data, "proof": [photo(), photo("二.jpg")]})
    assert answer.status_code == 302
    change = ChangeRequest.objects.get()
    assert change.files.count() >= 1 and change.files.first().evidence.slot == "change.proof"
    assert "任命文件.jpg" in clerk.get(answer.url).text


def test_without_a_higher_title_the_unit_goes_on_by_itself(clerk, ready_studio):
    assert clerk.get(new(ready_studio, "leader")).url == reverse("leader_change", args=[ready_studio.pk])
    assert (
        "section" in clerk.get(new(ready_studio, "rename")).url or clerk.get(new(ready_studio, "rename")).url
    )
    data = {"reason": "场地改造", "effective_on": days(0).isoformat()}
    assert clerk.post(new(ready_studio, "suspend"), data).status_code == 302
    assert ready_studio.suspensions.filter(until=None).exists()


def test_kinds_are_of_a_studio_or_of_a_unit(clerk, studio):
    assert clerk.get(new(studio, "unit_move")).status_code == 404
    assert clerk.get(new(studio, "nonsense")).status_code == 404
    unit = studio.union.unit
    assert clerk.get(reverse("unit_change_new", args=[unit.pk, "leader"])).status_code == 404
    assert clerk.get(reverse("unit_change_new", args=[unit.pk, "unit_close"])).status_code == 200


def test_the_approver_looks_twice_then_it_holds(client, people, studio):
    change = asked(studio, K.SUSPEND, people.unit_clerk)
    client.force_login(people.county_approver)
    act = reverse("change_act", args=[change.pk])
    asked_again = client.post(act, {"action": "approve_change", "reason": ""})
    assert asked_again.status_code == 200 and not studio.suspensions.exists()
    answer = client.post(act, {"action": "approve_change", "reason": "同意", "confirmed": "1"})
    assert answer.status_code == 302 and studio.suspensions.exists()


def test_the_list_begins_with_what_waits_for_the_office(client, people, studio):
    asked(studio, K.SUSPEND, people.unit_clerk)
    titled(studio, "city")
    asked(studio, K.RENAME, people.unit_clerk)
    kinds = {}
    for who in ("county_reviewer", "county_approver"):
        client.force_login(getattr(people, who))
        kinds[who] = {row.kind for row in client.get(reverse("change_list")).context["page"]}
    assert kinds == {"county_reviewer": {K.RENAME}, "county_approver": {K.SUSPEND}}
    page = client.get(reverse("change_list"), {"tab": "all", "kind": "rename"})
    assert [row.kind for row in page.context["page"]] == [K.RENAME]


def test_rows_cost_no_queries(client, people, studio, django_assert_max_num_queries):
    for number in range(6):
        other = StudioFactory(union=studio.union, short_name=f"工作室{number}")
        asked(other, K.END, people.unit_clerk)
    client.force_login(people.city_reviewer)
    for name in ("change_list", "recheck_list", "leader_watch"):
        with django_assert_max_num_queries(12):
            client.get(reverse(name), {"tab": "all"})


def test_the_pages_of_a_change_keep_the_budget(client, people, studio, django_assert_max_num_queries):
    change = approved(studio, K.LEADER, people)
    assert change.rechecks.exists()
    client.force_login(people.county_reviewer)
    with django_assert_max_num_queries(12):
        page = client.get(reverse("change_detail", args=[change.pk]))
    assert "二.1" in page.text and "recheck" in page.text
    client.force_login(people.unit_clerk)
    with django_assert_max_num_queries(12):
        client.get(new(studio, "end"))


def test_one_person_who_leads_two_studios_is_shown(client, people, studio, city):
    leader = current_leader(studio)
    twin = PersonFactory(
        union=city.other_unit.union, name=leader.person.name, birth_month=leader.person.birth_month
    )
    LeaderFactory(studio=StudioFactory(union=city.other_unit.union, short_name="外旗工作室"), person=twin)
    LeaderFactory(studio=StudioFactory(union=studio.union, short_name="同名不同人"), person__name=twin.name)
    [group] = leading_twice(people.city_reviewer)
    assert {row.studio.short_name for row in group} == {studio.short_name, "外旗工作室"}
    assert leading_twice(people.county_reviewer) == []
    client.force_login(people.city_reviewer)
    assert "外旗工作室" in client.get(reverse("leader_watch")).text


def test_whoever_asks_for_a_leader_reads_what_to_think_about(clerk, studio):
    member = current_members(studio)[0]
    member.person.birth_month = f"{days(0).year - 61}-01"
    member.person.sex = "male"
    member.person.save()
    LeaderFactory(studio=StudioFactory(union=studio.union, short_name="兼任工作室"), person=member.person)
    page = clerk.get(new(studio, "leader"))
    assert "兼任工作室" in page.text and len(page.context["hints"]) == 2


def test_a_page_of_the_form_opened_before_a_renaming_does_not_undo_it(people, studio):
    approved(studio, K.RENAME, people)
    with pytest.raises(Stale):
        save(studio, "studio", Sent({"short_name": "旧名"}), actor=people.unit_clerk, version=0)
