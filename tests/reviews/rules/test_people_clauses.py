"""二.1 leader and 二.2 team."""

import itertools
from datetime import date

import pytest

from reviews.rules.findings import Verdict

MET, NOT_MET, JUDGE = Verdict.MET, Verdict.NOT_MET, Verdict.JUDGE


def codes(finding):
    return [item.code for item in finding.missing]


@pytest.mark.parametrize(
    ("rank", "group", "verdict", "code"),
    [
        (10, "model_worker", MET, "leader.honour"),
        (30, "craftsman", MET, "leader.honour"),
        (35, "craftsman", MET, "leader.honour"),
        (40, "may_day", MET, "leader.honour"),
        (41, "may_day", NOT_MET, "leader.too_low"),
        (50, "model_worker", NOT_MET, "leader.too_low"),
        (60, "craftsman", NOT_MET, "leader.too_low"),
        (20, "skill", NOT_MET, "leader.nothing"),
        (20, "women", NOT_MET, "leader.nothing"),
        (None, "model_worker", NOT_MET, "leader.nothing"),
    ],
)
def test_an_honour_of_the_named_kinds_at_city_level_is_enough(find, make, rank, group, verdict, code):
    finding = find("二.1", leader=make.leader(make.honour(rank=rank, group=group)))
    assert (finding.verdict, finding.code) == (verdict, code)


def test_what_counts_as_city_level_is_a_parameter(find, make):
    county_honour = make.leader(make.honour(rank=50))
    assert find("二.1", leader=county_honour, params={"max_rank": 50}).verdict == MET
    assert find("二.1", leader=county_honour, params={"max_rank": 49}).verdict == NOT_MET


def test_the_highest_honour_is_named_and_the_others_are_counted(find, make):
    honours = [make.honour(1, rank=40), make.honour(2, rank=20, name="全国劳动模范"), make.honour(3, rank=50)]
    finding = find("二.1", leader=make.leader(*honours))
    assert finding.values["honour"]["name"] == "全国劳动模范"
    assert finding.values["more"] == 1
    assert {"section": "leader", "id": 2} in finding.evidence
    assert {"section": "leader", "id": 3} not in finding.evidence


@pytest.mark.parametrize("basis", ["二十年电气检修，全国技术能手", "x"])
def test_a_described_skill_is_left_to_a_person(find, make, basis):
    finding = find("二.1", leader=make.leader(make.honour(rank=50), skilled_basis=basis))
    assert (finding.verdict, finding.code, finding.missing) == (JUDGE, "leader.skilled", ())
    assert finding.values["basis"] == basis
    assert [row["rank"] for row in finding.values["honours"]] == [50]


def test_an_honour_high_enough_needs_no_judgement_of_skill(find, make):
    assert find("二.1", leader=make.leader(make.honour(), skilled_basis="电气检修")).verdict == MET


@pytest.mark.parametrize("basis", ["", "  \n"])
def test_neither_honour_nor_skill_says_what_is_missing(find, make, basis):
    finding = find("二.1", leader=make.leader(skilled_basis=basis))
    assert (finding.verdict, codes(finding)) == (NOT_MET, ["leader.honour_or_skill"])


def test_no_leader_is_not_met(find):
    finding = find("二.1", leader=None)
    assert (finding.verdict, codes(finding)) == (NOT_MET, ["leader.missing"])
    assert finding.missing[0].section == "leader"


@pytest.mark.parametrize(
    ("granted_on", "verdict"), [("2026-03-15", MET), ("2026-03", MET), ("2026-03-16", NOT_MET), ("", MET)]
)
def test_an_honour_counts_from_the_day_it_may_have_been_granted(find, make, granted_on, verdict):
    assert find("二.1", leader=make.leader(make.honour(granted_on=granted_on))).verdict == verdict


def test_the_certificate_of_the_honour_is_asked_for_but_does_not_decide(find, make):
    finding = find("二.1", files=[])
    assert (finding.verdict, codes(finding)) == (MET, ["leader.certificate"])


@pytest.mark.parametrize(
    ("others", "verdict", "missing"), [(3, NOT_MET, 1), (4, MET, 0), (5, MET, 0), (0, NOT_MET, 4)]
)
def test_five_people_with_the_leader_are_enough(find, make, others, verdict, missing):
    finding = find("二.2", members=[make.member(n) for n in range(1, others + 1)])
    assert (finding.verdict, finding.values["count"]) == (verdict, others + 1)
    assert [item.values for item in finding.missing] == ([{"count": missing}] if missing else [])


def test_whether_the_leader_counts_is_a_parameter(find, make):
    four = [make.member(n) for n in range(1, 5)]
    assert find("二.2", members=four, params={"leader_counts": False}).values["count"] == 4
    assert find("二.2", members=four, params={"leader_counts": False}).verdict == NOT_MET


def test_without_a_leader_only_the_members_count(find, make):
    finding = find("二.2", leader=None, members=[make.member(n) for n in range(1, 5)])
    assert (finding.verdict, finding.values["leader_counted"]) == (NOT_MET, False)


@pytest.mark.parametrize(("adviser_counts", "count"), [(False, 5), (True, 6)])
def test_whether_an_adviser_counts_is_a_parameter(find, make, adviser_counts, count):
    members = [*(make.member(n) for n in range(1, 5)), make.member(9, role="adviser")]
    assert find("二.2", members=members, params={"adviser_counts": adviser_counts}).values["count"] == count


def test_the_number_asked_for_is_a_parameter(find, make):
    assert find("二.2", members=[make.member(1), make.member(2)], params={"min_count": 3}).verdict == MET


def test_a_person_counts_once_however_many_rows_name_them(find, make):
    members = [
        make.member(1),
        make.member(2, person_id=1),  # the same person
        make.member(3),
        make.member(4, name=" 职工 3 ", birth_month="1973-05"),  # entered as a second person
        make.member(5, name="职工3", birth_month="1973-06"),  # a namesake
        make.member(6, name="职工3", birth_month="1973-05", sex="female"),  # another namesake
        make.member(100),  # the leader
    ]
    finding = find("二.2", members=members)
    assert finding.values["count"] == 5
    assert len(finding.values["repeated"]) == 3


def test_rows_linked_through_a_third_are_one_person(find, make):
    rows = [
        make.member(1, person_id=1, name="甲", birth_month="1980-01"),
        make.member(2, person_id=2, name="甲", birth_month="1980-01"),
        make.member(3, person_id=2, name="乙", birth_month="1981-01"),
    ]
    for order in itertools.permutations(rows):
        assert find("二.2", leader=None, members=list(order)).values["count"] == 1


def test_people_without_a_month_of_birth_are_not_taken_for_one(find, make):
    members = [make.member(n, name="王伟", birth_month="") for n in range(1, 5)]
    assert find("二.2", members=members).values["count"] == 5


@pytest.mark.parametrize(
    ("born", "on", "band"),
    [
        ("1996-03", date(2026, 2, 28), "under_30"),
        ("1996-03", date(2026, 3, 1), "30_39"),
        ("1986-03", date(2026, 2, 28), "30_39"),
        ("1986-03", date(2026, 3, 1), "40_49"),
        ("1976", date(2025, 12, 31), "40_49"),
        ("1976", date(2026, 1, 1), "50_up"),
        ("", date(2026, 1, 1), ""),
    ],
)
def test_ages_are_those_of_the_day(find, make, born, on, band):
    finding = find("二.2", leader=None, members=[make.member(1, birth_month=born)], on=on)
    assert finding.values["structure"]["age"] == {band: 1}


def test_the_structure_counts_each_person_that_counts(find, make):
    members = [
        make.member(1, education="master", prof_title="senior"),
        make.member(2, education="master", prof_title=""),
        make.member(3, education="", role="adviser"),
    ]
    structure = find("二.2", leader=None, members=members).values["structure"]
    assert structure["education"] == {"master": 2}
    assert structure["prof_title"] == {"": 1, "senior": 1}
    assert structure["skill_level"] == {"technician": 2}
