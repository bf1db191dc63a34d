"""The thorough look at an upload: opened only in a child process with little memory, time and rights."""

import hashlib
import tempfile
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from portal.files.child import CheckerBroken, run
from portal.files.headers import pixel_size
from portal.files.kinds import KINDS, LONG_SIDE, MAX_PAGES, MAX_PIXELS, MEGABYTE, THUMBNAILS
from portal.files.refusals import Refused
from portal.files.sniff import too_many_pixels

SANDBOX = Path(__file__).parent / "sandbox"
RULES = {
    "pixels": MAX_PIXELS,
    "long_side": LONG_SIDE,
    "thumbnails": THUMBNAILS,
    "pages": MAX_PAGES,
    "steps": 3_000_000,  # parts looked at in a PDF; a hundred scanned pages have some thousand
}


@dataclass(frozen=True, slots=True)
class Limits:
    """What the child may use: bytes of memory, seconds of processor, bytes a file written, seconds in all."""

    memory: int = 1024 * MEGABYTE
    cpu: int = 30
    output: int = 64 * MEGABYTE
    wall: float = 60.0


@dataclass(frozen=True, slots=True)
class Output:
    """One file made from the original, lying at ``path`` until the caller's folder goes."""

    path: Path
    media_type: str
    sha256: str
    size: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Inspection:
    """What was found in a file that is taken. ``outputs``: the full picture and thumbnails; none of a PDF."""

    kind: str
    media_type: str
    sha256: str  # of the original, as it was uploaded
    size: int
    width: int | None = None
    height: int | None = None
    pages: int | None = None
    fingerprint: int | None = None  # of a picture: 64 bits as a signed number
    outputs: dict = field(default_factory=dict)

    def as_json(self):
        """Plain values for a database row, without the paths."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "outputs"}
        plain["outputs"] = {
            name: {part: getattr(made, part) for part in made.__slots__ if part != "path"}
            for name, made in self.outputs.items()
        }
        return plain


def inspect(path, kind, folder, *, limits=None):
    """Check the file at ``path`` as ``kind`` (a Kind or its code); what is made from it goes into ``folder``.

    Raises Refused with a sentence for a file that is not taken, CheckerBroken when checking was not possible.
    """
    kind = KINDS[getattr(kind, "code", kind)]
    path, folder, limits = Path(path), Path(folder), limits or Limits()
    with path.open("rb") as source:
        size = pixel_size(source, kind) if kind.is_picture else None
        if size and size[0] * size[1] > MAX_PIXELS:
            raise too_many_pixels(*size)
        source.seek(0)
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    answer, paths = _ask_child(path, kind, folder, limits)
    if not answer["ok"]:
        raise _refusal(answer)
    outputs = {
        name: _output(paths[name], kind if name == "full" else KINDS["jpeg"], answer["sizes"][name])
        for name in paths
    }
    return Inspection(
        kind=kind.code,
        media_type=kind.media_type,
        sha256=digest,
        size=path.stat().st_size,
        width=outputs["full"].width if outputs else None,
        height=outputs["full"].height if outputs else None,
        pages=answer.get("pages"),
        fingerprint=_signed(answer["fingerprint"]) if outputs else None,
        outputs=outputs,
    )


def _ask_child(path, kind, folder, limits):
    names = ("full", *THUMBNAILS) if kind.is_picture else ()
    paths = {
        name: folder / f"{name}{kind.suffix if name == 'full' else KINDS['jpeg'].suffix}" for name in names
    }
    with ExitStack() as stack:
        source = stack.enter_context(path.open("rb"))
        made = {name: stack.enter_context(target.open("wb")) for name, target in paths.items()}
        request = {
            "kind": kind.code,
            "source": source.fileno(),
            "outputs": {name: file.fileno() for name, file in made.items()},
            "rules": RULES,
            "limits": {"memory": limits.memory, "cpu": limits.cpu, "output": limits.output},
        }
        descriptors = (source.fileno(), *(file.fileno() for file in made.values()))
        return run(SANDBOX, request, descriptors, limits.wall), paths


def _refusal(answer):
    if answer["code"] == "too_many_pixels":
        return too_many_pixels(**answer["values"])
    try:
        return Refused(answer["code"], **answer["values"])
    except (KeyError, TypeError, ValueError):  # the child was taken over by the file
        return Refused("crashed")


def _signed(bits):
    """64 bits as the database stores them; more than those the child cannot make us take."""
    return ((int(bits) & (1 << 64) - 1) ^ 1 << 63) - (1 << 63)


def _output(path, kind, size):
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Output(path, kind.media_type, digest, path.stat().st_size, int(size[0]), int(size[1]))


def scratch_folder():
    """A private folder for ``inspect`` that disappears at the end of its ``with`` block."""
    return tempfile.TemporaryDirectory(prefix="portal-files-")


__all__ = ["CheckerBroken", "Inspection", "Limits", "Output", "inspect", "scratch_folder"]
