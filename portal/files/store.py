"""Where uploads lie: private, under generated names, each file complete or absent.

``quarantine/`` holds what was just uploaded, ``kept/`` what passed the check. The database decides what is in
use; ``sweep`` removes the rest.
"""

import contextlib
import errno
import hashlib
import os
import re
import shutil
import time
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage

from portal.files.kinds import KINDS, MADE, SHEETS
from portal.files.refusals import Refused

QUARANTINE, KEPT, PARTIAL = "quarantine", "kept", "partial"
STORED = list({**KINDS, **MADE, **SHEETS}.values())
SUFFIXES = sorted({kind.suffix for kind in STORED})
ENDINGS = "|".join(map(re.escape, SUFFIXES))
NAME = re.compile(rf"(?:{QUARANTINE}|{KEPT})/[0-9a-f]{{2}}/[0-9a-f]{{32}}(?:{ENDINGS})")
BLOCK = 256 * 1024
DAY = 24 * 3600


@dataclass(frozen=True, slots=True)
class Stored:
    """A complete file in the store; ``name`` is what a row remembers."""

    name: str
    sha256: str
    size: int


class PrivateStorage(FileSystemStorage):
    """Files without an address on the web: a view checks the permission and hands them out."""

    def url(self, name):
        raise ValueError("Uploads have no address.")


def private_storage():
    """The Django storage of all uploads; usable as ``storage=`` of a FileField."""
    return PrivateStorage(
        location=settings.MEDIA_ROOT, file_permissions_mode=0o600, directory_permissions_mode=0o700
    )


def quarantine(upload, kind):
    """Store an upload (UploadedFile or any binary file) that ``sniff.check`` found to be of ``kind``."""
    return _write(upload, QUARANTINE, kind)


def keep(path, kind):
    """Store a finished file from ``path`` among the kept ones."""
    with Path(path).open("rb") as file:
        return _write(file, KEPT, kind)


def keep_quarantined(name):
    """The kept twin of a quarantined file; the quarantined one stays until ``delete`` (after the commit)."""
    with open_file(name) as file:
        return _write(file, KEPT, _kind_of(name))


def open_file(name):
    """The stored file, for reading."""
    return path_of(name).open("rb")


def path_of(name):
    """Where a stored name lies. Anything that is not a name made here is refused."""
    if not NAME.fullmatch(name):
        raise ValueError("Not the name of a stored file.")
    return Path(private_storage().path(name))


def exists(name):
    return path_of(name).is_file()


def delete(name):
    """Remove a stored file; one that is gone already is no error."""
    path_of(name).unlink(missing_ok=True)


def sweep(names_in_use, *, older_than=DAY, now=None):
    """Remove files that nobody uses, older than ``older_than`` seconds; returns the removed names.

    The age guards uploads whose row is being written just now. Halves of interrupted uploads go the same way.
    """
    used = set(names_in_use)
    limit = (time.time() if now is None else now) - older_than
    removed = []
    for name, path in _stored():
        if name not in used and path.stat().st_mtime < limit:
            path.unlink(missing_ok=True)
            removed.append(name)
    for half in _folder(PARTIAL).glob("*"):
        if half.stat().st_mtime < limit:
            half.unlink(missing_ok=True)
    return removed


def missing(names_in_use):
    """The other way round: names that a row uses and whose file is not there."""
    return sorted(name for name in set(names_in_use) if not exists(name))


def _stored():
    root = Path(settings.MEDIA_ROOT)
    for area in (QUARANTINE, KEPT):
        for path in root.glob(f"{area}/*/*"):
            name = path.relative_to(root).as_posix()
            if NAME.fullmatch(name):
                yield name, path


def _write(source, area, kind):
    """Write beside, flush to the disk, then rename: a name never stands for half a file."""
    identity = uuid.uuid4().hex
    name = f"{area}/{identity[:2]}/{identity}{kind.suffix}"
    target = path_of(name)
    half = _folder(PARTIAL) / identity
    try:
        _folder(f"{area}/{identity[:2]}")
        digest, size = _copy(source, half, kind.most_bytes)
        half.rename(target)
        _flush_folder(target.parent)
    except OSError as problem:
        with contextlib.suppress(OSError):
            half.unlink(missing_ok=True)
        if problem.errno in (errno.ENOSPC, errno.EDQUOT):
            raise Refused("no_space") from problem
        raise
    except BaseException:
        half.unlink(missing_ok=True)
        raise
    return Stored(name, digest, size)


def _copy(source, half, most):
    digest, size = hashlib.sha256(), 0
    source.seek(0)
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while block := source.read(BLOCK):
            size += len(block)
            if size > most:
                raise Refused("too_large", size=size, limit=most)
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    return digest.hexdigest(), size


def _folder(relative):
    """A folder below MEDIA_ROOT, made with its parents; all of them for the portal's own account only."""
    folder = Path(settings.MEDIA_ROOT)
    for part in ("", *Path(relative).parts):
        folder = folder / part
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _flush_folder(folder):
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _kind_of(name):
    return next(kind for kind in STORED if name.endswith(kind.suffix))


def free_bytes():
    """Room left on the disk of the uploads, for the readiness page."""
    return shutil.disk_usage(_folder("")).free
