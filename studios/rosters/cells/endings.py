"""Whether a title still stands, and why it ended."""

import re

from studios.choices import EndReason
from studios.rosters.cells.folding import bare
from studios.rosters.cells.names import name_key
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank, wrong
from studios.rosters.cells.vocabulary import Vocabulary, inside, words

STATUS = Vocabulary(
    "status",
    {"live": "在册", "ended": "已取消"},
    words(live="有 是 √ 在 良好 优秀", ended="否"),
    inside(
        (
            "未取消 未撤销 未摘牌 不取消 拟取消 拟撤销 建议取消 建议撤销 待取消 待撤销 整改 暂停 不合格",
            ("live", "ended"),
        ),
        ("取消 撤销 摘牌 注销 失效 终止 撤消 除名 退出 已停 作废 无效 不在册", "ended"),
        ("在册 正常 有效 保留 在用 运行 存续 现存 继续 合格", "live"),
    ),
)

_BODY = "(?:单位|企业|公司|厂)"
_LEADER = "(?:领衔人|带头人|负责人|领军人|领办人|主持人)"
_LEAVES = "(?:退休|调离|调出|调走|离职|去世|辞职|离开|病故|离岗)"
_PATTERNS = {
    "no_result_1y": ("(?<![0-9〇○零一二三四五六七八九十])(?:[一1]年内|当年)(?:无|没有|未).{0,8}效益",),
    "no_result_3y": ("(?:[三3]年|连续).{0,8}(?:无|没有|未).{0,6}成果", "无(?:创新)?成果"),
    "failed_assessment": (
        "(?:考核|考评|评估|复核|复评|检查|验收)(?:结果)?.{0,4}(?:不合格|不达标|未通过|未达标)",
        "未整改|整改不",
    ),
    "inactive": ("(?:长期|未|没有|停止)(?:正常)?(?:开展|运行|实质)", "名存实亡|停止活动|停滞|闲置"),
    "unit_closed": ("破产|倒闭|关停|停产|停业", f"{_BODY}.{{0,4}}(?:注销|关闭|解散|撤销)"),
    "unit_moved": ("迁出|搬迁|迁移|迁往|外迁",),
    "leader_gone": (f"{_LEADER}.{{0,8}}{_LEAVES}", f"^{_LEAVES}$"),
    "fraud": ("弄虚作假|虚假|造假|欺骗|骗取|伪造|作假",),
    "voluntary": ("自愿|自行", "主动(?:申请|放弃|退出)", "申请(?:撤销|取消|注销|退出)"),
    "fund_misuse": ("(?:套取|挪用|截留).{0,6}(?:补助|经费|资金)",),
    "leader_discipline": ("违法|违纪|犯罪|处分",),
    "safety_accident": ("(?:安全|质量).{0,4}事故",),
    "dishonest_list": ("失信",),
    "policy_annul": ("政策|清理规范|规范清理|创建示范|文件要求|统一撤销|统一取消",),
    "merged": ("合并|并入|整合",),
    "superseded": ("晋升|升级|晋级|升为|取代|替代", "被.{0,4}(?:上级|市级|自治区级|国家级).{0,4}命名"),
}
_REASONS = {code: re.compile("|".join(patterns)) for code, patterns in _PATTERNS.items()}
REASONS = {
    "no_result_3y": "连续三年无创新成果",
    "no_result_1y": "一年内无成果或效益",
    "failed_assessment": "考核不合格",
    "inactive": "长期未开展活动",
    "unit_closed": "单位关闭",
    "unit_moved": "单位迁出",
    "leader_gone": "领衔人离开",
    "fraud": "弄虚作假",
    "fund_misuse": "套取挪用补助",
    "leader_discipline": "违法违纪",
    "safety_accident": "安全质量事故",
    "dishonest_list": "列入失信名单",
    "voluntary": "单位自愿",
    "policy_annul": "按政策清理",
    "merged": "合并",
    "superseded": "升级取代",
}


def read_status(raw):
    """``live`` or ``ended``."""
    return STATUS.read(raw)


def read_end_reason(raw):
    """An EndReason value; None with a note when the words fit none of them."""
    if is_blank(raw):
        return NOTHING
    if not isinstance(raw, str):
        return wrong("word.unknown", words="；".join(REASONS.values()))
    text = bare(raw)
    found = [code for code, pattern in _REASONS.items() if pattern.search(text)]
    if len(found) > 1:
        choices = [(EndReason(code).value, REASONS[code]) for code in found]
        return ask(f"end_reason:{name_key(text)}", "word.which", choices, found=text)
    if not found:
        return Understood(None, (Remark("end_reason.unknown", {"found": text[:80]}),))
    return Understood(EndReason(found[0]).value)
