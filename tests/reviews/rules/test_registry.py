"""A whole dossier against the rule set: which clauses apply, what blocks, and that nothing is left out."""

import copy
import json
import re
from pathlib import Path

import pytest

from reviews.rules.findings import Finding, Verdict
from reviews.rules.registry import RULES, WATCHED, RuleSetError, blocking, check, faults

STANDARDS = ["二.1", "二.2", "二.3", "二.4", "二.5", "二.6", "二.7a", "二.7b"]


def empty(make):
    dossier = make.dossier()
    for section in ("members", "items", "funds", "projects", "achievements", "files", "namings"):
        dossier[section] = []
    dossier["leader"] = None
    dossier["studio"] |= {"area_sqm": None, "founded_on": "", "ledger_note": "", "archive_note": ""}
    return dossier


@pytest.mark.parametrize(
    ("level", "clauses"),
    [("base", STANDARDS), ("county", [*STANDARDS, "三.a"]), ("city", [*STANDARDS, "三.a", "三.b"])],
)
def test_each_level_has_its_clauses_in_the_order_of_the_policy(check_all, make, level, clauses):
    assert [finding.clause for finding in check_all(make.dossier(), level)] == clauses


@pytest.mark.parametrize("level", ["base", "county", "city"])
def test_a_complete_dossier_is_met_or_ready_to_be_judged(check_all, make, level):
    verdicts = {finding.clause: finding.verdict for finding in check_all(make.dossier(), level)}
    judged = {clause for clause, verdict in verdicts.items() if verdict == Verdict.JUDGE}
    assert judged == {"二.4", "二.5", "二.6", "三.b"} & verdicts.keys()
    assert {verdicts[clause] for clause in verdicts.keys() - judged} == {Verdict.MET}
    assert not [item for finding in check_all(make.dossier(), level) for item in finding.missing]


@pytest.mark.parametrize(
    ("level", "clauses"),
    [
        ("base", ["二.1", "二.2"]),
        ("county", ["二.1", "二.2", "二.7a", "二.7b", "三.a"]),
        ("city", ["二.1", "二.2", "二.7a", "二.7b", "三.a", "三.b"]),
    ],
)
def test_an_empty_dossier_is_stopped_by_what_can_be_decided_by_machine(check_all, make, level, clauses):
    findings = check_all(empty(make), level)
    assert {finding.verdict for finding in findings} == {Verdict.NOT_MET}
    assert [finding.clause for finding in blocking(findings)] == clauses
    assert all(finding.missing for finding in findings)


def test_what_a_person_must_judge_does_not_block(check_all, make):
    dossier = make.dossier()
    dossier["leader"] = make.leader(skilled_basis="全国技术能手")
    findings = check_all(dossier)
    assert findings[0].verdict == Verdict.JUDGE
    assert blocking(findings) == []


def test_a_hard_clause_blocks_until_its_dates_are_certain_and_others_do_not(check_all, make):
    dossier = make.dossier()
    dossier["achievements"] = [
        make.achievement(1, make.recognition(1, granted_on="2024"), benefit_amount="1", social_benefit="有"),
        make.achievement(2, make.recognition(2, granted_on="2023")),
    ]
    findings = check_all(dossier)
    assert [f.clause for f in findings if f.verdict == Verdict.SOFT] == ["二.7b", "三.b"]
    assert [f.clause for f in blocking(findings)] == ["三.b"]


def test_what_blocks_is_data(ruleset, make):
    changed = copy.deepcopy(ruleset)
    for clause in changed["clauses"]:
        clause["blocks"] = ["base"] if clause["id"] == "二.4" else []
    findings = check(empty(make), make.context("base"), changed)
    assert [finding.clause for finding in blocking(findings)] == ["二.4"]


def test_another_policy_may_number_its_clauses_otherwise(make):
    clause = {
        "id": "4.2",
        "rule": "二.2",
        "order": 1,
        "kind": "auto",
        "levels": ["city"],
        "blocks": ["city"],
        "params": {"min_count": 9, "leader_counts": True, "adviser_counts": False},
    }
    [finding] = check(make.dossier(), make.context(), {"code": "other", "clauses": [clause]})
    assert (finding.clause, finding.verdict, finding.blocks) == ("4.2", Verdict.NOT_MET, True)


def test_a_level_without_any_clause_is_an_error_and_no_pass(ruleset, make):
    with pytest.raises(RuleSetError, match="no clause for level 'nation'"):
        check(make.dossier(), make.context(level_code="nation"), ruleset)


def test_a_clause_without_a_rule_is_an_error(ruleset, make):
    changed = copy.deepcopy(ruleset)
    changed["clauses"][0]["id"] = "九.9"
    with pytest.raises(RuleSetError, match="九.9"):
        check(make.dossier(), make.context(), changed)


def test_every_clause_of_the_file_is_implemented_and_the_other_way_round(ruleset):
    assert [clause["id"] for clause in ruleset["clauses"]] == [*RULES, *WATCHED]
    assert faults(ruleset) == []


def test_every_clause_of_the_file_says_what_it_is(ruleset):
    orders = [clause["order"] for clause in ruleset["clauses"]]
    assert orders == sorted(set(orders))
    for clause in ruleset["clauses"]:
        assert clause["title"] and clause["title_en"] and clause["notes"]
        assert clause["text"][-1] in "。；"


def test_the_watched_clause_stands_in_the_file_but_applies_to_no_application(ruleset):
    watched = ruleset["clauses"][-1]
    assert (watched["id"], watched["levels"], watched["params"]["years"]) == ("三.d", [], 3)


@pytest.mark.parametrize(
    ("clause", "change", "fault"),
    [
        ("二.2", {"params": {"min_count": 5}}, "二.2: parameter leader_counts is missing"),
        ("二.6", {"params": {"years": 2, "proof_needed": True, "x": 1}}, "二.6: parameter x is unknown"),
        ("二.6", {"params": {"years": True, "proof_needed": True}}, "二.6: parameter years cannot be True"),
        ("二.6", {"params": {"years": "2", "proof_needed": True}}, "二.6: parameter years cannot be '2'"),
        ("二.6", {"params": {"years": -1, "proof_needed": True}}, "二.6: parameter years cannot be -1"),
        ("二.6", {"kind": "maybe"}, "二.6: kind 'maybe' is none of ['auto', 'hard', 'judged', 'soft']"),
        ("二.6", {"blocks": ["nation"]}, "二.6: blocks at a level it does not apply to"),
        ("二.6", {"id": "二.8"}, "二.8: no such rule"),
        ("二.6", {"id": "二.1"}, "二.1: twice"),
        ("三.d", {"levels": ["city"]}, "三.d: a watched clause applies to no level"),
    ],
)
def test_a_faulty_rule_set_is_told_before_it_is_used(ruleset, clause, change, fault):
    changed = copy.deepcopy(ruleset)
    next(row for row in changed["clauses"] if row["id"] == clause).update(change)
    assert fault in faults(changed)


@pytest.mark.parametrize("window", ["weekly", "", None])
def test_a_word_is_one_of_the_known(ruleset, window):
    changed = copy.deepcopy(ruleset)
    changed["clauses"][6]["params"]["window"] = window
    assert faults(changed) == [f"二.7a: parameter window cannot be {window!r}"]


@pytest.mark.parametrize("dossier_is", ["complete", "empty"])
def test_a_finding_comes_back_from_json_as_it_was(check_all, make, dossier_is):
    dossier = make.dossier() if dossier_is == "complete" else empty(make)
    for finding in check_all(dossier):
        text = json.dumps(finding.to_json(), sort_keys=True, allow_nan=False)
        assert Finding.from_json(json.loads(text)) == finding


def test_checking_changes_nothing_in_the_dossier(check_all, make):
    dossier, untouched = make.dossier(), make.dossier()
    check_all(dossier)
    assert dossier == untouched


def test_the_rules_know_no_database_and_no_clock():
    folder = Path(__file__).parents[3] / "reviews" / "rules"
    for path in folder.rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        imported = re.findall(r"^(?:from|import) (\S+)", source, flags=re.MULTILINE)
        ours = ("reviews.rules", "reviews.workdays", "studios.choices")
        ours += ("studios.numbers", "studios.partial_dates")
        django = ("django.utils.translation",)
        assert all(
            name.startswith(ours)
            for name in imported
            if name.split(".")[0] in ("reviews", "studios", "portal")
        ), path
        assert all(name in django for name in imported if name.startswith("django")), path
        assert "today()" not in source and "now()" not in source, path
