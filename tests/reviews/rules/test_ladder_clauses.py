"""三.a the title below and 三.b the recent result with benefit."""

from datetime import date

import pytest

from reviews.rules.findings import Verdict

MET, SOFT, NOT_MET, JUDGE = Verdict.MET, Verdict.SOFT, Verdict.NOT_MET, Verdict.JUDGE
GOOD = {"benefit_amount": "12.50", "social_benefit": "减轻劳动强度"}


def codes(finding):
    return [item.code for item in finding.missing]


@pytest.mark.parametrize(
    ("changes", "verdict", "code"),
    [
        ({}, MET, "prior.held"),
        ({"union_id": 23}, NOT_MET, "prior.other_union"),
        ({"valid_from": "2026-03-15"}, MET, "prior.held"),
        ({"valid_from": "2026-03-16"}, NOT_MET, "prior.not_live"),
        ({"valid_until": "2026-03-15"}, MET, "prior.held"),
        ({"valid_until": "2026-03-14"}, NOT_MET, "prior.not_live"),
        ({"level": "base", "tier": 1, "union_id": 11}, NOT_MET, "prior.never"),
        ({"level": "city", "tier": 3, "union_id": 33}, NOT_MET, "prior.never"),
    ],
)
def test_the_city_asks_for_a_live_title_of_the_own_county(find, make, changes, verdict, code):
    finding = find("三.a", namings=[make.naming(**changes)])
    assert (finding.verdict, finding.code) == (verdict, code)
    assert codes(finding) == ([] if verdict == MET else ["prior.title"])


@pytest.mark.parametrize(
    ("changes", "verdict", "code"),
    [
        ({}, MET, "prior.held"),
        ({"union_id": 12}, NOT_MET, "prior.other_union"),
        ({"valid_until": "2025-01-01"}, NOT_MET, "prior.not_live"),
        ({"level": "county", "tier": 2, "union_id": 22}, NOT_MET, "prior.never"),
    ],
)
def test_the_county_asks_for_a_live_naming_by_the_own_union(find, make, changes, verdict, code):
    finding = find("三.a", level="county", namings=[make.naming(level="base") | changes])
    assert (finding.verdict, finding.code) == (verdict, code)


def test_one_live_title_is_enough_beside_lapsed_ones(find, make):
    rows = [
        make.naming(1, valid_from="2020-01-01", valid_until="2022-12-31"),
        make.naming(2, union_id=23, valid_from="2023-01-01"),
        make.naming(3),
    ]
    finding = find("三.a", namings=rows)
    assert finding.verdict == MET
    assert finding.evidence == ({"section": "namings", "id": 3},)


def test_the_newest_lapsed_title_is_named(find, make):
    rows = [
        make.naming(1, valid_from="2021-01-01", valid_until="2022-12-31", document="后"),
        make.naming(2, valid_from="2018-01-01", valid_until="2020-12-31", document="前"),
    ]
    assert find("三.a", namings=rows).values["title"]["document"] == "后"


def test_a_unit_without_a_county_union_cannot_hold_its_title(find, make):
    finding = find("三.a", unit={"county_id": None, "county_name": None})
    assert (finding.verdict, finding.code, codes(finding)) == (NOT_MET, "prior.no_union", ["prior.no_union"])
    unlinked = find(
        "三.a", unit={"county_id": None, "county_name": None}, namings=[make.naming(union_id=None)]
    )
    assert unlinked.verdict == NOT_MET


def test_the_county_an_application_goes_through_decides(find, make):
    moved = [make.naming(union_id=24)]
    assert find("三.a", namings=moved, county_id=24).verdict == MET
    assert find("三.a", county_id=24).verdict == NOT_MET


def test_whether_the_own_union_must_have_granted_it_is_a_parameter(find, make):
    foreign = [make.naming(union_id=99)]
    assert find("三.a", namings=foreign, params={"own_union_only": False}).verdict == MET


def test_a_level_that_requires_none_is_met(find):
    assert find("三.a", level="base", namings=[]).code == "prior.none_required"


# On 2026-03-15 the two years begin on 2024-03-15.
@pytest.mark.parametrize(
    ("granted_on", "verdict", "code"),
    [
        ("2024-03-15", JUDGE, "recent.ready"),
        ("2024-03-14", NOT_MET, "recent.none"),
        ("2026-03-15", JUDGE, "recent.ready"),
        ("2026-03-16", NOT_MET, "recent.none"),
        ("2026-03", JUDGE, "recent.ready"),
        ("2026", JUDGE, "recent.ready"),
        ("2025", JUDGE, "recent.ready"),
        ("2024-04", JUDGE, "recent.ready"),
        ("2024-03", SOFT, "recent.date_unclear"),
        ("2024", SOFT, "recent.date_unclear"),
        ("2024-02", NOT_MET, "recent.none"),
        ("2023", NOT_MET, "recent.none"),
        ("", NOT_MET, "recent.none"),
    ],
)
def test_the_award_lies_within_two_years_before_applying(find, make, granted_on, verdict, code):
    result = make.achievement(1, make.recognition(granted_on=granted_on), **GOOD)
    finding = find("三.b", achievements=[result])
    assert (finding.verdict, finding.code) == (verdict, code)


@pytest.mark.parametrize(
    ("on", "granted_on", "verdict"),
    [
        (date(2024, 2, 29), "2022-02-28", JUDGE),
        (date(2024, 2, 29), "2022-02-27", NOT_MET),
        (date(2026, 2, 28), "2024-02-28", JUDGE),
        (date(2026, 2, 28), "2024-02-29", JUDGE),
        (date(2026, 3, 1), "2024-02-29", NOT_MET),
        (date(2026, 2, 28), "2024-02", SOFT),
        (date(2026, 3, 31), "2024-03-31", JUDGE),
        (date(2026, 3, 31), "2024-03-30", NOT_MET),
        (date(2026, 3, 1), "2024-03", JUDGE),
        (date(2026, 1, 1), "2024", JUDGE),
        (date(2026, 1, 2), "2024", SOFT),
    ],
)
def test_leap_days_and_ends_of_months_are_exact(find, make, on, granted_on, verdict):
    result = make.achievement(1, make.recognition(granted_on=granted_on), **GOOD)
    assert find("三.b", achievements=[result], on=on).verdict == verdict


@pytest.mark.parametrize(("months", "verdict"), [(24, NOT_MET), (36, JUDGE)])
def test_the_number_of_months_is_a_parameter(find, make, months, verdict):
    result = make.achievement(1, make.recognition(granted_on="2023-06-01"), **GOOD)
    assert find("三.b", achievements=[result], params={"months": months}).verdict == verdict


@pytest.mark.parametrize(
    ("changes", "verdict", "missing"),
    [
        ({"rank": 40}, JUDGE, None),
        ({"rank": 50}, NOT_MET, "recent.too_low"),
        ({"rank": None}, NOT_MET, "recent.too_low"),
        ({"kind": "certificate"}, NOT_MET, "recent.other_kind"),
        ({"kind": "appraisal"}, NOT_MET, "recent.other_kind"),
        ({"granted_on": ""}, NOT_MET, "recent.give_date"),
        ({"granted_on": "2023-01"}, NOT_MET, "recent.too_early"),
        ({"granted_on": "2026-04"}, NOT_MET, "recent.in_the_future"),
    ],
)
def test_only_an_award_at_city_level_counts_and_the_reason_is_named(find, make, changes, verdict, missing):
    finding = find("三.b", achievements=[make.achievement(1, make.recognition(**changes), **GOOD)])
    assert finding.verdict == verdict
    if missing:
        assert codes(finding) == ["recent.none", missing]


@pytest.mark.parametrize(
    ("status", "granted_on", "verdict", "missing"),
    [
        ("granted", "2024-03-15", JUDGE, None),
        ("granted", "2024-03-14", NOT_MET, "recent.too_early"),
        ("granted", "", NOT_MET, "recent.give_date"),
        ("filed", "", NOT_MET, "recent.filed_only"),
        ("filed", "2025-06-01", NOT_MET, "recent.filed_only"),
    ],
)
def test_a_patent_counts_from_its_grant(find, make, status, granted_on, verdict, missing):
    finding = find("三.b", achievements=[make.patent(1, granted_on, status, **GOOD)])
    assert finding.verdict == verdict
    if missing:
        assert codes(finding) == ["recent.none", missing]


def test_a_grant_date_on_what_is_no_patent_means_nothing(find, make):
    result = make.achievement(1, patent_status="granted", granted_on="2025-06-01", **GOOD)
    assert find("三.b", achievements=[result]).verdict == NOT_MET
    filed = make.achievement(1, patent_status="filed", **GOOD)
    assert codes(find("三.b", achievements=[filed])) == ["recent.none"]


def test_of_two_awards_of_one_day_the_higher_is_named_in_either_order(find, make):
    rows = [make.recognition(1, rank=40), make.recognition(2, rank=20)]
    for order in (rows, rows[::-1]):
        finding = find("三.b", achievements=[make.achievement(1, *order, **GOOD)])
        assert [row["rank"] for row in finding.values["results"]] == [20]


def test_a_recognition_of_long_ago_is_no_near_miss(find, make):
    result = make.achievement(1, make.recognition(rank=50, granted_on="2019"), **GOOD)
    assert codes(find("三.b", achievements=[result])) == ["recent.none"]


def test_near_misses_come_easiest_first_and_stop_at_five(find, make):
    old = [make.achievement(n, make.recognition(granted_on="2020")) for n in range(1, 8)]
    finding = find("三.b", achievements=[*old, make.patent(9, "", "filed")])
    assert codes(finding) == ["recent.none", "recent.filed_only", *["recent.too_early"] * 4]


@pytest.mark.parametrize(
    ("benefit", "amount", "social", "verdict", "missing"),
    [
        ("either", "12.50", "减轻劳动强度", JUDGE, []),
        ("either", "12.50", "", JUDGE, ["recent.social_too"]),
        ("either", None, "减轻劳动强度", JUDGE, ["recent.economic_too"]),
        ("either", "0.00", " ", NOT_MET, ["recent.benefit"]),
        ("either", None, "", NOT_MET, ["recent.benefit"]),
        ("both", "12.50", "减轻劳动强度", JUDGE, []),
        ("both", "12.50", "", NOT_MET, ["recent.social"]),
        ("both", None, "减轻劳动强度", NOT_MET, ["recent.economic"]),
        ("both", None, "", NOT_MET, ["recent.economic", "recent.social"]),
    ],
)
def test_the_benefit_is_stated(find, make, benefit, amount, social, verdict, missing):
    result = make.achievement(1, make.recognition(), benefit_amount=amount, social_benefit=social)
    finding = find("三.b", achievements=[result], params={"benefit": benefit})
    assert (finding.verdict, codes(finding)) == (verdict, missing)


@pytest.mark.parametrize(
    ("slot", "achievement_id", "verdict"),
    [("benefit.proof", 1, JUDGE), ("benefit.proof", 2, NOT_MET), ("achievement.proof", 1, NOT_MET)],
)
def test_the_proof_is_filed_under_the_result_itself(find, make, slot, achievement_id, verdict):
    files = [make.file(1, slot, achievement_id)]
    result = make.achievement(1, make.recognition(), **GOOD)
    finding = find("三.b", achievements=[result], files=files)
    assert finding.verdict == verdict
    assert ("recent.benefit_proof" in codes(finding)) == (verdict == NOT_MET)


def test_whether_the_benefit_needs_proof_is_a_parameter(find):
    assert find("三.b", files=[], params={"benefit_proof_needed": False}).verdict == JUDGE
    assert find("三.b", files=[]).verdict == NOT_MET


def test_the_benefit_must_be_that_of_a_result_in_the_period(find, make):
    rich_but_old = make.achievement(1, make.recognition(1, granted_on="2020"), **GOOD)
    recent_but_poor = make.achievement(2, make.recognition(2))
    finding = find("三.b", achievements=[rich_but_old, recent_but_poor])
    assert (finding.verdict, finding.code) == (NOT_MET, "recent.no_benefit")
    assert {item.values["title"] for item in finding.missing} == {"成果2"}


def test_a_complete_result_is_enough_beside_incomplete_ones(find, make):
    results = [make.achievement(2, make.recognition(2)), make.achievement(1, make.recognition(1), **GOOD)]
    finding = find("三.b", achievements=results)
    assert (finding.verdict, codes(finding)) == (JUDGE, [])
    assert [row["title"] for row in finding.values["results"]] == ["成果1", "成果2"]


def test_a_coarse_date_without_benefit_asks_for_both(find, make):
    finding = find("三.b", achievements=[make.achievement(1, make.recognition(granted_on="2024"))])
    assert finding.verdict == NOT_MET
    assert codes(finding) == ["recent.benefit", "recent.give_month"]


def test_the_certificate_is_asked_for_but_does_not_decide(find, make):
    finding = find("三.b", files=[make.file(1, "benefit.proof", 1)])
    assert (finding.verdict, codes(finding)) == (JUDGE, ["recent.proof"])
