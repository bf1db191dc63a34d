"""The demonstration's files in the private store: each drawing is kept once, whoever shows it.

Every studio sends its own original (the same drawing with a note of its own inside), so that no two
studios seem to claim the same file; what is kept of a picture is the re-encoded drawing without notes.
"""

import hashlib
import io
import tempfile
from dataclasses import dataclass
from pathlib import Path

from portal.files import store
from portal.files.kinds import KINDS, THUMBNAILS
from reviews.demo.pictures import all_pictures, jpeg
from reviews.demo.scenes import SCENES


@dataclass(frozen=True)
class Kept:
    """One drawing in the store: names of its files, its bytes, its size in pixels."""

    stored: str
    thumb: str
    data: bytes
    width: int
    height: int


class Album:
    """All drawings, kept; papers are kept when they are asked for."""

    def __init__(self):
        with tempfile.TemporaryDirectory(prefix="portal-demo-") as folder:
            self.folder = Path(folder)
            self.kept = {name: self._keep(drawn) for name, drawn in all_pictures(list(SCENES)).items()}

    def _keep(self, drawn):
        data = jpeg(drawn)
        small = drawn.copy()
        small.thumbnail((THUMBNAILS["thumb_320"], THUMBNAILS["thumb_320"]))
        return Kept(
            stored=self._store(data, "jpeg"),
            thumb=self._store(jpeg(small), "jpeg"),
            data=data,
            width=drawn.width,
            height=drawn.height,
        )

    def _store(self, data, kind):
        path = self.folder / "file"
        path.write_bytes(data)
        return store.keep(path, KINDS[kind]).name

    def picture(self, name, *, note):
        """The columns of an evidence row for a drawing, sent as an original that carries ``note``."""
        kept = self.kept[name]
        original = with_note(kept.data, note)
        return {
            "sha256": hashlib.sha256(original).hexdigest(),
            "size": len(original),
            "media_type": KINDS["jpeg"].media_type,
            "stored": kept.stored,
            "thumb": kept.thumb,
            "preview": kept.stored,
            "width": kept.width,
            "height": kept.height,
        }


def keep_paper(data):
    """Keep a PDF as it is; the columns of its evidence row."""
    with tempfile.NamedTemporaryFile(prefix="portal-demo-") as file:
        file.write(data)
        file.flush()
        kept = store.keep(file.name, KINDS["pdf"])
    return {
        "sha256": kept.sha256,
        "size": kept.size,
        "media_type": KINDS["pdf"].media_type,
        "stored": kept.name,
        "pages": 1,
    }


def with_note(data, note):
    """A JPEG with a comment put in after its first marker."""
    text = note.encode()
    file = io.BytesIO()
    file.write(data[:2] + b"\xff\xfe" + (len(text) + 2).to_bytes(2, "big") + text + data[2:])
    return file.getvalue()
