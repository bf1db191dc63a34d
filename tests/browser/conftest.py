"""The running portal with the demonstration city, and desks for the people in it."""

import json
import os
import subprocess
import sys
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace

import pytest

from portal.embedded.home import environment_file
from reviews.demo.cast import CAST, PASSWORD
from tests.browser import journeys
from tests.browser.desk import SCREENS, Desk

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
    """The running portal: ``url``, its ``folder``, and ``units`` to be taken from.

    `python -m tests` has started it.
    """
    given = os.environ.get(journeys.WHERE)
    with nullcontext(Path(given)) if given else journeys.running_portal() as folder:
        yield SimpleNamespace(url=noted(folder)["BASE_URL"], folder=folder, units=stage(folder, UNITS))


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
