"""二.3 venue, 二.4 equipment, 二.5 systems and 二.6 funds."""

from datetime import date

import pytest

from reviews.rules.findings import Verdict

MET, SOFT, NOT_MET, JUDGE = Verdict.MET, Verdict.SOFT, Verdict.NOT_MET, Verdict.JUDGE


def asked(finding):
    return [(item.code, *item.values.values()) for item in finding.missing]


@pytest.mark.parametrize(
    ("area", "verdict", "code"),
    [
        (None, NOT_MET, "venue.no_area"),
        ("", NOT_MET, "venue.no_area"),
        ("0.00", NOT_MET, "venue.no_area"),
        ("24.99", SOFT, "venue.small"),
        ("25.00", MET, "venue.complete"),
        ("25", MET, "venue.complete"),
        ("1200.5", MET, "venue.complete"),
    ],
)
def test_the_area_is_generally_25_square_metres(find, area, verdict, code):
    finding = find("二.3", studio={"area_sqm": area})
    assert (finding.verdict, finding.code) == (verdict, code)


def test_the_area_asked_for_is_a_parameter(find):
    assert find("二.3", studio={"area_sqm": "24"}, params={"min_area": 20}).verdict == MET


@pytest.mark.parametrize(
    ("reason", "missing"), [("", [("venue.reason", 25)]), ("  ", [("venue.reason", 25)]), ("班组用房", [])]
)
def test_a_smaller_place_needs_a_reason_and_stays_soft(find, reason, missing):
    finding = find("二.3", studio={"area_sqm": "20", "area_reason": reason})
    assert (finding.verdict, asked(finding)) == (SOFT, missing)


def test_no_area_is_asked_for(find):
    assert asked(find("二.3", studio={"area_sqm": None})) == [("venue.area",)]


@pytest.mark.parametrize(
    ("present", "photo", "missing"),
    [
        (True, True, []),
        (True, False, [("venue.sign_photo", "signage.goals")]),
        (False, True, [("venue.sign", "signage.goals")]),
        (False, False, [("venue.sign", "signage.goals")]),
    ],
)
def test_each_sign_needs_its_tick_and_its_photo(find, make, present, photo, missing):
    items = [make.item(code, present=present or code != "signage.goals") for code in make.items]
    files = [row for row in make.dossier()["files"] if photo or row["slot"] != "signage.goals"]
    finding = find("二.3", items=items, files=files)
    assert (finding.verdict, asked(finding)) == (SOFT if missing else MET, missing)


def test_without_any_sign_all_six_are_listed_in_their_order(find, make):
    finding = find("二.3", items=[])
    assert finding.verdict == SOFT
    assert asked(finding) == [("venue.sign", code) for code in make.items[:6]]
    assert [row["state"] for row in finding.values["signs"]] == ["absent"] * 6


def test_whether_signs_need_photos_is_a_parameter(find, make):
    finding = find("二.3", files=[], params={"photo_needed": False})
    assert (finding.verdict, finding.missing) == (MET, ())


def test_complete_equipment_is_for_a_person_to_judge(find):
    finding = find("二.4")
    assert (finding.verdict, finding.missing, finding.values["done"]) == (JUDGE, (), 4)


@pytest.mark.parametrize(("note", "photo", "done"), [("万用表", False, 4), ("", True, 4), (" ", False, 3)])
def test_equipment_is_shown_by_words_or_a_picture(find, make, note, photo, done):
    items = [make.item(code, note=note if code == "equipment.tools" else "有") for code in make.items]
    finding = find("二.4", items=items, files=[make.file(1, "equipment.tools")] if photo else [])
    assert finding.values["done"] == done
    assert (finding.verdict, asked(finding)) == (
        (JUDGE, []) if done == 4 else (SOFT, [("equipment.description", "equipment.tools")])
    )


def test_equipment_begun_is_soft_and_none_is_not_met(find, make):
    one = find("二.4", items=[make.item("equipment.tools")])
    none = find("二.4", items=[make.item("equipment.tools", present=False)])
    assert (one.verdict, none.verdict) == (SOFT, NOT_MET)
    assert [item.code for item in none.missing] == ["equipment.item"] * 4


def test_complete_systems_are_for_a_person_to_judge(find):
    finding = find("二.5")
    assert (finding.verdict, finding.missing, finding.values["done"]) == (JUDGE, (), 6)


@pytest.mark.parametrize(
    ("studio", "missing"),
    [({"ledger_note": ""}, [("systems.ledger",)]), ({"archive_note": " "}, [("systems.archive",)])],
)
def test_ledger_and_archive_belong_to_the_systems(find, studio, missing):
    finding = find("二.5", studio=studio)
    assert (finding.verdict, asked(finding)) == (SOFT, missing)


def test_whether_ledger_and_archive_are_needed_are_parameters(find):
    bare = {"ledger_note": "", "archive_note": ""}
    assert (
        find("二.5", studio=bare, params={"ledger_needed": False, "archive_needed": False}).verdict == JUDGE
    )


def test_a_system_without_its_document_is_not_enough(find, make):
    files = [row for row in make.dossier()["files"] if row["slot"] != "system.plan"]
    finding = find("二.5", files=files)
    assert (finding.verdict, asked(finding)) == (SOFT, [("systems.file", "system.plan")])


def test_nothing_filled_in_about_systems_is_not_met(find):
    finding = find("二.5", items=[], studio={"ledger_note": "", "archive_note": ""})
    assert (finding.verdict, len(finding.missing)) == (NOT_MET, 8)
    assert find("二.5", items=[], studio={"ledger_note": "", "archive_note": "有"}).verdict == SOFT


@pytest.mark.parametrize(
    ("years", "verdict", "missing"),
    [
        ([2024, 2025], JUDGE, []),
        ([2025], SOFT, [("funds.year", 2024)]),
        ([2026], SOFT, [("funds.year", 2024), ("funds.year", 2025)]),
        ([2019], NOT_MET, [("funds.year", 2024), ("funds.year", 2025)]),
        ([], NOT_MET, [("funds.year", 2024), ("funds.year", 2025)]),
    ],
)
def test_money_is_looked_for_in_the_last_two_whole_years(find, make, years, verdict, missing):
    finding = find("二.6", funds=[make.fund(n, year) for n, year in enumerate(years)])
    assert (finding.verdict, asked(finding)) == (verdict, missing)


@pytest.mark.parametrize(
    ("founded_on", "years"),
    [
        ("2023-06", [2024, 2025]),
        ("2024-01-01", [2024, 2025]),
        ("2024-01", [2025]),
        ("2025-02", []),
        ("", [2024, 2025]),
    ],
)
def test_no_money_is_asked_for_before_the_founding(find, founded_on, years):
    assert find("二.6", studio={"founded_on": founded_on}).values["years"] == years


def test_a_new_studio_shows_any_money(find, make):
    new = {"founded_on": "2025-09"}
    assert find("二.6", studio=new, funds=[make.fund(1, 2025)]).verdict == JUDGE
    assert find("二.6", studio=new, funds=[make.fund(1, 2026)]).verdict == JUDGE
    finding = find("二.6", studio=new, funds=[])
    assert (finding.verdict, asked(finding)) == (NOT_MET, [("funds.any",)])


def test_nothing_given_is_no_money(find, make):
    rows = [make.fund(1, 2024, "0.00"), make.fund(2, 2025, "0.01")]
    assert asked(find("二.6", funds=rows)) == [("funds.year", 2024)]


def test_the_money_of_a_year_is_added_up_exactly(find, make):
    rows = [make.fund(1, 2024, "0.10"), make.fund(2, 2024, "0.20"), make.fund(3, 2025, "1.00")]
    values = find("二.6", funds=rows).values
    assert values["amounts"] == [{"year": 2024, "amount": "0.30"}, {"year": 2025, "amount": "1.00"}]
    assert values["total"] == "1.30"


@pytest.mark.parametrize(("needed", "verdict"), [(True, SOFT), (False, JUDGE)])
def test_whether_funds_need_proof_is_a_parameter(find, needed, verdict):
    assert find("二.6", files=[], params={"proof_needed": needed}).verdict == verdict


def test_the_number_of_years_is_a_parameter(find):
    finding = find("二.6", params={"years": 3}, on=date(2026, 1, 1))
    assert asked(finding) == [("funds.year", 2023)]
