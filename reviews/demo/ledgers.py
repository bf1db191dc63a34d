"""What named studios entered in their ledgers over three years, and what the counties said to the results."""

from datetime import timedelta
from functools import partial

from reviews.choices import ResultAction
from reviews.workflow.engine import perform
from reviews.workflow.processes import RESULTS
from studios.choices import ActivityKind, MentorshipOutcome, Rank, SkillLevel
from studios.numbers import patent_check
from studios.queries.contents import current_members
from studios.services.ledger import add
from studios.services.parts import put
from studios.services.studios import add_achievement

# Numbers of plans. The first is the studio of the second clerk, who waits for nobody's title yet.
LONG_HERE = (6, 22, 27, 39, 64, 77)  # in the portal since before the assessment of the year before
LATE = (1, 29, 38, 52)
VERIFIED = (1, 6, 22, 38, 39, 52, 64)
QUERIED = 1
SAME_PATENT = (6, 39)  # studios of two counties that claim one patent
LIKE_TITLES = ((6, "供热管网漏损快速定位方法"), (77, "供热管网漏损的快速定位方法"))
PATENT_TITLE = "一种换热机组滤网快拆工装"
QUERY = "成果证明上的完成单位与申报单位不一致，请说明本工作室承担的内容，并补充分工证明。"
# days ago | kind | what was done | sessions | people
EARLIER = (
    (905, ActivityKind.DRILL, "岗位练兵月活动", 4, 36),
    (742, ActivityKind.LECTURE, "劳模精神宣讲进班组", 1, 52),
    (561, ActivityKind.TRAINING, "青年职工技能提升培训班", 6, 28),
    (458, ActivityKind.EXCHANGE, "兄弟单位创新工作室交流", 1, 17),
)
LATER = (
    (206, ActivityKind.CONTEST, "技术比武选拔赛", 2, 41),
    (74, ActivityKind.SHOW, "职工创新成果展示", 1, 85),
)


def acts(life):
    """``(days ago, step, act)``: the ledgers of two years, those of this year, what the counties did."""
    found = [(402, number % 10, partial(fill, life, number, EARLIER)) for number in LONG_HERE]
    found += [(29, number % 10, partial(fill, life, number, LATER)) for number in LONG_HERE]
    found += [(29, number % 10, partial(fill, life, number, (*EARLIER, *LATER))) for number in LATE]
    found += [(28, 3, partial(claim_patent, life)), (28, 5, partial(enter_alike, life))]
    found += [(24, number % 10, partial(verify, life, number)) for number in VERIFIED]
    return [*found, (3, 2, partial(query, life))]


def fill(life, number, activities):
    """The clerk enters activities, and what goes with the earlier and the later years."""
    studio, clerk = life.studio(number), life.clerk(number)
    for days, kind, title, sessions, people in activities:
        day = str(life.ago(days + number % 9))
        values = {"kind": kind, "title": title, "held_on": day, "sessions": sessions}
        add(studio, "activity", {**values, "people": people + number % 7, "place": "工作室"}, actor=clerk)
    if EARLIER[0] in activities:
        _begin(life, number, studio, clerk)
    if LATER[0] in activities:
        _go_on(life, number, studio, clerk)


def _begin(life, number, studio, clerk):
    """A mentorship that ended well, equipment, a report in the county's paper."""
    members = list(current_members(studio))
    begun, ended = life.ago(1000 + number), life.ago(470 + number % 9)
    pair = {
        "master_name": studio.leader_name,
        "apprentice_name": members[0].person.name,
        "trade": members[0].person.post,
        "since": begun,
        "until": ended,
        "agreement_number": f"师徒〔{begun.year}〕{number:02d}号",
        "goals": "独立承担岗位技术工作，参与完成一项攻关课题。",
        "level_before": SkillLevel.INTERMEDIATE,
        "level_after": SkillLevel.SENIOR,
        "outcome": MentorshipOutcome.GRADUATED,
        "outcome_on": ended,
    }
    add(studio, "mentorship", pair, actor=clerk)
    bought = {"name": "便携式检测仪", "model": f"TL-{200 + number}", "quantity": 2, "value": "1.8"}
    add(studio, "equipment", {**bought, "acquired_on": str(life.ago(880))[:7]}, actor=clerk)
    report = {"title": f"{studio.leader_name}：把问题清单变成创新清单", "outlet": "通辽日报"}
    shown = {"rank": Rank.PREFECTURE, "published_on": str(life.ago(530 + number % 9))}
    add(studio, "media", {**report, **shown}, actor=clerk)


def _go_on(life, number, studio, clerk):
    """A mentorship under way, and what the unit paid for the best result."""
    members = list(current_members(studio))
    pair = {
        "master_name": studio.leader_name,
        "apprentice_name": members[1].person.name,
        "trade": members[1].person.post,
        "since": life.ago(240),
        "until": life.ago(240) + timedelta(days=730),
        "goals": "两年内取得高一级职业技能等级或职称。",
    }
    add(studio, "mentorship", pair, actor=clerk)
    best = studio.achievements.filter(removed_at=None).order_by("-benefit_amount", "pk").first()
    reward = {
        "name": "创新团队",
        "achievement_id": best.pk,
        "amount": "3000.00",
        "paid_on": life.ago(52),
        "basis": "《职工技术创新奖励办法》，按年度经济效益分档奖励。",
        "document_number": f"奖励〔{life.ago(52).year}〕{number:02d}号",
    }
    add(studio, "reward", reward, actor=clerk)


def claim_patent(life):
    """Two clerks enter one patent, each as they write such numbers."""
    year = life.ago(800).year
    digits = f"{year}29968317"
    number, check = digits, patent_check(digits)
    spelt = (f"ZL{number}.{check}", f"ZL {number[:4]} {number[4]} {number[5:]}．{check}")
    kind = life.world.achievement_kinds["utility_model"]
    for plan, text in zip(SAME_PATENT, spelt, strict=True):
        made = add_achievement(life.studio(plan), actor=life.clerk(plan), kind_id=kind.pk, title=PATENT_TITLE)
        values = {
            "number": text,
            "patent_status": "granted",
            "granted_on": life.ago(430),
            "completed_on": str(life.ago(640))[:7],
            "summary": "滤网更换由四十分钟缩短到八分钟，减少停机时间。",
        }
        put(made, values, tuple(values))


def enter_alike(life):
    """Two clerks enter results whose titles say nearly the same."""
    kind = life.world.achievement_kinds["advanced_operation"]
    for plan, title in LIKE_TITLES:
        made = add_achievement(life.studio(plan), actor=life.clerk(plan), kind_id=kind.pk, title=title)
        put(made, {"completed_on": str(life.ago(110 + plan))[:7]}, ("completed_on",))


def verify(life, number):
    """The county verifies the two oldest results of a studio."""
    results = life.studio(number).achievements.filter(removed_at=None).order_by("completed_on", "pk")
    for result in results[:2]:
        perform(result.pk, ResultAction.VERIFY, actor=life.reviewer(number), process=RESULTS)


def query(life):
    """The county asks about a result; the unit has not answered yet."""
    result = life.studio(QUERIED).achievements.filter(state="entered").order_by("completed_on", "pk").first()
    perform(result.pk, ResultAction.QUERY, actor=life.reviewer(QUERIED), reason=QUERY, process=RESULTS)
