"""Makes .venv hold what the lock says: `python3 deploy/install.py runtime embedded dev`.

Standard library only, and nothing to do when the lock has not changed (one stamp a set inside .venv).
"""

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

BASE = Path(__file__).resolve().parent.parent
VENV = BASE / ".venv"
PYTHON = VENV / "bin" / "python"
UNFINISHED = VENV / ".unfinished"  # there while pip changes things: after a kill, nothing in .venv is sure
OLDEST = (3, 11)
NEWER = ("python3.13", "python3.12", "python3.11")


def main(names):
    if sys.version_info < OLDEST:
        run_again_with_a_newer_python()
    VENV.mkdir(exist_ok=True)
    with open(VENV / ".lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # two commands started at once install once
        missing = [name for name in names if not is_installed(name)]
        if missing:
            make_environment()
            install(missing)


def run_again_with_a_newer_python():
    for name in NEWER:
        if (
            shutil.which(name)
            and subprocess.call([name, "-c", "import venv"], stderr=subprocess.DEVNULL) == 0
        ):
            os.execvp(name, [name] + sys.argv)
    sys.exit("The portal needs Python 3.11 or newer; python3 here is %d.%d." % sys.version_info[:2])


def lock_file(name):
    return BASE / "requirements" / (name + ".txt")


def stamp(name):
    return VENV / (".installed-" + name)


def fingerprint(name):
    return hashlib.sha256(lock_file(name).read_bytes()).hexdigest()


def is_installed(name):
    return works() and stamp(name).exists() and stamp(name).read_text() == fingerprint(name)


def works():
    """Whether .venv can be used: not when it is half made, or when its Python was removed."""
    if UNFINISHED.exists():
        return False
    return PYTHON.exists() and subprocess.call([PYTHON, "-c", "import pip"], stderr=subprocess.DEVNULL) == 0


def make_environment():
    if works():
        return
    print("Making .venv with Python %d.%d ..." % sys.version_info[:2], flush=True)
    for old in VENV.iterdir():
        if old.name != ".lock":
            shutil.rmtree(old) if old.is_dir() and not old.is_symlink() else old.unlink()
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        sys.exit("Python could not make .venv. On Debian and Ubuntu: apt-get install python3-venv")


def install(names):
    print("Installing the pinned packages (%s) ..." % ", ".join(names), flush=True)
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    command += ["--only-binary", ":all:", "--require-hashes"]
    for name in names:
        command += ["-r", lock_file(name)]
    UNFINISHED.touch()
    code = subprocess.call(command)
    UNFINISHED.unlink()
    if code != 0:
        sys.exit("pip could not install the pinned packages; its message is above.")
    for name in names:
        stamp(name).write_text(fingerprint(name))


if __name__ == "__main__":
    try:
        main(sys.argv[1:] or ["runtime"])
    except KeyboardInterrupt:
        sys.exit(130)
