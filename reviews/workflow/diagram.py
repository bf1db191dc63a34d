"""The workflow tables as text: Mermaid state diagrams and a list of every step with its conditions."""

from reviews import choices as words
from reviews.workflow.processes import PROCESSES
from reviews.workflow.terms import Place
from studios.choices import LedgerState

HEAD = """# Workflow

Made from the tables in `reviews/workflow/` by `manage.py workflow_diagram --write`; do not edit by hand.

State and tier are separate: the diagrams show states, the column “tier” says what a step does to the tier.
One application passes `in_review` → `proposed` once at every tier of its route.
"""
PLACES = {
    Place.UNIT: "the unit",
    Place.TIER: "the union that has it, or decides it",
    Place.SUPERVISOR: "the union above the unit, or that was asked",
    Place.TOP: "the city",
    Place.PORTAL: "the portal itself",
}
CHAPTERS = {  # noun -> heading, first state, states it ends in
    "application": ("Applications", words.State.DRAFT, words.CLOSED),
    "access": (
        "Requests for access",
        words.AccessState.PENDING,
        (words.AccessState.GRANTED, words.AccessState.REFUSED),
    ),
    "result": ("Results in the ledger", LedgerState.ENTERED, ()),
    "assessment": (
        "Yearly assessments",
        words.AssessmentState.OPEN,
        (words.AssessmentState.CONCLUDED,),
    ),
    "revocation": ("Revocations", words.RevocationState.OPEN, words.REVOCATION_CLOSED),
    "annulment": (
        "Annulments of a whole decision",
        words.AnnulmentState.PROPOSED,
        (words.AnnulmentState.ANNULLED, words.AnnulmentState.DROPPED),
    ),
    "change": (
        "Changes",
        words.ChangeState.IN_REVIEW,
        (words.ChangeState.APPROVED, words.ChangeState.REFUSED, words.ChangeState.WITHDRAWN),
    ),
    "subsidy": (
        "Subsidies",
        words.SubsidyState.PROPOSED,
        (words.SubsidyState.REFUSED, words.SubsidyState.SETTLED, words.SubsidyState.RECOVERED),
    ),
}


def page():
    """The whole document, in the active language."""
    parts = [HEAD]
    for process in PROCESSES:
        heading, first, closed = CHAPTERS[process.noun]
        parts += [f"## {heading}\n", diagram(process.table, first, closed), steps(process.table)]
    return "\n".join(parts)


def diagram(table, first, closed):
    """A Mermaid state diagram; steps between the same two states share an arrow."""
    arrows = {}
    for action, step in table.items():
        for source in sorted(step.sources):
            arrows.setdefault((str(source), str(step.target)), []).append(str(action))
    lines = ["```mermaid", "stateDiagram-v2", f"    [*] --> {first}"]
    lines += [f"    {source} --> {target}: {', '.join(names)}" for (source, target), names in arrows.items()]
    reached = {target for _source, target in arrows}
    lines += [f"    {state} --> [*]" for state in closed if state in reached]
    return "\n".join([*lines, "```", ""])


def steps(table):
    """Every step in a Markdown table, with who, where, the tier and the conditions."""
    lines = [
        "| step | in words | permission | held at | tier | second person | needs | conditions |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for action, step in table.items():
        needs = [
            word
            for word, asked in (
                ("reason", step.needs_reason),
                ("remarks", step.needs_remarks),
                ("document", step.takes_document),
                *((name, True) for name in step.asks),
            )
            if asked
        ]
        cells = [
            f"`{action}`",
            str(action.label),
            f"`{step.permission}`",
            PLACES[step.place],
            step.moves.value,
            "yes" if step.is_second_person else "",
            ", ".join(needs),
            ", ".join(f"`{guard.name}`" for guard in step.guards),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])
