"""PORTAL_HOME: the folder with everything a run keeps, and the lock that lets one run use it at a time."""

import fcntl
import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.embedded.account import Account, server_account
from portal.embedded.problems import CannotStart

BASE = Path(__file__).resolve().parent.parent.parent
OUTSIDE = Path("/var/lib/innovation-studios-portal")  # for data that root may not keep in a private folder
LONGEST_SOCKET_FOLDER = 80  # the kernel takes 107 bytes for the whole path of a socket


@dataclass(frozen=True)
class Home:
    """The folders of one run. ``servers`` belongs to ``account``, the rest to whoever started us."""

    root: Path
    servers: Path
    sockets: Path
    account: Account

    @property
    def logs(self):
        return self.root / "log"

    @property
    def postgres_data(self):
        return self.servers / "postgres"

    @property
    def valkey_data(self):
        return self.servers / "valkey"

    @property
    def programs(self):
        """Copies of programs that the servers' account could not reach where they were installed."""
        return self.servers.with_name(f"{self.servers.name}-programs")


def default_root():
    """PORTAL_HOME, or `var` beside the code."""
    return Path(os.environ.get("PORTAL_HOME") or BASE / "var").absolute()


def environment_file(root):
    """Where a run notes the settings of its Django processes, for commands beside it."""
    return root / "environment.json"


def open_home(root):
    """The folders below ``root``, made where they are missing."""
    root = Path(root).absolute()
    try:
        root.mkdir(mode=0o711, parents=True, exist_ok=True)  # the servers account passes through
        (root / "log").mkdir(mode=0o700, exist_ok=True)
    except OSError as problem:
        raise _not_ours(root, problem) from problem
    root = root.resolve()
    if not os.access(root, os.W_OK | os.X_OK):
        raise _not_ours(root, "no right to write")
    link = root / "servers"
    account = server_account(link / "postgres")
    servers = _servers_folder(link, account)
    sockets = socket_folder(servers)
    for folder in (servers, servers / "valkey", sockets):
        try:
            account.own(folder)
        except OSError as problem:
            raise _not_ours(folder, problem) from problem
    return Home(root, servers, sockets, account)


def _not_ours(folder, problem):
    return CannotStart(
        f"The folder {folder} can't be used ({problem}). Start the portal as the user who made it, "
        "or name another folder: make run PORTAL_HOME=/path/to/folder"
    )


def _servers_folder(link, account):
    """``link`` itself, or, when ``account`` can't reach it, a folder elsewhere that it points to."""
    if not account.can_reach(link.parent) and not link.is_dir():
        outside = OUTSIDE / _digest(link)
        outside.parent.mkdir(mode=0o755, parents=True, exist_ok=True)
        account.own(outside)
        link.unlink(missing_ok=True)
        link.symlink_to(outside)
    return link.resolve()


def socket_folder(servers):
    """Where the servers' sockets lie: beside the data, or in a short path below the temporary folder."""
    folder = servers / "run"
    if len(str(folder).encode()) <= LONGEST_SOCKET_FOLDER:
        return folder
    return short_temporary_folder() / f"portal-{_digest(folder)}"


def short_temporary_folder():
    """The temporary folder, or /tmp where that one is itself too long for a socket below it."""
    folder = Path(tempfile.gettempdir())
    return folder if len(str(folder)) <= LONGEST_SOCKET_FOLDER - 30 else Path("/tmp")


def _digest(path):
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def take_lock(root, note):
    """Hold the folder for this run, with ``note`` for a second one to read; the open file to keep."""
    lock = open(root / "lock", "a+")  # noqa: SIM115 - held as long as it is open
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        with lock:
            lock.seek(0)
            note = lock.read().strip()
        raise CannotStart(
            f"The portal already runs in {root} ({note}). Stop that one with Ctrl-C first, "
            "or give this one a folder of its own: make run PORTAL_HOME=/path/to/folder PORT=8010"
        ) from None
    lock.truncate(0)
    lock.write(note)
    lock.flush()
    return lock


def secret_key(root):
    """The SECRET_KEY of this folder, made at the first run and readable by its owner only."""
    path = root / "secret-key"
    if not path.exists():
        write_private(path, secrets.token_urlsafe(50))
    return path.read_text().strip()


def write_private(path, text):
    """Write ``text`` to ``path``, whole or not at all, for its owner's eyes only."""
    aside = path.with_name(f"{path.name}.new")
    aside.unlink(missing_ok=True)
    with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as new:
        new.write(text)
    os.replace(aside, path)
