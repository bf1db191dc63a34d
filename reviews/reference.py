"""Loading what reviews start from: published rule sets and schemes, one always-open round per level.

A rule set or a scheme that is in the database is never changed by loading: applications and scores rest
on it. New rules are a new file with a new code; a new version of a scheme is made on its page.
"""

import json

from django.utils import timezone

from portal.audit.services import record
from reviews.choices import RuleSetState
from reviews.models import AssessmentScheme, Round, RuleClause, RuleSet, SchemeItem
from reviews.rules.registry import faults
from reviews.scoring import engine as scoring
from studios.models import NamingLevel, Union
from studios.reference import FOLDER

CLAUSE_FIELDS = ("order", "title", "title_en", "text", "kind", "levels", "blocks", "params", "notes")


SCHEME_FIELDS = ("title", "title_en", "pass_mark", "excellent_mark")


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


def load_schemes(*, actor):
    """Publish every ``fixtures/assessment_scheme_*.json`` that its union lacks; how many that were."""
    loaded = 0
    for path in sorted(FOLDER.glob("assessment_scheme_*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        union = Union.objects.filter(code=content["union"]).first()
        if union and not AssessmentScheme.objects.filter(union=union, code=content["code"]).exists():
            _publish_scheme(content, path.name, union, actor)
            loaded += 1
    return loaded


def _publish_scheme(content, name, union, actor):
    found = scoring.faults(content)
    if not scoring.is_publishable(found):
        raise FaultyRuleSet(f"{name}: " + "; ".join(f"{fault.item}: {fault.code}" for fault in found))
    scheme = AssessmentScheme.objects.create(
        union=union,
        code=content["code"],
        version=content["version"],
        **{field: content[field] for field in SCHEME_FIELDS},
    )
    SchemeItem.objects.bulk_create(SchemeItem(scheme=scheme, **item) for item in content["items"])
    # the items come first: a published scheme takes no more
    AssessmentScheme.objects.filter(pk=scheme.pk).update(published_by=actor, published_at=timezone.now())
    record("scheme.load", scheme, actor=actor, file=name, items=len(content["items"]))


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
