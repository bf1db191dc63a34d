"""`python -m portal.embedded.reset`: throw away the embedded data; the next run makes a new city."""

import os
import shutil
import sys

from portal.embedded.home import default_root, open_home, take_lock
from portal.embedded.problems import CannotStart


def main():
    if os.environ.get("DATABASE_URL"):
        sys.exit("DATABASE_URL is set: this command only throws away the embedded database.")
    try:
        home = open_home(default_root())
        lock = take_lock(home.root, f"being emptied by process {os.getpid()}")
    except CannotStart as problem:
        sys.exit(str(problem))
    with lock:
        for folder in (home.postgres_data, home.valkey_data, home.root / "media"):
            shutil.rmtree(folder, ignore_errors=True)
        (home.root / "demonstration").unlink(missing_ok=True)
    print("Database and uploads are gone. The next `make run` loads the demonstration city anew.")


if __name__ == "__main__":
    main()
