"""The pages of the yearly assessment, as each person meets them."""

import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.audit.models import Entry
from reviews.choices import AssessmentAction as A
from reviews.forms_years import ScoreForm, in_words
from reviews.models import Assessment, AssessmentYear, Score
from reviews.queries_schemes import scheme_of
from reviews.queries_years import assessments_of
from reviews.services.year_sampling import sample_of
from tests.factories.schemes import AssessmentSchemeFactory, AssessmentYearFactory
from tests.factories.studios import ProjectFactory
from tests.factories.years import AssessmentFactory, titled_studio
from tests.reviews import yearly
from tests.reviews.yearly import act, fresh, graded, reported

pytestmark = pytest.mark.django_db
AUTOSAVE = {"X-Requested-With": "autosave"}


@pytest.fixture
def campaign(city):
    return AssessmentYearFactory(union=city.city, excellent_percent=50)


@pytest.fixture
def assessment(city, people, campaign):
    """Open, of the unit of ``people.unit_clerk``; its ledger holds two projects."""
    studio = titled_studio(city.county, unit=city.unit, short_name="周成岩创新工作室")
    ProjectFactory.create_batch(2, studio=studio, year=campaign.year, title="播种机电控课题")
    return AssessmentFactory(campaign=campaign, studio=studio)


@pytest.fixture
def seen_by(client):
    """``seen_by(user)``: a browser in which the person is signed in."""

    def sign_in(user):
        client.force_login(user)
        client.cookies["django_language"] = "zh-hans"
        return client

    return sign_in


def page_of(client, assessment):
    answer = client.get(reverse("assessment_detail", args=[assessment.pk]))
    return answer.content.decode()


def sheet(**values):
    return {
        "summary": "完成两项攻关。",
        "plan": "继续攻关。",
        "s0_0": "2",
        "s1": "40",
        "version": "0",
        **values,
    }


def test_the_unit_sees_what_the_ledger_holds_and_one_button(seen_by, people, assessment):
    text = page_of(seen_by(people.unit_clerk), assessment)
    assert text.count("播种机电控课题") == 2
    assert "提交年度报告" in text
    assert 'name="s0_0" value="2"' in text, "the self score is filled in from the ledger"
    assert "考核分" not in text


def test_one_button_keeps_the_text_and_hands_it_in(seen_by, people, assessment):
    client = seen_by(people.unit_clerk)
    answer = client.post(
        reverse("assessment_act", args=[assessment.pk]), sheet(action="report_year", form_key="")
    )
    assert answer.status_code == 302
    found = fresh(assessment)
    assert (found.state, found.summary) == ("reported", "完成两项攻关。")
    assert found.self_points == 80


def test_a_report_without_summary_is_refused_with_what_was_typed(seen_by, people, assessment):
    answer = seen_by(people.unit_clerk).post(
        reverse("assessment_act", args=[assessment.pk]), sheet(summary="", action="report_year")
    )
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "请先填写年度工作总结" in text
    assert "继续攻关。" in text
    assert fresh(assessment).plan == "继续攻关。", "what was typed is kept"


def test_writing_saves_by_itself(seen_by, people, assessment):
    client = seen_by(people.unit_clerk)
    answer = client.post(reverse("assessment_write", args=[assessment.pk]), sheet(s1="55"), headers=AUTOSAVE)
    body = json.loads(answer.content)
    assert (answer.status_code, body["version"], body["errors"]) == (200, 1, {})
    assert "95" in body["fragments"]["#totals"]
    row = Score.objects.get(assessment=assessment, item__code="team")
    assert row.self_points == 55
    assert Score.objects.get(assessment=assessment, item__code="projects").self_input is None, (
        "what only repeats the ledger is left to the ledger"
    )


def test_a_wrong_number_is_named_and_nothing_is_lost(seen_by, people, assessment):
    client = seen_by(people.unit_clerk)
    url = reverse("assessment_write", args=[assessment.pk])
    answer = client.post(url, sheet(s1="约四十"), headers=AUTOSAVE)
    body = json.loads(answer.content)
    assert answer.status_code == 422
    assert "saved_at" not in body
    assert "约四十" in body["errors"]["s1"][0]
    answer = client.post(url, sheet(s1="六十一"))
    assert answer.status_code == 422
    assert 'value="六十一"' in answer.content.decode()
    assert fresh(assessment).summary == ""


def test_two_colleagues_do_not_overwrite_each_other(seen_by, people, assessment):
    client = seen_by(people.unit_clerk)
    url = reverse("assessment_write", args=[assessment.pk])
    client.post(url, sheet(summary="甲的总结"))
    client = seen_by(people.unit_chair)
    answer = client.post(url, sheet(summary="乙的总结"), headers=AUTOSAVE)
    assert answer.status_code == 409
    assert "甲的总结" in json.loads(answer.content)["conflict"]
    answer = client.post(url, sheet(summary="乙的总结"))
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "甲的总结" in text
    assert "乙的总结" in text
    assert client.post(url, sheet(summary="乙的总结", over="1")).status_code == 302
    assert fresh(assessment).summary == "乙的总结"


def test_the_county_scores_beside_the_self_score(seen_by, people, assessment):
    found = reported(assessment, people.unit_clerk)
    client = seen_by(people.county_reviewer)
    text = page_of(client, found)
    assert "自评分" in text
    assert "请先对以下项目评分" in text
    data = {"s0_0": "2", "s1": "50", "s1_remark": "结构合理", "version": found.version}
    answer = client.post(reverse("assessment_score", args=[found.pk]), data, headers=AUTOSAVE)
    body = json.loads(answer.content)
    assert answer.status_code == 200
    assert "优秀" in body["fragments"]["#totals"]
    assert "请先对以下项目评分" not in body["fragments"]["#offers"]
    assert fresh(found).state == "reported", "a draft changes no state"
    assert Score.objects.get(assessment=found, item__code="team").remark == "结构合理"
    act_url = reverse("assessment_act", args=[found.pk])
    answer = client.post(act_url, {"action": "grade_year", "grade": "pass"})
    assert answer.status_code == 409
    answer = client.post(act_url, {"action": "grade_year", "grade": "excellent"})
    assert answer.status_code == 302
    assert fresh(found).proposed_grade == "excellent"


def test_the_unit_sees_the_assessors_score_only_when_it_is_concluded(seen_by, people, assessment):
    found = graded(assessment, people.unit_clerk, people.county_reviewer)
    client = seen_by(people.unit_clerk)
    text = page_of(client, found)
    assert "结构合理" not in text
    assert "综合考虑" not in text
    act(found, A.CONFIRM, people.city_approver)
    text = page_of(client, found)
    assert "结构合理" in text
    assert "合格" in text


def test_reading_a_page_asks_few_questions(seen_by, people, assessment, django_assert_max_num_queries):
    for who in ("unit_clerk", "county_reviewer", "city_approver", "auditor"):
        client = seen_by(getattr(people, who))
        for url in (
            reverse("assessment_list"),
            reverse("assessment_detail", args=[assessment.pk]),
            reverse("assessment_year", args=[assessment.year]),
        ):
            with django_assert_max_num_queries(12):
                client.get(url)


def test_the_city_confirms_many_with_a_verdict_on_each(seen_by, city, people, campaign, assessment):
    first = graded(assessment, people.unit_clerk, people.county_reviewer)
    others = []
    for grade in ("pass", "fail"):
        row = AssessmentFactory(campaign=campaign, studio=titled_studio(city.county))
        ProjectFactory(studio=row.studio, year=row.year)
        others.append(graded(row, yearly.clerk_of(row), people.county_reviewer, grade=grade))
    sampled, failed = others
    Assessment.objects.filter(pk=sampled.pk).update(is_sampled=True)
    client = seen_by(people.city_approver)
    ticked = {"pk": [first.pk, sampled.pk, failed.pk]}
    text = client.post(reverse("assessment_confirm"), ticked).content.decode()
    assert "已列入抽查" in text
    assert "拟定为不合格" in text
    assert fresh(first).state == "graded", "looking over confirms nothing"
    answer = client.post(reverse("assessment_confirm"), {**ticked, "confirmed": "1"}, follow=True)
    assert [fresh(row).state for row in (first, sampled, failed)] == ["concluded", "graded", "graded"]
    assert "已确认1个等次" in answer.content.decode()
    assert fresh(first).decisions.last().actor == people.city_approver


def test_only_approvers_confirm_together(seen_by, people, assessment):
    for who in ("unit_clerk", "county_reviewer", "city_reviewer", "auditor"):
        answer = seen_by(getattr(people, who)).post(reverse("assessment_confirm"), {"pk": assessment.pk})
        assert answer.status_code == 403, who


def test_the_list_is_filtered(seen_by, city, people, campaign, assessment):
    other = AssessmentFactory(
        campaign=campaign, studio=titled_studio(city.other_county, short_name="迟报工作室")
    )
    reported(assessment, people.unit_clerk)
    AssessmentYear.objects.update(report_due_on=campaign.opens_on + timedelta(days=1))
    client = seen_by(people.city_reviewer)

    def names(query):
        text = client.get(reverse("assessment_list") + query).content.decode()
        return {row.studio.short_name for row in (assessment, other) if row.studio.short_name in text}

    both = {assessment.studio.short_name, "迟报工作室"}
    assert names("") == both
    assert names("?state=reported") == {assessment.studio.short_name}
    assert names("?late=1") == {"迟报工作室"}
    assert names(f"?county={city.other_county.pk}") == {"迟报工作室"}
    assert names("?q=迟报") == {"迟报工作室"}
    assert names("?year=abc&state=nonsense") == both


def test_units_and_other_counties_see_their_own(seen_by, people, assessment):
    url = reverse("assessment_detail", args=[assessment.pk])
    for who, status in (("unit_chair", 200), ("county_reviewer", 200), ("auditor", 200)):
        assert seen_by(getattr(people, who)).get(url).status_code == status
    for who in ("other_unit_clerk", "other_county_reviewer", "stranger", "roster_admin"):
        assert seen_by(getattr(people, who)).get(url).status_code == 404


def test_the_year_as_a_whole(seen_by, city, people, campaign, assessment):
    AssessmentFactory(campaign=campaign, studio=titled_studio(city.other_county))
    reported(assessment, people.unit_clerk)
    url = reverse("assessment_year", args=[campaign.year])
    text = seen_by(people.city_reviewer).get(url).content.decode()
    assert city.county.short_name in text
    assert city.other_county.short_name in text
    assert "优秀0/1" in text
    text = seen_by(people.county_reviewer).get(url).content.decode()
    assert city.other_county.short_name not in text, "a county sees its own part"
    assert seen_by(people.unit_clerk).get(url).status_code == 404


def test_the_sample_is_drawn_once_and_can_be_drawn_again_from_its_seed(
    seen_by, city, people, campaign, assessment
):
    graded(assessment, people.unit_clerk, people.county_reviewer)
    url = reverse("assessment_sample", args=[campaign.year])
    assert seen_by(people.county_reviewer).post(url).status_code == 403
    client = seen_by(people.city_reviewer)
    client.post(url)
    client.post(url)
    assert Assessment.objects.filter(is_sampled=True).count() == 1
    entry = Entry.objects.get(verb="year.sample")
    population = {int(county): ids for county, ids in entry.detail["population"].items()}
    assert sample_of(population, entry.detail["percent"], entry.detail["seed"]) == entry.detail["drawn"]
    campaign.refresh_from_db()
    assert campaign.sample_seed == entry.detail["seed"]


def test_every_county_is_in_the_sample():
    population = {None: [1], 7: list(range(10, 40)), 8: [50, 51]}
    drawn = sample_of(population, 10, "seed")
    assert len(drawn) == 1 + 3 + 1
    assert drawn == sample_of(population, 10, "seed")
    assert drawn != sample_of(population, 10, "other seed")
    assert sample_of(population, 0, "seed") == []


def test_the_years_of_a_studio(assessment, people, django_assert_num_queries):
    AssessmentFactory(campaign=None, studio=assessment.studio, year=2019)
    with django_assert_num_queries(1):
        rows = assessments_of(assessment.studio)
    assert [(row["year"], row["state"], row["grade"]) for row in rows] == [
        (assessment.year, "open", ""),
        (2019, "open", ""),
    ]


ROWS = [{"code": "a", "title": "甲", "points": 5}, {"code": "b", "title": "乙", "points": 3}]
INPUTS = [  # rule, params, what is posted, the input, in words
    ("all_or_nothing", {}, {"s0": "yes"}, True, "是"),
    ("gate", {"condition": "有"}, {"s0": "no"}, False, "否"),
    ("choice", {"rows": ROWS}, {"s0": "b"}, "b", "乙"),
    (
        "band",
        {"rows": [{"code": "a", "title": "甲", "low": 1, "high": 4}]},
        {"s0": "a", "s0_points": "２.5"},
        {"band": "a", "points": "2.5"},
        "甲",
    ),
    ("per_unit", {"rows": ROWS}, {"s0_1": "2"}, {"b": "2"}, "乙 × 2"),
    ("deduct", {"rows": [{**ROWS[0], "how": "once"}]}, {"s0_0": "on"}, {"a": True}, "甲"),
    ("deduct", {"rows": [{**ROWS[0], "how": "once"}]}, {"s0_seen": "on"}, {}, "无"),
    ("percent", {"rows": [{"code": "a", "least": 50, "points": 5}]}, {"s0": "80%"}, "80", "80 %"),
    (
        "highest",
        {"rows": ROWS},
        {"s0_0_subject": "烘干机", "s0_0_rank": "a", "s0_1_subject": ""},
        [{"subject": "烘干机", "rank": "a"}],
        "烘干机 甲",
    ),
    (
        "shared",
        {"rows": ROWS},
        {"s0_0_subject": "专利", "s0_0_rank": "a", "s0_0_share": "40"},
        [{"subject": "专利", "unit": "a", "share": "40"}],
        "专利 甲",
    ),
    ("judgement", {}, {"s0": "7.5"}, "7.5", ""),
    ("judgement", {}, {"s0": ""}, None, ""),
]


@pytest.mark.parametrize(("rule", "params", "posted", "given", "words"), INPUTS)
def test_every_kind_of_input_is_read_and_shown_again(city, rule, params, posted, given, words):
    items = ({"code": "x", "title": "项目", "rule": rule, "points": 10, "params": params},)
    scheme = scheme_of(AssessmentSchemeFactory(union=city.city, items=items))
    form = ScoreForm(posted, scheme=scheme, given={})
    assert form.is_valid(), form.errors
    assert form.inputs == {"x": given}
    assert in_words(scheme.items[0], given) == words
    again = ScoreForm(None, scheme=scheme, given={"x": given})
    shown = {bound.html_name: bound.value() for bound in again}
    kept = {name: value for name, value in shown.items() if value not in (None, "", False)}
    resent = {name: "on" if value is True else value for name, value in kept.items()}
    form = ScoreForm(resent, scheme=scheme, given={})
    assert form.is_valid(), form.errors
    assert form.inputs == {"x": given}


def test_a_unit_reads_by_what_it_is_scored_and_nothing_more(seen_by, people, assessment):
    page = reverse("assessment_scheme", args=[assessment.pk])
    client = seen_by(people.unit_clerk)
    assert page in page_of(client, assessment)
    with CaptureQueriesContext(connection) as asked:
        text = client.get(page).content.decode()
    assert len(asked) <= 12
    assert "课题攻关" in text and "必备" in text
    assert "/schemes/" not in text, "the scheme's own page is the office's"
    scheme = reverse("scheme_detail", args=[assessment.campaign.scheme_id])
    assert client.get(scheme).status_code == 404
    assert seen_by(people.other_unit_clerk).get(page).status_code == 404


def test_an_assessment_of_no_set_year_has_no_scheme_to_read(seen_by, people, assessment):
    old = AssessmentFactory(campaign=None, studio=assessment.studio, year=2019)
    client = seen_by(people.unit_clerk)
    assert client.get(reverse("assessment_scheme", args=[old.pk])).status_code == 404
    assert reverse("assessment_scheme", args=[old.pk]) not in page_of(client, old)


def test_only_what_somebody_has_to_look_into_stands_open(seen_by, people, assessment):
    opened = re.compile(r"<details[^>]* open>\s*<summary[^>]*><h3>([^<]*)")
    found = opened.findall(page_of(seen_by(people.unit_clerk), assessment))
    assert [title.strip() for title in found] == ["团队结构", "媒体报道"], "the ledger filled in the projects"
    reported(assessment, people.unit_clerk, projects={"project": "1"})
    found = opened.findall(page_of(seen_by(people.county_reviewer), assessment))
    assert "课题攻关" in [title.strip() for title in found], "the unit says less than the ledger"
