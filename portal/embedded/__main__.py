"""`python -m portal.embedded`: the whole portal in one process tree, until Ctrl-C."""

import argparse
import os
import signal
import sys

signal.signal(signal.SIGINT, signal.SIG_DFL)  # until Run takes over: no traceback for an early Ctrl-C

from portal.embedded import processes  # noqa: E402
from portal.embedded.home import default_root  # noqa: E402
from portal.embedded.supervise import Run  # noqa: E402


def main():
    options = read_options()
    if options.end_with_parent:
        processes.die_with_parent(os.getppid(), signal.SIGTERM)
    return Run(options).run()


def read_options(arguments=None):
    parser = argparse.ArgumentParser(prog="python -m portal.embedded", description=__doc__)
    parser.add_argument(
        "--address", default=os.environ.get("ADDRESS") or "127.0.0.1", help="address to listen on"
    )
    parser.add_argument(
        "--port", type=port, default=os.environ.get("PORT") or "8000", help="port to listen on"
    )
    parser.add_argument("--home", default=default_root(), help="folder with the data of this run")
    parser.add_argument("--workers", type=int, default=2, help="web processes, and background processes")
    parser.add_argument(
        "--end-with-parent", action="store_true", help="stop when the process that started us ends"
    )
    return parser.parse_args(arguments)


def port(text):
    """A port as argparse wants it: ValueError makes its message."""
    number = int(text)
    if not 0 < number < 65536:
        raise ValueError
    return number


if __name__ == "__main__":
    sys.exit(main())
