"""A zip file written from front to back for any ``write(bytes)``, in flat memory; same input, same bytes.

Sizes and checksums of a part follow behind its data (data descriptors, APPNOTE 4.3.9), so a part may be as
long as it likes up to 4 GiB. Times are fixed: the bytes depend on the content alone.
"""

import struct
from contextlib import contextmanager

from isal import isal_zlib

BLOCK = 256 * 1024  # bytes handed to the compressor at once: how the caller cuts its data leaves no trace
LEVEL = 1
DEFLATED, RAW = 8, -15
SIZES_FOLLOW, NAMES_ARE_UTF8 = 1 << 3, 1 << 11
FLAGS = SIZES_FOLLOW | NAMES_ARE_UTF8
VERSION = 20
MIDNIGHT, FIRST_DAY = 0, 0x21  # 1980-01-01 00:00, the first moment a zip file can name
MOST = 0xFFFF_FFFE  # beyond this, the zip64 extension begins
MOST_PARTS = 0xFFFE


class TooLarge(ValueError):
    """The file would need zip64, which some spreadsheet programs do not read."""


class Pack:
    """A zip file in the making. ``write`` takes bytes; parts are written one after the other."""

    def __init__(self, write):
        self._sink = write
        self._offset = 0
        self._directory = []
        self._open = False

    @contextmanager
    def part(self, name):
        """A part to write into: ``with pack.part("xl/styles.xml") as part: part.write(…)``."""
        if self._open:
            raise ValueError("One part at a time.")
        if len(self._directory) >= MOST_PARTS:
            raise TooLarge("Too many parts.")
        self._open, start, encoded = True, self._offset, name.encode()
        self._write(
            struct.pack("<IHHHHHIIIHH", 0x04034B50, VERSION, FLAGS, DEFLATED, MIDNIGHT, FIRST_DAY, 0, 0, 0,
                        len(encoded), 0) + encoded
        )  # fmt: skip
        part = Part(self._write)
        yield part
        sizes = part.finish()
        self._write(struct.pack("<IIII", 0x08074B50, *sizes))
        self._directory.append((encoded, start, sizes))
        self._open = False

    def add(self, name, text):
        """A whole part at once."""
        with self.part(name) as part:
            part.write(text.encode())

    def finish(self):
        """Write the directory; nothing can be added afterwards."""
        start = self._offset
        for encoded, offset, sizes in self._directory:
            self._write(
                struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, VERSION, VERSION, FLAGS, DEFLATED, MIDNIGHT,
                            FIRST_DAY, *sizes, len(encoded), 0, 0, 0, 0, 0, offset) + encoded
            )  # fmt: skip
        parts, length = len(self._directory), self._offset - start
        self._write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, parts, parts, length, start, 0))
        self._open = True

    def _write(self, data):
        self._offset += len(data)
        if self._offset > MOST:
            raise TooLarge("The file would be larger than 4 GiB.")
        self._sink(data)


class Part:
    """One part of the zip file while it is written."""

    def __init__(self, write):
        self._sink = write
        self._deflate = isal_zlib.compressobj(LEVEL, DEFLATED, RAW)
        self._waiting = bytearray()
        self._crc = self._plain = self._packed = 0

    def write(self, data):
        """Take bytes; they leave in blocks of one size."""
        self._waiting += data
        while len(self._waiting) >= BLOCK:
            self._pack(bytes(self._waiting[:BLOCK]))
            del self._waiting[:BLOCK]

    def finish(self):
        """Flush; returns (CRC-32, packed bytes, plain bytes)."""
        self._pack(bytes(self._waiting))
        self._waiting.clear()
        self._send(self._deflate.flush())
        return self._crc, self._packed, self._plain

    def _pack(self, block):
        self._plain += len(block)
        if self._plain > MOST:
            raise TooLarge("A part would be larger than 4 GiB.")
        self._crc = isal_zlib.crc32(block, self._crc)
        self._send(self._deflate.compress(block))

    def _send(self, packed):
        self._packed += len(packed)
        if packed:
            self._sink(packed)
