"""New units that ask to be let in: some wait, one was refused."""

from reviews.choices import AccessAction
from reviews.demo.clock import office_time
from reviews.demo.units import UnitPlan
from reviews.demo.world import credit_code
from reviews.services.access import ask
from reviews.workflow.engine import perform
from reviews.workflow.processes import ACCESS_REQUESTS
from studios.models import Industry, OwnershipKind

# days ago | how it ended | union asked | kind of unit | industry | name
TABLE = """
3 waits 150502 private C 通辽沁穗食品有限公司
1 waits 150502 institution Q 科尔沁区沁园口腔医院
2 waits 150525 private C 奈曼旗沙沃农业机械有限公司
4 waits 150500-CMJ private F 通辽塔拉商贸有限公司
9 refused 150581 private C 霍林郭勒某某铝制品经营部
6 granted 150523 private A 开鲁县辽源红椒种植合作社
"""
REFUSAL = "单位名称与公章不一致，请核对营业执照后重新申请。"


def ask_for_access(world, today):
    """The events (when, number, act) of these requests."""
    lines = [line.split(" ") for line in TABLE.split("\n")[1:-1]]
    for number, (days, ended, above, ownership, industry, name) in enumerate(lines, start=901):
        plan = UnitPlan(number, above, "", ownership, industry, name)
        found = {}
        yield office_time(int(days), 2, today=today), number, lambda p=plan, f=found: _ask(world, p, f)
        if ended != "waits":
            action = AccessAction.REFUSE if ended == "refused" else AccessAction.GRANT
            when = office_time(int(days) - 2, 9, today=today)
            yield when, number, lambda a=action, p=plan, f=found: _answer(world, a, p, f)


def _ask(world, plan, found):
    found["request"] = ask(
        union=world.unions[plan.above],
        unit_name=plan.name,
        credit_code=credit_code(plan),
        ownership=OwnershipKind.objects.get(code=plan.ownership),
        industry=Industry.objects.get(code=plan.industry),
        clerk_name=world.names.draw("female"),
        clerk_phone=f"0475-00{plan.number:05d}",
        chair_name=world.names.draw("male"),
        chair_phone=f"0475-01{plan.number:05d}",
    )


def _answer(world, action, plan, found):
    perform(
        found["request"].pk,
        action,
        actor=world.reviewer_at(world.unions[plan.above].pk),
        reason=REFUSAL if action == AccessAction.REFUSE else "",
        process=ACCESS_REQUESTS,
    )
