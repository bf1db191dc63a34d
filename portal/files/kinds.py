"""The one table of accepted kinds of files and their limits; forms, checks, help texts and tests read it."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024

MAX_BYTES = 20 * MEGABYTE
MAX_PIXELS = 40_000_000
MAX_PAGES = 100
LONG_SIDE = 2560  # a kept picture; an A4 scan is still read easily at this size
THUMBNAILS = {"thumb_1200": 1200, "thumb_320": 320}  # long side in pixels, largest first


@dataclass(frozen=True, slots=True)
class Kind:
    """One accepted kind; ``extensions`` with the dot, the first one is given to kept files."""

    code: str
    label: str
    media_type: str
    extensions: tuple
    is_picture: bool = True
    most_bytes: int = 4 * MAX_BYTES  # in the store: what is made from an upload may be larger than it

    @property
    def suffix(self):
        return self.extensions[0]


KINDS = {
    kind.code: kind
    for kind in (
        Kind("jpeg", "JPEG", "image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif")),
        Kind("png", "PNG", "image/png", (".png",)),
        Kind("webp", "WebP", "image/webp", (".webp",)),
        Kind("pdf", "PDF", "application/pdf", (".pdf",), is_picture=False),
    )
}

XLSX = Kind(
    "xlsx",
    "Excel",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    (".xlsx",),
    is_picture=False,
    most_bytes=1024 * MEGABYTE,
)
MADE = {XLSX.code: XLSX}  # what the portal makes itself; no upload form takes these
SHEETS = {  # what rosters come in as; evidence never does
    kind.code: kind
    for kind in (
        XLSX,
        Kind("xls", "Excel 97-2003", "application/vnd.ms-excel", (".xls",), is_picture=False),
        Kind("csv", "CSV", "text/csv", (".csv",), is_picture=False),
        Kind("html", "HTML", "text/html", (".html",), is_picture=False),
    )
}

ACCEPT = ",".join(extension for kind in KINDS.values() for extension in kind.extensions)  # <input accept>
ACCEPT_PICTURES = ",".join(
    extension for kind in KINDS.values() if kind.is_picture for extension in kind.extensions
)
