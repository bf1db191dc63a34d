"""Results of the made-up studios and how others recognised them."""

from array import array
from decimal import Decimal

from reviews.scale.plan import ISO, YEARS, year_of
from reviews.scale.streams import DATE, NUMBER, Stream
from reviews.scale.words import SUMMARIES, results_of
from studios.numbers import patent_check
from studios.result_keys import number_key, title_key

ACHIEVEMENT = (
    "id studio_id kind_id title completed_on number patent_status granted_on authors summary"
    " benefit_amount benefit_basis social_benefit number_key title_key union_id county_id city_id province_id"
)
RECOGNITION = "id achievement_id kind name grade rank granted_by granted_on"
PER_YEAR = (0, 0, 1, 1, 1, 2, 2, 2, 3, 3)  # results of a studio that is awake: 1.5
IN_A_STRETCH = 365
RECOGNISED = 0.22
BENEFITS = [  # (10,000 yuan a year, how that was computed, the social benefit)
    *((Decimal(n), "按年节约材料和工时费用计算。", "") for n in (2, 3, 5, 8, 12, 18, 26, 35, 58, 96)),
    (Decimal(140), "经财务部门核定。", "减轻劳动强度，消除安全隐患。"),
    *2 * [(None, "", "减轻劳动强度，消除安全隐患。")],
    *2 * [(None, "", "")],
]
PRIZES = (  # kind, name, grade, rank, who granted it
    ("award", "职工优秀技术创新成果", "一等奖", 40, "所在市总工会"),
    ("award", "职工优秀技术创新成果", "三等奖", 40, "所在市总工会"),
    ("award", "职工技术创新成果", "二等奖", 30, "所在省总工会"),
    ("award", "职工创新成果", "二等奖", 50, "所在县（区）总工会"),
    ("award", "五小成果", "一等奖", 60, "本单位"),
    ("appraisal", "科技成果鉴定", "", 40, "所在市科学技术局"),
    ("certificate", "先进操作法命名", "", 50, "所在县（区）总工会"),
)


class Ledger:
    """Results year by year, as they are entered: those of one studio do not lie together."""

    def __init__(self, plan, ground, studios):
        self.plan, self.ground, self.studios = plan, ground, studios
        self.recognised, self.recognised_on = array("q"), array("i")
        self.serial = {}

    def streams(self):
        """Results, then recognitions, which are drawn while the results go by."""
        yield Stream(
            "studios_achievement", ACHIEVEMENT, self._results(), granted_on=DATE, benefit_amount=NUMBER
        )
        yield Stream("studios_recognition", RECOGNITION, self._recognitions())

    def _rate(self):
        """How often a year's count is taken so that there are ten results a studio in all."""
        awake = sum(
            min(YEARS, (self.plan.last - sketch.founded) / IN_A_STRETCH) - (3.5 if sketch.asleep else 0)
            for sketch in self.studios.all
        )
        return 10 * len(self.studios.all) / awake / (sum(PER_YEAR) / len(PER_YEAR))

    def _results(self):
        draw, number = self.plan.random("results").random, self.ground.first["studios_achievement"]
        stock = {s.trade: None for s in self.studios.all}
        stock = {
            trade: [(*one, title_key(one[-1])) for one in results_of(trade, self.ground.achievement_kinds)]
            for trade in stock
        }
        rate, last = self._rate(), self.plan.last
        for stretch in range(YEARS, 0, -1):
            start = last - stretch * IN_A_STRETCH
            for sketch in self.studios.all:
                since = max(start, sketch.founded)
                days = start + IN_A_STRETCH - since
                if days <= 0 or (sketch.asleep and stretch <= 3):
                    continue
                many = PER_YEAR[int(draw() * 10)] * rate * days / IN_A_STRETCH
                for _one in range(int(many + draw())):
                    day = since + 1 + int(draw() * days)
                    if draw() < RECOGNISED:
                        self.recognised.append(number)
                        self.recognised_on.append(min(day + 60, last))
                    yield self._result(number, sketch, stock[sketch.trade], day, draw)
                    number += 1

    def _result(self, number, sketch, stock, day, draw):
        kind, digit, is_software, title, key = stock[int(draw() * len(stock))]
        own, status, granted_on, own_key = "", "", None, ""
        if digit:
            own, status, granted_on = self._patent(digit, day, is_granted=draw() < 0.7)
            own_key = f"patent:{own.removeprefix('ZL').partition('.')[0]}"
        elif is_software:
            own = f"{year_of(day)}SR{9_000_000 + number % 1_000_000}"
            own_key = number_key("software_copyright", own)
        return (
            *(number, sketch.id, kind, title, ISO[day][: 10 if draw() < 0.3 else 7]),
            *(own, status, granted_on, "工作室团队"),
            SUMMARIES[int(draw() * len(SUMMARIES))] if draw() < 0.6 else "",
            *BENEFITS[int(draw() * len(BENEFITS))],
            *(own_key, key),
            *sketch.line,
        )

    def _patent(self, digit, day, *, is_granted):
        """Filed the year before; beyond the serial numbers that are given out: it is nobody's patent."""
        head = f"{year_of(day) - 1}{digit}9"
        self.serial[head] = serial = (self.serial.get(head, 0) + 1) % 100_000
        digits = f"{head}{900_000 + serial}"
        prefix, status = ("ZL", "granted") if is_granted else ("", "filed")
        return f"{prefix}{digits}.{patent_check(digits)}", status, day if is_granted else None

    def _recognitions(self):
        draw = self.plan.random("recognitions").random
        first = self.ground.first["studios_recognition"]
        for number, (result, day) in enumerate(
            zip(self.recognised, self.recognised_on, strict=True), start=first
        ):
            kind, name, grade, rank, by = PRIZES[int(draw() * len(PRIZES))]
            yield number, result, kind, name, grade, rank, by, ISO[day][: 10 if draw() < 0.5 else 7]
