"""The year view of the ledger; entries added, changed, taken out and put back."""

import re
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.audit.models import Entry
from studios.ledger.entries import KINDS
from studios.models import Activity, EquipmentItem, MediaReport, Mentorship, Reward, Studio
from studios.panels import LEDGER, register_panel
from studios.permissions import VIEW_STUDIO
from studios.services import ledger as services
from tests.factories.ledger import (
    ActivityFactory,
    EquipmentItemFactory,
    MediaReportFactory,
    MentorshipFactory,
    RewardFactory,
)
from tests.factories.studios import (
    AchievementFactory,
    EvidenceFactory,
    FundFactory,
    ProjectFactory,
    StudioFactory,
    years_ago,
)
from tests.studios.posting import form_of

YEAR = timezone.localdate().year
FACTORIES = {
    "activity": ActivityFactory,
    "mentorship": MentorshipFactory,
    "equipment": EquipmentItemFactory,
    "media": MediaReportFactory,
    "reward": RewardFactory,
}
NEW = {
    "activity": {
        "title": "钳工技能比武",
        "kind": "contest",
        "held_on_year": str(YEAR),
        "held_on_month": "01",
        "sessions": "2",
        "people": "36",
    },
    "mentorship": {
        "master_name": "周成岩",
        "apprentice_name": "那日苏",
        "since": f"{YEAR - 1}-03-01",
        "until": f"{YEAR + 1}-02-28",
        "outcome": "running",
    },
    "equipment": {"name": "激光对中仪", "quantity": "1", "value": "3.2", "acquired_on_year": str(YEAR)},
    "media": {
        "title": "小发明解决大难题",
        "outlet": "工人日报",
        "rank": "20",
        "published_on_year": str(YEAR),
        "url": "www.workercn.cn/1.html",
    },
    "reward": {
        "name": "李长泽等三人",
        "amount": "3,000",
        "paid_on": f"{YEAR}-01-01",
        "basis": "年度创新奖励办法",
    },
}


@pytest.fixture
def studio(city, people):
    return StudioFactory(union=city.unit.union)


@pytest.fixture
def clerk(client, people):
    client.force_login(people.unit_clerk)
    return client


def new_address(studio, kind):
    return reverse("ledger_entry_new", args=[studio.pk, kind])


def page_of(entry, kind):
    return reverse("ledger_entry", args=[entry.studio_id, kind, entry.pk])


def year_page(client, studio, year=YEAR):
    return client.get(reverse("ledger", args=[studio.pk]), {"year": year})


def part(page, code):
    """The html of one part of the year view."""
    return re.search(rf'id="part-{code}".*?</section>', page.content.decode(), re.S)[0]


def verbs(entry):
    rows = Entry.objects.filter(subject_id=entry.pk, verb__startswith="ledger.").order_by("pk")
    return list(rows.values_list("verb", flat=True))


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_each_kind_is_added_and_stands_in_its_year(clerk, studio, people, kind):
    sent = clerk.post(new_address(studio, kind), NEW[kind])
    assert sent.status_code == 302, sent.context["form"].errors
    made = KINDS[kind].model.objects.get()
    assert (made.studio, made.union_id, made.entered_by) == (studio, studio.union_id, people.unit_clerk)
    assert verbs(made) == ["ledger.add"]
    expected = page_of(made, kind) + "#files" if KINDS[kind].slot else reverse("ledger", args=[studio.pk])
    assert sent.headers["Location"].startswith(expected)
    assert getattr(made, KINDS[kind].title) in part(year_page(clerk, studio), kind)


def test_what_was_typed_is_kept_as_meant(clerk, studio):
    for kind, values in NEW.items():
        clerk.post(new_address(studio, kind), values)
    media, reward = MediaReport.objects.get(), Reward.objects.get()
    assert media.url == "https://www.workercn.cn/1.html"
    assert (reward.amount, reward.achievement_id) == (3000, None)
    assert Activity.objects.get().held_on == f"{YEAR}-01"


def test_a_double_click_adds_one_entry(clerk, studio):
    form = NEW["activity"] | {"once": str(uuid.uuid4())}
    places = {clerk.post(new_address(studio, "activity"), form).headers["Location"] for _ in range(2)}
    assert len(places) == 1 and Activity.objects.count() == 1


WRONG = [
    ("activity", {"title": ""}, "title"),
    ("activity", {"people": "约三十人"}, "people"),
    ("activity", {"sessions": "0"}, "sessions"),
    ("activity", {"held_on_year": str(YEAR + 1)}, "held_on"),
    ("mentorship", {"apprentice_name": "周成岩"}, "apprentice_name"),
    ("mentorship", {"until": f"{YEAR - 2}-01-01"}, "until"),
    ("mentorship", {"outcome": "graduated"}, "outcome_on"),
    ("mentorship", {"outcome_on": f"{YEAR}-01-01"}, "outcome_on"),
    ("mentorship", {"outcome": "ended", "outcome_on": f"{YEAR - 2}-01-01"}, "outcome_on"),
    ("mentorship", {"outcome": "ended", "outcome_on": f"{YEAR + 1}-01-01"}, "outcome_on"),
    ("mentorship", {"since": "0025-03-01"}, "since"),
    ("mentorship", {"until": "9999-12-31"}, "until"),
    ("reward", {"paid_on": "2999-01-01"}, "paid_on"),
    ("equipment", {"value": "-1"}, "value"),
    ("equipment", {"quantity": "x"}, "quantity"),
    ("media", {"outlet": ""}, "outlet"),
    ("media", {"url": "不是网址"}, "url"),
    ("reward", {"amount": "0"}, "amount"),
    ("reward", {"amount": "两千"}, "amount"),
    ("reward", {"basis": " "}, "basis"),
    ("reward", {"achievement_id": "999999"}, "achievement_id"),
]


@pytest.mark.parametrize(("kind", "wrong", "field"), WRONG)
def test_bad_input_is_told_and_nothing_typed_is_lost(clerk, studio, kind, wrong, field):
    values = NEW[kind] | wrong
    page = clerk.post(new_address(studio, kind), values)
    assert page.status_code == 422
    assert list(page.context["form"].errors) == [field]
    again = form_of(page, "entry")
    assert {name: again[name] for name in values if name != "achievement_id"} == {
        name: value for name, value in values.items() if name != "achievement_id"
    }
    assert KINDS[kind].model.objects.count() == 0


def test_an_edit_names_what_it_saw(clerk, studio):
    entry = ActivityFactory(studio=studio, title="练兵")
    mine, theirs = (form_of(clerk.get(page_of(entry, "activity")), "entry") for _ in range(2))
    assert clerk.post(page_of(entry, "activity"), theirs | {"title": "别人先改了"}).status_code == 302
    page = clerk.post(page_of(entry, "activity"), mine | {"title": "我后改的"})
    assert page.status_code == 409
    assert {"我后改的", "别人先改了"} <= set(re.findall(r">([^<>]+)</td>", page.content.decode()))
    entry.refresh_from_db()
    assert entry.title == "别人先改了"
    assert clerk.post(page_of(entry, "activity"), form_of(page, "entry")).status_code == 302
    entry.refresh_from_db()
    assert entry.title == "我后改的"
    assert verbs(entry) == ["ledger.change", "ledger.change"]


def test_an_edit_that_does_not_say_what_it_saw_changes_nothing(clerk, studio):
    entry = ActivityFactory(studio=studio, title="练兵")
    values = form_of(clerk.get(page_of(entry, "activity")), "entry") | {"title": "改了"}
    del values["seen"]
    assert clerk.post(page_of(entry, "activity"), values).status_code == 409
    entry.refresh_from_db()
    assert entry.title == "练兵"


@pytest.mark.parametrize("kind", KINDS)
def test_saving_without_a_change_writes_nothing(clerk, studio, kind):
    entry = FACTORIES[kind](studio=studio)
    sent = clerk.post(page_of(entry, kind), form_of(clerk.get(page_of(entry, kind)), "entry"))
    assert sent.status_code == 302
    assert verbs(entry) == []


def test_taking_out_is_undone_with_its_files(clerk, studio):
    entry = ActivityFactory(studio=studio, title="练兵")
    photo = EvidenceFactory(studio=studio, slot="activity.photo", activity=entry)
    gone = EvidenceFactory(studio=studio, slot="activity.photo", activity=entry, removed_at=timezone.now())
    address = reverse("ledger_entry_remove", args=[studio.pk, "activity", entry.pk])
    page = clerk.post(address, follow=True)
    assert "练兵" not in part(page, "activity") and 'name="restore"' in page.content.decode()
    photo.refresh_from_db()
    assert photo.removed_at is not None
    clerk.post(address)
    page = clerk.post(address, {"restore": "1"}, follow=True)
    assert "练兵" in part(page, "activity")
    photo.refresh_from_db()
    gone.refresh_from_db()
    assert photo.removed_at is None and gone.removed_at is not None
    assert verbs(entry) == ["ledger.remove", "ledger.restore"]


def test_an_entry_that_was_taken_out_is_put_back_before_it_is_changed(clerk, studio, people):
    entry = ActivityFactory(studio=studio, title="练兵")
    values = form_of(clerk.get(page_of(entry, "activity")), "entry") | {"title": "改了"}
    services.remove(entry, actor=people.unit_clerk)
    page = clerk.post(page_of(entry, "activity"), values)
    assert page.status_code == 422
    assert {'value="改了"', 'name="restore"'} <= set(re.findall(r'\w+="[^"]*"', page.content.decode()))
    entry.refresh_from_db()
    assert entry.title == "练兵"


@pytest.mark.parametrize("who", ["county_reviewer", "city_reviewer", "auditor"])
def test_others_look_and_do_not_write(client, people, studio, who):
    client.force_login(getattr(people, who))
    entry = ActivityFactory(studio=studio)
    assert client.get(page_of(entry, "activity")).status_code == 200
    page = year_page(client, studio).content.decode()
    assert "/new/" not in page and "/quick/" not in page and 'class="missing"' in page
    for address in (
        page_of(entry, "activity"),
        new_address(studio, "activity"),
        reverse("ledger_entry_remove", args=[studio.pk, "activity", entry.pk]),
    ):
        assert client.post(address, NEW["activity"]).status_code == 403


def test_the_services_ask_for_the_permission_themselves(people, studio):
    entry = ActivityFactory(studio=studio)
    someone = people.other_unit_clerk
    acts = [
        lambda: services.add(studio, "activity", {"title": "x"}, actor=someone),
        lambda: services.change(entry, {"title": "x"}, actor=someone, seen=services.seen_of(entry)),
        lambda: services.remove(entry, actor=someone),
        lambda: services.restore(entry, actor=someone),
    ]
    for act in acts:
        with pytest.raises(services.PermissionDenied):
            act()


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_of_another_studio_or_kind_is_not_there(clerk, city, studio, kind):
    elsewhere = FACTORIES[kind](studio=StudioFactory(union=city.other_unit.union))
    sister = FACTORIES[kind](studio=StudioFactory(union=city.unit.union))
    assert clerk.get(page_of(elsewhere, kind)).status_code == 404
    assert clerk.get(reverse("ledger_entry", args=[studio.pk, kind, sister.pk])).status_code == 404


@pytest.mark.parametrize(
    "who", ["unit_clerk", "county_reviewer", "other_unit_clerk", "stranger", "superuser"]
)
def test_listing_and_checking_agree(people, city, who):
    user = getattr(people, who)
    for unit in (city.unit, city.ready_unit, city.other_unit):
        home = StudioFactory(union=unit.union)
        for factory in FACTORIES.values():
            factory(studio=home)
    for model in (Activity, Mentorship, EquipmentItem, MediaReport, Reward):
        listed = set(model.objects.visible_to(user))
        assert listed == {row for row in model.objects.all() if user.has_perm(VIEW_STUDIO, row)}


def fill(studio, year=YEAR):
    """Something of everything."""
    AchievementFactory(studio=studio, completed_on=f"{year}-01")
    ProjectFactory(studio=studio, year=year)
    FundFactory(studio=studio, year=year, amount="2.5")
    for factory in FACTORIES.values():
        factory(studio=studio)


def test_the_year_view_counts_and_sums(clerk, studio):
    fill(studio)
    ActivityFactory(studio=studio, sessions=3, people=8)
    FundFactory(studio=studio, year=YEAR, source="union", amount="0.3")
    RewardFactory(studio=studio, amount="500.50")
    MentorshipFactory(studio=studio, outcome="graduated", outcome_on=years_ago(0))
    page = year_page(clerk, studio)
    assert "2 条 · 4 场次 · 20 人次" in part(page, "activity")
    assert "2.8 万元" in part(page, "funds") and "工会经费 0.3" in part(page, "funds")
    assert "2500.5 元" in part(page, "reward")
    assert "在带 1 对 · 已结束 1 对" in part(page, "mentorship")
    assert "1 条 · 2 件 · 1.25 万元" in part(page, "equipment")


def test_only_the_years_with_something_are_tabs_and_the_present_one(clerk, studio):
    page = year_page(clerk, studio)
    assert page.context["years"] == [YEAR]
    ActivityFactory(studio=studio, held_on=f"{YEAR - 3}-05")
    ActivityFactory(studio=studio, held_on="")
    RewardFactory(studio=studio, paid_on=years_ago(2))
    ActivityFactory(studio=studio, held_on=f"{YEAR - 5}", removed_at=timezone.now())
    page = year_page(clerk, studio, "x")
    assert (page.context["year"], page.context["years"]) == (YEAR, [YEAR, YEAR - 2, YEAR - 3])
    for odd in ("0", "9999", "-1", "99999999999999999999", ""):
        assert year_page(clerk, studio, odd).context["year"] == YEAR


def test_an_entry_without_a_date_stands_in_every_year_and_is_counted_in_none(clerk, studio):
    ActivityFactory(studio=studio, title="没有日期的练兵", held_on="", people=99)
    for year in (YEAR, YEAR - 4):
        page = year_page(clerk, studio, year)
        assert (
            "没有日期的练兵" in part(page, "activity")
            and "99 人次" not in page.content.decode().split("ledger__detail")[0]
        )
        assert page.context["stats"][1][1] == 0


def test_a_mentorship_stands_in_the_years_in_which_it_ran(clerk, studio):
    MentorshipFactory(
        studio=studio,
        apprentice_name="那日苏",
        since=years_ago(3),
        outcome="graduated",
        outcome_on=years_ago(1, month=6),
    )
    stands = [
        year
        for year in range(YEAR - 4, YEAR + 1)
        if "那日苏" in part(year_page(clerk, studio, year), "mentorship")
    ]
    assert stands == [YEAR - 3, YEAR - 2, YEAR - 1]


def test_the_year_view_takes_the_same_queries_for_any_length(clerk, studio):
    counts = []
    for _ in range(2):
        for _ in range(3):
            fill(studio)
        with CaptureQueriesContext(connection) as queries:
            assert year_page(clerk, studio).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_the_way_to_the_ledger_and_to_quick_entry(clerk, client, studio, people):
    page = clerk.get(reverse("studio_detail", args=[studio.pk])).content.decode()
    assert reverse("ledger", args=[studio.pk]) in page and reverse("ledger_quick", args=[studio.pk]) in page
    client.force_login(people.county_reviewer)
    page = client.get(reverse("studio_detail", args=[studio.pk])).content.decode()
    assert (
        reverse("ledger", args=[studio.pk]) in page and reverse("ledger_quick", args=[studio.pk]) not in page
    )


def test_apps_above_may_show_something_on_the_year_view(clerk, studio, monkeypatch):
    from studios import panels

    monkeypatch.setattr(panels, "_entries", {})
    register_panel(
        "probe", lambda request, studio: ("components/kv.html", {"rows": [("一", "二")]}), places=(LEDGER,)
    )
    assert 'id="panel-probe"' in year_page(clerk, studio).content.decode()


def test_an_entry_moves_the_studio_to_the_top_of_the_list(clerk, studio):
    before = Studio.objects.get(pk=studio.pk).updated_at
    clerk.post(new_address(studio, "activity"), NEW["activity"])
    assert Studio.objects.get(pk=studio.pk).updated_at > before
