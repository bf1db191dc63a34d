"""The quick look at an upload, in the request: what is it, does its name agree? Nothing is decoded."""

import os
import re
from pathlib import PurePath

from portal.files.headers import pixel_size
from portal.files.kinds import KINDS, MAX_BYTES, MAX_PIXELS
from portal.files.refusals import Refused

HEAD = 4096
TAIL = 66 * 1024  # the end record of a ZIP archive is searched for in the last 64 KB

# (start of the file, refusal code, what it is)
OTHERS = (
    (b"GIF8", "picture", "GIF"),
    (b"II*\x00", "picture", "TIFF"),
    (b"MM\x00*", "picture", "TIFF"),
    (b"II+\x00", "picture", "TIFF"),
    (b"MM\x00+", "picture", "TIFF"),
    (b"BM", "picture", "BMP"),
    (b"8BPS", "picture", "Photoshop"),
    (b"\x00\x00\x01\x00", "picture", "ICO"),
    (b"\x00\x00\x00\x0cjP  ", "picture", "JPEG 2000"),
    (b"\x00\x00\x00\x0cJXL ", "picture", "JPEG XL"),
    (b"\xff\x0a", "picture", "JPEG XL"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "office", "old Office"),
    (b"{\\rtf", "office", "RTF"),
    (b"Rar!", "archive", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "archive", "7-Zip"),
    (b"\x1f\x8b", "archive", "GZIP"),
    (b"BZh", "archive", "BZIP2"),
    (b"\xfd7zXZ", "archive", "XZ"),
    (b"MZ", "program", "EXE"),
    (b"\x7fELF", "program", "ELF"),
    (b"#!", "program", "script"),
    (b"OggS", "film", "Ogg"),
    (b"ID3", "film", "MP3"),
    (b"\x1aE\xdf\xa3", "film", "Matroska"),
    (b"FLV", "film", "FLV"),
)
ZIP_MEMBERS = (
    (b"word/", "office", "Word"),
    (b"xl/", "office", "Excel"),
    (b"ppt/", "office", "PowerPoint"),
    (b"OFD.xml", "office", "OFD"),
    (b"application/vnd.oasis.opendocument", "office", "OpenDocument"),
)
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"mif1", b"msf1"}
WEB_PAGE = re.compile(rb"<(!doctype\s+html|html|head|body|script|iframe)\b", re.IGNORECASE)
SVG = re.compile(rb"<(!doctype\s+)?([a-z]+:)?svg\b", re.IGNORECASE)


def check(file, name):
    """The accepted ``Kind`` of an upload called ``name``; raises ``Refused`` with the sentence to show.

    ``file`` is any seekable binary file; it is left at its beginning.
    """
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise Refused("empty")
    if size > MAX_BYTES:
        raise Refused("too_large", size=size, limit=MAX_BYTES)
    file.seek(0)
    kind = recognise(file.read(HEAD), file)
    extension = PurePath(name or "").suffix.lower()
    if extension not in kind.extensions:
        code = "extension" if extension else "no_extension"
        raise Refused(code, extension=extension[:12], found=kind.label, expected=kind.suffix)
    if kind.is_picture:
        _check_pixels(file, kind)
    else:
        _check_pdf_ends(file, size)
    file.seek(0)
    return kind


def recognise(head, file):
    """The accepted kind that ``head`` begins, or ``Refused`` naming what it is instead."""
    if head.startswith(b"\xff\xd8\xff"):
        return KINDS["jpeg"]
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return KINDS["png"]
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return KINDS["webp"]
    if head.startswith(b"%PDF-"):
        return KINDS["pdf"]
    code, found = _something_else(head, file)
    raise Refused(code, found=found) if found else Refused(code)


def _something_else(head, file):
    """``(refusal code, what was found or "")`` for a file that is none of the accepted kinds."""
    if head[4:8] == b"ftyp":
        return _media_container(head[8:12])
    if head.startswith(ZIP_STARTS):
        return _zip(head, file)
    if head[:4] == b"RIFF":
        return "film", ""
    for start, code, found in OTHERS:
        if head.startswith(start):
            return code, found if code in ("picture", "office", "archive") else ""
    if b"%PDF-" in head[:1024]:
        return "pdf_start", ""
    return _textual(head)


def _media_container(brand):
    if brand in HEIF_BRANDS:
        return "heic", ""
    return ("picture", "AVIF") if brand in (b"avif", b"avis") else ("film", "")


def _zip(head, file):
    file.seek(max(0, file.seek(0, os.SEEK_END) - TAIL))
    names = head + file.read(TAIL)  # first entries, and the directory at the end
    for member, code, found in ZIP_MEMBERS:
        if member in names:
            return code, found
    return "archive", "ZIP"


def _textual(head):
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):  # UTF-16, told by its byte order mark
        head = head.decode("utf-16", errors="ignore").encode()
    if SVG.search(head):
        return "svg", ""
    if WEB_PAGE.search(head):
        return "web_page", ""
    readable = not any(byte < 9 or 13 < byte < 32 for byte in head[:1024])
    return ("text", "") if readable else ("unknown", "")


def _check_pixels(file, kind):
    size = pixel_size(file, kind)
    if size and size[0] * size[1] > MAX_PIXELS:
        raise too_many_pixels(*size)


def too_many_pixels(width, height):
    megapixels = round(width * height / 1_000_000)
    return Refused(
        "too_many_pixels",
        width=width,
        height=height,
        megapixels=max(megapixels, MAX_PIXELS // 1_000_000 + 1),
        limit=MAX_PIXELS // 1_000_000,
    )


def _check_pdf_ends(file, size):
    """Nothing but white space after the last %%EOF, and no archive directory that reaches to the end."""
    file.seek(max(0, size - TAIL))
    tail = file.read(TAIL)
    record = tail.rfind(b"PK\x05\x06")
    while record >= 0:
        comment = int.from_bytes(tail[record + 20 : record + 22], "little")
        if record + 22 + comment >= len(tail) - 2:
            raise Refused("pdf_archive")
        record = tail.rfind(b"PK\x05\x06", 0, record)
    end = tail.rfind(b"%%EOF")
    if end < 0 or tail[end + 5 :].strip(b"\x00\t\n\x0c\r \x1a"):
        raise Refused("pdf_end")
