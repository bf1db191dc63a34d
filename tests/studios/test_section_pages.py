"""The sections of the form over HTTP: filling in, saving by themselves, conflicts, lost sessions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from studios.choices import Section
from studios.models import Achievement, AchievementKind, Fund, HonourKind, Leader, StudioSection
from tests.factories.studios import (
    AchievementFactory,
    EvidenceFactory,
    FundFactory,
    HonourFactory,
    LeaderFactory,
    MemberFactory,
    ProjectFactory,
    RecognitionFactory,
    StudioFactory,
)
from tests.studios.posting import add_row, form_of

PARTS = [section for section in Section if section not in (Section.ACHIEVEMENTS, Section.EVIDENCE)]
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def studio(city, people):
    """A studio of ``city.unit`` with a name and nothing else."""
    return StudioFactory(union=city.unit.union, founded_on="2021-03")


@pytest.fixture
def clerk(client, people):
    """The browser of the unit's clerk."""
    client.force_login(people.unit_clerk)
    return client


def address(studio, section):
    return reverse("studio_section", args=[studio.pk, section])


@pytest.mark.parametrize("section", Section)
def test_every_section_opens_for_the_clerk(clerk, studio, section):
    assert clerk.get(address(studio, section)).status_code == 200


@pytest.mark.parametrize("section", PARTS)
def test_what_a_page_shows_is_what_it_sends_back(clerk, ready_studio, section):
    page = clerk.get(address(ready_studio, section))
    saved = clerk.post(address(ready_studio, section), form_of(page), headers=AUTOSAVE)
    assert saved.json()["errors"] == {}
    assert saved.status_code == 200
    assert StudioSection.objects.get(studio=ready_studio, section=section).version == 0


def test_the_clerk_fills_in_the_venue(clerk, studio):
    data = form_of(clerk.get(address(studio, "studio")))
    data |= {"area_sqm": "６0", "signage.plaque": "on", "signage.plaque.note": "入口", "address": "二楼"}
    saved = clerk.post(address(studio, "studio"), data | {"then": "next"})
    assert (saved.status_code, saved.headers["Location"]) == (302, address(studio, "leader"))
    studio.refresh_from_db()
    assert (studio.area_sqm, studio.address) == (60, "二楼")
    assert [(item.code, item.note) for item in studio.items.all()] == [("signage.plaque", "入口")]


def test_the_clerk_enters_the_leader_with_an_honour(clerk, studio):
    data = form_of(clerk.get(address(studio, "leader")))
    data |= {"name": "周成岩", "since": "2021-03-01", "birth_month_year": "1980", "birth_month_month": "05"}
    kind = HonourKind.objects.get(code="model_worker_city")
    add_row(data, "honours", kind_id=kind.pk, granted_on_year="2015", granted_on_month="04")
    saved = clerk.post(address(studio, "leader"), data, headers=AUTOSAVE)
    assert saved.status_code == 200, saved.json()["errors"]
    leader = Leader.objects.get(studio=studio)
    assert [honour.rank for honour in leader.person.honours.all()] == [40]
    assert list(saved.json()["rows"]) == ["new-honours-0"]
    studio.refresh_from_db()
    assert studio.leader_name == "周成岩"


def test_a_row_that_is_not_finished_stays_as_typed_and_the_rest_is_saved(clerk, studio):
    data = form_of(clerk.get(address(studio, "funds")))
    add_row(data, "funds", year="2024", source="unit", amount="3.5", use="材料")
    add_row(data, "funds", year="2025", source="unit", amount="", use="设备")
    saved = clerk.post(address(studio, "funds"), data, headers=AUTOSAVE)
    assert saved.json()["errors"] == {}  # merely empty is not wrong while somebody types
    assert [fund.year for fund in studio.funds.all()] == [2024]
    again = form_of(clerk.get(address(studio, "funds")))
    assert again["funds-1-use"] == "设备"
    again["funds-1-amount"] = "2"
    assert clerk.post(address(studio, "funds"), again).status_code == 302
    assert sorted(fund.year for fund in studio.funds.all()) == [2024, 2025]
    assert StudioSection.objects.get(studio=studio, section="funds").typed is None


def test_a_wrong_amount_is_named_and_kept_as_typed(clerk, studio):
    data = form_of(clerk.get(address(studio, "funds")))
    add_row(data, "funds", year="2024", source="unit", amount="约五百")
    saved = clerk.post(address(studio, "funds"), data, headers=AUTOSAVE)
    assert saved.status_code == 422
    assert list(saved.json()["errors"]) == ["funds-0-amount"]
    assert form_of(clerk.get(address(studio, "funds")))["funds-0-amount"] == "约五百"


def test_the_button_shows_everything_that_was_typed_with_its_errors(clerk, studio):
    data = form_of(clerk.get(address(studio, "projects")))
    add_row(data, "projects", year="1800", title="降耗", status="running", goal="", outcome="")
    page = clerk.post(address(studio, "projects"), data)
    assert page.status_code == 422
    assert form_of(page)["projects-0-year"] == "1800"
    assert "data-error-summary" in page.content.decode()


def test_a_save_that_is_sent_twice_makes_one_row(clerk, studio):
    data = form_of(clerk.get(address(studio, "funds")))
    add_row(data, "funds", year="2024", source="unit", amount="3")
    first = clerk.post(address(studio, "funds"), data, headers=AUTOSAVE).json()
    second = clerk.post(address(studio, "funds"), data, headers=AUTOSAVE).json()
    assert first["rows"] == second["rows"]
    assert Fund.objects.filter(studio=studio).count() == 1


def test_an_older_page_gets_both_versions_and_overwrites_nothing(clerk, studio):
    mine, theirs = (form_of(clerk.get(address(studio, "studio"))) for _ in range(2))
    clerk.post(address(studio, "studio"), theirs | {"specialty": "播种机"})
    conflict = clerk.post(address(studio, "studio"), mine | {"specialty": "收割机"}, headers=AUTOSAVE)
    assert conflict.status_code == 409
    html = conflict.json()["conflict"]
    assert "播种机" in html and "收割机" in html
    studio.refresh_from_db()
    assert studio.specialty == "播种机"
    native = clerk.post(address(studio, "studio"), mine | {"specialty": "收割机"})
    assert native.status_code == 409
    version = StudioSection.objects.get(studio=studio, section="studio").version
    taken = clerk.post(address(studio, "studio"), mine | {"specialty": "收割机", "version": version})
    assert taken.status_code == 302
    studio.refresh_from_db()
    assert studio.specialty == "收割机"


def test_a_row_of_another_studio_is_never_touched(clerk, studio, city):
    foreign = FundFactory(studio=StudioFactory(union=city.other_unit.union), year=2020, amount="9")
    data = form_of(clerk.get(address(studio, "funds")))
    number = add_row(data, "funds", year="2024", source="unit", amount="1", id=foreign.pk)
    clerk.post(address(studio, "funds"), data)
    data = form_of(clerk.get(address(studio, "funds")))
    data |= {f"funds-{number}-id": str(foreign.pk), f"funds-{number}-DELETE": "on"}
    clerk.post(address(studio, "funds"), data)
    foreign.refresh_from_db()
    assert (foreign.year, foreign.amount) == (2020, 9)


def test_rows_can_be_added_and_removed_without_javascript(clerk, studio):
    data = form_of(clerk.get(address(studio, "funds"))) | {"add-funds": "1"}
    page = clerk.post(address(studio, "funds"), data)
    data = form_of(page) | {"funds-0-year": "2024", "funds-0-amount": "1"}
    assert clerk.post(address(studio, "funds"), data).status_code == 302
    data = form_of(clerk.get(address(studio, "funds"))) | {"remove-funds-0": "1"}
    page = clerk.post(address(studio, "funds"), data)
    assert studio.funds.count() == 1
    assert clerk.post(address(studio, "funds"), form_of(page)).status_code == 302
    assert studio.funds.count() == 0


def test_a_row_taken_out_and_put_back_is_one_row(clerk, studio):
    fund = FundFactory(studio=studio)
    data = form_of(clerk.get(address(studio, "funds")))
    answer = clerk.post(address(studio, "funds"), data | {"funds-0-DELETE": "on"}, headers=AUTOSAVE)
    assert studio.funds.count() == 0
    for _ in range(2):
        data["version"] = answer.json()["version"]
        answer = clerk.post(address(studio, "funds"), data, headers=AUTOSAVE)
    assert [float(f.amount) for f in studio.funds.all()] == [float(fund.amount)]


def test_text_typed_before_the_session_ended_is_filled_in_again(client, people, studio):
    client.force_login(people.unit_clerk)
    data = form_of(client.get(address(studio, "studio"))) | {"intro": "写了很久的简介"}
    client.logout()
    sent = client.post(address(studio, "studio"), data)
    assert sent.status_code == 302 and "next=" in sent.headers["Location"]
    client.post(sent.headers["Location"], {"username": "clerk", "password": "correct-horse-battery"})
    page = client.get(address(studio, "studio"))
    assert form_of(page)["intro"] == "写了很久的简介"
    studio.refresh_from_db()
    assert studio.intro == ""


def test_a_patent_number_with_a_wrong_check_digit_is_a_hint_and_is_kept(clerk, studio):
    kind = AchievementKind.objects.get(code="invention_patent")
    made = clerk.post(
        reverse("achievement_new", args=[studio.pk]), {"title": "播种监测装置", "kind_id": kind.pk}
    )
    data = form_of(clerk.get(made.headers["Location"])) | {"number": "ZL201710601862.4"}
    saved = clerk.post(made.headers["Location"], data, headers=AUTOSAVE).json()
    assert saved["errors"] == {}
    assert "201710601862" in saved["fragments"]["#part-notes"]
    assert Achievement.objects.get(studio=studio).number == "ZL201710601862.4"


def test_dates_in_the_wrong_order_are_named_both(clerk, studio):
    kind = AchievementKind.objects.get(code="tech_renovation")
    made = clerk.post(reverse("achievement_new", args=[studio.pk]), {"title": "改造", "kind_id": kind.pk})
    data = form_of(clerk.get(made.headers["Location"]))
    data |= {"completed_on_year": "2024", "completed_on_month": "06"}
    add_row(data, "recognitions", name="二等奖", kind="award", rank="40", granted_on_year="2023")
    saved = clerk.post(made.headers["Location"], data, headers=AUTOSAVE)
    assert "2023" in saved.json()["errors"]["recognitions-0-granted_on"][0]
    assert "2024-06" in saved.json()["errors"]["recognitions-0-granted_on"][0]


@pytest.mark.parametrize("section", Section)
def test_a_section_under_review_says_why_it_is_closed_and_takes_nothing(clerk, studio, section):
    data = form_of(clerk.get(address(studio, section)))
    studio.locked_sections = sorted(Section.values)
    studio.save()
    assert clerk.get(address(studio, section)).status_code == 200
    if section in PARTS:
        assert clerk.post(address(studio, section), data, headers=AUTOSAVE).status_code == 423


def test_others_read_and_strangers_find_nothing(client, people, studio):
    expected = {
        "county_reviewer": (200, 403),
        "auditor": (200, 403),
        "superuser": (200, 403),
        "unit_chair": (200, 302),
        "other_unit_clerk": (404, 404),
        "other_county_reviewer": (404, 404),
        "stranger": (404, 404),
    }
    for who, (seen, sent) in expected.items():
        client.force_login(getattr(people, who))
        page = client.get(address(studio, "funds"))
        data = {"version": "0", "funds-TOTAL_FORMS": "0", "funds-INITIAL_FORMS": "0"}
        assert (page.status_code, client.post(address(studio, "funds"), data).status_code) == (seen, sent), (
            who
        )


@pytest.mark.parametrize("section", Section)
def test_a_section_takes_the_same_queries_for_any_length(clerk, studio, section):
    leader, counts = LeaderFactory(studio=studio), []
    for more in (1, 4):
        fill(studio, leader, more)
        with CaptureQueriesContext(connection) as queries:
            page = clerk.get(address(studio, section))
        counts.append(len(queries))
        assert len(page.content) < 100_000
    assert counts[0] == counts[1] <= 12, "\n".join(query["sql"][:150] for query in queries)


def test_an_achievement_takes_at_most_twelve_queries(clerk, ready_studio):
    achievement = ready_studio.achievements.first()
    with CaptureQueriesContext(connection) as queries:
        clerk.get(reverse("achievement_edit", args=[ready_studio.pk, achievement.pk]))
    assert len(queries) <= 12, "\n".join(query["sql"][:150] for query in queries)


def fill(studio, leader, rows):
    """``rows`` more of everything that a studio has many of."""
    for _ in range(rows):
        HonourFactory(person=leader.person)
        MemberFactory(studio=studio)
        FundFactory(studio=studio)
        ProjectFactory(studio=studio)
        RecognitionFactory(achievement=AchievementFactory(studio=studio))
        EvidenceFactory(studio=studio)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1985-06", "1985-06"),
        ("1985.6", "1985-06"),
        ("１９８５年6月", "1985-06"),
        ("198506", "1985-06"),
        ("1985", "1985"),
    ],
)
def test_a_month_of_birth_is_read_as_people_write_it(clerk, studio, typed, kept):
    data = form_of(clerk.get(address(studio, "team")))
    add_row(data, "members", name="李长泽", role="core", birth_month=typed)
    assert clerk.post(address(studio, "team"), data).status_code == 302
    assert studio.members.get().person.birth_month == kept


def test_the_leader_is_not_taken_into_the_team_again(clerk, studio):
    leader = LeaderFactory(studio=studio)
    data = form_of(clerk.get(address(studio, "team")))
    add_row(data, "members", name=leader.person.name, role="core", birth_month=leader.person.birth_month)
    assert clerk.post(address(studio, "team"), data).status_code == 422
    assert not studio.members.exists()


def test_who_leaves_the_team_stays_in_its_history(clerk, studio):
    member = MemberFactory(studio=studio)
    data = form_of(clerk.get(address(studio, "team"))) | {"members-0-DELETE": "on"}
    assert clerk.post(address(studio, "team"), data).status_code == 302
    member.refresh_from_db()
    assert member.until is not None and not studio.members.on().exists()


def test_a_member_taken_out_and_put_back_is_the_same_membership(clerk, studio):
    member = MemberFactory(studio=studio)
    data = form_of(clerk.get(address(studio, "team")))
    gone = clerk.post(address(studio, "team"), data | {"members-0-DELETE": "on"}, headers=AUTOSAVE).json()
    assert not studio.members.on().exists()
    back = clerk.post(address(studio, "team"), data | {"version": gone["version"]}, headers=AUTOSAVE)
    assert back.status_code == 200
    assert [m.pk for m in studio.members.on()] == [member.pk]
    assert studio.members.count() == 1


def test_who_returns_to_the_team_gets_the_old_membership_back(clerk, studio):
    member = MemberFactory(studio=studio)
    data = form_of(clerk.get(address(studio, "team"))) | {"members-0-DELETE": "on"}
    clerk.post(address(studio, "team"), data)
    data = form_of(clerk.get(address(studio, "team")))
    who = {"name": member.person.name, "birth_month": member.person.birth_month}
    add_row(data, "members", role="core", since=member.since.isoformat(), **who)
    assert clerk.post(address(studio, "team"), data).status_code == 302
    assert [m.pk for m in studio.members.on()] == [member.pk]


def test_a_leader_cannot_begin_before_the_one_before_ended(clerk, studio):
    LeaderFactory(studio=studio, since="2019-01-01", until="2022-12-31")
    LeaderFactory(studio=studio, since="2023-01-01")
    data = form_of(clerk.get(address(studio, "leader"))) | {"since": "2022-06-01"}
    answer = clerk.post(address(studio, "leader"), data, headers=AUTOSAVE)
    assert answer.status_code == 422 and "2022-06-01" in answer.json()["errors"]["since"][0]
    page = clerk.post(address(studio, "leader"), data)
    assert page.status_code == 422 and form_of(page)["since"] == "2022-06-01"


def test_a_person_who_leads_elsewhere_is_renamed_there_too(clerk, studio, city):
    leader = LeaderFactory(studio=StudioFactory(union=city.unit.union, leader_name="旧名"))
    MemberFactory(studio=studio, person=leader.person)
    data = form_of(clerk.get(address(studio, "team"))) | {"members-0-name": "新名"}
    assert clerk.post(address(studio, "team"), data).status_code == 302
    leader.studio.refresh_from_db()
    assert leader.studio.leader_name == "新名"


@pytest.mark.parametrize("odd", ["²", "9" * 5000, "-1", "0x10", "\x00", "٣"])
def test_numbers_that_were_tampered_with_do_no_harm(clerk, studio, odd):
    fund = FundFactory(studio=studio)
    data = form_of(clerk.get(address(studio, "funds")))
    assert clerk.post(address(studio, "funds"), data | {"version": odd}).status_code == 409
    answer = clerk.post(address(studio, "funds"), data | {"funds-0-id": odd, "funds-0-DELETE": "on"})
    assert answer.status_code in (302, 422)
    fund.refresh_from_db()
