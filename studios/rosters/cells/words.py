"""The columns that choose from a short list: kinds of studio, sex, schooling."""

from studios.rosters.cells.vocabulary import Vocabulary, inside, words

STUDIO_KIND = Vocabulary(
    "studio_kind",
    {
        "worker": "职工创新工作室",
        "model_worker": "劳模创新工作室",
        "craftsman": "工匠创新工作室",
        "model_craftsman": "劳模和工匠人才创新工作室",
        "women": "女职工创新工作室",
        "skill_master": "技能大师工作室",
        "trad_craft": "传统工艺大师工作室",
        "joint": "联合创新工作室",
    },
    {},
    inside(
        ("劳模和工匠 劳模工匠 劳动模范和工匠 劳模及工匠 劳模与工匠", "model_craftsman"),
        ("劳动模范 劳模", "model_worker"),
        ("传统工艺 传统技艺 传统手工艺 手艺", "trad_craft"),
        ("女职工 巾帼 妇女", "women"),
        ("技能大师 首席技师", "skill_master"),
        ("工匠", "craftsman"),
        ("产学研 联合", "joint"),
        ("职工", "worker"),
    ),
)

SEX = Vocabulary(
    "sex",
    {"male": "男", "female": "女"},
    words(male="男 男性 m male 1 先生", female="女 女性 f female 2 女士"),
)

EDUCATION = Vocabulary(
    "education",
    {
        "junior": "初中",
        "senior": "高中（中专）",
        "college": "大专",
        "bachelor": "本科",
        "master": "硕士",
        "doctor": "博士",
    },
    words(bachelor="大学 大学毕业"),
    inside(
        ("初中", "junior"),
        ("职业高中 职高 高中", "senior"),
        ("大学专科 高等职业 高职 大专", "college"),
        ("中专 中等专业 中等职业 中技 技校 技工学校", "senior"),
        ("专科", "college"),
        ("专升本 本科 学士", "bachelor"),
        ("硕士研究生", "master"),
        ("博士研究生", "doctor"),
        ("硕士", "master"),
        ("博士", "doctor"),
        ("研究生", ("master", "doctor")),
    ),
)


def read_studio_kind(raw):
    """A StudioKind value."""
    return STUDIO_KIND.read(raw)


def read_sex(raw):
    """A Sex value; 1 and 2 as in GB/T 2261.1, too."""
    return SEX.read(raw)


def read_education(raw):
    """An Education value."""
    return EDUCATION.read(raw)
