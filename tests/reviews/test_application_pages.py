"""The whole way through the pages: what people see, send and are told."""

import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from reviews.choices import Action as A
from reviews.choices import State
from reviews.models import Application, Decision, Judgement
from studios.choices import Role
from studios.models import NamingLevel
from studios.services.people import appoint
from tests.cast import studio_ready_for
from tests.factories.studios import EvidenceFactory, StudioFactory
from tests.reviews import journey
from tests.reviews.pages import Person, hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def sit():
    """``sit(user)`` puts somebody at a screen."""
    return lambda user: Person(Client, user)


@pytest.fixture
def city_ready(city, people):
    return studio_ready_for("city", city.unit, by=people.unit_clerk)


def judge_all(person, application):
    """Judge what is left, each clause by its own form."""
    for finding in application.current_dossier.findings.exclude(verdict="met"):
        assert person.judge(application, finding.clause, note="已核对原件").status_code == 200


def test_from_the_studio_to_a_county_title_through_the_pages(sit, ready_studio, people):
    clerk, chair = sit(people.unit_clerk), sit(people.unit_chair)
    reviewer, approver = sit(people.county_reviewer), sit(people.county_approver)
    opened = clerk.client.post(
        reverse("application_open"), {"studio": ready_studio.pk, "level": "county", "form_key": uuid.uuid4()}
    )
    application = Application.objects.get()
    assert opened.url == reverse("application_detail", args=[application.pk])
    assert clerk.act(application, "submit", statement="三年攻关四项").status_code == 302
    assert chair.act(application, "confirm").status_code == 302
    assert reviewer.act(application, "take").status_code == 302
    judge_all(reviewer, application)
    assert reviewer.act(application, "propose_name", reason="材料齐全").status_code == 302
    page = approver.page(application)
    assert "材料齐全" in page.content.decode()
    answer = approver.act(application, "name", page=page, document_on=timezone.localdate().isoformat())
    assert answer.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.naming.document.number) == (State.NAMED, 1)
    assert "三年攻关四项" in application.current_dossier.canonical


def test_a_city_title_through_the_pages(sit, city_ready, people):
    application = journey.proposed(city_ready, "city", people)
    assert sit(people.county_approver).act(application, "endorse").status_code == 302
    reviewer = sit(people.city_reviewer)
    judge_all(reviewer, application)
    assert reviewer.act(application, "propose_name").status_code == 302
    day = timezone.localdate().isoformat()
    assert sit(people.city_approver).act(application, "name", document_on=day).status_code == 302
    application.refresh_from_db()
    assert application.state == State.NAMED


def test_a_return_opens_the_sections_it_names_and_links_to_them(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    fields = {"mend_funds": "on", "remark_funds": "请补充 2025 年经费凭证"}
    assert sit(people.county_reviewer).act(application, "return", **fields).status_code == 302
    clerk = sit(people.unit_clerk)
    text = clerk.page(application).content.decode()
    assert "请补充 2025 年经费凭证" in text
    assert reverse("studio_section", args=[ready_studio.pk, "funds"]) in text
    assert reverse("studio_section", args=[ready_studio.pk, "team"]) not in text
    assert clerk.act(application, "submit").status_code == 302
    assert application.dossiers.count() == 2
    assert "请补充 2025 年经费凭证" in sit(people.unit_chair).page(application).content.decode()


def test_a_ticked_section_without_text_is_asked_for_and_the_rest_stays(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    answer = sit(people.county_reviewer).act(
        application, "return", mend_team="on", remark_funds="请补充凭证", mend_funds="on", reason="两处"
    )
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'id="id_remark_team_error"' in text
    assert "请补充凭证" in text and "两处" in text
    assert not Decision.objects.filter(action=A.RETURN).exists()


def test_a_rejection_needs_its_reason(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    answer = sit(people.county_reviewer).act(application, "propose_reject")
    assert answer.status_code == 422
    assert 'id="id_reason_error"' in answer.content.decode()


def test_what_cannot_be_undone_is_asked_once_more_and_carries_what_was_typed(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    reviewer = sit(people.county_reviewer)
    answer = reviewer.act(application, "propose_reject", reason="条件不符", confirmed="")
    text = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="reason" value="条件不符"' in text
    assert 'name="confirmed" value="1"' in text
    application.refresh_from_db()
    assert application.state == State.IN_REVIEW
    assert reviewer.act(application, "propose_reject", page=answer, reason="条件不符").status_code == 302


def test_two_clicks_are_one_step(sit, ready_studio, people):
    application = journey.proposed(ready_studio, "county", people)
    approver = sit(people.county_approver)
    page = approver.page(application)
    day = timezone.localdate().isoformat()
    first = approver.act(application, "name", page=page, document_on=day)
    second = approver.act(application, "name", page=page, document_on=day)
    assert (first.status_code, second.status_code) == (302, 302)
    assert Decision.objects.filter(action=A.NAME).count() == 1


def test_the_slower_of_two_learns_who_did_what_and_keeps_the_text(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    reviewer = sit(people.county_reviewer)
    page = reviewer.page(application)
    sit(people.unit_clerk).act(application, "withdraw")
    answer = reviewer.act(application, "return", page=page, remark_funds="请补充凭证", reason="写了很久")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert people.unit_clerk.name in text
    assert not Decision.objects.filter(action=A.RETURN).exists()


def test_the_text_of_the_slower_is_kept_while_the_form_is_there(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    reviewer = sit(people.county_reviewer)
    page = reviewer.page(application)
    sit(people.county_reviewer).act(application, "take")
    answer = reviewer.act(application, "return", page=page, remark_funds="请补充凭证", reason="写了很久")
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "请补充凭证" in text and "写了很久" in text


def test_a_judgement_is_kept_and_the_offers_follow_it(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    reviewer = sit(people.county_reviewer)
    clauses = [f.clause for f in application.current_dossier.findings.exclude(verdict="met")]
    assert "propose_name" in reviewer.page(application).content.decode()
    for clause in clauses[:-1]:
        reviewer.judge(application, clause)
    body = reviewer.judge(application, clauses[-1]).json()
    assert body["version"] == 1
    offers = body["fragments"]["#offers"]
    card = offers[offers.index('value="propose_name"') :]
    assert "disabled" not in card[: card.index(">")]


def test_a_stale_judgement_shows_both_and_overwrites_nothing(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    reviewer = sit(people.county_reviewer)
    reviewer.judge(application, "二.4", verdict="met", note="先到的")
    for script in (True, False):
        answer = reviewer.judge(application, "二.4", verdict="not_met", note="后到的", script=script)
        text = answer.json()["conflict"] if script else answer.content.decode()
        assert answer.status_code == 409
        assert "先到的" in text and "后到的" in text
    found = Judgement.objects.get()
    assert (found.verdict, found.note, found.version) == ("met", "先到的", 1)


def test_not_met_without_a_note_is_kept_but_not_counted(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    body = sit(people.county_reviewer).judge(application, "二.4", verdict="not_met").json()
    assert body["saved_at"] and body["errors"]["note"]
    assert Judgement.objects.get().verdict == "not_met"


def test_without_a_script_a_judgement_leads_back_to_its_clause(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    answer = sit(people.county_reviewer).judge(application, "二.4", script=False)
    assert answer.status_code == 302
    assert Judgement.objects.count() == 1


def test_an_application_is_opened_once_however_often_the_form_is_sent(sit, ready_studio, people):
    clerk = sit(people.unit_clerk)
    data = {"studio": ready_studio.pk, "level": "county", "form_key": uuid.uuid4()}
    first = clerk.client.post(reverse("application_open"), data)
    second = clerk.client.post(reverse("application_open"), data)
    other_form = clerk.client.post(reverse("application_open"), {**data, "form_key": uuid.uuid4()})
    assert first.url == second.url == other_form.url
    assert Application.objects.count() == 1


@pytest.mark.parametrize(
    ("who", "page", "post"),
    [
        ("unit_clerk", 200, 403),
        ("unit_chair", 200, 403),
        ("county_reviewer", 200, 403),
        ("county_approver", 200, 302),
        ("other_unit_clerk", 404, 404),
        ("other_county_approver", 404, 404),
        ("industry_approver", 404, 404),
        ("city_reviewer", 200, 403),
        ("city_approver", 200, 403),
        ("auditor", 200, 403),
        ("roster_admin", 404, 404),
        ("system_admin", 404, 404),
        ("stranger", 404, 404),
        ("superuser", 200, 403),
    ],
)
def test_who_reads_and_who_signs_at_the_county(sit, city_ready, people, who, page, post):
    application = journey.proposed(city_ready, "city", people)
    person = sit(getattr(people, who))
    assert person.page(application).status_code == page
    assert person.act(application, "endorse").status_code == post


@pytest.mark.parametrize(
    ("who", "status"), [("county_reviewer", 200), ("county_approver", 403), ("other_county_reviewer", 404)]
)
def test_who_judges(sit, ready_studio, people, who, status):
    application = journey.at_county(ready_studio, "county", people)
    assert sit(getattr(people, who)).judge(application, "二.4").status_code == status


def test_a_draft_is_its_units_own_affair(sit, ready_studio, people):
    application = journey.opened(ready_studio, "county", people)
    assert sit(people.unit_clerk).page(application).status_code == 200
    assert sit(people.county_reviewer).page(application).status_code == 404


INSIDE = ["unit_clerk", "unit_chair"]
ABOVE = ["county_reviewer", "county_approver", "city_approver", "auditor", "superuser"]
READERS = [
    *[(stage, who) for stage in ("opened", "submitted") for who in INSIDE],
    *[(stage, who) for stage in ("at_county", "proposed", "returned", "named") for who in INSIDE + ABOVE],
]


def reach(stage, studio, people):
    """The application at a stage of the county's way."""
    take = getattr(journey, stage)
    return take(studio, people) if stage == "named" else take(studio, "county", people)


@pytest.mark.parametrize(("stage", "who"), READERS)
def test_everybody_concerned_can_read_every_stage(
    sit, ready_studio, people, stage, who, django_assert_max_num_queries
):
    application = reach(stage, ready_studio, people)
    person = sit(getattr(people, who))
    with django_assert_max_num_queries(12):
        answer = person.page(application)
    assert answer.status_code == 200
    assert len(answer.content) < 100 * 1024


def test_what_a_union_thinks_before_it_decides_is_not_told_below(sit, city_ready, people):
    application = journey.at_city(city_ready, people)
    reviewer = sit(people.city_reviewer)
    judge_all(reviewer, application)
    reviewer.act(application, "propose_reject", reason="内部意见：效益不足")
    for who in (people.unit_clerk, people.county_reviewer):
        assert "内部意见" not in sit(who).page(application).content.decode()
    assert "内部意见" in sit(people.city_approver).page(application).content.decode()


def test_typed_text_comes_back_after_signing_in_again(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    client = Client()
    path = reverse("application_act", args=[application.pk])
    page = reverse("application_detail", args=[application.pk])
    answer = client.post(
        path,
        {
            "action": "return",
            "remark_funds": "请补充凭证",
            "reason": "写了很久",
            "typed_by": people.county_reviewer.pk,
            "typed_on": page,
        },
    )
    assert answer.status_code == 302
    client.post(
        answer.url, {"username": people.county_reviewer.username, "password": "correct-horse-battery"}
    )
    text = client.get(page).content.decode()
    assert "请补充凭证" in text and "写了很久" in text


def test_the_level_must_be_one_of_ours(sit, ready_studio, people):
    data = {"studio": ready_studio.pk, "level": "moon", "form_key": uuid.uuid4()}
    assert sit(people.unit_clerk).client.post(reverse("application_open"), data).status_code == 404
    assert NamingLevel.objects.count() == 3


def test_what_comes_back_from_the_waiting_list_has_its_time_again(sit, ready_studio, people):
    application = journey.proposed(ready_studio, "county", people, action=A.PROPOSE_WAITLIST)
    sit(people.county_approver).act(application, "waitlist")
    Application.objects.update(due_on=timezone.localdate() - timedelta(days=90))
    answer = sit(people.county_reviewer).act(application, "recall", reason="有名额")
    assert answer.status_code == 302
    application.refresh_from_db()
    assert (application.state, application.reviewer) == (State.IN_REVIEW, people.county_reviewer)
    assert application.due_on > timezone.localdate()


def test_a_button_pressed_after_the_session_ended_leads_back_to_its_page(sit, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    page = sit(people.county_reviewer).page(application)
    client = Client()
    data = {
        name: hidden(page.content.decode(), name) for name in ("typed_by", "typed_on", "seen", "form_key")
    }
    answer = client.post(reverse("application_act", args=[application.pk]), {**data, "action": "take"})
    answer = client.post(
        answer.url, {"username": people.county_reviewer.username, "password": "correct-horse-battery"}
    )
    assert answer.url == reverse("application_detail", args=[application.pk])
    assert client.get(answer.url).status_code == 200


def test_a_file_that_another_studio_claims_is_shown_to_the_unions_alone(sit, city, ready_studio, people):
    twin = EvidenceFactory(
        studio=StudioFactory(union=city.other_unit.union, short_name="外旗工作室"),
        sha256=ready_studio.files.filter(slot="fund.proof").get().sha256,
    )
    application = journey.at_county(ready_studio, "county", people)
    assert "其他地区 1 个工作室" in sit(people.county_reviewer).page(application).content.decode()
    assert twin.studio.short_name in sit(people.auditor).page(application).content.decode()
    for who in (people.unit_clerk, people.unit_chair):
        text = sit(who).page(application).content.decode()
        assert twin.studio.short_name not in text and "其他地区" not in text


def test_who_belongs_to_the_unit_neither_judges_nor_decides(sit, city, ready_studio, people):
    appoint(people.county_reviewer, Role.UNIT_CLERK, city.unit.union, actor=None)
    application = journey.at_county(ready_studio, "county", people)
    reviewer = sit(people.county_reviewer)
    assert reviewer.page(application).context["desk"].may_judge is False
    assert reviewer.judge(application, "二.4").status_code == 400
    assert reviewer.act(application, "propose_reject", reason="条件不符").status_code == 409
