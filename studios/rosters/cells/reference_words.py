"""The columns whose values are rows of a table: the nature of a unit and its industry."""

import re

from studios.rosters.cells.names import name_key
from studios.rosters.cells.vocabulary import Vocabulary, inside, words

_NATURES = inside(
    ("混合所有制", "mixed"),
    ("港澳台 外商 外资 中外合", "foreign"),
    ("机关事业", ("government", "institution")),
    ("民办非企业 社会组织 社会团体 社团 协会", "social"),
    ("事业", "institution"),
    ("党政机关 机关 行政", "government"),
    ("国有 国企 央企 中央企业 全民", "state"),
    ("集体", "collective"),
    ("非公", ("private", "foreign", "mixed")),
    ("民营 私营 民企 私企 个体", "private"),
    ("股份制", ("state", "private", "mixed")),
    ("合资", ("foreign", "mixed")),
)
_TRADES = words(
    A="农业 林业 畜牧业 牧业 渔业 畜牧 种植业 养殖业",
    B="煤炭 煤矿 采矿 矿业 采煤 石油开采",
    C="制造 机械 化工 铝业 冶金 食品加工 制药 医药制造 建材 纺织",
    D="电力 供电 发电 供热 热力 燃气 供水 自来水 风电",
    E="建筑 施工",
    F="批发 零售 商贸",
    G="交通运输 交通 铁路 公路 民航 邮政 物流 仓储",
    H="住宿 餐饮",
    I="软件 通信 电信 信息技术",
    J="金融 银行 保险",
    K="房地产",
    M="科研 科学研究 勘察设计",
    N="水利 环境 环卫 公共设施",
    O="居民服务",
    P="教育 学校",
    Q="卫生 医疗 医院 社会工作",
    R="文化 体育 娱乐",
    S="公共管理 社会保障 公安 政府机关",
)
_CODE = re.compile("([A-T])(?:[0-9]{2,4})?([\u4e00-\u9fff].*)?", re.I)


def ownership_words(rows):
    """The Vocabulary of a unit's nature; ``rows`` are dicts with code and name."""
    labels = {row["code"]: row["name"] for row in rows}
    exact = {name_key(name): code for code, name in labels.items()} | {name_key("其它"): "other"}
    return Vocabulary("ownership", labels, exact, _NATURES)


class _Industries(Vocabulary):
    """Names of industries, with or without their letter."""

    def values(self, text):
        """What a compared text can mean."""
        match = _CODE.fullmatch(text)
        if match and match[1].upper() in self.labels:
            rest = super().values(match[2]) if match[2] else ()
            return tuple(dict.fromkeys([match[1].upper(), *rest]))
        return super().values(text) or super().values(text.removesuffix("行业").removesuffix("业"))


def industry_words(rows):
    """The Vocabulary of industries by letter, name, part of a name, or trade; rows: dicts, code and name."""
    labels = {row["code"]: row["name"] for row in rows}
    exact = dict(_TRADES)
    for code, name in labels.items():
        for part in re.split("[、和及]", name):
            exact.setdefault(name_key(part), code)
            exact.setdefault(name_key(part).removesuffix("业"), code)
        exact[name_key(name)] = code
        exact[re.sub("[、,]", "", name_key(name))] = code
    exact = {word: code for word, code in exact.items() if len(word) > 1}
    return _Industries("industry", labels, exact)
