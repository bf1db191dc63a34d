"""CSV and its kin: the encoding proved, never guessed; the separator is the one that most lines share."""

import codecs
import csv
import io
import itertools
from collections import Counter

from limits import Refusal
from tables import Sheet, clean

CHUNK = 256 * 1024
SAMPLE = 40  # lines looked at for the separator
SAMPLE_TEXT = 64 * 1024
SEPARATORS = ",\t;，"
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
COMMON = 0.8  # share of Han characters of GB 18030 text that already GB 2312 had


def read(source, rules, writer, title):
    """Write the one sheet of a text file; the name of its encoding."""
    encoding = encoding_of(source)
    separator = separator_of(source, encoding)
    writer.sheet(Sheet(title), rows(source, encoding, separator, rules))
    return encoding


def opened(source, encoding):
    """``source`` from its beginning as text, lines ended as they are; leaves ``source`` open."""
    source.seek(0)
    return io.TextIOWrapper(_Kept(source), encoding=encoding, newline="")


class _Kept(io.RawIOBase):
    """Reads from a file that it does not close."""

    def __init__(self, source):
        self._source = source

    def readable(self):
        return True

    def readinto(self, buffer):
        return self._source.readinto(buffer)


def encoding_of(source, candidates=("utf-8", "gb18030")):
    """The first encoding that all bytes agree with; text that none explains is refused."""
    source.seek(0)
    start = source.read(4)
    for mark, encoding in MARKS:
        if start.startswith(mark):
            candidates = (encoding,)
    for encoding in candidates:
        if _decodes(source, encoding):
            return encoding
    raise Refusal("encoding")


def _decodes(source, encoding):
    source.seek(0)
    decoder = codecs.getincrementaldecoder(encoding)()
    sample = ""
    try:
        while chunk := source.read(CHUNK):
            text = decoder.decode(chunk)
            sample = sample if len(sample) > CHUNK else sample + text
        decoder.decode(b"", final=True)
    except UnicodeError:
        return False
    return "\0" not in sample and (encoding != "gb18030" or _plausible(sample))


def _plausible(text):
    """Big5 and Japanese bytes can often be read as GB 18030, too: as characters that nobody uses."""
    letters = Counter(letter for letter in text if letter > "\x7f")
    common = 0
    for letter, times in letters.items():
        try:
            letter.encode("gb2312")
            common += times
        except UnicodeEncodeError:
            pass
    return common >= COMMON * letters.total()


def separator_of(source, encoding):
    """Comma, tab, semicolon or full-width comma: the first that divides most lines equally often."""
    text = opened(source, encoding)
    lines = [line for line in text.read(SAMPLE_TEXT).splitlines() if line.strip()][:SAMPLE]
    text.detach()
    best, most = ",", 0
    for separator in SEPARATORS:
        counts = Counter(_outside(line).count(separator) for line in lines)
        if counts.pop(0, 0) * 2 > len(lines):
            continue  # a full-width comma in a sentence now and then
        shared = max(counts.values(), default=0)
        if shared > most:
            best, most = separator, shared
    return best


def _outside(line):
    """What of a line stands outside quotation marks."""
    return "".join(line.split('"')[::2])


def rows(source, encoding, separator, rules):
    """The records of a text file as lists of texts; Refusal as soon as they are more than ``rules`` allow."""
    text = opened(source, encoding)
    csv.field_size_limit(rules["cell_text"])
    area = 0
    reader = csv.reader(text, delimiter=separator)
    for number in itertools.count(1):
        try:
            row = next(reader, None)
        except csv.Error:
            raise Refusal("cell_text", found=rules["cell_text"] + 1, limit=rules["cell_text"]) from None
        if row is None:
            return
        if number > rules["rows"]:
            raise Refusal("rows", found=number, limit=rules["rows"])
        if len(row) > rules["columns"]:
            raise Refusal("columns", found=len(row), limit=rules["columns"])
        area += len(row)
        if area > rules["cells"]:
            raise Refusal("cells", found=area, limit=rules["cells"])
        yield [clean(value).strip("\x1a") or None for value in row]
