"""Titles in question: one case at every stage of the way to losing a title, or keeping it."""

from functools import partial

from portal.accounts.models import User
from portal.jobs.services import enqueue
from reviews.choices import ReturnedItem, RevocationAction
from reviews.demo.years import FAILED
from reviews.models import Assessment, DormancyFlag, ReturnDue, Revocation
from reviews.queries_cases import terms_on
from reviews.services.cases import open_case
from reviews.services.returns import record_return
from reviews.tasks_watch import STUDIO
from reviews.workflow.engine import perform
from reviews.workflow.processes import REVOCATIONS
from studios.choices import EndReason, Rank
from studios.models import Recognition
from studios.services.parts import put
from studios.services.studios import add_achievement

A, R = RevocationAction, EndReason
SERVED, ANSWERED, PROPOSED, STOPPED, KEPT = 38, 14, 70, 20, 29  # plans; FAILED loses its title
GROUNDS = {
    R.NO_RESULT_3Y: "经台账核对，该工作室连续三年没有创新成果，拟按规定程序处理。",
    R.FAILED_ASSESSMENT: "上一年度考核不合格，拟按规定程序处理。",
    R.LEADER_GONE: "领衔人已调离本单位，至今未确定继任人选，工作室活动中断。",
    R.INACTIVE: "有职工反映工作室长期无实质性活动，经初步核实，近半年未开展集中活动。",
}
NOTICE = "请对照通知所列事实限期整改，并在期限届满前书面答复，附整改材料。"
ANSWER = "已制定攻关计划，恢复每周集中研讨，两项课题进入样机试验；因认定周期较长，成果暂未取得证书。"
KEEP_ANSWER = "因厂房（校舍）改造，活动转入车间（年级组）分散开展，现已恢复集中活动，补充活动记录和照片。"
SEEN = "现场核查：活动记录完整，设备正常使用，整改到位。"
NOT_SEEN = "整改期内未答复，现场核查无在研课题、无活动记录，未见整改。"
PROPOSAL = "连续三年没有创新成果，整改期满仍未改正，建议撤销命名。"
FAIL_PROPOSAL = "年度考核不合格，整改期满仍未改正，建议撤销命名。"
KEPT_BECAUSE = "经核查已恢复正常活动，不再具备撤销事由，予以保留。"
NEW_RESULT = "一种转盘式挤奶装置的清洗组件"


def acts(life):
    """``(days ago, step, act)`` of the six cases."""
    return [
        *_failed(life),
        *_no_result(life),
        *_stopped(life),
        *_kept(life),
        (20, 3, partial(begin, life, SERVED, "county", R.LEADER_GONE)),
        (18, 3, partial(serve, life, SERVED)),
    ]


def _failed(life):
    step = partial(take, life, FAILED)
    return [
        (250, 3, partial(begin, life, FAILED, "county", R.FAILED_ASSESSMENT)),
        (248, 3, partial(serve, life, FAILED)),
        (150, 4, partial(step, A.LAPSE, by="portal")),
        (146, 4, partial(step, A.CHECK, reason=NOT_SEEN, values={"is_mended": "no"})),
        (144, 5, partial(step, A.PROPOSE, reason=FAIL_PROPOSAL)),
        (140, 5, partial(step, A.REVOKE, by="approver", dated=True)),
        (118, 6, partial(give_back, life)),
    ]


def _no_result(life):
    """One that the county has to check, one that waits for the second person at the city."""
    step = partial(take, life, PROPOSED)
    return [
        (100, 3, partial(begin, life, ANSWERED, "county", R.NO_RESULT_3Y)),
        (98, 3, partial(serve, life, ANSWERED)),
        (10, 3, partial(take, life, ANSWERED, A.ANSWER, by="clerk", reason=ANSWER)),
        (150, 2, partial(begin, life, PROPOSED, "city", R.NO_RESULT_3Y)),
        (148, 2, partial(serve, life, PROPOSED)),
        (48, 4, partial(step, A.LAPSE, by="portal")),
        (44, 4, partial(step, A.CHECK, by="county", reason=NOT_SEEN, values={"is_mended": "no"})),
        (9, 4, partial(step, A.PROPOSE, reason=PROPOSAL)),
    ]


def _stopped(life):
    return [
        (70, 3, partial(begin, life, STOPPED, "county", R.NO_RESULT_3Y)),
        (68, 3, partial(serve, life, STOPPED)),
        (21, 4, partial(find_a_result, life)),
    ]


def _kept(life):
    step = partial(take, life, KEPT)
    return [
        (75, 2, partial(begin, life, KEPT, "county", R.INACTIVE)),
        (73, 2, partial(serve, life, KEPT)),
        (41, 3, partial(step, A.ANSWER, by="clerk", reason=KEEP_ANSWER)),
        (32, 3, partial(step, A.CHECK, reason=SEEN, values={"is_mended": "yes"})),
        (25, 3, partial(step, A.KEEP, by="approver", reason=KEPT_BECAUSE)),
    ]


def begin(life, number, level, cause):
    """A reviewer of the union that granted the title opens the case, with what it rests on."""
    studio = life.studio(number)
    flag = assessment = None
    if cause == R.NO_RESULT_3Y:
        flag = DormancyFlag.objects.get(studio=studio, cleared_at=None)
    if cause == R.FAILED_ASSESSMENT:
        assessment = Assessment.objects.get(studio=studio, grade="fail")
    actor = life.city_reviewer if level == "city" else life.reviewer(number)
    open_case(life.title(number, level), cause, GROUNDS[cause], actor=actor, flag=flag, assessment=assessment)


def case_of(number, life):
    """The studio's case."""
    return Revocation.objects.get(naming__studio=life.studio(number))


def serve(life, number):
    """The notice goes out with the usual time."""
    until = terms_on().last_day(case_of(number, life).cause, life.now())
    take(life, number, A.SERVE, reason=NOTICE, values={"mend_until": until})


def take(life, number, action, *, by="reviewer", dated=False, **given):  # noqa: PLR0913 - whose step, and what
    """A step by whose it is: the reviewer or approver of the deciding union, its county, the unit, nobody."""
    case = case_of(number, life)
    people = {
        "reviewer": lambda: life.world.reviewer_at(case.union_at_tier_id()),
        "approver": lambda: life.world.approver_at(case.union_at_tier_id()),
        "county": lambda: life.reviewer(number),
        "clerk": lambda: life.clerk(number),
        "portal": User.objects.system,
    }
    day = life.now() if dated else None
    perform(case.pk, action, actor=people[by](), document_on=day, process=REVOCATIONS, **given)


def give_back(life):
    """The plaque came back; the papers did not."""
    due = ReturnDue.objects.get(revocation=case_of(FAILED, life), item=ReturnedItem.PLAQUE)
    record_return(due, returned_on=life.now(), note="专人送回，牌面完好。", actor=life.reviewer(FAILED))


def find_a_result(life):
    """The unit enters a result with its prize while the time to mend runs: the watch sees it at once."""
    studio, clerk = life.studio(STOPPED), life.clerk(STOPPED)
    kind = life.world.achievement_kinds["tech_renovation"]
    made = add_achievement(studio, actor=clerk, kind_id=kind.pk, title=NEW_RESULT)
    put(made, {"completed_on": str(life.ago(60))[:7]}, ("completed_on",))
    Recognition.objects.create(
        achievement=made,
        name="旗县（市区）职工创新成果",
        grade="二等奖",
        rank=Rank.COUNTY,
        granted_by="所在旗县（市区）总工会",
        granted_on=str(life.ago(24)),
    )
    enqueue(STUDIO, {"studio": studio.pk}, actor=clerk)
