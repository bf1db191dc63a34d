"""What citizens see: named studios, and nothing that is a person's own."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from studios.models import NamingLevel, OfficialDocument
from studios.services.namings import grant, issue_document, refresh_top_tier
from tests import cast
from tests.factories.studios import AchievementFactory, StudioFactory, UnitFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_figures():
    cache.clear()


@pytest.fixture
def named(city, people):
    """A studio with a county title by a numbered document."""
    studio = cast.studio_ready_for("county", city.unit, by=people.unit_clerk, contact_phone="0475-7654321")
    by = {"on": timezone.localdate(), "actor": people.county_approver}
    document = issue_document(city.county, title="命名", **by)
    level = NamingLevel.objects.select_related("requires").get(code="county")
    grant(studio, level, union=city.county, document=document, **by)
    studio.refresh_from_db()
    return studio


@pytest.fixture
def unnamed(city, people):
    """Named at base level only."""
    return cast.studio_ready_for(
        "county", city.other_unit, by=people.unit_clerk, short_name="尚未命名的创新工作室"
    )


def test_the_front_page_shows_figures_and_named_studios_only(client, named, unnamed):
    page = client.get(reverse("home"))
    text = page.content.decode()
    assert named.short_name in text
    assert unnamed.short_name not in text
    assert [row["value"] for row in page.context["figures"]] == [1, 4, 0, 1]


def test_a_page_shows_titles_with_documents_leader_and_results(client, named):
    text = client.get(reverse("studio_public", args=[named.pk])).content.decode()
    document = OfficialDocument.objects.get()
    for words in [
        named.short_name,
        document.label,
        named.leader_name,
        named.achievements.first().title,
        "播种机",
    ]:
        assert words in text


def test_no_page_shows_telephones_births_members_money_or_accounts(client, named, people):
    person = named.members.first().person
    person.phone = "13977778888"
    person.save()
    pages = [reverse("home"), reverse("studio_public_list"), reverse("studio_public", args=[named.pk])]
    for text in [client.get(page).content.decode() for page in pages]:
        for secret in [
            "0475-7654321",
            "13977778888",
            person.name,
            "1985-06",
            "12.5",
            "组员甲",
            people.unit_clerk.name,
            named.union.unit.credit_code,
        ]:
            assert secret not in text


def test_an_unnamed_studio_has_no_page_and_one_that_lost_its_title_says_so(client, named, unnamed):
    assert client.get(reverse("studio_public", args=[unnamed.pk])).status_code == 404
    title = named.namings.get(level__code="county")
    title.until, title.end_reason = timezone.localdate() - timedelta(days=1), "voluntary"
    title.since = title.until
    title.save()
    refresh_top_tier(named.pk)
    page = client.get(reverse("studio_public", args=[named.pk]))
    assert page.status_code == 200
    assert "studio_withdrawn" in page.templates[0].name
    assert named.pk not in [row.pk for row in client.get(reverse("studio_public_list")).context["page"].rows]


def test_removed_results_are_neither_listed_nor_counted(client, named):
    gone = AchievementFactory(studio=named, title="已移除的成果", removed_at=timezone.now())
    page = client.get(reverse("studio_public", args=[named.pk]))
    assert gone.title not in page.content.decode()
    assert page.context["card"]["achievements"] == 4


def test_the_list_filters_by_words_union_industry_and_level(client, named, city):
    address = reverse("studio_public_list")
    for query in [
        {"q": "沁野"},
        {"q": named.leader_name},
        {"county": city.county.pk},
        {"industry": "C"},
        {"tier": "2"},
    ]:
        assert named.short_name in client.get(address, query).content.decode(), query
    for query in [{"q": "别处"}, {"county": city.other_county.pk}, {"industry": "A"}, {"tier": "3"}]:
        assert named.short_name not in client.get(address, query).content.decode(), query
    for query in [{"county": "x"}, {"tier": "9" * 30}, {"q": "\x00"}, {"after": "made-up"}]:
        assert client.get(address, query).status_code == 200, query


def public_studios(parent, count):
    for number in range(count):
        StudioFactory(union=UnitFactory(parent=parent).union, top_tier=2, short_name=f"公开{number}号工作室")


def test_the_list_is_paged_forwards_and_backwards_without_loss(client, city):
    public_studios(city.county, 30)
    address, seen = reverse("studio_public_list"), []
    page = client.get(address).context["page"]
    while True:
        seen += [row["pk"] for row in page.rows]
        if not page.older:
            break
        page = client.get(address + page.older).context["page"]
    assert len(seen) == len(set(seen)) == 30
    back = client.get(address + page.newer).context["page"]
    assert [row["pk"] for row in back.rows] == seen[12:24]
    assert not client.get(address + back.newer).context["page"].newer


@pytest.mark.parametrize("name", ["home", "studio_public_list"])
def test_public_pages_ask_the_same_for_one_studio_and_for_five(
    client, city, django_assert_max_num_queries, name
):
    def count():
        cache.clear()
        with django_assert_max_num_queries(12) as asked:
            client.get(reverse(name))
        return len(asked)

    public_studios(city.county, 1)
    one = count()
    public_studios(city.other_county, 4)
    assert count() == one


def test_the_page_of_a_studio_stays_within_its_queries(client, named, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get(reverse("studio_public", args=[named.pk]))
