"""Made-up names of people: Han names, Mongolian names without a family name, and names with a middle dot.

Put together from rare parts, so that they are nobody's in particular; none is given twice.
"""


def words(text):
    """The blank-separated words of a text."""
    return text.split()


SURNAMES = words("王 李 张 刘 陈 杨 赵 孙 周 吴 徐 马 朱 胡 郭 高 林 何 郑 于 董 姜 白 佟 关 郝 穆 席 暴 敖")
GIVEN = {
    "male": words(
        "致砚 培垠 长泽 振沛 国钧 立垚 守柏 成岩 文昶 广砾 铁桁 永垣 志镔 玉枥 景桓 春霖 海铮 凤岐 占峪 学铨 "
        "明岫 兆麟 德滢 世珩 忠垒 宝骞 庆旸 建墉 子昱 书桁"
    ),
    "female": words(
        "雪柠 雅筠 淑桦 文妤 秀琬 玉蓁 晓芃 丽珈 桂茵 春蔓 凤苓 慧姝 红莙 亚菁 艳竹 海月 若筝 静岚 欣芮 莲溪 "
        "思蘅 敏珂 云葭 冬雅 彩荞 金蕊 月婵 梦苓 素芷 翠微"
    ),
}
FIRST = {
    "male": words(
        "阿木尔 巴彦 布日古 查干 朝克 达楞 额尔敦 嘎鲁 哈日 呼德 吉日木 毕力根 孟根 那木 敖力 青格 赛音 苏伦 "
        "特古斯 乌力 乌恩 伊德日 扎那 宝音 满都 其布 阿拉坦 哈丹 莫日根 桑布"
    ),
    "female": words(
        "阿茹 敖登 查苏 杜日 嘎日 高力 哈伦 呼斯 金古 娜布 娜荷 其莫 萨茹 色音 苏布 苏德 塔米 托娅 乌达 乌日 "
        "乌英 希吉 雅日 英格 珠兰 莎林 诺敏 南丁 阿丽 奥云"
    ),
}
LAST = {
    "male": words(
        "达来 巴图尔 朝鲁 德力格 都冷 格日图 贡布 呼和 吉雅 敖日格 木仁 满达 那苏 其劳 仁钦 斯楞 温都 扎布"
    ),
    "female": words("其木格 高勒 娅 塔娜 托雅 其其格 斯日 花日 毛都 琪琪 吉日 布其 嘎娃 格日勒"),
}
CLANS = words("包 白 何 戴 韩 吴 齐 金 陶 席")


class Names:
    """Draws names that were not drawn before; ``taken`` are names that others bear already."""

    def __init__(self, random, taken=()):
        self.random = random
        self.taken = set(taken)

    def draw(self, sex):
        """The name of one more person."""
        for _try in range(200):
            name = self._any(sex)
            if name not in self.taken:
                self.taken.add(name)
                return name
        raise RuntimeError("all names are taken")

    def _any(self, sex):
        draw, choose = self.random.random(), self.random.choice
        if draw < 0.62:
            return choose(SURNAMES) + choose(GIVEN[sex])
        first = choose(FIRST[sex])
        if draw < 0.7:
            return first
        name = first + choose(LAST[sex])
        return name if draw < 0.92 else f"{choose(CLANS)}·{name}"
