"""ZIP files read by hand and strictly: what two readers could take differently is refused.

Layout: APPNOTE.TXT 6.3.10, sections 4.3.7 (local header), 4.3.12 (central directory), 4.3.14 to 4.3.16.
"""

import os
import re
import struct
import zlib

from limits import Refusal

END = b"PK\x05\x06"
END64_LOCATOR = b"PK\x06\x07"
END64 = b"PK\x06\x06"
CENTRAL = struct.Struct("<4s6H3L5H2L")
LOCAL = struct.Struct("<4s5H3L2H")
TAIL = 22 + 65_535
HEADER_ROOM = 1024  # bytes of the directory for each part, on average
CHUNK = 64 * 1024
PIECE = 256 * 1024
STORED, DEFLATED = 0, 8
ENCRYPTED = 0x2041  # bits 0 (encrypted), 6 (strongly), 13 (hidden headers)
FULL = 0xFFFFFFFF
BAD_NAME = re.compile(r"^/|\\|:|(^|/)\.{1,2}(/|$)|[\x00-\x1f]|//")


class Part:
    """One file of the archive, as the central directory has it; ``data`` is where its bytes begin."""

    __slots__ = ("crc", "data", "method", "name", "offset", "packed", "size")


class Archive:
    """``parts``: small-letter name to Part. Names, places and sizes agree wherever the file states them."""

    def __init__(self, source, rules):
        self._source = source
        self._size = source.seek(0, os.SEEK_END)
        count, length, self._directory = self._end()
        if count > rules["parts"] or length > rules["parts"] * HEADER_ROOM:
            raise Refusal("parts", found=count, limit=rules["parts"])
        self.parts = {}
        for part in self._entries(count, length):
            self._take(part)
        self._check_places()
        whole = sum(part.size for part in self.parts.values())
        if whole > rules["inflated"]:
            raise Refusal("inflated", found=whole, limit=rules["inflated"])

    def _read(self, offset, length):
        self._source.seek(offset)
        data = self._source.read(length)
        if offset < 0 or len(data) != length:
            raise Refusal("zip_directory")
        return data

    def _end(self):
        """Number of parts, length and place of the central directory."""
        reach = min(self._size, TAIL)
        tail = self._read(self._size - reach, reach)
        at = tail.rfind(END)
        if at < 0:
            raise Refusal("truncated")
        if tail.count(END) > 1 or len(tail) - at < 22:
            raise Refusal("zip_directory")
        disk, first, here, count, length, offset, comment = struct.unpack_from("<4x4H2LH", tail, at)
        place = self._size - reach + at
        if at + 22 + comment != len(tail) or disk or first or here != count:
            raise Refusal("zip_directory")
        if tail[at - 20 : at - 16] == END64_LOCATOR and at >= 20:
            count, length, offset, place = self._end64(tail[at - 20 : at], place - 20)
        if offset + length != place:
            raise Refusal("zip_directory")
        return count, length, offset

    def _end64(self, locator, place):
        offset = struct.unpack_from("<8xQ", locator)[0]
        if offset + 56 > place:
            raise Refusal("zip_directory")
        record = self._read(offset, 56)
        size, _made, _needed, disk, first, here, count, length, start = struct.unpack("<4xQ2H2L4Q", record)
        if not record.startswith(END64) or disk or first or here != count or offset + 12 + size != place:
            raise Refusal("zip_directory")
        return count, length, start, offset

    def _entries(self, count, length):
        data, at = self._read(self._directory, length), 0
        for _ in range(count):
            if at + CENTRAL.size > length:
                raise Refusal("zip_directory")
            fields = CENTRAL.unpack_from(data, at)
            names, extras, comments = fields[10:13]
            at += CENTRAL.size
            end = at + names + extras + comments
            if fields[0] != b"PK\x01\x02" or end > length:
                raise Refusal("zip_directory")
            yield self._part(fields, data[at : at + names], data[at + names : at + names + extras])
            at = end
        if at != length:
            raise Refusal("zip_directory")

    def _part(self, fields, name, extra):
        flags, part = fields[3], Part()
        if flags & ENCRYPTED:
            raise Refusal("password")
        try:
            part.name = name.decode("utf-8" if flags & 0x800 else "ascii")
        except UnicodeDecodeError:
            raise Refusal("part_name", part=name.decode("latin-1")[:100]) from None
        part.method, part.crc = fields[4], fields[7]
        part.packed, part.size, part.offset = _wide(extra, fields[8], fields[9], fields[16])
        return part

    def _take(self, part):
        key = part.name.lower()
        if not key or BAD_NAME.search(key):
            raise Refusal("part_name", part=part.name[:100])
        if key in self.parts:
            raise Refusal("part_twice", part=part.name[:100])
        if part.method not in (STORED, DEFLATED):
            raise Refusal("zip_directory")
        if part.method == STORED and part.packed != part.size:
            raise Refusal("zip_directory")
        self.parts[key] = part

    def _check_places(self):
        """No two parts share bytes, the first begins the file, local headers name what the directory does."""
        end = 0
        for part in sorted(self.parts.values(), key=lambda part: part.offset):
            if part.offset < end or (end == 0 and part.offset):
                raise Refusal("zip_directory")
            fields = LOCAL.unpack(self._read(part.offset, LOCAL.size))
            name = self._read(part.offset + LOCAL.size, fields[9])
            if fields[0] != b"PK\x03\x04" or fields[3] != part.method or fields[2] & ENCRYPTED:
                raise Refusal("zip_directory")
            if name != part.name.encode():
                raise Refusal("zip_directory")
            part.data = part.offset + LOCAL.size + fields[9] + fields[10]
            end = part.data + part.packed
            if end > self._directory:
                raise Refusal("zip_directory")

    def inflated(self, part):
        """The bytes of a part in pieces; Refusal as soon as they are not what the directory says."""
        inflate = zlib.decompressobj(-zlib.MAX_WBITS) if part.method == DEFLATED else None
        crc = size = 0
        for piece in self._pieces(part, inflate):
            size += len(piece)
            if size > part.size:
                raise Refusal("zip_lies", part=part.name[:100])
            crc = zlib.crc32(piece, crc)
            yield piece
        if inflate and not inflate.eof:
            raise Refusal("damaged")
        if size != part.size:
            raise Refusal("zip_lies", part=part.name[:100])
        if crc != part.crc:
            raise Refusal("damaged")

    def _pieces(self, part, inflate):
        at, end = part.data, part.data + part.packed
        while at < end:
            data = self._read(at, min(CHUNK, end - at))
            at += len(data)
            if inflate is None:
                yield data
                continue
            while data:
                try:
                    piece = inflate.decompress(data, PIECE)
                except zlib.error:
                    raise Refusal("damaged") from None
                if piece:
                    yield piece
                if inflate.unused_data:
                    raise Refusal("zip_lies", part=part.name[:100])
                data = inflate.unconsumed_tail


def _wide(extra, packed, size, offset):
    """The three numbers, taken from the ZIP64 field where 32 bits are not enough (section 4.5.3)."""
    at = 0
    while at + 4 <= len(extra):
        kind, length = struct.unpack_from("<2H", extra, at)
        if kind == 1:
            field, numbers = extra[at + 4 : at + 4 + length], []
            for number in (size, packed, offset):
                if number == FULL and len(field) >= 8:
                    number, field = int.from_bytes(field[:8], "little"), field[8:]
                numbers.append(number)
            size, packed, offset = numbers
            break
        at += 4 + length
    return packed, size, offset
