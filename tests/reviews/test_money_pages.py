"""The pages of money: who gets what, how many questions a page asks, what typed text meets."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from reviews.choices import SubsidyState as S
from reviews.models import Budget, Subsidy, SubsidyScheme
from tests import matrix, matrix_money
from tests.factories import money
from tests.factories.studios import NamingFactory, StudioFactory
from tests.matrix import PEOPLE
from tests.reviews.pages import hidden
from tests.walker import Walker

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def naming(city, people):
    """A base title of the county's unit."""
    return NamingFactory(studio=StudioFactory(union=city.unit.union))


@pytest.fixture
def signed_in(client):
    """``signed_in(user)``: the client as this person."""

    def begin(user):
        client.force_login(user, backend=BACKEND)
        return client

    return begin


def send(client, url, **fields):
    """Send a form as its page offered it."""
    key = hidden(client.get(url).content.decode(), "form_key")
    return client.post(url, {"form_key": key, **fields})


def test_every_address_answers_everybody_as_the_table_says(world, settings):
    settings.PORTAL_DEMO = False
    rows = matrix.parsed(HEADER + matrix_money.TABLE)
    wrong, asked = {}, {}
    for who in PEOPLE:
        for visit in Walker(who, world).walk(rows):
            if visit.status != rows[visit.method, visit.row][who]:
                wrong[who, visit.method, visit.row] = visit.status
            if visit.method == "GET" and visit.queries > 12:
                asked[who, visit.row] = visit.queries
    assert wrong == {}
    assert asked == {}


HEADER = " ".join(PEOPLE.values()) + "\n"


def test_lists_ask_as_much_for_five_rows_as_for_one(city, people, signed_in, django_assert_max_num_queries):
    scheme, budget = money.county_money(city.county, people)
    for _n in range(5):
        naming = NamingFactory(studio=StudioFactory(union=city.unit.union))
        money.SubsidyFactory(naming=naming, scheme=scheme, budget=budget, proposed_by=people.county_reviewer)
    for who, names in (
        (people.county_approver, ["subsidy_list", "subsidy_sign", "budget_list", "subsidy_scheme_list"]),
        (people.county_reviewer, ["subsidy_list", "subsidy_new"]),
    ):
        client = signed_in(who)
        for name in names:
            with django_assert_max_num_queries(12):
                assert client.get(reverse(name)).status_code == 200
    page = f"{reverse('subsidy_new')}?scheme={scheme.pk}"
    with django_assert_max_num_queries(12):
        assert client.get(page).status_code == 200


def test_a_scheme_and_a_budget_come_to_count_by_the_pages(city, people, naming, signed_in):
    reviewer = signed_in(people.county_reviewer)
    typed = {
        "union": city.county.pk,
        "year": timezone.localdate().year,
        "level": naming.level_id,
        "kind": "one_off",
        "title": "示范工作室补助",
        "amount": "２万",
        "conditions": "用于培训。",
        "percent_1": "60",
        "percent_2": "30",
    }
    answer = send(reviewer, reverse("subsidy_scheme_new"), **typed)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "20,000.00" in text
    assert "100%" in text
    assert "示范工作室补助" in text
    right = {**typed, "amount": "20,000", "percent_2": "40", "condition_2": "报告使用情况后"}
    answer = send(reviewer, reverse("subsidy_scheme_new"), **right)
    scheme = SubsidyScheme.objects.get()
    assert answer.headers["Location"] == reverse("subsidy_scheme_detail", args=[scheme.pk])
    page = f"{reverse('subsidy_new')}?scheme={scheme.pk}"
    assert reviewer.get(page).status_code == 404
    send(reviewer, reverse("budget_new"), union=city.county.pk, year=scheme.year, amount="5")
    assert not Budget.objects.exists()
    send(reviewer, reverse("budget_new"), union=city.county.pk, year=scheme.year, amount="50,000")
    approver = signed_in(people.county_approver)
    approver.post(reverse("subsidy_scheme_publish", args=[scheme.pk]))
    budget = Budget.objects.get()
    approver.post(reverse("budget_agree", args=[budget.pk]), {"amount": "50,000.00"})
    budget.refresh_from_db()
    assert budget.agreed_by == people.county_approver


def test_from_ticks_to_grant_by_the_pages(city, people, naming, signed_in):
    scheme, _budget = money.county_money(city.county, people)
    page = f"{reverse('subsidy_new')}?scheme={scheme.pk}"
    reviewer = signed_in(people.county_reviewer)
    assert naming.studio.short_name in reviewer.get(page).content.decode()
    looked = reviewer.post(page, {"title": naming.pk})
    assert naming.union.name in looked.content.decode()
    assert not Subsidy.objects.exists()
    bad = reviewer.post(page, {"title": naming.pk, "propose": "1", f"payee_{naming.pk}": "6222021234567890"})
    assert bad.status_code == 422
    key = hidden(looked.content.decode(), "form_key")
    for _twice in range(2):
        reviewer.post(page, {"title": naming.pk, "propose": "1", "form_key": key})
    subsidy = Subsidy.objects.get()
    approver = signed_in(people.county_approver)
    sign = reverse("subsidy_sign")
    shown = approver.get(sign).content.decode()
    given = {
        "subsidy": subsidy.pk,
        "document_on": timezone.localdate().isoformat(),
        "expected_number": hidden(shown, "expected_number"),
        "form_key": hidden(shown, "form_key"),
    }
    assert approver.post(sign, given).status_code == 302
    subsidy.refresh_from_db()
    assert (subsidy.state, subsidy.amount) == (S.GRANTED, Decimal(10000))


def test_many_are_granted_under_one_document_or_none_at_all(city, people, signed_in):
    scheme, budget = money.county_money(city.county, people)
    made = [
        money.SubsidyFactory(
            naming=NamingFactory(studio=StudioFactory(union=city.unit.union)),
            scheme=scheme,
            budget=budget,
            proposed_by=people.county_reviewer,
        )
        for _n in range(3)
    ]
    approver = signed_in(people.county_approver)
    given = {"subsidy": [row.pk for row in made], "document_on": timezone.localdate().isoformat()}
    Budget.objects.update(amount="29999.99")
    refused = approver.post(reverse("subsidy_sign"), given)
    assert refused.status_code == 422
    assert "9,999.99" in refused.content.decode()
    assert not Subsidy.objects.filter(state=S.GRANTED).exists()
    Budget.objects.update(amount="30000")
    approver.post(reverse("subsidy_sign"), given)
    assert Subsidy.objects.filter(state=S.GRANTED).count() == 3
    assert Subsidy.objects.values_list("document").distinct().count() == 1
    assert Budget.objects.get().committed == Decimal(30000)


def test_a_payment_is_recorded_once_and_typed_text_survives_a_mistake(city, people, naming, signed_in):
    subsidy = money.granted(naming, city.county, people)
    reviewer = signed_in(people.county_reviewer)
    page = reverse("payment_new", args=[subsidy.pk])
    first = subsidy.scheme.instalments.get(order=1)
    text = reviewer.get(page).content.decode()
    given = {"instalment": first.pk, "paid_on": timezone.localdate().isoformat(), "voucher": "记-2026-12"}
    bad = reviewer.post(page, {**given, "amount": "6000.001"})
    assert bad.status_code == 422
    assert "两位小数" in bad.content.decode()
    assert "记-2026-12" in bad.content.decode()
    beyond = reviewer.post(page, {**given, "amount": "7000"})
    assert beyond.status_code == 422
    assert "7,000.00" in beyond.content.decode()
    for _twice in range(2):
        reviewer.post(page, {**given, "amount": "6,000.00", "form_key": hidden(text, "form_key")})
    assert money.fresh(subsidy).paid == Decimal(6000)
    second = subsidy.scheme.instalments.get(order=2)
    unmet = reviewer.post(page, {**given, "instalment": second.pk, "amount": "4000"})
    assert "使用情况已报告" in unmet.content.decode()
    assert unmet.status_code == 422


def test_the_filter_and_the_sums_of_the_list(city, people, naming, signed_in):
    money.reported(naming, city.county, people)
    city_reviewer = signed_in(people.city_reviewer)
    page = city_reviewer.get(reverse("subsidy_list")).content.decode()
    assert page.count("5,000.00") >= 2
    year = timezone.localdate().year
    for query, is_there in (
        (f"year={year}", True),
        (f"year={year - 1}", False),
        ("state=reported", True),
        ("state=to_recover", False),
        (f"county={city.other_county.pk}", False),
        ("q=%00" + naming.studio.short_name[:4], True),
        ("year=abc&county=x&state=nonsense", True),
    ):
        text = city_reviewer.get(f"{reverse('subsidy_list')}?{query}").content.decode()
        assert (naming.studio.short_name in text) == is_there, query
    clerk = signed_in(people.unit_clerk).get(reverse("subsidy_list")).content.decode()
    assert naming.studio.short_name in clerk
    assert reverse("budget_list") not in clerk
