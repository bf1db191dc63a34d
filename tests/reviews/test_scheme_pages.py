"""The pages of schemes and years: reading, writing an item, publishing, trying, setting a year."""

from datetime import date

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from reviews.choices import ScoreRule
from reviews.models import AssessmentScheme, AssessmentYear
from reviews.scoring.engine import Item
from reviews.scoring.wording import explain
from reviews.services import schemes as services
from tests.factories.schemes import published_scheme

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def published(city):
    """The default scheme, published at the city."""
    return published_scheme(city.city)


@pytest.fixture
def draft(published, people):
    """The next version of it."""
    return services.copy_scheme(published, actor=people.city_reviewer)


def sign_in(client, user, language="en"):
    """The client, signed in as the user and reading this language."""
    client.force_login(user, backend=BACKEND)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = language
    return client


def fields_of(page):
    """What a browser would send of the form and the rows of an item's page."""
    form, rows = page.context["form"], page.context["rows"]
    bound = [*form, *(rows.management_form if rows else []), *(b for row in (rows or []) for b in row)]
    sent = {field.html_name: field.value() for field in bound}
    return {name: value for name, value in sent.items() if value is not None and value is not False} | {
        "once": page.context["once"]
    }


def test_the_scheme_reads_as_a_table_in_both_languages(client, published, people):
    sign_in(client, people.county_reviewer, "zh-hans")
    address = reverse("scheme_detail", args=[published.pk])
    with CaptureQueriesContext(connection) as asked:
        chinese = client.get(address).content.decode()
    assert len(asked) <= 12
    assert "团队人数（不少于5人）" in chinese and "必备" in chinese
    assert "100" in chinese and "copy/" not in chinese
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    english = client.get(address).content.decode()
    assert "Size of the team (5 or more)" in english
    assert "Projects worked on in the year: 5 points each" in english


@pytest.mark.parametrize("name", ["scheme_list", "year_list"])
def test_lists_cost_the_same_for_one_and_for_five(client, people, city, published, name):
    sign_in(client, people.city_reviewer)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    cost()  # what is kept in the session comes first
    one = cost()
    for n in range(5):
        scheme = published_scheme(city.city, items=[], code=f"more-{n}")
        services.set_year(
            AssessmentYear(union=city.city), year_of(scheme, 2020 + n), actor=people.city_reviewer
        )
    assert cost() == one <= 12


def year_of(scheme, year):
    """The fields of a calendar year."""
    opens = date(year + 1, 1, 5)
    return {
        "year": year,
        "scheme": scheme,
        "period_since": date(year, 1, 1),
        "period_until": date(year, 12, 31),
        "opens_on": opens,
        **services.due_days(opens),
    }


def test_the_next_version_is_drafted_once_however_often_it_is_sent(client, published, people):
    sign_in(client, people.city_reviewer)
    key = client.get(reverse("scheme_detail", args=[published.pk])).context["once"]
    answers = [client.post(reverse("scheme_copy", args=[published.pk]), {"once": key}) for _ in range(2)]
    draft = AssessmentScheme.objects.get(version=2)
    assert [answer.url for answer in answers] == [reverse("scheme_detail", args=[draft.pk])] * 2
    refused = client.post(reverse("scheme_copy", args=[published.pk]))
    assert refused.status_code == 409
    assert "already a draft" in refused.content.decode()


@pytest.mark.parametrize("code", ["1", "2a", "2b", "3a", "3b", "5b", "7a", "7b", "7b-2", "7c", "8", "9"])
def test_an_item_of_every_kind_that_is_saved_unchanged_stays_the_same(client, draft, people, code):
    sign_in(client, people.city_reviewer)
    item = draft.items.get(code=code)
    address = reverse("scheme_item_edit", args=[draft.pk, item.pk])
    assert client.post(address, fields_of(client.get(address))).status_code == 302
    after = draft.items.get(code=code)
    assert said(after) == said(item)
    assert after.points == item.points


def said(item):
    """The rule of an item as the scoring reads it, numbers as text."""
    return explain(
        Item.of({"code": item.code, "rule": item.rule, "points": item.points, "params": item.params})
    )


def test_a_further_item_with_lines_is_written_by_form_fields(client, draft, people):
    sign_in(client, people.city_reviewer)
    address = f"{reverse('scheme_item_new', args=[draft.pk])}?rule=band"
    data = fields_of(client.get(address)) | {"code": "10", "title": "技术水平", "points": "30"}
    first = {"rows-0-title": "行业先进", "rows-0-low": "21", "rows-0-high": "30"}
    more = client.post(address, data | first | {"add-rows": "1"})
    assert more.status_code == 200 and len(more.context["rows"].live_forms) == 2
    second = {"rows-1-title": "本单位先进", "rows-1-low": "10", "rows-1-high": "25", "rows-TOTAL_FORMS": "2"}
    assert client.post(address, data | first | second).status_code == 302
    params = draft.items.get(code="10").params
    assert [(row["code"], row["low"], row["high"]) for row in params["rows"]] == [
        ("r1", "21", "30"),
        ("r2", "10", "25"),
    ]


def test_wrong_input_is_said_and_nothing_is_lost(client, draft, people):
    sign_in(client, people.city_reviewer)
    address = f"{reverse('scheme_item_new', args=[draft.pk])}?rule=band"
    data = fields_of(client.get(address)) | {
        "code": "10",
        "title": "技术水平",
        "points": "三十",
        "is_gate": "on",
    }
    rows = {"rows-0-title": "行业先进", "rows-0-low": "30", "rows-0-high": "21"}
    answer = client.post(address, data | rows)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Give a number such as 3 or 2.5." in text and "must not be below the lowest" in text
    assert "三十" in text and "行业先进" in text
    assert not draft.items.filter(code="10").exists()


@pytest.mark.parametrize("rule", ScoreRule.values)
def test_every_kind_of_rule_has_its_form(client, draft, people, rule):
    sign_in(client, people.city_reviewer)
    page = client.get(reverse("scheme_item_new", args=[draft.pk]), {"rule": rule})
    assert page.status_code == 200
    assert "params" not in page.context["form"].fields


def test_publishing_lists_every_fault_and_then_goes_through(client, draft, people):
    draft.items.filter(code="1").update(params={})
    sign_in(client, people.city_approver)
    address = reverse("scheme_publish", args=[draft.pk])
    refused = client.post(address)
    assert refused.status_code == 409
    assert "it has no lines; add at least one." in refused.content.decode()
    draft.items.filter(code="1").update(rule=ScoreRule.JUDGEMENT)
    assert client.post(address).status_code == 302
    draft.refresh_from_db()
    assert draft.published_by == people.city_approver


def test_the_trial_adds_up_and_keeps_nothing(client, published, people):
    sign_in(client, people.county_approver)
    address = reverse("scheme_try", args=[published.pk])
    form = client.get(address).context["form"]
    names = {item.code: [field.html_name for field in fields] for item, fields in form.parts}
    sent = {names["1"][0]: "province", names["2a"][0]: "yes", names["7a"][0]: "2", names["2b"][0]: "9"}
    answer = client.post(address, sent)
    result = answer.context["result"]
    assert (result.by_item["1"], result.by_item["2a"], result.by_item["7a"]) == (9, 4, 10)
    assert result.gates_failed == ("7b-2",)
    assert "give a number from 0 to 6" in answer.content.decode()


def test_a_year_takes_presets_and_fills_in_the_days_left_empty(client, published, people):
    sign_in(client, people.city_reviewer)
    sent = {
        "year": "2026",
        "scheme": published.pk,
        "period": "statistics",
        "opens_on": "2026-10-12",
        "excellent_percent": "20",
        "sample_percent": "10",
        "lowest_tier": "2",
    }
    assert client.post(reverse("year_new"), sent).status_code == 302
    year = AssessmentYear.objects.get()
    assert (str(year.period_since), str(year.period_until)) == ("2025-10-01", "2026-09-30")
    assert year.opens_on < year.report_due_on < year.county_due_on < year.city_due_on
    page = client.get(reverse("year_edit", args=[year.pk]))
    assert page.context["form"]["period"].value() == "statistics"


def test_a_year_with_days_out_of_order_says_which(client, published, people):
    sign_in(client, people.city_reviewer)
    sent = {"year": "2026", "scheme": published.pk, "period": "free", "opens_on": "2027-01-04"}
    sent |= {"period_since": "2026-12-31", "period_until": "2026-01-01", "report_due_on": "2026-12-01"}
    sent |= {"excellent_percent": "20", "sample_percent": "10", "lowest_tier": "2"}
    answer = client.post(reverse("year_new"), sent)
    assert answer.status_code == 422
    assert set(answer.context["form"].errors) == {"report_due_on", "period_until"}
    assert not AssessmentYear.objects.exists()
