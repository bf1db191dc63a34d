"""Subsidies of the city: the budget of the year, one scheme, and a grant in every state."""

from decimal import Decimal
from functools import partial

from reviews.choices import ExpenseUse, SubsidyAction, SubsidyKind
from reviews.models import Budget, Subsidy, SubsidyScheme
from reviews.services.budgets import agree_budget, set_budget
from reviews.services.expenses import enter_expense
from reviews.services.payments import record_payment, record_repayment
from reviews.services.subsidies import propose
from reviews.services.subsidy_schemes import draft_scheme, publish_scheme
from reviews.workflow.engine import perform
from reviews.workflow.processes import SUBSIDIES
from studios.models import NamingLevel

A = SubsidyAction
WHOLE = Decimal(300000)
AMOUNT, FIRST, REST = Decimal(20000), Decimal(12000), Decimal(8000)
# plans: granted and not paid, half paid, accounted for, settled, demanded back, refused; and the later ones
GRANTED, HALF, REPORTED, SETTLED, RECOVERING, REFUSED = 6, 22, 64, 77, 39, 69
PROPOSED = (27, 73)
DOCUMENT = "关于下达市级职工创新工作室补助经费的通知"
USES = "补助经费用于技能培训、成果转化、设备购置和交流学习，不得用于发放津贴、接待等支出。"
REFUSAL = "该工作室近两年没有新成果，本年度暂不安排，取得成果后另行申请。"
REPORT = "补助经费按规定用途使用，主要用于设备购置和技能培训，票据齐全，已在单位内部公示。"
DEMAND = "专项检查发现部分经费用于接待支出，不符合补助经费使用规定，责令退回。"


def acts(life):
    """``(days ago, step, act)`` from the budget to the last step."""
    first = (GRANTED, HALF, REPORTED, SETTLED, RECOVERING, REFUSED)
    paid = (HALF, REPORTED, SETTLED, RECOVERING)
    return [
        (90, 2, partial(budget, life)),
        (88, 2, partial(scheme, life)),
        (84, 3, partial(ask_for, life, first)),
        (81, 3, partial(decide, life, first)),
        *[(74, 2 + place, partial(pay, life, number, 0, FIRST)) for place, number in enumerate(paid)],
        (48, 2, partial(spend, life, REPORTED, ExpenseUse.EQUIPMENT, "数据采集终端", FIRST)),
        (47, 2, partial(spend, life, SETTLED, ExpenseUse.EQUIPMENT, "便携式测试仪", FIRST)),
        (46, 2, partial(spend, life, RECOVERING, ExpenseUse.EXCHANGE, "外出交流", Decimal(4000))),
        (40, 5, partial(pay, life, SETTLED, 1, REST)),
        (33, 2, partial(spend, life, SETTLED, ExpenseUse.TRAINING, "技能培训", REST)),
        (30, 2, partial(step, life, SETTLED, A.REPORT, by="clerk", values={"use_report": REPORT})),
        (22, 3, partial(step, life, SETTLED, A.SETTLE, by="approver", reason="票据核对无误，同意结算。")),
        (16, 3, partial(step, life, RECOVERING, A.RECOVER, reason=DEMAND)),
        (12, 3, partial(step, life, REPORTED, A.REPORT, by="clerk", values={"use_report": REPORT})),
        (8, 3, partial(repay, life)),
        (6, 4, partial(ask_for, life, PROPOSED)),
    ]


def budget(life):
    """One person sets the budget, a second agrees."""
    made = set_budget(life.city, life.today.year, WHOLE, actor=life.city_reviewer)
    agree_budget(made, WHOLE, actor=life.city_approver)


def scheme(life):
    """One person drafts the scheme, a second publishes it."""
    fields = {
        "year": life.today.year,
        "level": NamingLevel.objects.get(code="city"),
        "kind": SubsidyKind.ONE_OFF,
        "title": "市级职工创新工作室一次性补助",
        "title_en": "One-off subsidy for city studios",
        "amount": AMOUNT,
        "conditions": USES,
    }
    parts = [(Decimal(60), ""), (Decimal(40), "首期经费使用情况经核对")]
    made = draft_scheme(life.city, fields, parts, actor=life.city_reviewer)
    publish_scheme(made, actor=life.city_approver)


def ask_for(life, numbers):
    """The reviewer proposes subsidies for several titles at once."""
    titles = [life.title(number, "city") for number in numbers]
    propose(titles, SubsidyScheme.objects.get(), Budget.objects.get(), actor=life.city_reviewer)


def decide(life, numbers):
    """The approver grants all by one document, but for one that is refused."""
    document = None
    for number in numbers:
        if number == REFUSED:
            step(life, number, A.REFUSE, by="approver", reason=REFUSAL)
            continue
        values = {"document_title": DOCUMENT, "document": document}
        day = None if document else life.now()
        done = step(life, number, A.GRANT, by="approver", values=values, document_on=day)
        document = document or done.document_id


def subsidy_of(life, number):
    """The studio's subsidy."""
    rows = Subsidy.objects.select_related("scheme__union", "naming__studio", "union")
    return rows.get(naming__studio=life.studio(number))


def step(life, number, action, *, by="reviewer", **given):
    """A step by whose it is."""
    people = {
        "reviewer": lambda: life.city_reviewer,
        "approver": lambda: life.city_approver,
        "clerk": lambda: life.clerk(number),
    }
    pk = subsidy_of(life, number).pk
    return perform(pk, action, actor=people[by](), process=SUBSIDIES, **given)


def pay(life, number, place, amount):
    """An instalment goes to the unit's union."""
    subsidy = subsidy_of(life, number)
    record_payment(
        subsidy,
        subsidy.scheme.instalments.all()[place],
        amount,
        paid_on=life.now(),
        voucher=f"付-{life.now():%Y%m}-{number:03d}",
        is_met=True,
        actor=life.city_reviewer,
    )


def spend(life, number, use, what, amount):
    """The unit accounts for a part, with the invoice."""
    invoice = life.paper(number, f"{what}发票", f"项目：{what}", f"金额：{amount} 元")
    enter_expense(
        subsidy_of(life, number),
        spent_on=life.now(),
        use=use,
        what=what,
        amount=amount,
        upload=invoice,
        actor=life.clerk(number),
    )


def repay(life):
    """A part of what was demanded back has come."""
    record_repayment(
        subsidy_of(life, RECOVERING),
        Decimal(5000),
        received_on=life.now(),
        voucher=f"收-{life.now():%Y%m}-{RECOVERING:03d}",
        actor=life.city_reviewer,
    )
