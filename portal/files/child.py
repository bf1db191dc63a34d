"""A child process for a stranger's bytes: started, bounded, waited for; whatever it does is an answer."""

import json
import subprocess
import sys
import tempfile

MOST_SAID = 1024 * 1024


class CheckerBroken(Exception):
    """The checking process itself could not start; says nothing about the file. Try again later."""


def run(folder, request, descriptors, wall):
    """The answer (a dict with ``ok``) of ``python -I folder`` to ``request``, plain JSON.

    The child inherits the open ``descriptors``. That it crashed, was killed or took longer than ``wall``
    seconds is an answer, too. Raises CheckerBroken when it could not start.
    """
    # Files and not pipes: the child's limit on the size of files holds for what it says, too.
    with tempfile.TemporaryFile() as said, tempfile.TemporaryFile() as complained:
        try:
            done = subprocess.run(
                [sys.executable, "-I", str(folder)],
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
            raise CheckerBroken(f"the checking process could not be started: {problem}") from problem
        said.seek(0)
        complained.seek(0)
        return _answer(done.returncode, said.read(MOST_SAID), complained.read(MOST_SAID))


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
