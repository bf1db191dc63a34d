"""The comparison of two dossiers: rows by id, values in words."""

import copy

import pytest
from django.urls import reverse
from django.utils import translation

from reviews.changes import ADDED, CHANGED, REMOVED, compare, summary
from reviews.choices import Action as A
from reviews.workflow.engine import perform
from studios.dossier import build
from tests.factories.studios import FundFactory
from tests.reviews import journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(ready_studio):
    return build(ready_studio.pk)


def told(old, new):
    """(part, kind, heading, [(label, old, new)]) of every change."""
    with translation.override("en"):
        return [
            (part.title, change.kind, change.heading, [(v.label, v.old, v.new) for v in change.values])
            for part in compare(old, new)
            for change in part.changes
        ]


def test_the_same_dossier_has_no_changes(dossier):
    assert told(dossier, copy.deepcopy(dossier)) == []


def test_a_changed_value_is_told_in_words(dossier):
    new = copy.deepcopy(dossier)
    new["studio"]["kind"] = "craftsman"
    new["studio"]["area_sqm"] = "30.50"
    assert told(dossier, new) == [
        (
            "Studio and venue",
            CHANGED,
            "",
            [
                ("kind", "model-worker innovation studio", "craftsman innovation studio"),
                ("area (m²)", "60", "30.5"),
            ],
        )
    ]


def test_rows_are_matched_by_id_not_by_place(dossier):
    new = copy.deepcopy(dossier)
    new["funds"].reverse()
    assert told(dossier, new) == []
    new["funds"][0]["amount"] = "9.0000"
    found = told(dossier, new)
    assert [(row[1], row[3]) for row in found] == [(CHANGED, [("amount (10,000 yuan)", "2", "9")])]


def test_added_and_removed_rows_are_told_with_what_they_say(dossier):
    new = copy.deepcopy(dossier)
    gone = new["projects"].pop(0)
    new["members"].append({**new["members"][0], "id": 10**9, "name": "新来的"})
    found = {(title, kind): heading for title, kind, heading, _values in told(dossier, new)}
    assert found == {("Team", ADDED): "新来的", ("Projects", REMOVED): gone["title"]}


def test_what_hangs_below_a_row_is_compared_too(dossier):
    new = copy.deepcopy(dossier)
    result = new["achievements"][0]
    result["recognitions"][0]["grade"] = "一等奖"
    new["leader"]["honours"] = []
    found = told(dossier, new)
    assert [(title, kind) for title, kind, _heading, _values in found] == [
        ("Leader and honours", REMOVED),
        ("Achievements", CHANGED),
    ]
    assert found[1][2] == f"{result['title']} · {result['recognitions'][0]['name']}"


def test_a_new_leader_is_one_change_of_the_part(dossier):
    new = copy.deepcopy(dossier)
    new["leader"] = None
    kinds = [kind for title, kind, *_rest in told(dossier, new) if title == "Leader and honours"]
    assert kinds == [REMOVED, REMOVED]  # the leader, and the honour that went along
    assert summary(compare(dossier, new)) == {ADDED: 0, REMOVED: 2, CHANGED: 0}


def test_a_ticked_item_is_told_by_its_word(dossier):
    new = copy.deepcopy(dossier)
    next(row for row in new["items"] if row["code"] == "signage.plaque")["present"] = False
    assert told(dossier, new) == [
        ("Equipment and systems", CHANGED, "studio plaque", [("there", "yes", "no")])
    ]


def test_the_page_compares_the_two_newest_versions(client, ready_studio, people):
    application = journey.returned(ready_studio, "county", people, section="funds")
    FundFactory(studio=ready_studio, year=2001, amount="7")
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    client.force_login(people.unit_chair, backend="django.contrib.auth.backends.ModelBackend")
    page = reverse("application_changes", args=[application.pk])
    context = client.get(page).context
    assert (context["old"], context["new"]) == (1, 2)
    assert context["summary"] == {"added": 1, "removed": 0, "changed": 0}
    assert client.get(page, {"from": "9", "to": "x"}).status_code == 200


def test_a_dossier_is_shown_in_full_with_its_hash(client, ready_studio, people):
    application = journey.at_county(ready_studio, "county", people)
    dossier = application.current_dossier
    page = reverse("dossier_show", args=[application.pk, 1])
    client.force_login(people.county_reviewer, backend="django.contrib.auth.backends.ModelBackend")
    text = client.get(page).content.decode()
    assert dossier.sha256 in text
    assert "包·青格乐" in text
    assert client.get(reverse("dossier_show", args=[application.pk, 2])).status_code == 404
    for who, status in (
        ("other_county_reviewer", 404),
        ("unit_clerk", 200),
        ("auditor", 200),
        ("stranger", 404),
    ):
        client.force_login(getattr(people, who), backend="django.contrib.auth.backends.ModelBackend")
        assert client.get(page).status_code == status
        assert client.get(reverse("application_changes", args=[application.pk])).status_code == status
