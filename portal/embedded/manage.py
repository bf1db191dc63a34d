"""`python -m portal.embedded.manage shell`: a manage.py command with the servers of the portal that runs."""

import json
import os
import sys

from portal.embedded.home import BASE, default_root, environment_file


def main(arguments):
    path = environment_file(default_root())
    if not path.exists():
        sys.exit(f"No portal has run in {path.parent} yet. Start it with `make run` first.")
    environment = {**os.environ, **json.loads(path.read_text())}
    os.execve(sys.executable, [sys.executable, str(BASE / "manage.py"), *arguments], environment)


if __name__ == "__main__":
    main(sys.argv[1:])
