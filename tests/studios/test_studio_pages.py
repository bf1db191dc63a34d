"""The list of studios, registering one, its overview, its results, its leader, its unit."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit.models import Entry
from studios.choices import Section
from studios.models import AchievementKind, Evidence, Leader, Studio, Unit
from studios.permissions import VIEW_STUDIO
from tests.factories.studios import (
    AchievementFactory,
    EvidenceFactory,
    LeaderFactory,
    MemberFactory,
    StudioFactory,
    UnitFactory,
    credit_code,
)
from tests.studios.posting import form_of

NEW = {
    "short_name": "周成岩劳模创新工作室",
    "kind": "model_worker",
    "founded_on_year": "2021",
    "founded_on_month": "03",
}
EVERYBODY = [
    "unit_clerk",
    "unit_chair",
    "other_unit_clerk",
    "county_reviewer",
    "other_county_reviewer",
    "industry_reviewer",
    "city_reviewer",
    "auditor",
    "roster_admin",
    "system_admin",
    "superuser",
    "stranger",
]


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union, founded_on="2021-03")


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


def test_a_clerk_registers_a_studio_and_comes_to_its_first_section(clerk, city):
    sent = clerk.post(reverse("studio_new"), NEW)
    studio = Studio.objects.get(short_name=NEW["short_name"])
    assert sent.headers["Location"] == reverse("studio_section", args=[studio.pk, "studio"])
    assert (studio.union, studio.founded_on) == (city.unit.union, "2021-03")
    assert studio.official_name == f"{city.unit.name}周成岩劳模创新工作室"
    assert Entry.objects.filter(verb="studio.register", subject_id=studio.pk).count() == 1


def test_a_double_click_registers_one_studio(clerk):
    form = NEW | {"once": str(uuid.uuid4())}
    places = {clerk.post(reverse("studio_new"), form).headers["Location"] for _ in range(2)}
    assert places == {reverse("studio_section", args=[Studio.objects.get().pk, "studio"])}


def test_a_name_that_the_unit_has_already_is_named_and_the_text_stays(clerk, studio):
    page = clerk.post(reverse("studio_new"), NEW | {"short_name": studio.short_name})
    assert page.status_code == 422
    assert studio.short_name in page.content.decode()
    assert Studio.objects.count() == 1


@pytest.mark.parametrize("who", [name for name in EVERYBODY if "unit_c" not in name])
def test_only_people_of_a_unit_register_studios(client, people, who):
    client.force_login(getattr(people, who))
    assert client.get(reverse("studio_new")).status_code == 403
    assert client.post(reverse("studio_new"), NEW).status_code == 403
    assert Studio.objects.count() == 0


@pytest.mark.parametrize("who", EVERYBODY)
def test_listing_and_checking_agree(people, city, who):
    user = getattr(people, who)
    for unit in (city.unit, city.ready_unit, city.other_unit, city.industry_unit):
        EvidenceFactory(studio=StudioFactory(union=unit.union))
    for model in (Studio, Evidence, Unit):
        listed = list(model.objects.visible_to(user))
        checked = {row for row in model.objects.all() if user.has_perm(VIEW_STUDIO, row)}
        assert len(listed) == len(set(listed)) and set(listed) == checked


@pytest.mark.parametrize("who", ["unit_clerk", "city_reviewer"])
def test_the_list_takes_the_same_queries_for_any_length(client, people, city, who):
    client.force_login(getattr(people, who))
    counts = {}
    for rows in (1, 5):
        while Studio.objects.count() < rows:
            studio = StudioFactory(union=city.unit.union)
            MemberFactory(studio=studio)
            EvidenceFactory(studio=studio)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(reverse("studio_list")).content.decode()
        assert page.count("table__title") == rows
        counts[rows] = len(queries)
    assert counts[1] == counts[5] <= 12


def test_the_list_is_paged_by_key_in_both_directions(clerk, city):
    for number in range(45):
        StudioFactory(union=city.unit.union, short_name=f"工作室{number:02}")
    seen, address, back = [], reverse("studio_list"), ""
    for _ in range(3):
        page = clerk.get(address).content.decode()
        seen.append(re.findall(r"工作室(\d\d)<", page))
        links = {rel: href for href, rel in re.findall(r'href="(\?[^"]+)" rel="(\w+)"', page)}
        back = links.get("prev", "")
        address = reverse("studio_list") + links.get("next", "").replace("&amp;", "&")
    assert [len(rows) for rows in seen] == [20, 20, 5]
    assert [int(row) for rows in seen for row in rows] == list(range(44, -1, -1))
    page = clerk.get(reverse("studio_list") + back.replace("&amp;", "&")).content.decode()
    assert re.findall(r"工作室(\d\d)<", page) == seen[1]


@pytest.mark.parametrize("key", ["x", "W10", "WzEsMl0", "W251bGwsbnVsbF0", "%00"])
def test_a_key_that_was_not_made_here_shows_the_first_page(clerk, studio, key):
    assert studio.short_name in clerk.get(reverse("studio_list"), {"after": key}).content.decode()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "周成岩"}, {"甲"}),
        ({"q": "第二车间"}, set()),
        ({"q": "沁野"}, {"甲", "乙"}),
        ({"kind": "women"}, {"乙"}),
        ({"level": "2"}, {"甲"}),
        ({"level": "0"}, {"乙", "丙"}),
        ({"level": "nonsense", "union": "x", "kind": "?"}, {"甲", "乙", "丙"}),
    ],
)
def test_the_list_is_filtered(client, people, city, query, found):
    StudioFactory(union=city.unit.union, short_name="甲", leader_name="周成岩", top_tier=2)
    StudioFactory(union=city.unit.union, short_name="乙", kind="women")
    StudioFactory(union=city.other_unit.union, short_name="丙")
    client.force_login(people.city_reviewer)
    page = client.get(reverse("studio_list"), query).content.decode()
    assert set(re.findall(r'table__title" href="[^"]+">(.)<', page)) == found


def test_the_city_filters_by_county(client, people, city):
    StudioFactory(union=city.unit.union, short_name="甲")
    StudioFactory(union=city.other_unit.union, short_name="丙")
    client.force_login(people.city_reviewer)
    page = client.get(reverse("studio_list"), {"union": city.other_county.pk}).content.decode()
    assert re.findall(r'table__title" href="[^"]+">(.)<', page) == ["丙"]


def test_a_studio_of_another_county_by_a_guessed_address_is_not_there(client, people, studio):
    client.force_login(people.other_county_reviewer)
    achievement = AchievementFactory(studio=studio)
    for address in (
        reverse("studio_detail", args=[studio.pk]),
        reverse("achievement_edit", args=[studio.pk, achievement.pk]),
        reverse("leader_change", args=[studio.pk]),
        reverse("unit_detail", args=[studio.union.unit.pk]),
        reverse("unit_edit", args=[studio.union.unit.pk]),
        *(reverse("studio_section", args=[studio.pk, section]) for section in Section),
    ):
        assert client.get(address).status_code == 404, address


@pytest.mark.parametrize("who", ["unit_clerk", "county_reviewer", "auditor"])
def test_the_overview_opens_for_who_may_see_it(client, people, ready_studio, who):
    client.force_login(getattr(people, who))
    with CaptureQueriesContext(connection) as queries:
        page = client.get(reverse("studio_detail", args=[ready_studio.pk]))
    assert page.status_code == 200
    assert len(queries) <= 12, "\n".join(query["sql"][:150] for query in queries)
    assert ready_studio.leader_name in page.content.decode()


def test_an_achievement_is_removed_with_its_files_and_comes_back_with_them(clerk, studio):
    achievement = AchievementFactory(studio=studio)
    proof = EvidenceFactory(studio=studio, slot="achievement.proof", achievement=achievement)
    address = reverse("achievement_remove", args=[studio.pk, achievement.pk])
    clerk.post(address)
    proof.refresh_from_db()
    assert proof.removed_at is not None
    page = clerk.get(reverse("studio_section", args=[studio.pk, "achievements"])).content.decode()
    assert 'name="restore"' in page
    clerk.post(address, {"restore": "1"})
    proof.refresh_from_db()
    achievement.refresh_from_db()
    assert (proof.removed_at, achievement.removed_at) == (None, None)


def test_a_double_click_adds_one_achievement(clerk, studio):
    kind = AchievementKind.objects.get(code="qc")
    form = {"title": "QC 小组", "kind_id": kind.pk, "once": str(uuid.uuid4())}
    places = {
        clerk.post(reverse("achievement_new", args=[studio.pk]), form).headers["Location"] for _ in range(2)
    }
    assert studio.achievements.count() == 1
    assert len(places) == 1


def test_a_member_takes_over_the_studio_and_the_old_leader_stays_in_the_team(clerk, studio):
    old = LeaderFactory(studio=studio)
    member = MemberFactory(studio=studio)
    form = {"member": member.pk, "since": "2024-05-01", "old_stays": "on"}
    assert clerk.post(reverse("leader_change", args=[studio.pk]), form).status_code == 302
    new = Leader.objects.on().get(studio=studio)
    old.refresh_from_db()
    studio.refresh_from_db()
    assert new.person == member.person
    assert str(old.until) == "2024-04-30"
    assert [m.person for m in studio.members.on()] == [old.person]
    assert studio.leader_name == member.person.name


def test_a_leader_cannot_be_changed_before_the_present_one_began(clerk, studio):
    LeaderFactory(studio=studio)
    form = {"member": "", "name": "新人", "since": "1999-05-01"}
    page = clerk.post(reverse("leader_change", args=[studio.pk]), form)
    assert page.status_code == 422 and "新人" in page.content.decode()
    assert Leader.objects.filter(studio=studio).count() == 1


def test_the_unit_keeps_a_wrong_check_character_and_says_so(clerk, city):
    address = reverse("unit_edit", args=[city.unit.pk])
    wrong = city.unit.credit_code[:-1] + ("0" if city.unit.credit_code[-1] != "0" else "1")
    form = unit_form(clerk.get(address)) | {"credit_code": wrong.lower()}
    assert clerk.post(address, form).status_code == 302
    city.unit.refresh_from_db()
    assert city.unit.credit_code == wrong
    assert "note--warn" in clerk.get(reverse("unit_detail", args=[city.unit.pk])).content.decode()


def test_two_people_changing_a_unit_do_not_overwrite_each_other(clerk, city):
    address = reverse("unit_edit", args=[city.unit.pk])
    mine, theirs = (unit_form(clerk.get(address)) for _ in range(2))
    clerk.post(address, theirs | {"address": "东街一号"})
    page = clerk.post(address, mine | {"address": "西街二号"})
    assert page.status_code == 409
    assert "东街一号" in page.content.decode() and "西街二号" in page.content.decode()
    city.unit.refresh_from_db()
    assert city.unit.address == "东街一号"


def test_a_credit_code_that_another_unit_has_is_refused(clerk, city):
    other = UnitFactory(parent=city.county, credit_code=credit_code(7_000_001))
    address = reverse("unit_edit", args=[city.unit.pk])
    page = clerk.post(address, unit_form(clerk.get(address)) | {"credit_code": other.credit_code})
    assert page.status_code == 422


def unit_form(page):
    """The form of a unit's page: the one that carries ``seen``."""
    found = form_of(page, None)
    return {name: value for name, value in found.items() if name != "next"}
