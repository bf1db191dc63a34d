"""Dossiers by hand: a complete one that meets every clause, and rows to change it with.

The fixtures have the scope of the session, so that property tests may use them.
"""

import copy
import json
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from reviews.rules.context import Context
from reviews.rules.registry import RULES, check

RULE_SET = Path(__file__).parents[3] / "fixtures" / "rule_set_tongliao_2020.json"
TODAY = date(2026, 3, 15)
ITEMS = [
    *(f"signage.{name}" for name in ("plaque", "organisation", "members", "duties", "goals", "results")),
    *(f"equipment.{name}" for name in ("documents", "tools", "computers", "instruments")),
    *(
        f"system.{name}"
        for name in ("learning", "activities", "plan", "publication", "incentives", "management")
    ),
]
REQUIRED_BELOW = {"base": (1, ""), "county": (2, "base"), "city": (3, "county")}


def person(number, **changes):
    row = {
        "person_id": number,
        "name": f"职工{number}",
        "sex": "male",
        "birth_month": f"{1970 + number}-05",
        "education": "bachelor",
        "prof_title": "intermediate",
        "skill_level": "technician",
        "since": "2020-01-01",
    }
    return {**row, **changes}


def member(number, **changes):
    return {**person(number), "id": number, "role": "member", "duty": "", **changes}


def honour(number=1, **changes):
    row = {
        "id": number,
        "kind": "model_worker_city",
        "name": "市级劳动模范",
        "rank": 40,
        "group": "model_worker",
        "granted_by": "通辽市人民政府",
        "granted_on": "2019-04",
        "document_number": "",
    }
    return {**row, **changes}


def leader(*honours, **changes):
    row = {"post": "班长", "merits": "", "skilled_basis": "", "honours": list(honours)}
    return {**person(100, name="领衔人"), **row, **changes}


def item(code, **changes):
    return {"code": code, "present": True, "note": "有", **changes}


def file(number, slot, achievement_id=None):
    return {
        "id": number,
        "slot": slot,
        "name": f"{number}.pdf",
        "sha256": f"{number:064x}",
        "media_type": "application/pdf",
        "size": 1000,
        "achievement_id": achievement_id,
    }


def fund(number, year, amount="5.00"):
    return {"id": number, "year": year, "source": "unit", "amount": amount, "use": ""}


def project(number, year, status="finished"):
    return {"id": number, "year": year, "title": f"课题{number}", "status": status, "goal": "", "outcome": ""}


def recognition(number=1, **changes):
    row = {
        "id": number,
        "kind": "award",
        "name": "职工技术创新成果奖",
        "grade": "一等奖",
        "rank": 40,
        "granted_by": "通辽市总工会",
        "granted_on": "2025-06",
        "document_number": "",
    }
    return {**row, **changes}


def achievement(row_id, *recognitions, **changes):
    row = {
        "id": row_id,
        "kind": "tech_renovation",
        "kind_name": "技术革新（技术改造）",
        "is_patent": False,
        "title": f"成果{row_id}",
        "completed_on": "2023-01",
        "number": "",
        "patent_status": "",
        "granted_on": "",
        "summary": "",
        "authors": "",
        "benefit_amount": None,
        "benefit_basis": "",
        "social_benefit": "",
        "recognitions": list(recognitions),
    }
    return {**row, **changes}


def patent(row_id, granted_on="2025-06-01", status="granted", **changes):
    row = {"kind": "invention_patent", "is_patent": True, "number": f"20171060{row_id:04d}"}
    return achievement(row_id, **{**row, "patent_status": status, "granted_on": granted_on, **changes})


def naming(number=1, level="county", **changes):
    tiers = {"base": (1, 11), "county": (2, 22), "city": (3, 33)}
    tier, union_id = tiers[level]
    row = {
        "id": number,
        "level": level,
        "tier": tier,
        "union_id": union_id,
        "union_name": f"工会{union_id}",
        "valid_from": "2023-05-01",
        "valid_until": None,
        "document": "科工发〔2023〕1号",
    }
    return {**row, **changes}


STUDIO = {
    "id": 1,
    "short_name": "示例创新工作室",
    "official_name": "示例厂示例创新工作室",
    "kind": "worker",
    "founded_on": "2020-03",
    "specialty": "",
    "intro": "",
    "address": "",
    "area_sqm": "60.00",
    "area_reason": "",
    "ledger_note": "按月登记",
    "archive_note": "专柜存放",
    "contact_name": "",
    "contact_phone": "",
}
UNIT = {
    "name": "示例厂",
    "credit_code": "",
    "ownership": "",
    "industry": "",
    "union_id": 11,
    "union_name": "示例厂工会",
    "county_id": 22,
    "county_name": "科尔沁区总工会",
    "city_id": 33,
    "city_name": "通辽市总工会",
}


def complete_dossier():
    """Meets every clause at every level on TODAY."""
    results = [
        achievement(1, recognition(1), benefit_amount="12.50", social_benefit="减轻劳动强度"),
        achievement(2, recognition(2, granted_on="2023-06")),
    ]
    slots = [*ITEMS, "leader.honour", "fund.proof", "venue.photo", "team.roster"]
    files = [file(number, slot) for number, slot in enumerate(slots, start=1)]
    files += [
        file(101, "achievement.proof", 1),
        file(102, "achievement.proof", 2),
        file(103, "benefit.proof", 1),
    ]
    return {
        "schema": 1,
        "studio": {**STUDIO},
        "unit": {**UNIT},
        "leader": leader(honour()),
        "members": [member(number) for number in range(1, 6)],
        "items": [item(code) for code in ITEMS],
        "funds": [fund(1, 2024), fund(2, 2025)],
        "projects": [project(1, 2023), project(2, 2024), project(3, 2025)],
        "achievements": results,
        "files": files,
        "namings": [naming(1, "base"), naming(2, "county")],
    }


def context(level="city", on=TODAY, **changes):
    tier, required = REQUIRED_BELOW[level]
    return Context(
        **{"level_code": level, "level_tier": tier, "requires_level": required, "on": on, **changes}
    )


@pytest.fixture(scope="session")
def ruleset():
    return json.loads(RULE_SET.read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def make():
    """The builders of rows, and the day of the checks."""
    return SimpleNamespace(
        today=TODAY,
        items=ITEMS,
        person=person,
        member=member,
        honour=honour,
        leader=leader,
        item=item,
        file=file,
        fund=fund,
        project=project,
        recognition=recognition,
        achievement=achievement,
        patent=patent,
        naming=naming,
        context=context,
        dossier=complete_dossier,
    )


@pytest.fixture(scope="session")
def find(ruleset):
    """Check one clause: ``find("二.2", members=[...], on=..., params={...}, studio={...})``.

    Keywords replace parts of the complete dossier; ``studio`` and ``unit`` are merged into it, ``params``
    into the parameters of the rule set, ``level``, ``on`` and ``county_id`` go to the context.
    """

    def answer(clause_id, *, level="city", on=TODAY, params=None, county_id=None, **parts):
        dossier = complete_dossier()
        for name, part in parts.items():
            dossier[name] = {**dossier[name], **part} if name in ("studio", "unit") else copy.deepcopy(part)
        [clause] = [row for row in ruleset["clauses"] if row["id"] == clause_id]
        return RULES[clause_id].check(
            dossier, context(level, on, county_id=county_id), {**clause["params"], **(params or {})}
        )

    return answer


@pytest.fixture(scope="session")
def check_all(ruleset):
    """Check a whole dossier against the rule set."""

    def answer(dossier, level="city", on=TODAY):
        return check(dossier, context(level, on), ruleset)

    return answer
