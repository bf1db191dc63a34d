"""Loading what reviews start from: the published rule set and one always-open round per level.

A rule set that is in the database is never changed by loading: applications rest on it. New rules
are a new file with a new code.
"""

import json

from portal.audit.services import record
from reviews.choices import RuleSetState
from reviews.models import Round, RuleClause, RuleSet
from reviews.rules.registry import faults
from studios.models import NamingLevel
from studios.reference import FOLDER

CLAUSE_FIELDS = ("order", "title", "title_en", "text", "kind", "levels", "blocks", "params", "notes")


class FaultyRuleSet(Exception):
    """The file cannot be applied; the message lists what is wrong."""


def load_rule_sets(*, actor):
    """Publish every ``fixtures/rule_set_*.json`` whose code is new; returns how many that were."""
    known = set(RuleSet.objects.values_list("code", flat=True))
    loaded = 0
    for path in sorted(FOLDER.glob("rule_set_*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        if content["code"] not in known:
            _publish(content, path.name, actor)
            loaded += 1
    return loaded


def _publish(content, name, actor):
    if found := faults(content):
        raise FaultyRuleSet(f"{name}: " + "; ".join(found))
    ruleset = RuleSet.objects.create(
        code=content["code"],
        title=content["title"],
        title_en=content.get("title_en", ""),
        effective_from=content["effective_from"],
        effective_until=content.get("effective_until"),
        state=RuleSetState.PUBLISHED,
    )
    RuleClause.objects.bulk_create(
        RuleClause(
            ruleset=ruleset,
            clause=clause["id"],
            **{field: clause[field] for field in CLAUSE_FIELDS if field in clause},
        )
        for clause in content["clauses"]
    )
    record("ruleset.load", ruleset, actor=actor, file=name, clauses=len(content["clauses"]))


def load_rounds():
    """Give every level without a round one that is always open; returns how many were made."""
    without = NamingLevel.objects.filter(rounds=None)
    return len(
        Round.objects.bulk_create(
            Round(
                level=level,
                title=f"常年受理（{level.name}）",
                title_en=f"Open all year ({level.name_en.lower()})",
            )
            for level in without
        )
    )
