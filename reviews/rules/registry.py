"""Which function answers which clause, and the check of a whole dossier against a rule set.

A rule set is a plain dict of the shape of ``fixtures/rule_set_tongliao_2020.json``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from reviews.rules import clock, procedure
from reviews.rules.clauses import funds, furnishing, leader, prior, projects, recent, results, team, venue
from reviews.rules.findings import Verdict


class RuleSetError(Exception):
    """The rule set cannot be applied; to mend in the rule set, not in the dossier."""


@dataclass(frozen=True)
class Rule:
    """A check and what it takes: name of a parameter to its type, or to the words it may be.

    ``optional`` may be left out: what comes after an application reads them, with a default.
    """

    check: Callable
    params: dict
    optional: dict = field(default_factory=dict)


RULES = {
    "二.1": Rule(leader.leading_figure, leader.PARAMS, {"grace_months": int}),
    "二.2": Rule(team.team_size, team.PARAMS),
    "二.3": Rule(venue.venue, venue.PARAMS),
    "二.4": Rule(furnishing.equipment, furnishing.EQUIPMENT_PARAMS),
    "二.5": Rule(furnishing.systems, furnishing.SYSTEMS_PARAMS),
    "二.6": Rule(funds.funds, funds.PARAMS),
    "二.7a": Rule(projects.yearly_projects, projects.PARAMS),
    "二.7b": Rule(results.recognised_results, results.PARAMS),
    "三.a": Rule(prior.prior_title, prior.PARAMS),
    "三.b": Rule(recent.recent_result, recent.PARAMS),
}

# Clauses of the policy that are no condition of an application: 三.d is watched for year by year.
WATCHED = {clock.CLAUSE: Rule(clock.Clock.of, clock.PARAMS, dict.fromkeys(procedure.DEFAULTS, int))}

KINDS = {"auto", "soft", "judged", "hard"}
STOPPING = {"hard": {Verdict.NOT_MET, Verdict.SOFT}}
STOPPING_OTHERWISE = {Verdict.NOT_MET}


def check(dossier, context, ruleset):
    """The findings of the clauses that apply to the level, in their order."""
    clauses = [clause for clause in ruleset["clauses"] if context.level_code in clause["levels"]]
    if not clauses:
        # Without this, a level nobody thought of would pass with nothing examined.
        raise RuleSetError(f"{ruleset['code']} has no clause for level {context.level_code!r}")
    return [_finding(dossier, context, clause) for clause in sorted(clauses, key=lambda row: row["order"])]


def blocking(findings):
    """Those that stop the application from being submitted."""
    return [finding for finding in findings if finding.blocks]


def rule_of(clause):
    """The key of a clause in RULES: its id, or ``rule`` where another policy has other numbers."""
    return clause.get("rule") or clause["id"]


def _finding(dossier, context, clause):
    rule = RULES.get(rule_of(clause))
    if rule is None:
        raise RuleSetError(f"no rule for clause {rule_of(clause)!r}")
    finding = rule.check(dossier, context, clause["params"])
    stopping = STOPPING.get(clause["kind"], STOPPING_OTHERWISE)
    blocks = context.level_code in clause["blocks"] and finding.verdict in stopping
    return replace(finding, clause=clause["id"], blocks=blocks)


def faults(ruleset):
    """What keeps a rule set from being applied, in English sentences for whoever loads or publishes it."""
    found = []
    ids = [clause["id"] for clause in ruleset["clauses"]]
    found += [f"{clause_id}: twice" for clause_id in sorted(set(ids)) if ids.count(clause_id) > 1]
    for clause in ruleset["clauses"]:
        found += [f"{clause['id']}: {fault}" for fault in _clause_faults(clause)]
    return found


def _clause_faults(clause):
    key = rule_of(clause)
    if key in WATCHED:
        yield from ["a watched clause applies to no level"] if clause["levels"] else []
        rule = WATCHED[key]
    elif key in RULES:
        rule = RULES[key]
    else:
        yield "no such rule"
        return
    if clause["kind"] not in KINDS:
        yield f"kind {clause['kind']!r} is none of {sorted(KINDS)}"
    if not set(clause["blocks"]) <= set(clause["levels"]):
        yield "blocks at a level it does not apply to"
    params, expected = clause["params"], {**rule.params, **rule.optional}
    yield from (f"parameter {name} is missing" for name in rule.params if name not in params)
    yield from (f"parameter {name} is unknown" for name in params if name not in expected)
    for name in expected.keys() & params.keys():
        if not _allowed(params[name], expected[name]):
            yield f"parameter {name} cannot be {params[name]!r}"


def _allowed(value, expected):
    """Whether a value is one of the words, or exactly of the type: True is no number here."""
    if isinstance(expected, tuple):
        return value in expected
    if expected is int:
        return type(value) is int and value >= 0
    return type(value) is expected
