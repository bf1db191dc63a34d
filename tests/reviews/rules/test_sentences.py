"""Every code has its sentences, in both languages."""

import ast
import re
from pathlib import Path

import pytest
from django.utils import translation

from reviews.rules.clauses import near_misses
from reviews.rules.findings import Finding, Verdict
from reviews.rules.sentences import VERDICTS, explain
from reviews.rules.wording.details import DETAILS
from reviews.rules.wording.found import FOUND
from reviews.rules.wording.lacking import LACKING
from reviews.rules.wording.needed import NEEDED

ROOT = Path(__file__).parents[3]
TRANSLATED = [
    *sorted((ROOT / "reviews" / "rules").rglob("*.py")),
    ROOT / "studios" / "numbers.py",
    ROOT / "studios" / "partial_dates.py",
]
CODE = re.compile(r"(leader|team|venue|equipment|systems|funds|projects|results|prior|recent)\.[a-z_]+")
SLOTS = {
    "leader.honour",
    "leader.skilled",
    "team.roster",
    "venue.photo",
}  # slots of files that look like codes
GAP = re.compile(r"%\((\w+)\)([ds])")


def trees(paths):
    return [ast.parse(path.read_text(encoding="utf-8")) for path in paths]


def calls(tree, *names):
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names
    ]


def codes_in_the_clauses():
    found = set()
    for tree in trees(sorted((ROOT / "reviews" / "rules" / "clauses").glob("*.py"))):
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and CODE.fullmatch(node.value):
                found.add(node.value)
    return found


def test_every_code_that_a_clause_can_give_has_its_sentence_and_no_sentence_is_idle():
    assert codes_in_the_clauses() - SLOTS == (FOUND.keys() | LACKING.keys()) - SLOTS
    assert {code.split(".")[0] for code in FOUND} == NEEDED.keys()
    assert DETAILS.keys() <= NEEDED.keys()
    assert VERDICTS.keys() == set(Verdict)
    assert set(near_misses.EASIEST_FIRST) <= LACKING.keys()


def translations():
    """msgid to msgstr of the Chinese part."""
    text = (ROOT / "locale" / "zh_Hans" / "parts" / "rules.po").read_text(encoding="utf-8")
    entries = re.findall(r'^msgid ((?:".*"\n)+)msgstr ((?:".*"\n?)+)', text, flags=re.MULTILINE)
    joined = [
        tuple("".join(ast.literal_eval(line) for line in part.splitlines()) for part in e) for e in entries
    ]
    return {msgid: msgstr for msgid, msgstr in joined if msgid}


def msgids():
    return {
        call.args[0].value
        for tree in trees(TRANSLATED)
        for call in calls(tree, "_", "gettext_lazy", "gettext")
    }


def test_every_sentence_has_its_chinese_and_no_chinese_is_idle():
    assert translations().keys() == msgids()


def test_the_chinese_has_the_gaps_of_the_english():
    for msgid, msgstr in translations().items():
        assert msgstr, msgid
        assert sorted(GAP.findall(msgid)) == sorted(GAP.findall(msgstr)), msgid


def every_finding(check_all, make):
    """Findings of dossiers chosen to give every code that there is."""
    yield from check_all(make.dossier())
    yield from check_all(make.dossier(), "county")
    for changes in dossiers_by_part(make):
        dossier = make.dossier()
        for name, part in changes.items():
            dossier[name] = {**dossier[name], **part} if name in ("studio", "unit") else part
        yield from check_all(dossier)


GOOD = {"benefit_amount": "12.50", "social_benefit": "减轻劳动强度"}


def dossiers_by_part(make):
    yield from dossiers_of_people_and_places(make)
    yield from dossiers_of_results(make)


def dossiers_of_people_and_places(make):
    yield {
        "leader": None,
        "members": [],
        "items": [],
        "funds": [],
        "projects": [],
        "files": [],
        "namings": [],
    }
    yield {"leader": make.leader(), "items": [make.item(code, note="") for code in make.items], "files": []}
    yield {"leader": make.leader(make.honour(rank=50)), "namings": [make.naming(union_id=9)]}
    yield {
        "leader": make.leader(
            make.honour(rank=50, granted_by="", granted_on=""), skilled_basis="全国技术能手"
        )
    }
    yield {"leader": make.leader(make.honour(1), make.honour(2)), "members": [make.member(1), make.member(1)]}
    yield {"studio": {"area_sqm": None, "founded_on": "", "ledger_note": "", "archive_note": ""}}
    yield {
        "studio": {"area_sqm": "20.00", "founded_on": "2026-01"},
        "funds": [],
        "namings": [make.naming()] * 2,
    }
    yield {"studio": {"area_sqm": "20.00", "area_reason": "班组用房"}, "unit": {"county_id": None}}
    yield {"projects": [make.project(1, 2023, "planned"), make.project(2, 2026)], "files": []}
    yield {"namings": [make.naming(valid_until="2025-01-01", document="")], "unit": {"county_name": ""}}


def dossiers_of_results(make):
    a, r = make.achievement, make.recognition
    yield {"achievements": [a(1, r(1, granted_on="2024"), **GOOD), a(2, r(2, granted_on="2023"))]}
    yield {"achievements": [a(1, r(1, granted_on="2024-03"), **GOOD), a(2, r(2, granted_on="2023"))]}
    yield {"achievements": [a(1, r(1), benefit_amount="1"), make.patent(3, **GOOD)]}
    yield {"achievements": [a(1, r(1), social_benefit="有")]}
    yield {"achievements": [a(1, r(1))]}
    yield {"achievements": [a(1, r(1, kind="certificate")), a(2, r(2, rank=50)), a(3, r(3, rank=None))]}
    yield {
        "achievements": [
            a(1, r(1, granted_on="")),
            make.patent(2, "", "filed"),
            make.patent(3, "", "granted"),
        ]
    }
    yield {"achievements": [a(1, r(1, granted_on="2020")), a(2, r(2, granted_on="2027"))]}
    yield {
        "achievements": [a(1, r(1), benefit_amount="1")],
        "files": [make.file(1, "benefit.proof", 1)],
    }
    yield {
        "achievements": [a(1, r(1), social_benefit="有")],
        "files": [make.file(1, "benefit.proof", 1)],
    }


def parameters_elsewhere(find, make):
    """Codes that only other parameters or levels give."""
    both = {"benefit": "both"}
    poor = [make.achievement(1, make.recognition())]
    yield find("三.b", params=both, achievements=poor)
    yield find("三.b", params=both)
    yield find("三.a", level="base")
    yield find("三.a", level="base", county_id=24)
    yield find("三.a", county_id=24)
    yield find("二.2", params={"leader_counts": False})
    yield find("二.3", params={"photo_needed": False})
    yield find("二.5", params={"ledger_needed": False, "archive_needed": False})
    yield find("二.7a", params={"window": "rolling"})
    yield find("二.7b", params={"granted_patent_counts": False})


@pytest.fixture(scope="module")
def findings(check_all, find, make):
    return [*every_finding(check_all, make), *parameters_elsewhere(find, make)]


def test_the_examples_give_every_code(findings):
    assert {finding.code for finding in findings} == FOUND.keys()
    assert {item.code for finding in findings for item in finding.missing} == LACKING.keys()


def words(explanation):
    return [
        explanation.verdict,
        explanation.found,
        explanation.needed,
        *explanation.details,
        *(lack.sentence for lack in explanation.missing),
    ]


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_finding_can_be_read_in_both_languages_after_being_frozen(findings, language):
    with translation.override(language):
        for finding in findings:
            thawed = Finding.from_json(finding.to_json())
            for sentence in words(explain(thawed)):
                assert sentence and sentence.strip() == sentence
                assert "%(" not in sentence and "None" not in sentence and "gettext" not in sentence
                assert not re.search(r"[（(、，,:：]\s*[）)。.;；]", sentence), sentence


def test_chinese_sentences_have_no_english_left(findings):
    with translation.override("zh-hans"):
        for finding in findings:
            for sentence in words(explain(finding)):
                assert not re.search(r"[A-Za-z]{3,}", sentence), sentence


def test_a_percent_sign_in_what_people_write_stays_as_it_is(find, make):
    with translation.override("en"):
        skilled = find("二.1", leader=make.leader(skilled_basis="合格率 100%(提高 5%)"))
        assert "100%(提高 5%)" in explain(skilled).found


@pytest.mark.parametrize(
    ("language", "found", "missing"),
    [
        (
            "en",
            "Whether a result falls between March 15, 2024 and March 15, 2026 "
            "depends on a date that is too coarse.",
            "“成果1”: the date is only March 2024; give the day.",
        ),
        (
            "zh-hans",
            "成果日期不够具体，无法确定是否在2024年3月15日至2026年3月15日之间。",
            "“成果1”：日期只填到2024年3月，请补充到日。",
        ),
    ],
)
def test_a_coarse_date_is_explained_in_the_readers_language(find, make, language, found, missing):
    result = make.achievement(1, make.recognition(granted_on="2024-03"), **GOOD)
    finding = find("三.b", achievements=[result])
    with translation.override(language):
        explanation = explain(finding)
    assert explanation.found == found
    assert [lack.sentence for lack in explanation.missing] == [missing]
    assert [lack.section for lack in explanation.missing] == ["achievements"]


@pytest.mark.parametrize(
    ("language", "found", "needed"),
    [
        ("en", "People counted: only 3.", "At least 5 people, the leader included."),
        ("zh-hans", "团队仅计3人。", "不少于5人（含领衔人）。"),
    ],
)
def test_the_number_found_and_the_number_needed_are_told(find, make, language, found, needed):
    finding = find("二.2", members=[make.member(1), make.member(2)])
    with translation.override(language):
        explanation = explain(finding)
    assert (explanation.found, explanation.needed) == (found, needed)
    assert explanation.details


def test_the_same_finding_reads_in_the_language_of_whoever_looks(find):
    frozen = find("三.a").to_json()
    with translation.override("en"):
        english = explain(Finding.from_json(frozen)).found
    with translation.override("zh-hans"):
        chinese = explain(Finding.from_json(frozen)).found
    assert english == "Holds the county-level title: 工会22, since May 1, 2023, 科工发〔2023〕1号."
    assert chinese == "已获旗县（市区）级命名：工会22、2023年5月1日起、科工发〔2023〕1号。"
