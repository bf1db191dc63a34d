"""Old .xls files: the OLE container read strictly, its names judged, the workbook stream handed on.

Layout: [MS-CFB] 2.2 (header), 2.3 (FAT), 2.5 (DIFAT), 2.6 (directory).
"""

import os
import struct
from array import array

import records
from limits import Refusal

FREE = 0xFFFFFFF0  # and above: end of a chain, or no sector
ENTRY = 128
STORAGE, STREAM, ROOT = 1, 2, 5
MACROS = {"_vba_project_cur", "_vba_project", "vba", "macros", "projectwm"}
ENCRYPTED = {"encryptedpackage", "encryptioninfo", "\x06dataspaces"}
OTHERS = {
    "worddocument": "Word",
    "powerpoint document": "PowerPoint",
    "__properties_version1.0": "Outlook",
    "visiodocument": "Visio",
}


def scan(source, rules):
    """The sheets of the workbook in the container; Refusal of a password, macros and other kinds."""
    container = Container(source)
    names = container.entries
    for name, (kind, _start, _size) in names.items():
        if name in ENCRYPTED:
            raise Refusal("password")
        if name in OTHERS:
            raise Refusal("not_a_sheet", found=OTHERS[name])
        if name in MACROS:
            raise Refusal("macros")
        if kind == STORAGE and name.startswith("mbd") or name in ("objectpool", "\x01ole10native"):
            raise Refusal("embedded")
    for name in ("workbook", "book"):
        if name in names and names[name][0] == STREAM:
            return records.scan(container.stream(name), rules)
    raise Refusal("unknown")


class Container:
    """``entries``: small-letter name to (kind, first sector, length) of all streams and storages."""

    def __init__(self, source):
        self._source = source
        self._length = source.seek(0, os.SEEK_END)
        header = self._at(0, 512)
        shift, mini_shift = struct.unpack_from("<2H", header, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise Refusal("damaged")
        self._sector = 1 << shift
        self._count = self._length // self._sector + 1
        directory, self._cutoff, self._mini_fat = struct.unpack_from("<L4xLL", header, 48)
        self._fat = self._table(self._fat_sectors(header))
        self.entries = {}
        self._root = None
        self._read_directory(self._chain(directory))

    def _at(self, offset, length):
        self._source.seek(offset)
        data = self._source.read(length)
        if len(data) < length and offset + len(data) < self._length or not data:
            raise Refusal("damaged")
        return data.ljust(length, b"\0")  # the last sector may be short

    def _sector_data(self, number):
        return self._at((number + 1) * self._sector, self._sector)

    def _fat_sectors(self, header):
        numbers = list(struct.unpack_from("<109L", header, 76))
        following = struct.unpack_from("<L", header, 68)[0]
        while following < FREE and len(numbers) <= self._count:
            more = struct.unpack(f"<{self._sector // 4}L", self._sector_data(following))
            numbers += more[:-1]
            following = more[-1]
        numbers = [number for number in numbers if number < FREE]
        if len(numbers) > self._count:
            raise Refusal("damaged")
        return numbers

    def _table(self, sectors):
        table = array("I")
        for number in sectors:
            table.frombytes(self._sector_data(number))
        return table

    def _chain(self, start, table=None):
        """The sector numbers of a chain; one that goes in circles is damage."""
        table = self._fat if table is None else table
        numbers = []
        while start < FREE:
            if start >= len(table) or len(numbers) > len(table):
                raise Refusal("damaged")
            numbers.append(start)
            start = table[start]
        return numbers

    def _read_directory(self, sectors):
        for number in sectors:
            data = self._sector_data(number)
            for at in range(0, self._sector, ENTRY):
                length, kind = struct.unpack_from("<HB", data, at + 64)
                if kind not in (STORAGE, STREAM, ROOT) or not 2 <= length <= 64:
                    continue
                name = data[at : at + length - 2].decode("utf-16-le", "replace").lower()
                entry = (kind, *struct.unpack_from("<LL", data, at + 116))
                if kind == ROOT:
                    self._root = entry
                elif name in self.entries and name in ("workbook", "book"):
                    raise Refusal("damaged")
                else:
                    self.entries[name] = entry

    def stream(self, name):
        _kind, start, size = self.entries[name]
        if size > self._length:
            raise Refusal("damaged")
        if size >= self._cutoff:
            data = b"".join(self._sector_data(number) for number in self._chain(start))
        else:
            data = self._small_stream(start)
        if len(data) < size:
            raise Refusal("damaged")
        return data[:size]

    def _small_stream(self, start):
        if self._root is None:
            raise Refusal("damaged")
        whole = b"".join(self._sector_data(number) for number in self._chain(self._root[1]))
        table = self._table(self._chain(self._mini_fat))
        return b"".join(whole[number * 64 : number * 64 + 64] for number in self._chain(start, table))
