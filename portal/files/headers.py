"""Width and height of a picture read from its header, before anything is decoded."""

import struct

SOF_MARKERS = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}  # starts of frame, not tables
LONGEST_SEARCH = 4 * 1024 * 1024  # bytes of a JPEG's header segments that are walked through


def pixel_size(file, kind):
    """``(width, height)``, or None where the header is not understood; ``file`` is left anywhere."""
    file.seek(0)
    try:
        return READERS[kind.code](file)
    except (struct.error, IndexError):
        return None


def _png(file):
    head = file.read(24)
    return struct.unpack(">II", head[16:24]) if head[12:16] == b"IHDR" else None


def _webp(file):
    head = file.read(30)
    shape = head[12:16]
    if shape == b"VP8 ":
        width, height = struct.unpack("<HH", head[26:30])
        return width & 0x3FFF, height & 0x3FFF
    if shape == b"VP8L":
        (bits,) = struct.unpack("<I", head[21:25])
        return (bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1
    if shape == b"VP8X":
        return int.from_bytes(head[24:27], "little") + 1, int.from_bytes(head[27:30], "little") + 1
    return None


def _jpeg(file):
    file.seek(2)
    while file.tell() < LONGEST_SEARCH:
        lead, marker = struct.unpack("BB", file.read(2))
        if lead != 0xFF:
            return None
        while marker == 0xFF:  # fill bytes
            marker = file.read(1)[0]
        if marker in SOF_MARKERS:
            _length, _precision, height, width = struct.unpack(">HBHH", file.read(7))
            return width, height
        if marker == 0x01 or 0xD0 <= marker <= 0xD8:  # markers without a length
            continue
        if marker in (0xD9, 0xDA):  # end, or picture data before any frame
            return None
        (length,) = struct.unpack(">H", file.read(2))
        file.seek(length - 2, 1)
    return None


READERS = {"png": _png, "webp": _webp, "jpeg": _jpeg}
