"""Who the servers run as, and which folders that account can reach."""

import os
import pwd
from dataclasses import dataclass

from portal.embedded.problems import CannotStart


@dataclass(frozen=True)
class Account:
    """The account of the servers; ``uid`` is None when they run as whoever started us."""

    uid: int | None = None
    gid: int | None = None

    def as_popen(self):
        """Keyword arguments for subprocess that start a process as this account."""
        if self.uid is None:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": [self.gid]}

    def own(self, folder):
        """Make ``folder`` this account's, closed to others; PermissionError when it is somebody else's."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        stat = folder.lstat()  # a link, or a stranger's folder, could have been laid there in a shared /tmp
        if folder.is_symlink() or stat.st_uid not in (os.geteuid(), self.uid):
            raise PermissionError("it belongs to somebody else")
        folder.chmod(0o700)
        if self.uid is not None:
            os.chown(folder, self.uid, self.gid)

    def can_reach(self, path):
        """Whether this account may pass through every folder on the way to ``path``."""
        if self.uid is None:
            return True
        return all(self._may_pass(folder.stat()) for folder in [path, *path.parents])

    def _may_pass(self, stat):
        if stat.st_uid == self.uid:
            return bool(stat.st_mode & 0o100)
        if stat.st_gid == self.gid:
            return bool(stat.st_mode & 0o010)
        return bool(stat.st_mode & 0o001)


def server_account(data):
    """PostgreSQL refuses uid 0: as root, the owner of ``data``, else `postgres`, else `nobody`."""
    if os.geteuid() != 0:
        return Account()
    if data.exists() and (stat := data.stat()).st_uid != 0:
        return Account(stat.st_uid, stat.st_gid)
    for name in ("postgres", "nobody"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise CannotStart(
        "PostgreSQL does not run as root, and this machine has neither an account `postgres` nor `nobody`. "
        "Start the portal as an ordinary user, or set DATABASE_URL."
    )
