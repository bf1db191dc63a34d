"""二.7a projects every year and 二.7b recognised results every two years."""

from datetime import date

import pytest

from reviews.rules.findings import Verdict

MET, SOFT, NOT_MET = Verdict.MET, Verdict.SOFT, Verdict.NOT_MET


def asked(finding):
    return [(item.code, *item.values.values()) for item in finding.missing]


@pytest.mark.parametrize(
    ("founded_on", "years", "missing"),
    [
        ("2020-03", [2023, 2024, 2025], []),
        ("2020-03", [2023, 2025], [2024]),
        ("2020-03", [2024, 2025, 2026], [2023]),
        ("2020-03", [2026], [2023, 2024, 2025]),
        ("2023-03", [2024, 2025], []),
        ("2024-01-01", [2025], [2024]),
        ("2024-01-02", [2025], []),
        ("2024", [2025], []),
    ],
)
def test_each_whole_year_since_founding_has_a_project(find, make, founded_on, years, missing):
    rows = [make.project(n, year) for n, year in enumerate(years)]
    finding = find("二.7a", studio={"founded_on": founded_on}, projects=rows)
    assert finding.verdict == (NOT_MET if missing else MET)
    assert asked(finding) == [("projects.year", [year], 1) for year in missing]


@pytest.mark.parametrize("founded_on", ["2025-02", "2026-01", "2026-03-15", "2025"])
def test_a_studio_without_a_whole_year_yet_has_met_it(find, founded_on):
    finding = find("二.7a", studio={"founded_on": founded_on}, projects=[])
    assert (finding.verdict, finding.code, finding.missing) == (MET, "projects.no_whole_year", ())


def test_the_current_year_is_not_asked_for_until_it_has_ended(find):
    assert find("二.7a", on=date(2026, 12, 31)).verdict == MET
    finding = find("二.7a", on=date(2027, 1, 1))
    assert asked(finding) == [("projects.year", [2026], 1)]


@pytest.mark.parametrize(
    ("status", "verdict"), [("running", MET), ("finished", MET), ("stopped", MET), ("planned", NOT_MET)]
)
def test_a_project_counts_once_it_was_begun(find, make, status, verdict):
    rows = [make.project(1, 2023, status), make.project(2, 2024), make.project(3, 2025)]
    assert find("二.7a", projects=rows).verdict == verdict


def test_projects_that_do_not_count_are_named(find, make):
    rows = [make.project(1, 2023, "planned"), make.project(2, 2024), make.project(3, 2025)]
    assert asked(find("二.7a", projects=rows)) == [("projects.not_counted", [2023], 1, ["planned"])]


def test_how_many_and_how_far_back_are_parameters(find):
    assert find("二.7a", params={"per_year": 2}).verdict == NOT_MET
    assert find("二.7a", params={"years_back": 4}).verdict == NOT_MET
    assert find("二.7a", params={"statuses": ["running"]}).verdict == NOT_MET


def test_a_rolling_year_takes_projects_of_both_calendar_years_it_touches(find, make):
    rolling = {"window": "rolling", "years_back": 2}
    assert find("二.7a", params=rolling, projects=[make.project(1, 2025)]).verdict == MET
    finding = find("二.7a", params=rolling, projects=[make.project(1, 2026)])
    assert asked(finding) == [("projects.year", [2024, 2025], 1)]


@pytest.mark.parametrize("clause", ["二.7a", "二.7b"])
def test_without_the_founding_date_nothing_can_be_counted(find, clause):
    finding = find(clause, studio={"founded_on": ""})
    assert finding.verdict == NOT_MET
    assert [item.section for item in finding.missing] == ["studio"]


# The windows on 2026-03-15: from 2024-03-15 to that day, and from 2022-03-15 to 2024-03-14.
NEWER, OLDER = "2025-06-01", "2023-06-01"


def results(make, *dates, **changes):
    return [
        make.achievement(n, make.recognition(n, **{"granted_on": day, **changes}))
        for n, day in enumerate(dates, start=1)
    ]


@pytest.mark.parametrize(
    ("dates", "verdict"),
    [
        ([NEWER, OLDER], MET),
        ([NEWER], NOT_MET),
        ([OLDER], NOT_MET),
        ([], NOT_MET),
        (["2024-03-15", "2024-03-14"], MET),
        (["2024-03-15", "2024-03-15"], NOT_MET),
        (["2024-03-14", "2024-03-14"], NOT_MET),
        ([NEWER, "2022-03-15"], MET),
        ([NEWER, "2022-03-14"], NOT_MET),
        (["2026-03-15", OLDER], MET),
        (["2026-03-16", OLDER], NOT_MET),
        (["2026-03", OLDER], MET),
        (["2025", "2023"], MET),
        (["2024", "2023"], SOFT),
        (["2024", "2024"], SOFT),
        (["2024"], NOT_MET),
        (["2024", "2022"], SOFT),
        ([NEWER, "2024"], SOFT),
        ([OLDER, "2024"], SOFT),
        (["2024-03", "2023"], SOFT),
        ([NEWER, "2022"], SOFT),
        ([NEWER, "2022-03"], SOFT),
        ([NEWER, "2022-04"], MET),
        ([NEWER, ""], NOT_MET),
    ],
)
def test_each_two_years_have_a_recognised_result(find, make, dates, verdict):
    assert find("二.7b", achievements=results(make, *dates)).verdict == verdict


def test_a_coarse_date_is_asked_for_more_exactly(find, make):
    finding = find("二.7b", achievements=results(make, "2024", "2023"))
    assert asked(finding) == [("results.give_month", "成果1", "2024")]
    finding = find("二.7b", achievements=results(make, "2024-03", "2023"))
    assert asked(finding) == [("results.give_day", "成果1", "2024-03")]


def test_a_coarse_date_fills_one_span_only_and_the_other_asks_for_another(find, make):
    finding = find("二.7b", achievements=results(make, "2024"))
    assert asked(finding) == [
        ("results.window", "2024-03-15", "2026-03-15", 1),
        ("results.give_month", "成果1", "2024"),
    ]


def test_the_empty_span_and_the_undated_recognition_are_named(find, make):
    finding = find("二.7b", achievements=results(make, NEWER, ""))
    assert {item.code for item in finding.missing} == {"results.window", "results.give_date"}
    window = next(item for item in finding.missing if item.code == "results.window")
    assert window.values == {"start": "2022-03-15", "end": "2024-03-14", "count": 1}


@pytest.mark.parametrize(
    ("rank", "verdict"), [(40, MET), (41, NOT_MET), (50, NOT_MET), (None, NOT_MET), (20, MET)]
)
def test_the_recognition_ranks_at_city_level_or_above(find, make, rank, verdict):
    assert find("二.7b", achievements=results(make, NEWER, OLDER, rank=rank)).verdict == verdict


@pytest.mark.parametrize("kind", ["award", "certificate", "appraisal", "other"])
def test_any_kind_of_recognition_counts_by_default(find, make, kind):
    achievements = results(make, NEWER, OLDER, kind=kind)
    assert find("二.7b", achievements=achievements).verdict == MET
    assert find("二.7b", achievements=achievements, params={"kinds": ["nothing"]}).verdict == NOT_MET


@pytest.mark.parametrize(
    ("status", "granted_on", "counts", "verdict"),
    [
        ("granted", OLDER, True, MET),
        ("granted", OLDER, False, NOT_MET),
        ("filed", OLDER, True, NOT_MET),
        ("filed", "", True, NOT_MET),
        ("granted", "", True, NOT_MET),
        ("granted", "2022-03-14", True, NOT_MET),
    ],
)
def test_a_granted_patent_counts_as_recognised(find, make, status, granted_on, counts, verdict):
    achievements = [*results(make, NEWER), make.patent(9, granted_on, status)]
    finding = find("二.7b", achievements=achievements, params={"granted_patent_counts": counts})
    assert finding.verdict == verdict


@pytest.mark.parametrize(
    ("founded_on", "verdict", "code"),
    [
        ("2022-03-15", NOT_MET, "results.windows_without"),
        ("2022-03-16", MET, "results.every_window"),
        ("2022", MET, "results.every_window"),
        ("2024-03-15", MET, "results.every_window"),
        ("2024-03-16", MET, "results.no_window"),
        ("2026-03", MET, "results.no_window"),
    ],
)
def test_a_span_begun_before_the_founding_is_excused(find, make, founded_on, verdict, code):
    finding = find("二.7b", studio={"founded_on": founded_on}, achievements=results(make, NEWER))
    assert (finding.verdict, finding.code) == (verdict, code)


def test_a_studio_without_a_full_span_has_met_it_without_any_result(find):
    assert find("二.7b", studio={"founded_on": "2024-03-16"}, achievements=[]).verdict == MET
    assert find("二.7b", studio={"founded_on": "2024-03-15"}, achievements=[]).verdict == NOT_MET


def test_one_result_counts_once_in_a_span_however_often_it_was_recognised(find, make):
    twice = make.achievement(
        1, make.recognition(1, granted_on=NEWER), make.recognition(2, granted_on="2025-08")
    )
    other = make.achievement(2, make.recognition(3, granted_on=OLDER))
    params = {"min_results": 2, "windows_back": 1}
    assert find("二.7b", achievements=[twice, other], params=params).verdict == NOT_MET
    third = make.achievement(3, make.recognition(4, granted_on=NEWER))
    assert find("二.7b", achievements=[twice, third], params=params).verdict == MET


def test_two_coarse_dates_of_one_result_are_still_one_result(find, make):
    params = {"min_results": 2, "windows_back": 1}
    rows = [make.recognition(1, granted_on="2024"), make.recognition(2, granted_on="2024-03")]
    assert find("二.7b", achievements=[make.achievement(1, *rows)], params=params).verdict == NOT_MET
    apart = [make.achievement(n, row) for n, row in enumerate(rows, start=1)]
    assert find("二.7b", achievements=apart, params=params).verdict == SOFT


def test_the_same_patent_entered_twice_is_one_result(find, make):
    number = "ZL201710601862.3"
    pair = [make.patent(1, NEWER, number=number), make.patent(2, NEWER, number="201710601862.3")]
    assert find("二.7b", achievements=pair, params={"min_results": 2, "windows_back": 1}).verdict == NOT_MET
    apart = [make.patent(1, NEWER), make.patent(2, NEWER)]
    assert find("二.7b", achievements=apart, params={"min_results": 2, "windows_back": 1}).verdict == MET


def test_one_result_may_fill_two_spans(find, make):
    long_lived = make.achievement(
        1, make.recognition(1, granted_on=NEWER), make.recognition(2, granted_on=OLDER)
    )
    assert find("二.7b", achievements=[long_lived]).verdict == MET


def test_calendar_spans_are_a_parameter(find, make):
    calendar = {"window": "calendar"}
    assert (
        find("二.7b", params=calendar, achievements=results(make, "2024-01-01", "2023-12-31")).verdict == MET
    )
    assert (
        find("二.7b", params=calendar, achievements=results(make, "2026-01-01", "2023-12-31")).verdict
        == NOT_MET
    )
    assert find("二.7b", params=calendar, achievements=results(make, "2024", "2022")).verdict == MET


def test_a_span_without_any_proof_asks_for_one_but_stays_met(find, make):
    finding = find("二.7b", files=[make.file(1, "achievement.proof", 1)])
    assert finding.verdict == MET
    assert asked(finding) == [("results.proof", "2022-03-15", "2024-03-14")]


def test_the_results_that_count_are_the_evidence(find):
    finding = find("二.7b")
    assert finding.evidence == (
        {"section": "achievements", "id": 1},
        {"section": "achievements", "id": 2},
        {"file": 101},
        {"file": 102},
    )
