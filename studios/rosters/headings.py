"""Which column of the register a heading of a sheet means: a dictionary, and what is done before it is asked.

The words are those of ``studios.resources.columns``; here are only the ways in which offices decorate them.
"""

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from studios.resources.columns import LEADER_GROUP, ROSTER
from studios.rosters.cells.folding import bare

LONGEST = 40  # signs of a heading; more is a sentence
NAMING = frozenset({"studio_name", "official_name", "unit_name"})  # one of them makes a table a roster
LISTS = frozenset({"patents", "honours"})  # several columns may feed these
TOGETHER = "naming"  # the key of a column with date and document of the title in each cell
COUNTED = ("项", "件", "个")
READ = {column.key: column for column in ROSTER if column.comes_in}
KNOWN_ONLY = frozenset(column.key for column in ROSTER if not column.comes_in)

_BRACKETS = re.compile(r"[(\[【<「〔{][^()\[\]【】<>「」〔〕{}]*[)\]】>」〕}]")
_INSIDE = re.compile(r"[(\[【<「〔{]([^()\[\]【】<>「」〔〕{}]*)[)\]】>」〕}]")
_DECORATION = re.compile(r"[*★☆▲△※●#:：、,，.。;；/\\_\-\"'“”‘’()\[\]【】]+")
_NUMBERED = re.compile(r"^[0-9]{1,2}[.、)）]")
_SCALE = re.compile(
    r"^(?:单位[:：]?)?(亿元|百万元|万元|千元|元|㎡|m2|m²|平方米|平米|人|名|项|件|个|年|年月|年/月)$"
)
_TAIL = re.compile("(?:基本|主要)?(?:情况|信息|一览|内容)$")
_REQUIRED = re.compile("^(?:必填|选填)|(?:必填|选填)$")
_NUMBER_SIGN = re.compile("^(?:no|№|n°)$", re.I)

_STUDIO_WORD = r"(?:[劳模工匠职技术技能大师人才创新示范型团队高女和与及暨]|旗县|市级|区级)*(?:创新)?工作室"
_RULES = (  # asked when the dictionary knows neither the heading nor its parts
    (re.compile(rf"(?:{_STUDIO_WORD})(?:名称|名|简称)"), "studio_name"),
    (re.compile(rf"(?:{_STUDIO_WORD})(?:规范)?全称"), "official_name"),
    (re.compile(rf"(?:{_STUDIO_WORD})所[在属]单位(?:名称|全称)?"), "unit_name"),
    (re.compile("(?:所[在属]|申报|依托|建设|工作)(?:企业|公司|企?事?业?单位)(?:[名全]称)?"), "unit_name"),
    (re.compile("(?:所[在属]|推荐|申报|主管|上级)?(?:[旗县]|市区)+(?:总?工会|单位)?(?:名称)?"), "union_code"),
    (re.compile(r"(?:领衔人|带头人|领军人|负责人|主持人)(?:姓名|名字)"), "leader"),
    (re.compile(r"(?:发明|实用新型|外观设计?|授权|国家)专利号?"), "patents"),
    (re.compile("(?:获得?)?[市旗县区级以上省部国家]{0,8}荣誉(?:称号)?(?:及时间|及年份|名称)?"), "honours"),
    (re.compile(r"(?:命名|授牌|认定|批准)(?:的)?(?:时间|年度|年份|日期|年月)"), "named_on"),
    (re.compile("(?:命名)?发?文字?号|命名文件(?:编号|字号)"), "document_number"),
    (re.compile(r"(?:成立|创建|建立|组建|创办)(?:的)?(?:时间|年度|年份|日期|年月)"), "founded_on"),
)  # fmt: skip

_MEASURED = (  # headings that only their unit explains: 场地（㎡）, 团队（人）
    (re.compile("场[地所]|活动场[地所]|工作室|阵地"), ("㎡", "m2", "m²", "平方米", "平米"), "area_sqm"),
    (re.compile("(?:工作室)?(?:团队|成员|队伍|人员|骨干)(?:规模|情况)?"), ("人", "名"), "member_count"),
)
_DATE_WORD, _NUMBER_WORD = "(?:时间|日期|年份|年度|年月)", "(?:发?文字?号|文件号|文件|决定)"
_NAMED = "(?:命名|认定|授牌|批准|评定|获评|确认)?(?:文件)?的?"
_TOGETHER = re.compile(
    f"{_NAMED}(?:{_DATE_WORD}[及和与]?(?:文件)?{_NUMBER_WORD}|{_NUMBER_WORD}[及和与]?(?:命名)?{_DATE_WORD})"
)
_LEVELS = "|".join(
    "旗县市区级 旗县区级 旗县级 区县级 县区级 县级 旗级 盟市级 地市级 市级 自治区级 省部级 省级 国家级 "
    "基层级 企业级 公司级 单位级".split()
)
_OF_LEVEL = re.compile(
    f"(?P<front>{_LEVELS})?(?:职工|劳模)*(?:创新)?(?:工作室)?{_NAMED}"
    f"(?:(?P<both>{_DATE_WORD}[及和与]?{_NUMBER_WORD}|{_NUMBER_WORD}[及和与]?{_DATE_WORD})"
    f"|(?P<date>{_DATE_WORD})|(?P<number>{_NUMBER_WORD}))(?P<behind>{_LEVELS})?"
)

_LEADERS = re.compile("^(?:工作室)?(?:领衔人|带头人|负责人|领军人物?|主持人|领办人)")
_GROUPS = (  # headings above a pair of headings, and what the one below means there
    (_LEADERS, "leader"),
    (re.compile("专利|知识产权"), "patents"),
    (re.compile("荣誉|获奖|表彰"), "honours"),
    (re.compile("^(?:工作室)?联[系络]人|^经办人|^联系方式"), "contact"),
    (re.compile("^(?:所[在属]|申报|依托|工作)?(?:单位|企业)"), "unit"),
    (re.compile("^(?:取消|撤销|摘牌)"), "end"),
    (re.compile("^(?:命名|授牌|认定)"), "naming"),
    (re.compile("工作室"), "studio"),
)
_BELOW = {
    "leader": {"姓名": "leader", "名字": "leader", "电话": "leader_phone", "联系电话": "leader_phone",
               "联系方式": "leader_phone", "手机": "leader_phone", "职务": "leader_post", "荣誉": "honours"},
    "contact": {"姓名": "contact_name", "名字": "contact_name", "电话": "contact_phone",
                "手机": "contact_phone", "手机号": "contact_phone", "手机号码": "contact_phone",
                "联系电话": "contact_phone",
                "办公电话": "contact_phone", "固定电话": "contact_phone", "座机": "contact_phone"},
    "unit": {"名称": "unit_name", "全称": "unit_name", "单位名称": "unit_name", "性质": "ownership",
             "类型": "ownership", "行业": "industry", "信用代码": "credit_code"},
    "end": {"时间": "revoked_on", "日期": "revoked_on", "原因": "end_reason"},
    "naming": {"时间": "named_on", "日期": "named_on", "年份": "named_on", "年度": "named_on",
               "文号": "document_number", "文件": "document_number", "级别": "level", "层级": "level"},
    "studio": {"名称": "studio_name", "全称": "official_name", "时间": "founded_on", "面积": "area_sqm",
               "地址": "address", "类型": "kind", "类别": "kind", "级别": "level", "人数": "member_count"},
}  # fmt: skip
_UNCOUNTED = re.compile("数量|总数|件数|数$|个数|项数")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading means: ``key`` of a column that is read, or ""; ``known`` counts for finding headers.

    ``scale`` is the unit that stood in it, such as 万元; ``rank`` 0 for the column's own words, else more.
    """

    key: str
    known: str = ""
    scale: str = ""
    rank: int = 9
    level: str = ""  # the word of the level whose titles the column is about
    part: str = ""  # what the column says of them: named_on, document_number or TOGETHER


UNKNOWN = Heading("")


def plain(text):
    """A heading without blanks, asterisks, numbering and unit; brackets stay."""
    return _NUMBERED.sub("", bare(text)).strip("*★☆▲△※●#:：、,，.。;； ")


def scale_of(text):
    """The unit in the brackets of a heading or of the line above the header, or ""."""
    for inside in _INSIDE.findall(bare(text)):
        if match := _SCALE.match(inside):
            return match[1]
    return ""


@cache
def _dictionary():
    words = {}
    for column in ROSTER:
        own = (column.heading, column.label, column.label_en, str(column.column_name))
        for rank, texts in enumerate((own, column.also)):
            for text in texts:
                if column.group == LEADER_GROUP and text in ("姓名", "性别", "民族", "学历"):
                    rank = 2  # of anybody, unless it stands below the leader
                for form in (_tight(text), _tight(_BRACKETS.sub("", bare(text)))):
                    if form and (form not in words or words[form].rank > rank):
                        words[form] = _heading(column.key, rank)
    return words


def _heading(key, rank, scale=""):
    return Heading(key if key in READ else "", key, scale, rank)


def _tight(text):
    return _DECORATION.sub("", bare(text)).casefold()


@lru_cache(maxsize=8192)
def meaning(text, group=""):
    """The Heading of a label, standing below ``group`` in a header of two rows."""
    if found := _of_level(text, group):
        return found
    found = _below(text, group) if group else UNKNOWN
    if not found.known:
        found = _alone(text)
    if not found.known and group:
        found = _alone(group + text)
    scale = scale_of(text) or scale_of(group)
    if not found.known or found.key == "studio_name":
        found = _measured(text, scale) or found
    if found.key in LISTS and scale in COUNTED:
        return Heading("", f"{found.key[:-1]}_count", scale, found.rank)
    return Heading(found.key, found.known, scale, found.rank) if scale else found


def _measured(text, scale):
    label = _tight(_BRACKETS.sub("", plain(text)))
    for pattern, units, key in _MEASURED:
        if scale in units and pattern.fullmatch(label):
            return _heading(key, 2)
    return None


def _of_level(text, group):
    """The Heading of 市级命名-时间, 旗县级命名文号 and the like, or None."""
    label = _tight(_BRACKETS.sub("", plain(group)) + _BRACKETS.sub("", plain(text)))
    match = _OF_LEVEL.fullmatch(label)
    level = match and (match["front"] or match["behind"])
    if not level:
        return None
    part = TOGETHER if match["both"] else "named_on" if match["date"] else "document_number"
    return Heading("", "named_on", rank=3, level=level, part=part)


def _alone(text):
    if len(text) > 2 * LONGEST:
        return UNKNOWN
    folded = plain(text)
    if not folded or len(folded) > LONGEST:
        return _heading("serial", 1) if _NUMBER_SIGN.match(bare(text)) else UNKNOWN
    words = _dictionary()
    without = _BRACKETS.sub("", folded)
    for form in (folded, without, _REQUIRED.sub("", without), _TAIL.sub("", without)):
        if found := words.get(_tight(form)):
            return found
    if _NUMBER_SIGN.match(folded):
        return _heading("serial", 1)
    tight = _REQUIRED.sub("", _tight(without)) or _tight(folded)
    if _TOGETHER.fullmatch(tight):
        return Heading(TOGETHER, "named_on", rank=3)
    for pattern, key in _RULES:
        if pattern.fullmatch(tight):
            return _heading(key, 3)
    return UNKNOWN


def _below(text, group):
    kind = next((kind for pattern, kind in _GROUPS if pattern.search(plain(group))), "")
    label = _tight(_BRACKETS.sub("", plain(text)))
    if kind in LISTS:
        beside = _UNCOUNTED.search(label) or label in ("级别", "等级")
        return Heading("", f"beside {kind}") if beside else _heading(kind, 2)
    if kind and label in _BELOW[kind]:
        return _heading(_BELOW[kind][label], 0)
    if kind == "leader":
        return _dictionary().get(_tight(LEADER_GROUP + label), UNKNOWN)
    return UNKNOWN


def decides(group):
    """Whether a heading that stands above others is one that decides what they mean."""
    return any(pattern.search(plain(group)) for pattern, _ in _GROUPS)
