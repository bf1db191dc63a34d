"""The Chromium of the browser tests: found, started the same way everywhere, installed when we may.

Also a pytest plugin with the one ``browser`` of a test process: Playwright can't be started twice in one.
"""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "microsoft-edge",
)
PACKAGES = ("chromium", "fonts-noto-cjk")  # without the font, Chinese is a row of boxes in every picture

# Quiet and alone: no phoning home, no first-run pages; the sandbox does not start as root or in a container.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

NONE_FOUND = (
    "No Chromium or Chrome was found, so the browser tests can't run: this is not a pass.\n"
    "Install one (Debian: apt-get install chromium fonts-noto-cjk),"
    " or name one: make test PORTAL_CHROMIUM=/path/to/chrome"
)


class NoBrowser(Exception):
    """No browser that starts; the message says how to get one."""


def find():
    """Path of a Chromium that starts: PORTAL_CHROMIUM, one on the path, one that Playwright keeps."""
    if named := os.environ.get("PORTAL_CHROMIUM"):
        if starts(named):
            return named
        raise NoBrowser(f"PORTAL_CHROMIUM names {named}, but that does not start.")
    for candidate in [*filter(None, map(shutil.which, NAMES)), *kept_by_playwright()]:
        if starts(candidate):
            return str(candidate)
    raise NoBrowser(NONE_FOUND)


def kept_by_playwright():
    folder = Path(os.environ.get("PLAYWRIGHT_BROWSERS_PATH") or Path.home() / ".cache" / "ms-playwright")
    return sorted(folder.glob("chromium-*/chrome-linux*/chrome"), reverse=True)


def starts(program):
    """Whether ``program`` is more than a stub that asks to install something."""
    try:
        done = subprocess.run([program, "--version"], capture_output=True, timeout=30, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def shows_chinese():
    """Whether the machine has a font with Chinese letters."""
    if not shutil.which("fc-list"):
        return False
    return bool(subprocess.run(["fc-list", ":lang=zh"], capture_output=True, check=False).stdout.strip())


def install():
    """Install Debian's packages when we may and must; the browser that is there afterwards."""
    may = os.geteuid() == 0 and shutil.which("apt-get") and not os.environ.get("PORTAL_CHROMIUM")
    if may and not (is_there() and shows_chinese()):
        print("Installing", *PACKAGES, "for the browser tests ...", flush=True)
        if apt_get("install", "--no-install-recommends", *PACKAGES) != 0:
            apt_get("update")
            apt_get("install", "--no-install-recommends", *PACKAGES)
    return find()


def is_there():
    try:
        return bool(find())
    except NoBrowser:
        return False


def apt_get(*arguments):
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    return subprocess.call(["apt-get", "-qq", "-y", *arguments], env=environment, stdout=subprocess.DEVNULL)


@pytest.fixture(scope="session")
def browser():
    """The running Chromium, as Playwright's Browser."""
    from playwright.sync_api import sync_playwright  # here, because most test sessions need no browser

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=find(), args=list(FLAGS))
        yield started
        started.close()


if __name__ == "__main__":
    try:
        print(install())
    except NoBrowser as problem:
        sys.exit(str(problem))
