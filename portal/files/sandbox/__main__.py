"""Entry of the child process that opens uploaded files; knows nothing of Django or of the portal.

Started as ``python -I <this folder>``. The request comes as one JSON line on standard input, the files as
open descriptors; the answer is one JSON line on standard output, after the line ``ready``.
"""

import json
import os
import sys

import images
import limits
import pdfs


def main():
    request = json.loads(sys.stdin.readline())
    limits.apply(request["limits"])
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    try:
        with os.fdopen(request["source"], "rb") as source:
            if request["kind"] == "pdf":
                answer = pdfs.check(source, request["rules"])
            else:
                answer = images.remake(source, request["kind"], request["outputs"], request["rules"])
    except limits.Refusal as refusal:
        answer = {"ok": False, "code": refusal.code, "values": refusal.values}
    except MemoryError:
        answer = {"ok": False, "code": "too_much_memory", "values": {}}
    sys.stdout.write(json.dumps(answer) + "\n")
    sys.stdout.flush()


main()
