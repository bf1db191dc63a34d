"""The yearly assessments: that of the year before is over, the present one stands in every state."""

from datetime import date
from decimal import Decimal
from functools import partial

from reviews.choices import AssessmentAction, Grade, ScoreRule
from reviews.demo.plans import studio_plans
from reviews.demo.stories import LONG_HERE, STORIES
from reviews.models import Assessment, AssessmentScheme, AssessmentYear
from reviews.queries_schemes import scheme_of
from reviews.queries_years import scored
from reviews.scoring.engine import choices_of, grade_for, input_kind, total
from reviews.services.schemes import set_year
from reviews.services.year_opening import open_due, remind
from reviews.services.year_sampling import draw
from reviews.services.years import write_report, write_scores
from reviews.workflow.engine import perform
from reviews.workflow.processes import ASSESSMENTS

A = AssessmentAction
BEFORE = 365  # days between the two openings
STRONG, STRONG_IN = (6, 22, 27, 39, 64, 77), ("2b", "4", "9")  # plans; codes of the scheme's items
NOT_IN_THE_LEDGER = ("2b", "4", "5b", "6b")
FAILED = 67  # the plan of the studio that failed in the year before
STAYS_OPEN, AS_FAR_AS = "open", ("open", "reported", "graded", "concluded", "open", "reported")
EXCELLENT_AT_MOST = 5
SUMMARY = (
    "本年度围绕生产（工作）中的难点开展攻关，按计划完成课题，成果已在本单位应用；"
    "坚持师带徒和岗位练兵，台账按月登记，经费专款专用。"
)
PLAN = "下一年度继续推进在研课题，争取两项成果获上级认定，新签师徒协议两对。"
FAULT = "现场核查时工作室场地已改作他用，设备闲置，台账自上半年起未登记，与报告不符。"
IN_TIME = "本期成果尚在认定，课题资料齐全，经集体研究评为合格，责令下一年度补齐成果认定。"
ENOUGH = "优秀名额有限，按得分排序评为合格。"


def acts(life):
    """``(days ago, step, act)`` of both years."""
    now = life.today.year if life.today.month > 6 else life.today.year - 1
    old = [plan.number for plan in studio_plans() if plan.story in LONG_HERE]
    numbers = sorted(_with(("county", "old"), ("county", "named")))
    found = [
        (BEFORE + 34, 1, partial(set_up, life, now - 1, BEFORE)),
        (BEFORE + 26, 0, open_due),
        (BEFORE - 10, 1, partial(sample, life, now - 1)),
        (BEFORE - 14, 2, partial(conclude_all, life, now - 1)),
        (34, 1, partial(set_up, life, now, 0)),
        (26, 0, open_due),
        (11, 0, remind),
        (4, 14, remind),
    ]
    for number in old:
        found += [
            (BEFORE + 20 - number % 12, number % 9 + 1, partial(report, life, number, now - 1)),
            (BEFORE + 4 - number % 8, number % 9 + 1, partial(grade, life, number, now - 1)),
        ]
    for place, number in enumerate(numbers):
        found += _this_year(life, number, now, AS_FAR_AS[place % len(AS_FAR_AS)])
    return found


def _with(*steps):
    """Numbers of the plans whose story has one of the steps ``(level, until)``."""
    told = {
        name for name, parts in STORIES.items() if any((part.level, part.until) in steps for part in parts)
    }
    return [plan.number for plan in studio_plans() if plan.story in told]


def _this_year(life, number, year, until):
    steps = []
    if until != STAYS_OPEN:
        steps.append((19 - number % 12, number % 9 + 1, partial(report, life, number, year)))
    if until in ("graded", "concluded"):
        steps.append((5, number % 9 + 1, partial(grade, life, number, year)))
    if until == "concluded":
        steps.append((2, number % 9 + 1, partial(conclude, life, number, year)))
    return steps


def set_up(life, year, before):
    """The city sets the days of a year."""
    fields = {
        "scheme": AssessmentScheme.objects.filter(union=life.city, published_at__isnull=False).latest("pk"),
        "period_since": date(year, 1, 1),
        "period_until": date(year, 12, 31),
        "opens_on": life.ago(before + 27),
        "report_due_on": life.ago(before + 6),
        "county_due_on": life.ago(before - 12),
        "city_due_on": life.ago(before - 30),
        "excellent_percent": 20,
        "sample_percent": 10,
        "lowest_tier": 2,
    }
    set_year(AssessmentYear(union=life.city, year=year), fields, actor=life.city_reviewer)


def report(life, number, year):
    """The clerk answers what the ledger leaves open, and hands the report in."""
    row = life.assessment(number, year)
    if row is None:
        return
    clerk, items = life.clerk(number), scheme_of(row.campaign.scheme).items
    own = {item.code: _answer(item) for item in items if item.code in NOT_IN_THE_LEDGER}
    if number in STRONG:
        own |= {item.code: _best(item) for item in items if item.code in STRONG_IN}
    write_report(row.pk, actor=clerk, summary=SUMMARY, plan=PLAN, inputs=own)
    perform(row.pk, A.REPORT, actor=clerk, process=ASSESSMENTS)


def _answer(item, share="0.85"):
    """What a unit says of an item that its ledger does not answer."""
    kind, rows = input_kind(item), choices_of(item)
    by_kind = {
        "marks": lambda: {},
        "units": lambda: {},
        "list": list,
        "yes_no": lambda: True,
        "choice": lambda: rows[0].code,
        "band": lambda: {"band": rows[-1].code, "points": str(rows[-1].number("low"))},
        "percent": lambda: "90",
        "number": lambda: str((item.points * Decimal(share)).quantize(Decimal("0.1"))),
    }
    return by_kind[kind]()


def grade(life, number, year):
    """The county scores every item and proposes a grade."""
    row = life.assessment(number, year)
    if row is None:
        return
    reviewer, scheme = life.reviewer(number), scheme_of(row.campaign.scheme)
    own = {code: score.self_input for code, score in scored(row).items()}
    fails = number == FAILED
    inputs = {item.code: _assessed(item, own, number) for item in scheme.items}
    remarks = {"3a": FAULT} if fails else {}
    write_scores(row.pk, actor=reviewer, inputs=inputs, remarks=remarks)
    suggested = grade_for(total(scheme, inputs), scheme.pass_mark, scheme.excellent_mark)
    wanted, reason = _grade_of(suggested, fails, year)
    perform(row.pk, A.GRADE, actor=reviewer, reason=reason, values={"grade": wanted}, process=ASSESSMENTS)


def _assessed(item, own, number):
    """The assessor follows the unit, a little below it where there is room for judgement."""
    if item.rule == ScoreRule.JUDGEMENT:
        return _answer(item, "0.2" if number == FAILED else "1" if number in STRONG else "0.8")
    if number == FAILED and item.rule == ScoreRule.CHOICE:
        return choices_of(item)[-1].code
    given = own.get(item.code)
    return _answer(item) if given is None else given


def _best(item):
    """The most that the unit can ask for where its papers show it."""
    if item.rule != ScoreRule.BONUS:
        return _answer(item, "1")
    return {choices_of(item)[0].code: "1"}


def _grade_of(suggested, fails, year):
    """(grade, reason): mostly what the points suggest."""
    if fails:
        return Grade.FAIL, FAULT
    if suggested == Grade.FAIL:
        return Grade.PASS, IN_TIME
    rows = Assessment.objects.filter(year=year, proposed_grade=Grade.EXCELLENT)
    if suggested == Grade.EXCELLENT and rows.count() >= EXCELLENT_AT_MOST:
        return Grade.PASS, ENOUGH
    return suggested, ""


def sample(life, year):
    """The city draws what it looks at itself."""
    draw(AssessmentYear.objects.get(year=year, union=life.city).pk, actor=life.city_reviewer)


def conclude_all(life, year):
    """The city confirms the grades of a year."""
    for pk in (
        Assessment.objects.filter(year=year, state="graded").order_by("pk").values_list("pk", flat=True)
    ):
        perform(pk, A.CONFIRM, actor=life.city_approver, process=ASSESSMENTS)


def conclude(life, number, year):
    """The city confirms one grade."""
    if (row := life.assessment(number, year)) is not None:
        perform(row.pk, A.CONFIRM, actor=life.city_approver, process=ASSESSMENTS)
