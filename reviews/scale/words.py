"""Words that places, firms, people and results of the made-up country are put together from."""

from reviews.demo.names import FIRST, GIVEN, LAST, SURNAMES
from reviews.demo.trades import TRADES

# no real place is meant; the second characters are rare in names of places
STEM_FIRST = (
    "青苍碧朱赤素金银玉石沙冰雪云风星月海江河湖溪泉潭岭峰谷原野林"
    "松柏竹梅兰菊荷柳桐枫杏桃南北东西上下长远高广平安宁丰永曲双"
)
STEM_SECOND = (
    "砚珏澍霏翎岫漪汐骊芃菱笙弦篱栀槿棠杳沅漱珩璃瑶琮璐钰锦铃舟帆"
    "橹桨鸢鹭鸥雁鹤雀鲤鳞霜雾霓虹晴曦暮晓弓戟羽旌绫绡绮缎墨笺毫"
)
FIRM_FIRST = "沃曙澜铸晟朔沁泽瀚恒卓睿昊骏腾跃拓鼎琨珩璟钧锐锋淳润葆稷穗禾"
FIRM_SECOND = "川野原森岩岳峦源泉涛舶航翼驰骋擎柱栋梁砥砺锻砂钢帛锦织纺麦"

# trade | kind of unit | industry | what the name ends with
FIRMS = [
    line.split()
    for line in """machinery private C 农机制造有限公司
machinery collective C 机械厂
machinery state C 重型装备有限公司
corn private C 生物科技有限公司
corn foreign C 氨基酸有限公司
food private C 食品有限公司
food private A 牧业合作社
herb private C 制药有限公司
aluminium private C 铝业有限公司
aluminium foreign C 轻金属有限公司
wind state D 风力发电有限公司
power state D 供电公司
power private D 热力有限公司
coal state B 矿业有限公司
rail state G 铁路工务段
road state G 公路养护中心
road private G 物流有限公司
build private E 建设工程有限公司
build collective E 市政工程公司
school institution P 职业技术学校
school institution P 中学
hospital institution Q 医院
bank state J 农村合作银行
office government S 政务服务中心
craft social R 工艺传习社""".splitlines()
]
INDUSTRIAL = ("教科文卫体", "交通运输", "能源化学", "财贸金融轻工", "建设建材")
HOME = ("科尔沁", "蒙", "那达慕", "沙地", "牧")  # words of the demonstration's region stay there
WAYS = (
    "",
    "新型",
    "便携式",
    "模块化",
    "低成本",
    "智能",
    "快速",
    "组合式",
    "可调式",
    "免拆",
    "轻量化",
    "双工位",
    "远程",
    "高寒条件下",
    "狭小空间",
    "夜间作业",
    "不停机",
    "自适应",
    "标准化",
    "可追溯",
)
PATENT_DIGIT = {"invention_patent": "1", "utility_model": "2", "design_patent": "3"}
SUMMARIES = [
    f"针对{place}中{trouble}的问题，工作室经{tries}次试验形成本成果，已在{where}使用，{good}。"
    for place in ("日常检修", "批量生产", "设备换型", "现场服务", "冬季运行")
    for trouble in ("耗时长", "废品多", "劳动强度大", "存在安全隐患")
    for tries, where in ((7, "本单位"), (12, "三个班组"), (20, "同行业五家单位"))
    for good in ("工时缩短三成", "材料消耗明显下降", "一次合格率提高", "同类故障未再发生")
]
INTROS = [
    f"工作室成立以来围绕{topic}开展攻关，{style}，带动青年职工{growth}。"
    for topic in ("生产难题", "节能降耗", "质量提升", "安全生产", "服务改进")
    for style in ("坚持每月一题", "与院校联合研究", "实行项目负责制", "以老带新")
    for growth in ("考取技师资格", "参加技能竞赛", "提出合理化建议")
]


def stems(random, count):
    """``count`` different names of places, two characters each."""
    every = [first + second for first in STEM_FIRST for second in STEM_SECOND]
    return random.sample(every, count)


def person_names(random, count):
    """``count`` (name, sex) pairs; names recur, as they do among a million people."""
    given = {sex: sorted({name[0] for name in names}) for sex, names in GIVEN.items()}
    second = {sex: sorted({name[1] for name in names}) for sex, names in GIVEN.items()}
    pairs = []
    for _place in range(count):
        sex = random.choice(("male", "male", "female"))
        if random.random() < 0.95:
            name = random.choice(SURNAMES) + random.choice(given[sex]) + random.choice(second[sex])
        else:
            name = random.choice(FIRST[sex]) + random.choice(LAST[sex])
        pairs.append((name, sex))
    return pairs


def usable(words):
    """Those of the demonstration's words that fit anywhere in the country."""
    return [word for word in words if not any(mark in word for mark in HOME)]


def results_of(trade, kinds):
    """Every (kind id, patent digit, is software, title) that studios of a trade come up with."""
    words = TRADES[trade]
    return [
        (kinds[code], PATENT_DIGIT.get(code, ""), code == "software_copyright", form.format(way + thing))
        for code, form in words.forms
        for thing in usable(words.words("objects"))
        for way in WAYS
    ]
