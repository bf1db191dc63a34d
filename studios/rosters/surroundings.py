"""What titles, groups and names of sheets say about all rows below: county, level, year of naming."""

import re

from studios.rosters.cells.folding import HAN, bare
from studios.rosters.cells.levels import level_choices
from studios.rosters.cells.names import name_key
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask

COUNTY, CITY = 2, 3  # tiers
_LONGEST_PLACE = 20
_NAME_OF_PLACE = re.compile(f"(?:{HAN}|[()·])+(?:[市盟旗县区镇乡局系统会司厂矿院校园委]|街道|苏木)\\)?")
_TOWN = re.compile(f"{HAN}+(?:镇|乡|苏木|街道)(?:办事处)?(?:人民政府)?(?:总?工会|联合工会)?")
_BY_NAME = frozenset({"industrial", "direct"})  # their bare words mean a trade as well
_LEVEL = re.compile(
    "(?:旗县市区|旗县区|旗县|县区|区县|县|旗|盟市|地市|盟|地|自治区|省部|省|国家|全国|基层|(?<![旗县])市|(?<![旗县市])区|企业|单位|厂)级(?!以上)"
)
_OWN = re.compile("[市旗县区](?=[市区]级)")
_REPORTER = re.compile(
    r"(?:填报|报送|上报|推荐|申报|制表|编制)?(?:单位|工会|旗县|地区)\s*(?:[(（](?:盖章|公章|签章)[)）])?\s*[:：]\s*(\S+)"
)
_NAMED = re.compile(
    "((?:19|20)[0-9]{2})年?度?[^0-9]{0,6}?(?:新命名|命名|认定|授牌|新增|评定)|(?:命名|认定|授牌)((?:19|20)[0-9]{2})年"
)
_NOISE = re.compile(
    "[0-9]+年?|sheet|工作表|表|名册|名单|汇总|统计|一览|工作室|职工|劳模|创新|工会|总|的|级|[()（）、.\\-_ ]",
    re.I,
)


class Places:
    """Counties of a Gazetteer, found in longer texts. ``home``: the union of the import, which bounds it."""

    def __init__(self, gazetteer, home):
        self.gazetteer, self.rows, self.home = gazetteer, gazetteer.rows, home
        self.scope = set(gazetteer.within([home]).rows) if home in self.rows else set()
        self.counties = [row for row in self.rows.values() if row["tier"] == COUNTY]
        own = self.county_of(home)
        self.own = own if home in self.rows and self.rows[home]["tier"] <= COUNTY else None
        self.choices = [row for row in self.counties if row["code"] in self.scope] or [
            row for row in self.counties if row["code"] == own
        ]
        words = {}
        for row in self.counties:
            for word in self._words(row):
                words.setdefault(word, row["code"])
        self._words_of = sorted(words.items(), key=lambda pair: -len(pair[0]))

    @staticmethod
    def _words(row):
        names = [row["name"], row.get("short_name") or ""]
        if row.get("kind") not in _BY_NAME:
            names += [row["name"].removesuffix("总工会"), *(row.get("aliases") or ())]
        return {name_key(name) for name in names if len(name) > 1}

    def county_of(self, code):
        """The code of the county-tier union that a union is or belongs to, or None."""
        seen = set()
        while code in self.rows and code not in seen:
            if self.rows[code]["tier"] == COUNTY:
                return code
            seen.add(code)
            code = self.rows[code].get("parent")
        return None

    def allowed(self, county):
        """Whether the importer may bring in rows of that county."""
        return county in self.scope or county == self.own

    def is_city(self, county):
        """Whether a county is a city itself, whose 市级 may be its own."""
        row = self.rows.get(county)
        return bool(row) and row["tier"] == COUNTY and row["name"].removesuffix("总工会").endswith("市")

    def unknown(self, raw, error):
        """What a cell that names no union may mean: a town of the county that imports, or it is asked."""
        text = bare(raw) if isinstance(raw, str) else ""
        if self.own and _TOWN.fullmatch(text):
            return Understood(self.own, (Remark("layout.town", {"county": self.rows[self.own]["name"]}),))
        if self.own or len(text) > _LONGEST_PLACE or not _NAME_OF_PLACE.fullmatch(text):
            return error
        return self.ask(f"place:{name_key(text)}", "layout.which_county", found=text)

    def names_at(self, prefix, county):
        """The level at which the union names that numbers its documents so: county, city or ""."""
        own = self.rows.get(county)
        above = self.rows.get(own["parent"]) if own else None
        for row, level in ((own, "county"), (above, "city")):
            stem = (row.get("document_prefix") or "").removesuffix("发") if row else ""
            if len(stem) > 1 and prefix.startswith(stem):  # 通工技发 is of the same union as 通工发
                return level
        return ""

    def inside(self, text):
        """The codes of the counties that a longer text names; the longer name wins."""
        key, found = name_key(text), []
        for word, code in self._words_of:
            if word in key:
                found.append(code)
                key = key.replace(word, "|")
        return list(dict.fromkeys(found))

    def ask(self, about, code, **values):
        """A question with the counties in scope as its choices."""
        return ask(about, code, [(row["code"], row["name"]) for row in self.choices], **values)


def level_in(text, *, county_level_city=False):
    """An Understood level of a title, group or sheet name; NOTHING when it names none, or several."""
    key = bare(text)
    words = {_OWN.sub("", word) for word in _LEVEL.findall(key)}
    if len(words) != 1:
        return NOTHING
    word = words.pop()
    codes = level_choices(word, county_level_city=county_level_city)
    if word == "区级" and re.search("[^治]区区级", key):
        codes = ("county",)
    if len(codes) == 1:
        return Understood(codes[0])
    return Understood(extra={"word": word}) if codes else NOTHING


def place_in(text, places):
    """An Understood county of a title, or NOTHING; two counties in a title say nothing."""
    found = places.inside(text)
    return Understood(found[0]) if len(found) == 1 else NOTHING


def reporter_in(text, places):
    """The county of 填报单位（盖章）：科尔沁区总工会; NOTHING when it is a unit, or the city."""
    match = _REPORTER.search(text.replace("（", "(").replace("）", ")"))
    if not match:
        return NOTHING
    found = places.gazetteer.find(match[1])
    county = places.county_of(found.value) if found.value else None
    return Understood(county) if county else NOTHING


def place_of_sheet(name, places):
    """The county that a sheet is named after, a question when it may be one of few, or NOTHING."""
    inside = place_in(name, places)
    if inside.value:
        return inside
    rest = _NOISE.sub("", name)
    if len(rest) < 2:
        return NOTHING
    found = places.gazetteer.find(rest)
    if found.question and len(found.question.choices) <= 4:
        return found
    county = places.county_of(found.value) if found.value else None
    return Understood(county) if county else NOTHING


def named_in(text):
    """The year in which all studios of a table were named, when its title says so: 2019年命名的…, or ""."""
    match = _NAMED.search(bare(text))
    return (match[1] or match[2]) if match else ""


def group_place(name, places):
    """An Understood of a group's name: a county, a question, or NOTHING when it is no place."""
    found = places.gazetteer.find(name)
    if found.value:
        county = places.county_of(found.value)
        return Understood(county) if county else NOTHING
    if found.question and len(found.question.choices) <= 8:
        return found
    inside = places.inside(name)
    return Understood(inside[0]) if len(inside) == 1 and _is_only_place(name, inside[0], places) else NOTHING


def _is_only_place(name, code, places):
    key = name_key(name)
    words = sorted((word for word, of in places._words_of if of == code and word in key), key=len)
    rest = key.replace(words[-1], "") if words else key
    return not _NOISE.sub("", re.sub(_LEVEL, "", rest)).removeprefix("通辽市")
