"""The workflow tables as text: Mermaid state diagrams and a list of every step with its conditions."""

from reviews.choices import CLOSED, AccessAction, AccessState, Action, State
from reviews.workflow.table import ACCESS, NAMING
from reviews.workflow.terms import Place

HEAD = """# Workflow

Made from `reviews/workflow/table.py` by `manage.py workflow_diagram --write`; do not edit by hand.

State and tier are separate: the diagram shows states, the column “tier” says what a step does to the tier.
One application passes `in_review` → `proposed` once at every tier of its route.
"""
PLACES = {
    Place.UNIT: "the unit",
    Place.TIER: "the union that has it",
    Place.SUPERVISOR: "the union that was asked",
}


def page():
    """The whole document, in the active language."""
    parts = [
        HEAD,
        "## Applications\n",
        diagram(NAMING, State.DRAFT, CLOSED),
        steps(NAMING, Action),
        "## Requests for access\n",
        diagram(ACCESS, AccessState.PENDING, (AccessState.GRANTED, AccessState.REFUSED)),
        steps(ACCESS, AccessAction),
    ]
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


def steps(table, actions):
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
            )
            if asked
        ]
        cells = [
            f"`{action}`",
            str(actions(action).label),
            f"`{step.permission}`",
            PLACES[step.place],
            step.moves.value,
            "yes" if step.is_second_person else "",
            ", ".join(needs),
            ", ".join(f"`{guard.name}`" for guard in step.guards),
        ]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join([*lines, ""])
