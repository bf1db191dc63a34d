"""The child process that opens spreadsheets: what it is asked, and what its answer means."""

from pathlib import Path

from portal.files.child import run
from portal.sheets.refusals import Refused, sentence
from portal.sheets.rules import RULES

SANDBOX = Path(__file__).parent / "sandbox"
BROKEN = (KeyError, TypeError, ValueError, IndexError, AttributeError, OverflowError, RecursionError)


def ask(source, output, limits, **request):
    """The child's answer about the open file ``source``; what it makes goes to the open file ``output``.

    ``request`` is plain JSON. Raises Refused, its ``answer`` being what the child said, or CheckerBroken.
    """
    request |= {
        "source": source.fileno(),
        "output": output.fileno(),
        "rules": RULES,
        "limits": {"memory": limits.memory, "cpu": limits.cpu, "output": limits.output},
    }
    answer = run(SANDBOX, request, (source.fileno(), output.fileno()), limits.wall)
    try:
        if answer["ok"] is True:
            return answer
        refused = Refused(answer["code"], **answer["values"])
        sentence(refused.code, refused.values)
    except BROKEN:  # the child was taken over by the file
        refused = Refused("crashed")
    refused.answer = answer
    raise refused
