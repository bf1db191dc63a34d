"""The words for levels: of titles as naming levels, of honours and awards as ranks."""

import re

from studios.choices import Rank
from studios.rosters.cells.folding import fold
from studios.rosters.cells.names import name_key
from studios.rosters.cells.regions import CITY, REGION
from studios.rosters.cells.understood import NOTHING, Understood, ask, is_blank, wrong

RANKS = {
    "international": Rank.INTERNATIONAL,
    "national": Rank.NATIONAL,
    "province": Rank.PROVINCE,
    "industry": Rank.INDUSTRY,
    "city": Rank.PREFECTURE,
    "county": Rank.COUNTY,
    "group": Rank.UNIT_GROUP,
    "unit": Rank.UNIT,
    "workshop": Rank.WORKSHOP,
}
LABELS = {
    "international": "国际级",
    "nation": "国家级",
    "national": "国家级",
    "province": "自治区级",
    "industry": "行业级",
    "city": "市级（盟市级）",
    "county": "旗县级",
    "group": "集团级",
    "unit": "单位级",
    "base": "基层级",
    "workshop": "车间级",
}

_NATION = "国家级 国家 全国级 全国 国级 部委级".split()
_PROVINCE = "省级 自治区级 自治区 省部级 省 部级 省区级 省市级 省自治区级 省部 区直级 内蒙古级".split()
_CITY = "盟市级 盟市 地市级 地市 地级 地级市 盟级 市盟级 盟 设区市级 设区的市级 市地级".split()
_COUNTY = (
    "旗县级 旗县 县级 县 旗级 旗 区县级 县区级 区县 县区 县市级 县级市 旗县区级 旗县市级 旗县市区级 "
    "旗县市区 县市区级 县市区"
).split()
_BASE = (
    "基层级 基层 企业级 企业 公司级 公司 单位级 单位 本单位 厂级 校级 院级 局级 所级 站级 基层单位 厂矿级"
).split()

_BOTH = dict.fromkeys(_PROVINCE, "province") | dict.fromkeys(_CITY, "city") | dict.fromkeys(_COUNTY, "county")
NAMING = _BOTH | dict.fromkeys(_NATION, "nation") | dict.fromkeys(_BASE, "base")
RANKING = (
    _BOTH
    | dict.fromkeys(_NATION, "national")
    | dict.fromkeys(_BASE, "unit")
    | dict.fromkeys("车间级 车间 班组级 班组".split(), "workshop")
    | dict.fromkeys("国际级 国际 世界级".split(), "international")
    | dict.fromkeys("行业级 行业 全国行业级 协会级 系统级 产业级".split(), "industry")
    | dict.fromkeys("集团级 集团 集团公司级 集团公司 总公司级 企业集团级".split(), "group")
)
_OF_CITY = (
    {"市级", "市", "本市", "全市"}
    | {f"{name_key(city)}级" for city in CITY}
    | {name_key(city) for city in CITY}
)
_OF_REGION = {name_key(region) for region in REGION} | {f"{name_key(region)}级" for region in REGION}
_EITHER_REGION_OR_DISTRICT = {"区级", "区"}
_TAIL = re.compile("(?:职工|劳模|工匠)*(?:创新)?(?:工作室)?(?:命名|称号|荣誉|奖|奖励|认定|授牌)*$")
_WHEN = re.compile(  # 市级（2019年）
    r"[(（]?(?:19|20)[0-9]{2}(?:年|[./-])?(?:[0-9]{1,2}(?:月|[./-])?(?:[0-9]{1,2}日?)?)?(?:命名|认定|授牌)?[)）]?"
)
_PARTS = re.compile("[、,，;；/\n和及]")


def read_level(raw, *, county_level_city=False):
    """The naming level: nation, province, city, county or base.

    ``county_level_city``: the roster comes from one, whose 市级 may be its own.
    """
    return _read(raw, "level", NAMING, county_level_city)


def read_rank(raw, *, county_level_city=False):
    """The rank of an honour or award, a key of RANKS."""
    return _read(raw, "rank", RANKING, county_level_city)


def level_choices(word, *, ranking=False, county_level_city=False):
    """The codes that a word for a level can mean: none, one, or those to ask about."""
    words = RANKING if ranking else NAMING
    key = name_key(word).replace("、", "").replace(",", "")
    for text in (key, _TAIL.sub("", key)):
        if text in _OF_CITY:
            own = text in {"市级", "市", "本市", "全市"}
            return ("city", "county") if county_level_city and own else ("city",)
        if text in _OF_REGION:
            return ("province",)
        if text in _EITHER_REGION_OR_DISTRICT:
            return ("county", "province")
        if text in words:
            return (words[text],)
    return ()


def _read(raw, kind, words, county_level_city):
    if is_blank(raw):
        return NOTHING
    text = _WHEN.sub("", fold(raw)).strip() or str(raw)
    ranking = kind == "rank"
    codes = level_choices(text, ranking=ranking, county_level_city=county_level_city)
    if len(codes) == 1:
        return Understood(codes[0])
    if codes:
        code = "level.city_or_county" if "city" in codes else "level.region_or_district"
    else:
        parts = [level_choices(part, ranking=ranking) for part in _PARTS.split(text) if part.strip()]
        codes = [code for part in parts for code in part]
        if len(parts) < 2 or not all(parts):
            return wrong("rank.word" if ranking else "level.word")
        if len(set(codes)) == 1:
            return Understood(codes[0])
        code = "level.several"
    return ask(f"{kind}:{name_key(text)}", code, [(code, LABELS[code]) for code in codes], found=text.strip())
