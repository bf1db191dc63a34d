"""The pages of cases, for the unit, the offices and the public."""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews import tasks_cases
from reviews.choices import RevocationAction as A
from reviews.choices import RevocationState as S
from reviews.models import DormancyFlag, Revocation
from reviews.queries_cases import terms_on
from studios.choices import EndReason
from studios.models import Naming, Studio
from studios.services.proofs import settle_top_tiers
from tests.factories import cases
from tests.factories.studios import AchievementFactory
from tests.files import makers
from tests.reviews.pages import Person, hidden

pytestmark = pytest.mark.django_db


@pytest.fixture
def studio(city, people):
    """Named at the county six years ago, its only result five years old."""
    return cases.titled(city.unit, by=people.county_approver)


@pytest.fixture
def sit(client, people):
    """``sit("unit_clerk")``: that person's browser."""
    return lambda who: Person(type(client), getattr(people, who)).client


def act(browser, case, action, **fields):
    """Send the form of the case's page as it is now."""
    text = browser.get(reverse("revocation_detail", args=[case.pk])).content.decode()
    data = {
        "action": action,
        "seen": hidden(text, "seen"),
        "form_key": hidden(text, "form_key"),
        "expected_number": hidden(text, "expected_number"),
        "confirmed": "1",
        **fields,
    }
    return browser.post(reverse("revocation_act", args=[case.pk]), data)


def test_from_the_flag_to_the_end_by_the_pages_alone(studio, people, sit):
    flag = DormancyFlag.objects.create(studio=studio, union=studio.union, as_of=timezone.localdate())
    reviewer, clerk, approver = sit("county_reviewer"), sit("unit_clerk"), sit("county_approver")
    chosen = reviewer.get(reverse("case_new")).content.decode()
    naming = cases.title_of(studio)
    assert f"?naming={naming.pk}&amp;flag={flag.pk}" in chosen
    page = reviewer.get(reverse("case_new"), {"naming": naming.pk, "flag": flag.pk}).content.decode()
    assert 'value="no_result_3y" selected' in page
    data = {"naming": naming.pk, "flag": flag.pk, "cause": "no_result_3y", "form_key": str(uuid.uuid4())}
    for _twice in range(2):
        assert reviewer.post(reverse("case_new"), data).status_code == 302
    case = Revocation.objects.get()
    assert clerk.get(reverse("revocation_detail", args=[case.pk])).status_code == 404
    until = terms_on().last_day(case.cause, timezone.localdate())
    page = reviewer.get(reverse("revocation_detail", args=[case.pk])).content.decode()
    assert f'value="{until}"' in page
    assert act(reviewer, case, A.SERVE, reason="请限期整改", mend_until=str(until)).status_code == 302
    photo = SimpleUploadedFile("整改.jpg", makers.jpeg(), content_type="image/jpeg")
    assert act(clerk, case, A.ANSWER, reason="正在攻关", files=photo).status_code == 302
    assert act(reviewer, case, A.CHECK, reason="无新成果", is_mended="no").status_code == 302
    assert act(reviewer, case, A.PROPOSE, reason="建议取消").status_code == 302
    today = str(timezone.localdate())
    asked = act(approver, case, A.REVOKE, document_on=today, confirmed="")
    assert asked.status_code == 200
    assert cases.title_of(studio).until is None
    assert act(approver, case, A.REVOKE, document_on=today).status_code == 302
    case = cases.fresh(case)
    assert case.state == S.REVOKED
    assert case.files.count() == 1
    text = clerk.get(reverse("revocation_detail", args=[case.pk])).content.decode()
    assert case.document.label in text
    assert "整改.jpg" in text


def test_files_survive_a_missing_text_and_the_page_says_what_is_missing(studio, people, sit):
    case = cases.served(studio, people)
    photo = SimpleUploadedFile("现场.jpg", makers.jpeg(), content_type="image/jpeg")
    bad = SimpleUploadedFile("表.exe", b"MZ....", content_type="application/octet-stream")
    page = act(sit("unit_clerk"), case, A.ANSWER, reason="", files=[photo, bad])
    assert page.status_code == 422
    text = page.content.decode()
    assert "现场.jpg" in text
    assert "表.exe" in text
    assert cases.fresh(case).state == S.RECTIFYING
    assert case.files.count() == 1


def test_an_answer_waits_when_its_proof_is_refused(studio, people, sit):
    case = cases.served(studio, people)
    bad = SimpleUploadedFile("表.exe", b"MZ....", content_type="application/octet-stream")
    page = act(sit("unit_clerk"), case, A.ANSWER, reason="已完成整改", files=[bad])
    assert page.status_code == 422
    text = page.content.decode()
    assert "“表.exe”未予接收" in text
    assert "已完成整改" in text
    assert cases.fresh(case).state == S.RECTIFYING


def test_nobody_else_sends_files(studio, people, sit):
    case = cases.served(studio, people)
    photo = SimpleUploadedFile("现场.jpg", makers.jpeg(), content_type="image/jpeg")
    assert act(sit("county_reviewer"), case, A.ANSWER, reason="x", files=photo).status_code == 403
    assert not case.files.exists()


def test_a_day_that_is_none_and_one_too_near_are_explained(studio, people, sit):
    case = cases.opened(studio, people)
    reviewer = sit("county_reviewer")
    page = act(reviewer, case, A.SERVE, reason="整改理由", mend_until="下月")
    assert page.status_code == 422
    assert "整改理由" in page.content.decode()
    page = act(reviewer, case, A.SERVE, reason="整改理由", mend_until=str(timezone.localdate()))
    assert page.status_code == 409
    assert "整改理由" in page.content.decode()


def test_the_list_filters(studio, city, people, sit):
    case = cases.served(studio, people)
    other = cases.titled(city.ready_unit, by=people.county_approver, short_name="另一创新工作室")
    cases.opened(other, people, cause=EndReason.INACTIVE)
    reviewer = sit("county_reviewer")

    def found(**query):
        page = reviewer.get(reverse("case_list"), query).context["page"]
        return {row.naming.studio.short_name for row in page.rows}

    both = {studio.short_name, other.short_name}
    assert found() == found(state="open") == both
    assert found(state="rectifying") == found(cause="no_result_3y") == {studio.short_name}
    assert found(q="另一") == {other.short_name}
    assert found(overdue="on") == set()
    Revocation.objects.filter(pk=case.pk).update(mend_until=timezone.localdate() - timedelta(days=1))
    assert found(overdue="on") == {studio.short_name}
    assert found(county="x", state="unknown") == both
    assert len(sit("unit_clerk").get(reverse("case_list")).context["page"].rows) == 1
    assert len(sit("city_reviewer").get(reverse("case_list")).context["page"].rows) == 2


@pytest.mark.parametrize("reach", ["opened", "served", "checked", "proposed", "revoked"])
def test_pages_ask_few_questions(studio, people, sit, reach):
    case = getattr(cases, reach)(studio, people)
    for who in ("county_reviewer", "county_approver", "unit_clerk"):
        browser = sit(who)
        for page in [
            reverse("case_list"),
            reverse("return_list"),
            reverse("revocation_detail", args=[case.pk]),
            reverse("revocation_notice", args=[case.pk]),
        ]:
            with CaptureQueriesContext(connection) as asked:
                browser.get(page)
            assert len(asked) <= 12, (who, page, [query["sql"][:150] for query in asked])


def test_a_late_result_is_shown_and_stops_the_case_overnight(studio, people, sit):
    case = cases.proposed(studio, people)
    AchievementFactory(studio=studio, title="迟来的成果", completed_on=str(timezone.localdate()))
    text = sit("county_approver").get(reverse("revocation_detail", args=[case.pk])).content.decode()
    assert "迟来的成果" in text
    refused = act(sit("county_approver"), case, A.REVOKE, document_on=str(timezone.localdate()))
    assert refused.status_code in (409, 422)
    tasks_cases.cases(None, {})
    run_pending()
    assert cases.fresh(case).state == S.STOPPED
    told = Message.objects.filter(code="reviews.case_stopped").values_list("recipient", flat=True)
    assert {people.unit_clerk.pk, people.county_reviewer.pk} <= set(told)


def test_time_lapses_and_units_are_reminded_once(studio, people):
    case = cases.served(studio, people)
    tasks_cases.cases(None, {})
    assert not Message.objects.filter(code="reviews.case_reminded").exists()
    Revocation.objects.filter(pk=case.pk).update(mend_until=timezone.localdate() + timedelta(days=1))
    for _twice in range(2):
        tasks_cases.cases(None, {})
    assert Message.objects.filter(code="reviews.case_reminded").count() == 2  # clerk and chair
    Revocation.objects.filter(pk=case.pk).update(mend_until=timezone.localdate() - timedelta(days=1))
    tasks_cases.cases(None, {})
    assert cases.fresh(case).state == S.ANSWERED
    run_pending()
    assert Message.objects.filter(code="reviews.case_lapsed", recipient=people.county_reviewer).exists()


@pytest.mark.parametrize(
    ("reach", "code", "who"),
    [
        ("served", "reviews.case_served", "unit_clerk"),
        ("answered", "reviews.case_answered", "county_reviewer"),
        ("checked", "reviews.case_checked", "unit_chair"),
        ("proposed", "reviews.case_to_sign", "county_approver"),
        ("revoked", "reviews.case_revoked", "unit_clerk"),
        ("revoked", "reviews.case_revoked", "city_reviewer"),
    ],
)
def test_who_is_told(studio, people, reach, code, who):
    getattr(cases, reach)(studio, people)
    run_pending()
    told = Message.objects.filter(code=code).values_list("recipient", flat=True)
    assert getattr(people, who).pk in told
    assert people.other_unit_clerk.pk not in told


def test_the_unit_is_not_told_of_what_was_never_served(studio, people):
    case = cases.opened(studio, people)
    cases.take(case, A.DISCARD, people.county_reviewer, reason="误立")
    run_pending()
    assert not Message.objects.filter(recipient=people.unit_clerk).exists()


def test_everybody_reads_what_ended_and_nothing_personal(studio, people, client):
    ended = reverse("titles_ended")
    assert studio.short_name not in client.get(ended).content.decode()
    case = cases.revoked(studio, people, cause=EndReason.LEADER_DISCIPLINE)
    text = client.get(ended).content.decode()
    for words in (studio.short_name, studio.leader_name, studio.union.unit.name, case.document.label):
        assert words in text
    assert str(EndReason.LEADER_DISCIPLINE.label) not in text
    assert "违法" not in text


def test_an_old_link_tells_that_the_title_was_withdrawn(studio, people, client):
    page = reverse("studio_public", args=[studio.pk])
    assert client.get(page).status_code == 200
    cases.revoked(studio, people)
    on_the_day = client.get(page).content.decode()
    assert "三年" in on_the_day
    assert studio.leader_name not in on_the_day
    yesterday = timezone.localdate() - timedelta(days=1)
    Naming.objects.filter(pk=cases.title_of(studio).pk).update(until=yesterday)
    settle_top_tiers()
    assert not Studio.objects.public().filter(pk=studio.pk).exists()
    answer = client.get(page)
    assert answer.status_code == 200
    assert "三年" in answer.content.decode()
    assert studio.leader_name not in answer.content.decode()


def test_a_studio_without_any_title_stays_unknown(city, client):
    from tests.factories.studios import StudioFactory

    studio = StudioFactory(union=city.unit.union)
    assert client.get(reverse("studio_public", args=[studio.pk])).status_code == 404
