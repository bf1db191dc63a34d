"""What a year's ledger lacks for the report: each rule by itself, then the reading, then the page."""

from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation
from hypothesis import given
from hypothesis import strategies as st

from studios.ledger.missing import SENTENCES, missing_for, missing_of
from studios.ledger.year import Year, read_year
from studios.models import AchievementKind
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
    RecognitionFactory,
    StudioFactory,
    years_ago,
)

YEAR = timezone.localdate().year
ON = f"{YEAR}-01"


def result(**values):
    plain = {"id": 1, "title": "烘干机改造", "on": ON, "state": "verified", "number": "", "granted_on": None}
    return SimpleNamespace(**plain | {"kind": "five_small", "described": "简介", "files": 1} | values)


def activity(**values):
    return SimpleNamespace(**{"id": 2, "title": "练兵", "on": ON, "files": 1} | values)


def mentorship(**values):
    plain = {"id": 3, "master_name": "周成岩", "apprentice_name": "那日苏", "on": ON, "until": None}
    return SimpleNamespace(**plain | {"outcome": "running", "files": 1} | values)


def media(**values):
    return SimpleNamespace(**{"id": 5, "title": "见报", "on": ON, "outlet": "通辽日报"} | values)


def full(**lists):
    """A year of which nothing is missing, but for what is said."""
    row = SimpleNamespace(id=9, name="示波器", on=ON)
    return Year(
        **{
            "year": YEAR,
            "results": [result()],
            "projects": [row],
            "activities": [activity()],
            "mentorships": [mentorship()],
            "funds": [row],
            "equipment": [row],
            "media": [media()],
        }
        | lists
    )


def codes(year):
    return [item.code for item in missing_of(7, year)]


def test_nothing_is_missing_of_a_full_year():
    assert codes(full()) == []


@pytest.mark.parametrize(
    ("name", "code", "place"),
    [
        ("projects", "no_project", "/studios/7/projects/"),
        ("results", "no_result", "/studios/7/achievements/"),
        ("activities", "no_activity", "/studios/7/ledger/activity/new/"),
        ("mentorships", "no_mentorship", "/studios/7/ledger/mentorship/new/"),
        ("funds", "no_funds", "/studios/7/funds/"),
    ],
)
def test_a_kind_of_which_there_is_nothing(name, code, place):
    [item] = missing_of(7, full(**{name: []}))
    assert (item.code, item.url, item.is_whole_kind) == (code, place, True)


@pytest.mark.parametrize("name", ["equipment", "media", "rewards"])
def test_a_year_without_equipment_media_or_rewards_is_complete(name):
    assert codes(full(**{name: []})) == []


PATENT = {"kind": "invention_patent", "number": "ZL201910123456.0"}
OF_ONE = [
    ("results", result(state="queried"), ["result_queried"]),
    ("results", result(on=""), ["no_result", "result_undated"]),
    ("results", result(files=0), ["result_without_files"]),
    ("results", result(described=""), ["result_not_described"]),
    ("results", result(**PATENT), ["patent_in_doubt"]),
    ("results", result(kind="five_small", number="ZL201910123456.0"), []),
    ("results", result(state="entered"), []),
    ("activities", activity(on=""), ["no_activity", "activity_undated"]),
    ("activities", activity(files=0), ["activity_without_photo"]),
    ("mentorships", mentorship(files=0), ["mentorship_without_agreement"]),
    ("mentorships", mentorship(until="2001-01-01"), ["mentorship_over"]),
    ("mentorships", mentorship(until="2001-01-01", outcome="graduated"), []),
    ("mentorships", mentorship(until=str(timezone.localdate())), []),
    ("equipment", SimpleNamespace(id=4, name="示波器", on=""), ["equipment_undated"]),
    ("media", media(on=""), ["media_undated"]),
    ("media", media(outlet=""), ["media_without_outlet"]),
]


@pytest.mark.parametrize(("name", "row", "expected"), OF_ONE)
def test_what_one_entry_lacks(name, row, expected):
    assert codes(full(**{name: [row]})) == expected


def test_every_sentence_is_said_by_some_rule():
    said = {code for _name, _row, expected in OF_ONE for code in expected}
    assert said | {"no_project", "no_mentorship", "no_funds"} == set(SENTENCES)


def test_a_sentence_is_worded_in_the_language_of_its_reader():
    [item] = missing_of(7, full(projects=[]))
    with translation.override("en"):
        assert item.sentence == f"No project of {YEAR} is entered."
    with translation.override("zh-hans"):
        assert item.sentence == f"{YEAR} 年尚未登记攻关课题。"


def test_every_place_to_mend_names_its_entry():
    year = full(results=[result(files=0)], activities=[activity(files=0)], media=[media(outlet="")])
    assert [item.url for item in missing_of(7, year)] == [
        "/studios/7/achievements/1/",
        "/studios/7/ledger/activity/2/",
        "/studios/7/ledger/media/5/",
    ]


ROWS = st.lists(st.builds(activity, on=st.sampled_from(["", ON]), files=st.integers(0, 2)), max_size=5)


@given(rows=ROWS)
def test_an_activity_is_missing_exactly_when_none_has_a_date(rows):
    found = codes(full(activities=rows))
    assert ("no_activity" in found) == (not any(row.on for row in rows))
    assert found.count("activity_undated") == sum(not row.on for row in rows)


# -- reading -----------------------------------------------------------------------------------


@pytest.fixture
def studio(city):
    return StudioFactory(union=city.unit.union)


def complete(studio, people):
    """A studio of which this year lacks nothing."""
    made = AchievementFactory(studio=studio, completed_on=ON)
    EvidenceFactory(studio=studio, slot="achievement.proof", achievement=made)
    ProjectFactory(studio=studio, year=YEAR)
    FundFactory(studio=studio, year=YEAR)
    photographed = ActivityFactory(studio=studio)
    EvidenceFactory(studio=studio, slot="activity.photo", activity=photographed)
    agreed = MentorshipFactory(studio=studio)
    EvidenceFactory(studio=studio, slot="mentorship.agreement", mentorship=agreed)


def test_reading_takes_one_query(studio, people):
    complete(studio, people)
    with CaptureQueriesContext(connection) as queries:
        assert missing_for(studio, YEAR) == []
    assert len(queries) == 1


def test_a_year_with_nothing_lacks_every_kind(studio):
    found = [item.code for item in missing_for(studio, YEAR)]
    assert found == ["no_project", "no_result", "no_activity", "no_mentorship", "no_funds"]


def test_what_is_read_is_what_was_entered(studio):
    made = AchievementFactory(studio=studio, completed_on=f"{YEAR}-02-01", title="甲")
    RecognitionFactory(achievement=made, rank=50)
    RecognitionFactory(achievement=made, rank=30)
    EvidenceFactory(studio=studio, slot="achievement.proof", achievement=made)
    EvidenceFactory(studio=studio, slot="achievement.proof", achievement=made, state="refused")
    EvidenceFactory(studio=studio, slot="benefit.proof", achievement=made, removed_at=timezone.now())
    reward = RewardFactory(studio=studio, achievement=made, amount="1234.50")
    fund = FundFactory(studio=studio, year=YEAR, source="higher", amount="3.0500")
    EquipmentItemFactory(studio=studio, value=None)
    year = read_year(studio, YEAR)
    [row] = year.results
    assert (row.title, row.on, row.rank, row.files) == ("甲", f"{YEAR}-02-01", 30, 1)
    assert (year.rewards[0].amount, year.rewards[0].result) == (Decimal("1234.50"), "甲")
    assert (year.rewards[0].id, year.funds[0].id) == (reward.pk, fund.pk)
    assert year.funds_by_source() == {"higher": Decimal("3.0500")}
    assert year.equipment[0].value is None and year.sum_of("equipment", "value") == 0


def test_other_studios_other_years_and_removed_entries_stay_away(studio):
    other = StudioFactory(union=studio.union)
    for home, extra in ((other, {}), (studio, {"removed_at": timezone.now()})):
        ActivityFactory(studio=home, **extra)
        MentorshipFactory(studio=home, **extra)
        EquipmentItemFactory(studio=home, **extra)
        MediaReportFactory(studio=home, **extra)
        RewardFactory(studio=home, **extra)
        AchievementFactory(studio=home, completed_on=ON, **extra)
    FundFactory(studio=studio, year=YEAR - 1)
    ActivityFactory(studio=studio, held_on=f"{YEAR - 1}-12-31")
    RewardFactory(studio=studio, paid_on=years_ago(1, month=12, day=31))
    MediaReportFactory(studio=studio, published_on=str(YEAR - 1))
    MentorshipFactory(studio=studio, since=years_ago(-1))
    year = read_year(studio, YEAR)
    names = ("results", "activities", "mentorships", "funds", "equipment", "media", "rewards")
    assert {name: getattr(year, name) for name in names} == dict.fromkeys(names, [])
    assert year.years == [YEAR + 1, YEAR - 1]


def test_a_patent_with_a_wrong_check_digit_is_told(studio):
    kind = AchievementKind.objects.get(code="invention_patent")
    made = AchievementFactory(studio=studio, kind=kind, completed_on=ON, number=PATENT["number"])
    found = {item.code: item for item in missing_for(studio, YEAR)}
    assert found["patent_in_doubt"].args == (studio.pk, made.pk)


# -- the page ----------------------------------------------------------------------------------


def test_the_page_says_clearly_that_nothing_is_missing(client, studio, people):
    client.force_login(people.unit_clerk)
    complete(studio, people)
    page = client.get(reverse("ledger", args=[studio.pk])).content.decode()
    assert "内容齐全，可据此生成年度报告。" in page and 'class="missing"' not in page


def test_every_missing_thing_leads_to_a_page_that_is_there(client, studio, people):
    client.force_login(people.unit_clerk)
    AchievementFactory(studio=studio, completed_on="", summary="")
    ActivityFactory(studio=studio, held_on="")
    MentorshipFactory(studio=studio, until=years_ago(0), since=years_ago(2))
    EquipmentItemFactory(studio=studio, acquired_on="")
    MediaReportFactory(studio=studio, published_on="", outlet="")
    page = client.get(reverse("ledger", args=[studio.pk]))
    shown = [*page.context["missing"], *page.context["more_missing"]]
    assert len(shown) == page.context["missing_total"] > 8
    text = page.content.decode()
    for item in shown:
        assert item.sentence in text
        assert client.get(item.url).status_code == 200, item.code
