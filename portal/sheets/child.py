"""The child process that opens spreadsheets: started, bounded, waited for; whatever it does is an answer."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from portal.files.inspect import CheckerBroken
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
    answer = _run(request, (source.fileno(), output.fileno()), limits.wall)
    try:
        if answer["ok"] is True:
            return answer
        refused = Refused(answer["code"], **answer["values"])
        sentence(refused.code, refused.values)
    except BROKEN:  # the child was taken over by the file
        refused = Refused("crashed")
    refused.answer = answer
    raise refused


def _run(request, descriptors, wall):
    # Files and not pipes: the child's limit on the size of files holds for what it says, too.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(SANDBOX)],
                input=json.dumps(request).encode() + b"\n",
                stdout=said,
                stderr=complained,
                pass_fds=descriptors,
                timeout=wall,
                cwd="/",
                env={"PATH": "", "LC_ALL": "C.UTF-8"},
                check=False,
            )
        except subprocess.TimeoutExpired:
            return {"ok": False, "code": "too_slow", "values": {}}
        except OSError as problem:
            raise CheckerBroken(f"the reading process could not be started: {problem}") from problem
        said.seek(0)
        complained.seek(0)
        return _answer(done.returncode, said.read(1024 * 1024), complained.read(1024 * 1024))


def _answer(returncode, said, complained):
    ready, _newline, answer = said.partition(b"\n")
    if ready != b"ready":
        raise CheckerBroken(complained.decode(errors="replace").strip()[-300:] or f"ended with {returncode}")
    try:
        answer = json.loads(answer)
    except (ValueError, RecursionError):
        answer = None
    if isinstance(answer, dict):
        return answer
    if returncode in (-9, -24):  # SIGKILL at the end of the processor time, SIGXCPU
        return {"ok": False, "code": "too_slow", "values": {}}
    if any(word in complained for word in (b"MemoryError", b"memory allocation", b"bad_alloc")):
        return {"ok": False, "code": "too_much_memory", "values": {}}
    return {"ok": False, "code": "crashed", "values": {}}
