"""Numbers of official documents: 通工发〔2019〕12号, whatever brackets they were typed with."""

import re

from studios.rosters.cells.folding import HAN, bare
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong

_OPEN, _CLOSE = r"[(\[{〔【〖《〈<「]", r"[)\]}〕】〗》〉>」]"
_PREFIX = rf"(?:{HAN}|[A-Za-z0-9·](?={HAN})|(?<={HAN})[A-Za-z])+"
_FULL = re.compile(
    rf"({_PREFIX})?{_OPEN}((?:19|20)?[0-9]{{2}})年?{_CLOSE}(?:字)?第?([0-9]{{1,5}})(?![0-9-])号?"
)
_LOOSE = re.compile(rf"({_PREFIX}?)-?((?:19|20)[0-9]{{2}})(?:年|-|字|/)*第?([0-9]{{1,4}})号?")
_LEAD = re.compile(
    "^.*?(?:根据|依据|按照|详见|见|文号|文件|印发|通知|决定|意见|批复|通报|名单|及|和|与|的)[::]?"
)
_DAY_BEFORE = re.compile(
    r"(?:(?:19|20)[0-9]{2}(?:[0-9]{4}|[0-9]{2}|年(?:[0-9]{1,2}月(?:[0-9]{1,2}日)?)?"
    r"|[./-][0-9]{1,2}(?:[./-][0-9]{1,2})?)?(?![0-9]))?"
)
_EDGES = re.compile(r"^[\s,;:、/()\[\]]+|[\s,;:、/()\[\]]+$")
_LONGEST = 14  # signs of an issuer's abbreviation
_EXACT = re.compile(r"(.+)〔([0-9]{4})〕([0-9]+)号")


def split_document(text):
    """(prefix, year, number) of a number that ``read_document`` wrote, or None."""
    match = _EXACT.fullmatch(text or "")
    return (match[1], int(match[2]), int(match[3])) if match else None


def without_document(text):
    """A longer text without the numbers of documents in it, whose years are no dates of the text."""
    return _FULL.sub("", text)


def apart(text):
    """(document number, what else stands there) of a cell with a number, or None."""
    short = bare(text)
    day = _DAY_BEFORE.match(short)[0]
    behind = short.removeprefix(day)
    found = _FULL.search(behind)
    if not found or not found[1]:
        return None
    rest = f"{day} {behind[: found.start()]} {behind[found.end() :]}"
    return found[0], _EDGES.sub("", rest)


def read_document(raw, *, last_year=2099):
    """``通工发〔2019〕12号``; ``extra`` has its prefix, year and number. No later year than ``last_year``."""
    if is_blank(raw):
        return NOTHING
    text = bare(raw)
    found = list(_FULL.finditer(text))
    if not found:
        return _without_brackets(text, last_year)
    read = [_parts(match) for match in found]
    if not all(prefix for prefix, _, _ in read):
        return wrong("document.prefix")
    if any(len(year) == 4 and not 1949 <= int(year) <= last_year for _, year, _ in read):
        return wrong("document.year", last=last_year)
    written = list(dict.fromkeys(_written(*parts) for parts in read))
    if len(written) > 1:
        return _ask(text, "document.several", written[:8])
    if len(read[0][1]) == 2:
        return _ask(text, "document.confirm", written)
    whole = found[0]
    notes = ()
    if whole[0] != text or whole[1] != read[0][0]:
        notes = (Remark("document.words", {"number": written[0]}),)
    return _known(written[0], notes)


def _known(written, notes=()):
    prefix, year, number = split_document(written)
    return Understood(written, notes, extra={"prefix": prefix, "year": year, "number": number})


def _ask(text, code, written):
    return ask(f"document:{text}", code, [(number, number) for number in written], found=text)


def _parts(match):
    prefix, year, number = match.groups()
    while prefix and len(shorter := _LEAD.sub("", prefix)) < len(prefix):
        prefix = shorter
    return (prefix if prefix and len(prefix) <= _LONGEST else ""), year, number


def _written(prefix, year, number):
    century = "" if len(year) == 4 else "20" if int(year) < 49 else "19"
    return f"{prefix}〔{century}{year}〕{int(number)}号"


def _without_brackets(text, last_year):
    """通工发2019-12号 is most likely a number, but the place of the year is only assumed."""
    match = _LOOSE.fullmatch(text)
    if match and match[1] and 1949 <= int(match[2]) <= last_year:
        prefix, year, number = _parts(match)
        if prefix and "年" in text and text.endswith("号"):  # 通工发2019年12号
            return _known(_written(prefix, year, number))
        if prefix:
            return _ask(text, "document.confirm", [_written(prefix, year, number)])
    return wrong("document.shape")
