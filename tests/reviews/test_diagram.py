"""The picture of the workflow that is kept in the documentation."""

from io import StringIO

from django.core.management import call_command

from reviews.management.commands.workflow_diagram import PLACE
from reviews.workflow.processes import PROCESSES


def printed():
    out = StringIO()
    call_command("workflow_diagram", stdout=out)
    return out.getvalue()


def test_the_documentation_shows_the_table_as_it_is():
    assert PLACE.read_text(encoding="utf-8") == printed(), "run: manage.py workflow_diagram --write"


def test_every_step_and_every_arrow_is_drawn():
    text = printed()
    for process in PROCESSES:
        for action, step in process.table.items():
            assert f"| `{action}` |" in text
            for source in step.sources:
                arrows = [
                    line for line in text.splitlines() if line.startswith(f"    {source} --> {step.target}:")
                ]
                assert any(str(action) in arrow for arrow in arrows)
