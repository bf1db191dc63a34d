"""Names of people, studios and units: as they are kept, and as they are compared."""

import re
import unicodedata
from functools import lru_cache

from studios.rosters.cells.folding import HAN, close, fold
from studios.rosters.cells.regions import CITY, REGION
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong

_DOTS = re.compile("[\u2022\u30fb\u2027\u2219\u22c5\u00b7\u0387\u16eb\u2024\u318d\u119e]")
_NO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_POINT = re.compile(rf"(?<={HAN})\.(?={HAN})")
_HARD = re.compile("[、,;/\n|]+|(?<=[)]) ?(?=[^)(、,;/\n| ])| (?=[^ :、]{1,6}:)")
_PHONE = re.compile(
    r"[( ]*(?:(?:电话|手机|联系方式)[:]?)?"
    r"((?<![0-9])(?:1[3-9][0-9]{9}|0[0-9]{2,3}-?[0-9]{7,8})(?![0-9]))[) ]*"
)
_NOTE = re.compile(r"\(([^()]*)\)|\[([^\[\]]*)\]|【([^【】]*)】")
_LABEL = re.compile("^([^:]{1,8}):(.+)$", re.S)
_MORE = re.compile(r"等(?:[0-9一二三四五六七八九十]*[人名位])?$")
_PERSON = re.compile(rf"(?:{HAN}|[A-Za-z·'’. -]|[\u1800-\u18af\u202f])+")
_AND = re.compile("(?<=[^和与及]{2})(?:以及|和|与|及)(?=[^和与及]{2})")

_BRACKETS_AND_QUOTES = re.compile("[\\s\"'`()\\[\\]{}<>“”‘’„「」『』【】〔〕〖〗《》〈〉﹝﹞·•・‧∙⋅_\\-‐-―−]")
_SUFFIXES = re.compile(
    "(?:有限责任公司|股份有限公司|集团有限公司|有限公司|股份公司|集团公司|总公司|分公司|公司|集团|厂)$"
)


def _tidy(raw):
    """Folded, every middle dot ``·``, no blanks beside it; a point between two Han characters is one, too."""
    text = _POINT.sub("·", _DOTS.sub("·", fold(raw)))
    return re.sub(" ?· ?", "·", text)


def read_person(raw):
    """One name, ``·`` kept. Several names in the cell, or blanks that may part two, are asked about.

    ``extra["remark"]`` holds what stood in brackets or before a colon, such as 组长.
    """
    if is_blank(raw):
        return NOTHING
    if not isinstance(raw, str):
        return wrong("name.shape")
    raw = _PHONE.sub(r" (\1) ", fold(raw)).strip()
    people, more = _people(_tidy(raw))
    if people is None:
        return _which_blank(raw, single=True)
    if not all(_is_name(person["name"]) for person in people) or not people:
        return wrong("name.shape")
    if len(people) > 1 or more:
        return ask(
            f"name:{_tidy(raw)}",
            "name.several",
            [(person["name"], person["name"]) for person in people[:8]],
            found=_tidy(raw),
        )
    person = people[0]
    notes = ()
    if person["remark"]:
        notes = (Remark("name.words", {"name": person["name"], "words": person["remark"]}),)
    return Understood(person["name"], notes, extra={"remark": person["remark"]})


def read_people(raw):
    """A list of {"name", "remark"}; the remark is what stood in brackets or before a colon."""
    if is_blank(raw):
        return NOTHING
    if not isinstance(raw, str):
        return wrong("name.shape")
    people, more = _people(_tidy(raw), blanks_part=True)
    if people is None:
        return _which_blank(raw, single=False)
    bad = [person["name"] for person in people if not _is_name(person["name"])]
    if bad or not people:
        return wrong("name.shape_of", names="、".join(bad)[:80]) if bad else wrong("name.shape")
    return Understood(people, (Remark("name.more", {"count": len(people)}),) if more else ())


def _is_name(text):
    return 2 <= len(text) <= 30 and bool(_PERSON.fullmatch(text))


def _people(text, *, blanks_part=False):
    """([{"name", "remark"}], whether 等 says there are more); None instead when blanks leave it open."""
    found, more, waiting = [], False, ""
    halves = [
        half
        for part in _HARD.split(text)
        for half in (_AND.split(part) if len(part) > 4 and "·" not in part else [part])
    ]
    for half in halves:
        name, remark = _apart(half)
        shorter = _MORE.sub("", name).strip()
        more, name = more or shorter != name, shorter
        if not name and found and remark:  # 张三 （组长）
            found[-1]["remark"] = "、".join(filter(None, [found[-1]["remark"], remark]))
        elif not name:  # （组长）张三
            waiting = remark
        else:
            names = _by_blanks(name, blanks_part=blanks_part)
            if names is None:
                return None, more
            remark, waiting = "、".join(filter(None, [waiting, remark])), ""
            found += [{"name": one, "remark": remark} for one in names]
    return found, more


def _apart(text):
    """(name, remark): what stands before a colon or in brackets is the remark."""
    label, name = "", text
    if match := _LABEL.match(text):
        label, name = match[1].strip(), match[2]
    notes = [next(filter(None, groups), "") for groups in _NOTE.findall(name)]
    return _NOTE.sub(" ", name).strip(), "、".join(filter(None, [label, *notes]))


def _by_blanks(name, *, blanks_part):
    """The names in a text without other signs between; None when the blanks can be read both ways."""
    tokens = name.split(" ")
    if len(tokens) == 1 or not re.fullmatch(f"(?:{HAN}|[· ])+", name):
        return [name]
    if len(tokens) == 2 and 1 in map(len, tokens):
        return ["".join(tokens)]  # 张 三, 包 额尔敦, 欧阳 锋
    if all(len(token) == 1 for token in tokens) and len(tokens) <= 3:
        return ["".join(tokens)]
    if blanks_part and len(tokens) > 2 and all(2 <= len(token) <= 4 or "·" in token for token in tokens):
        return tokens
    return None


def _which_blank(raw, *, single):
    """张三 李四 may be two people, 乌兰 图雅 is one: asked."""
    text = _tidy(raw)
    plain = _NOTE.sub("", text)
    parts = [part for part in re.split("[ 、,;/\n|]+", plain) if part]
    joined = [part for part in re.split("[、,;/\n|]+", close(plain)) if part]
    if not all(map(_is_name, joined)):
        return wrong("name.shape")
    parts = [part for part in parts if _is_name(part)]
    if single:
        choices = [(name, name) for name in [*joined, *parts]][:8]
    else:
        choices = [
            ([{"name": name, "remark": ""} for name in names], "、".join(names))
            for names in (parts, joined)
            if names
        ]
    return ask(f"name:{text}", "name.blanks", choices, found=text)


def read_title(raw):
    """The name of a studio or unit as it is written, brackets, quotes and + too; only blanks are tidied."""
    if is_blank(raw):
        return NOTHING
    return Understood(close(" ".join(_NO_WIDTH.sub("", str(raw)).split())))


@lru_cache(maxsize=200_000)
def name_key(text):
    """For comparing alone: no case, no width, no blanks, quotes, brackets, dots or dashes."""
    text = unicodedata.normalize("NFKC", text or "").casefold()
    return unicodedata.normalize("NFKC", _BRACKETS_AND_QUOTES.sub("", text))


unit_key = name_key


@lru_cache(maxsize=100_000)
def unit_core(text, also=()):
    """What is left of a unit's key without region, city, ``also`` (a tuple of more places) and legal form.

    For near matches alone; a name of nothing but those is left whole.
    """
    key = name_key(text)
    core = key
    places = sorted({name_key(place) for place in (*REGION, *CITY, *also)}, key=len, reverse=True)
    while place := next((place for place in places if place and core.startswith(place)), None):
        core = core.removeprefix(place)
    while (shorter := _SUFFIXES.sub("", core)) != core:
        core = shorter
    return core if len(core) >= 2 else key
