"""A running portal with the demonstration city, one for each process of the tests, and desks for people."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.embedded.home import environment_file, short_temporary_folder
from reviews.demo.cast import CAST, PASSWORD
from tests.browser.desk import SCREENS, Desk
from tests.running import Started, descendants_in, wait_until

UNITS = 12  # with a ready studio; each journey takes its own
USERNAMES = {who.key: who.username for who in CAST}


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Everything here drives a browser."""
    for item in items:
        if "tests/browser/" in item.path.as_posix():
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def portal():
    """The running portal: ``url``, and ``units`` to be taken from.

    PORTAL_RUN names the data folder of one that runs already: quicker while a journey is being written.
    """
    if given := os.environ.get("PORTAL_RUN"):
        yield SimpleNamespace(url=noted(Path(given))["BASE_URL"], units=stage(Path(given), UNITS))
        return
    folder = Path(tempfile.mkdtemp(prefix="portal-journeys-", dir=short_temporary_folder()))
    folder.chmod(0o755)
    run = Started(folder / "home", PORTAL_DEMO="1")
    try:
        yield SimpleNamespace(url=f"http://127.0.0.1:{run.port}", units=stage(run.folder, UNITS))
        assert run.stop() == 0
        wait_until(lambda: not descendants_in(folder))
    finally:
        run.kill()
        shutil.rmtree(folder)


def noted(folder):
    """The settings of a running portal."""
    return json.loads(environment_file(folder).read_text())


def stage(folder, number):
    """Units put into a running portal by a process of their own, beside it."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.stage", str(number)],
        env={**os.environ, **noted(folder), "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return [SimpleNamespace(**json.loads(line)) for line in done.stdout.splitlines() if line[:1] == "{"]


@pytest.fixture
def unit(portal):
    """A unit with a ready studio that nobody else uses: ``studio`` (id), ``name``, ``clerk``, ``chair``."""
    return portal.units.pop()


@pytest.fixture(params=SCREENS)
def screen(request):
    """Every journey at both sizes."""
    return request.param


@pytest.fixture
def desk(browser, portal, screen):
    """``desk(who)`` sits a person down: of the demonstration's cast, or anybody by name and password.

    At the end no desk may have seen a problem.
    """
    desks = []

    def sit(who="", password=PASSWORD, **how):
        how.setdefault("screen", screen)
        made = Desk(browser, portal.url, who=who, shots=os.environ.get("PORTAL_SHOTS"), **how)
        desks.append(made)
        return made.sign_in(USERNAMES.get(who, who), password) if who else made

    yield sit
    problems = [problem for made in desks for problem in made.problems]
    for made in desks:
        made.close()
    assert problems == []
