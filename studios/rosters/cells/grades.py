"""What people can do, by grade: professional titles and steps of the skill ladder."""

import re

from studios.rosters.cells.folding import bare
from studios.rosters.cells.names import name_key
from studios.rosters.cells.understood import NOTHING, Remark, Understood, ask, is_blank
from studios.rosters.cells.vocabulary import Vocabulary, inside, words

_SKILLS = {
    "apprentice": "学徒工",
    "junior": "初级工",
    "intermediate": "中级工",
    "senior": "高级工",
    "technician": "技师",
    "senior_technician": "高级技师",
    "special_technician": "特级技师",
    "chief_technician": "首席技师",
}
SKILL_LEVEL = Vocabulary(
    "skill_level",
    _SKILLS,
    words(junior="初级", intermediate="中级") | {"高级": ("senior", "senior_technician")},
    inside(
        ("首席技师", "chief_technician"),
        ("特级技师", "special_technician"),
        ("高级技师", "senior_technician"),
        ("工程师", ()),  # a professional title
        ("高级技工 高级工", "senior"),
        ("中级技工 中级工", "intermediate"),
        ("初级技工 初级工", "junior"),
        ("学徒", "apprentice"),
        ("技师", "technician"),
    ),
)
# The official ladder of five counts down; whoever does not know it counts up.
_STEPS = ("senior_technician", "technician", "senior", "intermediate", "junior")
_STEP = re.compile("(?:国家)?(?:职业)?(?:资格|技能)?(?:等级)?([一二三四五1-5])级?(?:证书?)?")
_OFFICIAL = re.compile("国家|职业资格|职业技能")
_STEP_BESIDE = re.compile("([一二三四五1-5])级")

PROF_TITLE = Vocabulary(
    "prof_title",
    {
        "clerk": "员级",
        "assistant": "助理级",
        "intermediate": "中级",
        "deputy_senior": "副高级",
        "senior": "正高级",
    },
    words(
        clerk="员级 技术员 会计员 经济员",
        assistant="助理级 助理 助工",
        intermediate="中级 中级职称 讲师",
        deputy_senior="副高 副高级 高工 高级讲师 高级教师 副教授",
        senior="正高 正高级 教授 研究员 编审",
    )
    | {name_key(word): ("clerk", "assistant") for word in ("初级", "初级职称")}
    | {name_key(word): ("deputy_senior", "senior") for word in ("高级", "高级职称")},
    inside(
        ("高级技师 首席技师 特级技师", ()),  # steps of the skill ladder
        ("正高 教授级 研究员级", "senior"),
        ("副教授 副研究 副主任 副高", "deputy_senior"),
        ("主任医师 主任护师 主任药师 主任技师 教授", "senior"),
        ("助理研究员 主治医师 主管护师 主管药师 主管技师", "intermediate"),
        ("助理", "assistant"),
        ("高级", "deputy_senior"),
    ),
)
_GRADED = re.compile(
    "(正高级|教授级高级|高级|助理)?(?:工程|经济|会计|统计|农艺|畜牧|兽医|政工|审计|园艺|工艺美术)师"
)
_GRADES = {
    "正高级": "senior",
    "教授级高级": "senior",
    "高级": "deputy_senior",
    "助理": "assistant",
    None: "intermediate",
}


def read_prof_title(raw):
    """A ProfTitle value; 高级工程师 is deputy senior, 正高级工程师 senior."""
    if is_blank(raw):
        return NOTHING
    text = bare(raw)
    rest = _GRADED.sub("", text)
    found = [_GRADES[match[1]] for match in _GRADED.finditer(text)]
    found += [value for value in PROF_TITLE.values(name_key(rest)) if name_key(rest)]
    found = list(dict.fromkeys(found))
    if len(found) == 1:
        return Understood(found[0])
    if found:
        choices = [(value, PROF_TITLE.labels[value]) for value in found]
        return ask(f"prof_title:{text}", "word.which", choices, found=text)
    return PROF_TITLE.read(raw)


def read_skill_level(raw):
    """A SkillLevel value. A bare 一级 is asked about: the old ladder runs the other way."""
    if is_blank(raw):
        return NOTHING
    text = bare(raw)
    if step := _STEP.fullmatch(text):
        return _of_step(text, _place(step[1]))
    found = SKILL_LEVEL.read(raw)
    step = _STEP_BESIDE.search(text)
    if step and found.value in _STEPS and _STEPS[_place(step[1])] != found.value:
        return _which_skill(text, [found.value, _STEPS[_place(step[1])]])
    return found


def _place(sign):
    return "一二三四五".find(sign) if sign in "一二三四五" else int(sign) - 1


def _of_step(text, place):
    value = _STEPS[place]
    if place == 2 or _OFFICIAL.search(text):  # the third is the third either way
        return Understood(value, (Remark("skill_level.step", {"found": text, "value": _SKILLS[value]}),))
    return _which_skill(text, [value, _STEPS[4 - place]])


def _which_skill(text, values):
    choices = [(value, _SKILLS[value]) for value in values]
    return ask(f"skill_level:{text}", "skill_level.which", choices, found=text)
