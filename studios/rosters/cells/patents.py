"""Patent numbers of a cell: none, one or many, with names and words between them."""

import re

from studios.numbers import Problem, parse_patent, patent_check
from studios.rosters.cells.folding import HAN, bare, fold
from studios.rosters.cells.understood import NOTHING, Remark, Understood, is_blank, wrong

# 12 + 1 or 8 + 1 digits, with single blanks, points or dashes inside as certificates print them
_GAP = r"[ .\-]?"
_NUMBER = re.compile(
    rf"(?<![0-9A-Za-z])(?:(?:ZL|CN)[ .:]*)?(?<![0-9.])(?:(?:19|20)[0-9]{{2}}(?:{_GAP}[0-9]){{8}}"
    rf"|[0-9]{{2}}(?:{_GAP}[0-9]){{6}})(?: ?\.? ?[0-9X](?: ?\.0)?)?"
    r"(?![0-9A-Za-z]|\.[0-9]| ?[ABCUYS](?![A-Za-z]))",
    re.I,
)
_PIECES = re.compile("[、,;\n|]")
_LISTED = re.compile(r"(?:^|(?<=[\n;,、]))\s*\(?[0-9]{1,2}[).:、]\s*(?=[^0-9. ]|[0-9]{8})")
_LONG, _DIGITS = re.compile("[0-9]{7}"), re.compile("[0-9. ]*[0-9]{3}[0-9. ]*")
_SHORTENED = re.compile(r"[0-9](?:\.[0-9]+)?E\+?[0-9]+", re.I)
_EDGES = "、,;|/\n()[]【】《》“”\"':. -"
_LABELS = re.compile("(?:中国)?(?:发明|实用新型|外观设计)?(?:专利申请号|专利号码?|申请号|编号|专利|号)[:]?$")
_MORE = re.compile("等(?:[0-9一二三四五六七八九十]+[项件个])?$")
_MOST_EXACT = 10**15  # a spreadsheet keeps fifteen digits of a number


def read_patents(raw):
    """A list of numbers such as ``201710601862.3``: without ZL, with the check digit if one was written.

    ``extra``: ``granted`` (whether each was written with ZL, as only granted ones are) and ``names`` (words
    before each); after an error ``good`` has the numbers that could be read.
    """
    if is_blank(raw):
        return NOTHING
    if isinstance(raw, bool) or (isinstance(raw, (int, float)) and abs(raw) >= _MOST_EXACT):
        return wrong("patent.shortened")
    text = repr(raw) if isinstance(raw, float) else fold(raw)
    if _SHORTENED.search(bare(text)):
        return wrong("patent.shortened")
    found, problems, rest = _numbers(_LISTED.sub("", text))
    if problems:
        return Understood(error=problems[0], extra={"good": [_written(number) for number, _ in found]})
    if not found:
        return wrong("patent.shape")
    return _list(found, bool(_MORE.search("".join(rest.split()))))


def _written(number):
    return f"{number.digits}.{number.check}" if number.check else number.digits


def _numbers(text):
    """([(PatentNumber, name before it)], Remarks about parts that are none, what stands behind the last)."""
    found, problems, end = [], [], 0
    for match in _NUMBER.finditer(text):
        before = text[end : match.start()]
        problems += _overlooked(before)
        number = parse_patent(match[0])
        if isinstance(number, Problem):
            problems.append(_problem(number.code, match[0]))
        else:
            found.append((number, _name(before)))
        end = match.end()
    return found, [*problems, *_overlooked(text[end:])], text[end:]


def _overlooked(words):
    """Remarks about digits between the numbers that may have been meant as one."""
    for piece in _PIECES.split(words):
        if _DIGITS.fullmatch(piece.strip(_EDGES + "和与及")):
            yield _problem("shape", piece)
        elif _LONG.search("".join(piece.split())):
            number = parse_patent(re.sub(HAN, "", piece).strip(_EDGES))
            yield _problem(number.code if isinstance(number, Problem) else "shape", piece)


def _problem(code, part):
    named = {"publication": "patent.publication", "year": "patent.year"}.get(code, "patent.part")
    return Remark(named, {"part": " ".join(part.split())[:60]})


def _name(text):
    text = re.sub("^(?:以及|及|和|与)$", "", text.strip(_EDGES))
    while (shorter := _LABELS.sub("", text).strip(_EDGES)) != text:
        text = shorter
    return text


def _list(found, more):
    first = {}
    for number, name in found:
        first.setdefault(number.digits, (number, name))
    notes = [note for number, _ in first.values() for note in _notes(number)]
    if len(first) < len(found):
        notes.append(Remark("patent.twice"))
    if more:
        notes.append(Remark("patent.more", {"count": len(first)}))
    extra = {
        "granted": [number.granted_form for number, _ in first.values()],
        "names": [name for _, name in first.values()],
    }
    return Understood([_written(number) for number, _ in first.values()], tuple(notes), extra=extra)


def _notes(number):
    expected = patent_check(number.digits)
    if not number.check:
        yield Remark("patent.check_missing", {"number": number.digits, "expected": expected})
    elif number.check != expected:
        yield Remark("patent.check", {"number": _written(number), "expected": expected})
    if not number.kind:
        yield Remark("patent.type", {"number": _written(number), "type": number.type})
