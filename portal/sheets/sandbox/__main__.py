"""Entry of the child process that opens spreadsheets; knows nothing of Django or of the portal.

Started as ``python -I <this folder>``. The request comes as one JSON line on standard input, the files as
open descriptors; the short answer is one JSON line on standard output, after the line ``ready``; what was
read or made goes to the descriptor ``output``.
"""

import codecs
import json
import os
import sys
from pathlib import Path

# The limits of a child process are one rule for pictures, PDFs and spreadsheets.
sys.path.append(str(Path(__file__).resolve().parents[2] / "files" / "sandbox"))

import limits  # noqa: E402
import opening  # noqa: E402

for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030", "gb2312", "latin-1"):
    codecs.lookup(encoding)  # loaded now: no file can be opened any more once the limits stand


def main():
    request = json.loads(sys.stdin.readline())
    if request["act"] == "remark":
        import remarking as act
    else:
        act = opening
    with open("/proc/self/status", "rb") as memory:  # nothing can be opened later
        limits.apply(request["limits"])
        _answer(act, request, memory)


def _answer(act, request, memory):
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    try:
        with os.fdopen(request["source"], "rb") as source, os.fdopen(request["output"], "wb") as output:
            answer = {"ok": True, **act.run(source, output, request)}
    except limits.Refusal as refusal:
        answer = {"ok": False, "code": refusal.code, "values": refusal.values}
    except MemoryError:
        answer = {"ok": False, "code": "too_much_memory", "values": {}}
    answer["peak"] = _peak(memory)
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()
    os._exit(0)  # a million cells need not be given back one by one


def _peak(memory):
    """The most memory held so far, in bytes."""
    for line in memory:
        if line.startswith(b"VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


main()
