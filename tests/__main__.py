"""`python -m tests`: the whole suite in two passes, and one plain total.

First everything without a browser, then the journeys in a real Chromium; without one the second pass fails.
Further arguments go to both passes of pytest.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

from tests import chromium
from tests.browser import journeys

PROCESSES = "2"


def main(arguments):
    started = time.monotonic()
    totals = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    with tempfile.TemporaryDirectory(prefix="portal-tests-") as folder:
        fine = run("not browser", Path(folder) / "plain.xml", totals, arguments)
        try:
            print(f"\nBrowser: {chromium.install()}", flush=True)
            print("Starting a portal with the demonstration city for the journeys ...", flush=True)
            with journeys.one_portal_for_all():
                fine = run("browser", Path(folder) / "browser.xml", totals, arguments) and fine
        except chromium.NoBrowser as problem:
            print(f"\n{problem}", file=sys.stderr)
            fine = False
    print(sentence(totals, time.monotonic() - started))
    return 0 if fine else 1


def run(mark, report, totals, arguments):
    """One pass of pytest; adds its numbers to ``totals``. No test at all is a failure too."""
    print(f"\nTests: {mark}", flush=True)
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-n",
        PROCESSES,
        "--dist",
        "loadgroup",  # what shares something costly stays in one process
        "-m",
        mark,
        f"--junitxml={report}",
        *arguments,
    ]
    code = subprocess.call(command)
    if report.exists():
        for suite in ElementTree.parse(report).iter("testsuite"):
            for key in totals:
                totals[key] += int(suite.get(key, 0))
    return code == 0


def sentence(totals, seconds):
    failed = totals["failures"] + totals["errors"]
    passed = totals["tests"] - failed - totals["skipped"]
    return f"\nTotal: {passed} passed, {failed} failed, {totals['skipped']} skipped in {seconds:.0f} s"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
