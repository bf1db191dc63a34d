"""Requested changes: a leader who is to change, a new name, a refusal, one person who leads two studios."""

from functools import partial

from reviews.choices import ChangeAction, ChangeKind
from reviews.demo.dossiers import NAMES
from reviews.demo.trades import TRADES
from reviews.demo.units import plans
from reviews.models import ChangeRequest
from reviews.services.changes import ask
from reviews.workflow.engine import perform
from reviews.workflow.processes import CHANGES
from studios.queries.contents import current_leader, current_members

A, K = ChangeAction, ChangeKind
RETIRES = 6  # the plans; its leader is near retirement, see ``people``
RENAMED, NOT_RENAMED, LED_TOO, LEADS = 52, 35, 26, 77
RETIREMENT = "领衔人将于一年内退休，拟由骨干成员接任，保持工作室活动连续。"
NEW_NAME = "工作室已形成以专业方向命名的团队，拟按专业方向更名，领衔人不变。"
NEARER = "拟用名称与领衔人、专业方向均无关联，且与其他单位机构名称相近，请重新拟定后再报。"
TOGETHER = "两个工作室同属一个专业方向，原领衔人转任管理岗位，由同一领衔人统筹。"


def acts(life):
    """``(days ago, step, act)`` of the four requests."""
    return [
        (60, 2, partial(lead_two, life)),
        (55, 3, partial(decide, life, LED_TOO, A.APPROVE)),
        (46, 2, partial(rename, life, RENAMED)),
        (41, 3, partial(decide, life, RENAMED, A.APPROVE)),
        (30, 2, partial(rename, life, NOT_RENAMED)),
        (26, 3, partial(decide, life, NOT_RENAMED, A.REFUSE, reason=NEARER)),
        (5, 2, partial(follow, life)),
    ]


def decide(life, number, action, **given):
    """The union above the unit decides."""
    request = ChangeRequest.objects.get(studio=life.studio(number))
    actor = life.reviewer(number) if action == A.REFUSE else life.approver(number)
    perform(request.pk, action, actor=actor, process=CHANGES, **given)


def rename(life, number):
    """The unit wants its studio named after its work."""
    studio, unit = life.studio(number), life.unit(number)
    trade = TRADES[next(plan.trade for plan in plans() if plan.name == unit.name)]
    short = trade.words("topics")[number % 3] + NAMES[studio.kind]
    ask(
        studio,
        K.RENAME,
        reason=NEW_NAME,
        effective_on=life.now(),
        wanted={"short_name": short, "official_name": f"{unit.name}{short}"},
        actor=life.clerk(number),
    )


def follow(life):
    """A core member is to follow a leader who retires."""
    studio = life.studio(RETIRES)
    member = current_members(studio)[0]
    wanted = {"member": member.pk, "person": _told(member.person), "name": member.person.name}
    _ask_leader(life, RETIRES, RETIREMENT, life.today, {**wanted, "old_stays": True})


def lead_two(life):
    """The leader of one studio takes over another one of the unit."""
    person = current_leader(life.studio(LEADS)).person
    wanted = {"member": None, "person": _told(person), "name": person.name, "old_stays": True}
    _ask_leader(life, LED_TOO, TOGETHER, life.now(), wanted)


def _told(person):
    return {name: getattr(person, name) for name in ("name", "birth_month", "sex")}


def _ask_leader(life, number, reason, day, wanted):
    proof = life.paper(number, "领衔人任职文件", f"经研究，同意由{wanted['name']}担任工作室领衔人。", reason)
    ask(
        life.studio(number),
        K.LEADER,
        reason=reason,
        effective_on=day,
        wanted=wanted,
        actor=life.clerk(number),
        files=[proof],
    )
