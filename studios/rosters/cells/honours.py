"""Cells full of honours: 2016年自治区劳模；2019全国五一奖章, with year, level and, when certain, kind."""

import re

from studios.rosters.cells.folding import fold
from studios.rosters.cells.levels import LABELS
from studios.rosters.cells.names import name_key
from studios.rosters.cells.regions import CITY, HONOURS, REGION
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong

# Words of an honour -> the beginning of its kind's code (reference §6.4); longer words are tried first.
_BASES = {
    "五一劳动奖章": "may_day_medal", "五一奖章": "may_day_medal", "劳动奖章": "may_day_medal",
    "劳动模范": "model_worker", "劳模": "model_worker", "先进工作者": "advanced_worker",
    "大国工匠": "craftsman:national", "北疆工匠": "craftsman:province", "工匠": "craftsman",
    "中华技能大奖": "skill_award:national", "技术能手": "tech_expert",
    "技能大师工作室领办人": "skill_master", "技能大师工作室带头人": "skill_master",
    "首席技师": "chief_technician", "特级技师": "chief_technician", "草原英才": "talent:province",
    "三八红旗手": "march_8", "巾帼建功标兵": "women_pacesetter", "五一巾帼标兵": "women_may_day",
    "特殊津贴": "allowance", "特级教师": "special_teacher:province", "教学名师": "teaching_master",
    "非物质文化遗产代表性传承人": "heritage", "非物质文化遗产传承人": "heritage", "非遗传承人": "heritage",
    "工艺美术大师": "art_master", **HONOURS,
}  # fmt: skip
_WORDS = re.compile("|".join(sorted(_BASES, key=len, reverse=True)))
# Not the person's own, or not the honour itself: no kind is taken from these.
_OTHERS = re.compile(
    "提名|集体|工作室(?!领办人|带头人)|待遇|班组|单位称号|候选|大赛|竞赛|创新成果|先锋号|奖状|入围|培育"
)
_CODES = {"national": "national", "province": "region", "city": "city", "county": "county", "unit": "unit"}

_NATIONAL = re.compile("^(?:全国|国家级?|中华|国务院|大国)")
_PROVINCE = re.compile("^(?:全区级|自治区级?|省部级|省级|省政府|部级|省(?=劳|五|工|技|三|先|首))")
_CITY = re.compile("^(?:盟市级|地市级|盟级)")
_OWN_CITY = re.compile("^(?:市级?)(?!区|县)")
_COUNTY = re.compile("^(?:旗县级?|区县级|县区级|县级|旗级|旗县市区级?|旗县区级?)")
_UNIT = re.compile("^(?:企业级?|公司级?|厂级|单位级?|本单位)")
_GROUP = re.compile("^集团(?:公司)?级?")
_INDUSTRY = re.compile("^(?:行业级?|系统)")
_RULES = (
    (_NATIONAL, "national"),
    (_PROVINCE, "province"),
    (_CITY, "city"),
    (_OWN_CITY, "city"),
    (_COUNTY, "county"),
    (_UNIT, "unit"),
    (_GROUP, "group"),
    (_INDUSTRY, "industry"),
)

_SPLIT = re.compile(r"[;,、\n|]+|(?<=[。])|。")
_YEAR = re.compile(
    r"[(\[]?(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])(?:年度?|[.\-/](?=[0-9]))?(?:([0-9]{1,2})(?![0-9])(?:月份?|(?=[^0-9]|$)))?"
    r"(?:[.\-/]?(?:[0-9]{1,2}日))?[)\]]?"
)
_YEARS = re.compile(r"(?:19|20)[0-9]{2}年?(?:-|~|至|到)(?:(?:19|20)[0-9]{2}|[0-9]{2}(?![0-9]))年?度?")
_VERB = re.compile(
    "^(?:[0-9]{1,2}[.)](?![0-9])|于|曾|先后|并|被)*(?:荣获|获得|获评|评为|被评为|被授予|授予|获|当选|入选|荣膺|享受(?=.*津贴))?(?:了)?"
)
_TAIL = re.compile("(?:等)?(?:荣誉)?(?:称号|荣誉)?[。.]*$")
_LISTED = re.compile(r"(?:^|(?<=[\n;,、。 ]))\(?[0-9]{1,2}[).、] ?(?=(?:19|20)[0-9]{2}|[^0-9])")
_QUOTES = re.compile("[“”\"'「」《》]")


class HonourBook:
    """Reads honours. ``kinds``: dicts, code and name; ``cities``, ``counties``: names that tell a level."""

    def __init__(self, kinds=(), *, cities=CITY, counties=()):
        self.names = {kind["code"]: kind["name"] for kind in kinds}
        self.by_name = {name_key(name): code for code, name in self.names.items()}
        self.ranks = {kind["code"]: kind.get("rank") for kind in kinds}
        self._places = [(name, "province") for name in REGION] + [(name, "city") for name in cities]
        self._places += [(name, "county") for name in counties]
        self._places.sort(key=lambda pair: -len(pair[0]))

    def read(self, raw, *, county_level_city=False):
        """A list of {"name", "level", "year", "date", "kind"}.

        ``level`` is a key of ``levels.RANKS`` or None, ``date`` a partial date or "", ``kind`` a code or "".
        """
        if is_blank(raw):
            return NOTHING
        if not isinstance(raw, str):
            return wrong("honour.shape")
        found = [entry for part in _parts(fold(raw)) for entry in self._entries(part)]
        found = [entry for entry in found if entry["name"]]
        if not found:
            return wrong("honour.shape")
        own = [entry for entry in found if entry.pop("own_city")]
        if own and county_level_city:
            return self._which_city(raw, found, own)
        unknown = [entry["name"] for entry in found if not entry["kind"]]
        notes = (Remark("honour.unknown", {"names": "、".join(unknown)[:120]}),) if unknown else ()
        return Understood(found, notes)

    def _entries(self, part):
        """The honours of one part; two years before one name are two honours."""
        span = _YEARS.search(part)
        dates = [] if span else [_date(match) for match in _YEAR.finditer(part)]
        text = part if span else _YEAR.sub("", part)
        name = _VERB.sub("", _QUOTES.sub("", text).strip(" :.")).strip(" :.-")
        if name_key(name) not in self.by_name:
            name = _TAIL.sub("", name).strip(" :.()-")
        level, own_city = self._level(name)
        kind, level = self._kind(name, level)
        if kind and (level == "national" or name_key(name) == name_key(self.names[kind])):
            name = self.names[kind]  # a national honour has one name; 通辽工匠 is more than 市级工匠
        name = name.replace("(", "（").replace(")", "）")
        entry = {"name": name, "level": level, "kind": kind, "own_city": own_city}
        return [
            {**entry, "year": int(date[:4]) if date else None, "date": date}
            for date in dict.fromkeys(dates) or [""]
        ]

    def _level(self, name):
        """(rank code or None, whether it is only 市, which a county-level city calls itself)."""
        for place, level in self._places:
            if name.startswith(place):
                rest = name.removeprefix(place)
                inner, own = self._level(rest) if rest and level != "county" else (None, False)
                return (inner or level), own and inner == "city" and level != "city"
        for pattern, level in _RULES:
            if pattern.match(name):
                return level, pattern is _OWN_CITY
        return None, False

    def _kind(self, name, level):
        """(code, level): the kind only where the words leave no doubt."""
        if code := self.by_name.get(name_key(name)):
            return code, self._level_of(code) or level
        words = _WORDS.findall(name)
        if len(words) != 1 or _OTHERS.search(name):
            return "", level
        base, _, fixed = _BASES[words[0]].partition(":")
        level = fixed or level
        code = f"{base}_{_CODES.get(level, '')}"
        if not name.endswith((words[0], "获得者", "(享受者)", "人员")) and not fixed:
            return "", level
        return (code if code in self.names else ""), level

    def _level_of(self, code):
        return next((level for level, ending in _CODES.items() if code.endswith(f"_{ending}")), None)

    def _which_city(self, raw, found, own):
        """市劳模 from a county-level city: of the prefecture, or its own?"""
        of_county = []
        for entry in found:
            if any(entry is other for other in own):
                kind = entry["kind"].removesuffix("_city") + "_county" if entry["kind"] else ""
                entry = {**entry, "level": "county", "kind": kind if kind in self.names else ""}
            of_county.append(entry)
        return ask(
            f"honour:{name_key(raw)}",
            "honour.city_or_county",
            [(found, LABELS["city"]), (of_county, LABELS["county"])],
            found="、".join(entry["name"] for entry in own),
        )


_BOOK = HonourBook()


def read_honours(raw, *, book=_BOOK, county_level_city=False):
    """``book.read``; without a book every kind stays open."""
    return book.read(raw, county_level_city=county_level_city)


def _date(match):
    month = int(match[2] or 0)
    return f"{match[1]}-{month:02d}" if 1 <= month <= 12 else match[1]


def _parts(text):
    """One part an honour: split at signs, before or behind a second year, and at blanks between honours."""
    merged, waiting = [], ""
    for part in _SPLIT.split(_LISTED.sub("", text)):
        part = waiting + (part or "").strip()
        waiting = ""
        if part and not _YEAR.sub("", part).strip(" 年月日.-"):
            waiting = f"{part} "  # 2016、2018年…: both years belong to what follows
        elif part:
            merged += _at_years(part)
    return merged + ([waiting.strip()] if waiting else [])


def _at_years(part):
    """Parts of a text in which several years stand without a sign between them."""
    if _YEARS.search(part):
        return [part]
    years = list(_YEAR.finditer(part))
    named = [part[a.end() : b.start()].strip(" 年") for a, b in zip(years, years[1:], strict=False)]
    if len(years) > 1 and all(named):
        leading = not part[: years[0].start()].strip(" 于在获荣被")
        cuts = [match.start() for match in years[1:]] if leading else [match.end() for match in years[:-1]]
        return [part[a:b].strip() for a, b in zip([0, *cuts], [*cuts, None], strict=True)]
    tokens = part.split(" ")
    if len(years) < 2 and len(tokens) > 1 and all(_WORDS.search(token) for token in tokens):
        return tokens
    return [part]
