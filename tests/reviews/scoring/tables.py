"""The two complete tables that were found (reference §3.2 and §3.3), as schemes."""

from reviews.choices import ScoreRule as R


def scheme(items, code):
    """A scheme dict of items given as (group, title, most, rule, rows)."""
    return {
        "code": code,
        "version": 1,
        "pass_mark": 60,
        "excellent_mark": 85,
        "items": [
            {
                "order": number,
                "code": str(number),
                "group": group,
                "title": title,
                "rule": rule,
                "points": most,
                "params": {"rows": rows} if rows else {},
            }
            for number, (group, title, most, rule, rows) in enumerate(items, 1)
        ],
    }


def all_(title):
    """A lack that takes every point."""
    return {"code": f"all{len(title)}", "title": title, "how": "all"}


def once(title, points):
    """A lack that takes so many points."""
    return {"code": f"once-{title}", "title": title, "how": "once", "points": points}


def each(title, points):
    """A lack that is counted."""
    return {"code": f"each-{title}", "title": title, "how": "each", "points": points}


def free(points):
    """酌情: as the assessor sees fit."""
    return {"code": "free", "title": "酌情扣分", "how": "free", "points": points}


def unit(title, points):
    """So many points for each."""
    return {"code": title, "title": title, "points": points}


NONE = all_("未开展")
SKILL_MASTER = scheme(
    [
        ("基础保障", "专用工作与学习交流场地", 10, R.DEDUCT,
         [all_("无场地"), once("标牌不明显", 2), once("无成果荣誉展示栏", 3)]),
        ("基础保障", "正常运作的设备", 5, R.DEDUCT, [once("不足影响操作", 5)]),
        ("基础保障", "单位经费扶持与制度保障", 10, R.DEDUCT, [once("无资金", 5), once("无制度", 5)]),
        ("基础保障", "经费使用合规账目清楚", 10, R.DEDUCT, [all_("无账目或办法"), free(10)]),
        ("日常管理", "制度职责上墙", 5, R.DEDUCT, [all_("没有"), once("未张贴", 2)]),
        ("日常管理", "及时报送计划总结等", 10, R.DEDUCT, [NONE, free(10)]),
        ("技术攻关", "参与技改革新", 5, R.DEDUCT, [NONE, free(5)]),
        ("技术攻关", "推广成果解决难题有效益", 10, R.JUDGEMENT, None),
        ("技术交流", "交流会或研讨或展示", 5, R.DEDUCT, [NONE, free(5)]),
        ("技术交流", "技能服务社会", 5, R.JUDGEMENT, None),
        ("技术交流", "校企合作", 5, R.JUDGEMENT, None),
        ("带徒传艺", "带徒协议且每年不少于10人有花名册", 10, R.DEDUCT,
         [once("无花名册", 2), each("每少1人", 1)]),
        ("带徒传艺", "每年培养高技能人才不少于3人", 10, R.DEDUCT,
         [once("无花名册", 2), each("每少1人", 3), all_("没培养")]),
    ],
    "hangzhou_skill_master",
)  # fmt: skip
MASTER_TEACHER = scheme(
    [
        ("日常工作", "计划总结", 10, R.JUDGEMENT, None),
        ("日常工作", "活动参加", 10, R.DEDUCT, [each("缺席", 3), each("迟到", 1)]),
        ("日常工作", "听评课", 10, R.JUDGEMENT, None),
        ("日常工作", "带1-2名青年", 10, R.JUDGEMENT, None),
        ("展示", "教学展示", 10, R.JUDGEMENT, None),
        ("展示", "讲座", 10, R.JUDGEMENT, None),
        ("网络平台", "发表文章", 10, R.PER_UNIT, [unit("每篇", 3)]),
        ("教研成果", "立项", 5, R.JUDGEMENT, None),
        ("教研成果", "课题研究", 5, R.JUDGEMENT, None),
        ("教研成果", "论文", 10, R.PER_UNIT, [unit("县", 3), unit("市", 8), unit("省", 10)]),
        ("个人发展", "荣誉", 10, R.PER_UNIT, [unit("国", 5), unit("省", 3), unit("市", 2), unit("县", 1)]),
    ],
    "master_teacher_member",
)
