"""Leaders and teams of the made-up studios."""

from datetime import date

from reviews.retirement import PATHS, born_until
from studios.choices import MemberRole
from studios.models import Honour, Leader, Member, Person

# code of the honour -> (its name, who grants it); the last of them needs a word on the leader's skill
HONOURS = {
    "model_worker_city": ("通辽市劳动模范", "通辽市人民政府"),
    "may_day_medal_city": ("通辽市五一劳动奖章", "通辽市总工会"),
    "craftsman_city": ("科尔沁工匠", "通辽市总工会"),
    "model_worker_region": ("内蒙古自治区劳动模范", "内蒙古自治区人民政府"),
    "craftsman_region": ("北疆工匠", "内蒙古自治区总工会"),
    "may_day_medal_region": ("内蒙古自治区五一劳动奖章", "内蒙古自治区总工会"),
    "tech_expert_city": ("通辽市技术能手", "通辽市人力资源和社会保障局"),
}
HONOURS_OF = {
    "model_worker": ["model_worker_city", "model_worker_region"],
    "craftsman": ["craftsman_city", "craftsman_region"],
    "model_craftsman": ["craftsman_city", "model_worker_city"],
    "worker": ["may_day_medal_city", "tech_expert_city"],
    "women": ["may_day_medal_city", "may_day_medal_region"],
    "skill_master": ["tech_expert_city", "craftsman_city"],
    "trad_craft": ["craftsman_city", "tech_expert_city"],
    "joint": ["model_worker_city"],
}
SKILLED = "从事本专业二十余年，两次获全市职业技能竞赛前三名，所带徒弟中有五人取得技师资格，业内公认。"
NEAR_RETIREMENT = {6}  # the plan whose unit asks for another leader
OFFICE = {"school", "hospital", "bank", "office"}  # trades of titles; the others are of skill levels
DUTIES = [
    "方案设计",
    "现场实施",
    "数据记录与分析",
    "工装制作",
    "资料整理",
    "成果推广",
    "培训带徒",
    "安全监护",
]


class TeamMaker:
    """Makes the persons of one studio; ``random`` and ``names`` decide who they are.

    ``asked_on``: the day from which a leader who is near retirement has less than a year.
    """

    def __init__(self, studio, plan, trade, *, random, names, kinds, asked_on):  # noqa: PLR0913
        self.asked_on = asked_on
        self.studio, self.plan, self.trade = studio, plan, trade
        self.random, self.names, self.kinds = random, names, kinds

    def leader_person(self, name, sex):
        """The person who leads, with the honours of the studio's kind."""
        post = self.random.choice(self.trade.words("posts"))
        person = self._person(name, sex, born=self.random.randint(1968, 1984), post=post)
        if self.plan.number in NEAR_RETIREMENT:
            person.birth_month = born_until(next(path for path in PATHS if path.sex == sex), self.asked_on)
        person.skill_level = "" if self._titled else "chief_technician"
        person.prof_title = "senior" if self._titled else ""
        person.ethnicity = "蒙古族" if len(name) > 3 or "·" in name else "汉族"
        person.political_status = self.random.choice(["中共党员", "群众"])
        person.save()
        return person

    def lead(self, person, since):
        """Put the person in office, with what is said for them."""
        code = self.random.choice(HONOURS_OF[self.plan.kind])
        name, granted_by = HONOURS[code]
        kind = self.kinds[code]
        Leader.objects.create(
            studio=self.studio,
            person=person,
            since=since,
            merits=f"{self.trade.words('specialties')[0]}领域骨干，"
            f"主持完成技术攻关{self.random.randint(6, 18)}项，带徒{self.random.randint(4, 12)}人。",
            skilled_basis=SKILLED if kind.group == "skill" else "",
        )
        Honour.objects.create(
            person=person,
            kind=kind,
            rank=kind.rank,
            name=name,
            granted_by=granted_by,
            granted_on=f"{since.year - self.random.randint(1, 6)}-{self.random.choice(['04', '05'])}",
        )
        return kind

    def members(self, count, since):
        """``count`` members, some of whom joined later; the last one may be an adviser."""
        born = [self.random.randint(1970, 2001) for _ in range(count)]
        persons = Person.objects.bulk_create(
            self._person(None, self.random.choice(["male", "female"]), born=year) for year in born
        )
        advised = count > 8
        return Member.objects.bulk_create(
            Member(
                studio=self.studio,
                person=person,
                order=place,
                role=self._role(place, count, advised),
                duty=DUTIES[place % len(DUTIES)],
                since=since if place < 5 else date(since.year + 1, 3, 1),
            )
            for place, person in enumerate(persons)
        )

    @property
    def _titled(self):
        return self.plan.unit.trade in OFFICE

    def _person(self, name, sex, *, born, post=""):
        choose, titled = self.random.choice, self._titled
        levels = ["intermediate", "senior", "senior", "technician", "senior_technician"]
        return Person(
            union=self.studio.union,
            name=name or self.names.draw(sex),
            sex=sex,
            birth_month=f"{born}-{self.random.randint(1, 12):02d}",
            education=choose(
                ["bachelor", "bachelor", "master"] if titled else ["senior", "college", "bachelor"]
            ),
            post=post or choose(self.trade.words("posts")),
            prof_title=choose(["assistant", "intermediate", "deputy_senior"]) if titled else "",
            skill_level="" if titled else choose(levels),
        )

    @staticmethod
    def _role(place, count, advised):
        if advised and place == count - 1:
            return MemberRole.ADVISER
        return MemberRole.CORE if place < 3 else MemberRole.MEMBER
