"""What the made-up studios did: money, projects, results with their recognitions and benefit."""

from datetime import timedelta

from studios.choices import Rank
from studios.models import Achievement, Fund, Project, Recognition
from studios.numbers import patent_check

PATENT_DIGIT = {"invention_patent": "1", "utility_model": "2", "design_patent": "3"}
AWARDS = (  # name, who grants it, rank, grades
    ("通辽市职工优秀技术创新成果", "通辽市总工会", Rank.PREFECTURE, ("一等奖", "二等奖", "三等奖")),
    ("通辽市科技创新成果", "通辽市科学技术局", Rank.PREFECTURE, ("二等奖", "三等奖")),
    ("内蒙古自治区职工技术创新成果", "内蒙古自治区总工会", Rank.PROVINCE, ("三等奖", "优秀奖")),
)
LOWER = ("旗县（市区）职工创新成果", "所在旗县（市区）总工会", Rank.COUNTY, ("一等奖", "二等奖"))
STATES = ("finished", "finished", "finished", "stopped")


class Ledger:
    """Writes the rows of one studio. ``until`` is the last day that anything here may bear."""

    def __init__(self, studio, trade, *, random, kinds, until):
        self.studio, self.trade = studio, trade
        self.random, self.kinds, self.until = random, kinds, until
        self.objects = random.sample(trade.words("objects"), 8)

    def funds(self, years):
        """Money of the unit each year, now and then some of the union."""
        rows = [
            self._fund(year, "unit", self.random.choice([2, 3, 5, 8]), "设备、材料和培训") for year in years
        ]
        if self.random.random() < 0.6:
            rows.append(self._fund(years[-1], "union", 1, "图书资料和活动"))
        Fund.objects.bulk_create(rows)

    def _fund(self, year, source, amount, use):
        return Fund(studio=self.studio, year=year, source=source, amount=amount, use=use)

    def projects(self, years, current):
        """One or two projects a year; those of the ``current`` year are under way."""
        rows = []
        for place, year in enumerate(years):
            for number in range(self.random.choice([1, 1, 2])):
                thing = self.objects[(place + number * 3) % 8]
                running = year == current
                rows.append(
                    Project(
                        studio=self.studio,
                        year=year,
                        title=f"{thing}{self.random.choice(['攻关', '研究与应用', '优化'])}",
                        status="running" if running else self.random.choice(STATES),
                        goal="解决生产（工作）中的实际问题，提高质量和效率。",
                        outcome="" if running else "已完成验证，并在本单位推广应用。",
                    )
                )
        Project.objects.bulk_create(rows)

    def results(self, count, *, proven):
        """``count`` results, one every seven months; ``proven``: with a city prize or as a granted patent."""
        forms = [self.trade.forms[place % len(self.trade.forms)] for place in range(count)]
        days = [self.until - timedelta(days=24 + 205 * place) for place in range(count)]
        made = Achievement.objects.bulk_create(
            self._achievement(place, form, day)
            for place, (form, day) in enumerate(zip(forms, days, strict=True))
        )
        Recognition.objects.bulk_create(
            row
            for place, (result, day) in enumerate(zip(made, days, strict=True))
            for row in self._recognitions(place, result, day, proven=proven)
        )
        return made

    def _achievement(self, place, form, day):
        code, wording = form
        kind = self.kinds[code]
        row = Achievement(
            studio=self.studio,
            union=self.studio.union,
            kind=kind,
            title=wording.format(self.objects[place]),
            completed_on=str(day - timedelta(days=100))[:7],
            authors="工作室团队",
            summary=f"针对{self.objects[place]}中存在的问题，经反复试验形成，已在本单位使用。",
            benefit_amount=self.random.choice([4, 6, 9, 12, 18, 26, 35, 58]),
            benefit_basis=f"按{self.trade.saved}计算，经单位财务部门核定。",
            social_benefit=self.trade.good,
        )
        if kind.is_patent:
            granted = place % 4 != 3
            row.number = self._patent_number(code, day.year - 1, granted=granted)
            row.patent_status = "granted" if granted else "filed"
            row.granted_on = day if granted else None
        elif code == "software_copyright":
            row.number = f"{day.year}SR{self.random.randint(9000000, 9999999)}"
        return row

    def _patent_number(self, code, year, *, granted):
        """Beyond the serial numbers that are given out in a year: it is nobody's patent."""
        digits = f"{year}{PATENT_DIGIT[code]}9{self.random.randint(900000, 999999)}"
        return f"{'ZL' if granted else ''}{digits}.{patent_check(digits)}"

    def _recognitions(self, place, result, day, *, proven):
        if not proven:
            return [self._recognition(result, LOWER, day)] if place == 0 else []
        if result.granted_on and place:
            return []
        award = AWARDS[self.random.choice([0, 0, 1, 2])]
        return [self._recognition(result, award, day)]

    def _recognition(self, result, award, day):
        name, granted_by, rank, grades = award
        return Recognition(
            achievement=result,
            kind="award",
            name=name,
            grade=self.random.choice(grades),
            rank=rank,
            granted_by=granted_by,
            granted_on=str(day),
        )
