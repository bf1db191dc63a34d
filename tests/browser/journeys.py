"""The running portal of the journeys: started once, found by every process of the tests, then stopped."""

import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from portal.embedded.home import short_temporary_folder
from tests.running import Started, descendants_in, wait_until

WHERE = "PORTAL_RUN"  # the data folder of a running portal; set by hand while a journey is being written


@contextmanager
def running_portal():
    """The data folder of a portal with the demonstration city; afterwards nothing of it is left."""
    folder = Path(tempfile.mkdtemp(prefix="portal-journeys-", dir=short_temporary_folder()))
    folder.chmod(0o755)
    run = Started(folder / "home", PORTAL_DEMO="1")
    try:
        yield run.folder
        assert run.stop() == 0, run.said
        wait_until(lambda: not descendants_in(folder))
    finally:
        run.kill()
        shutil.rmtree(folder)


@contextmanager
def one_portal_for_all():
    """Let the processes that are started inside share one portal, unless one is named already."""
    if os.environ.get(WHERE):
        yield
        return
    with running_portal() as folder:
        os.environ[WHERE] = str(folder)
        try:
            yield
        finally:
            del os.environ[WHERE]
