"""A studio with everything in it, as far as its story wants it filled."""

from datetime import timedelta
from random import Random

from reviews.demo.album import keep_paper
from reviews.demo.papers import SYSTEM_RULES, system_paper
from reviews.demo.people import TeamMaker
from reviews.demo.pictures import BOARDS, EQUIPMENT, SHEETS
from reviews.demo.plans import SEED
from reviews.demo.results import Ledger
from reviews.demo.trades import TRADES
from studios.choices import Item, Section, StudioKind
from studios.models import ChecklistItem, Evidence, Studio, StudioSection
from studios.services.studios import register

NAMES = {
    StudioKind.MODEL_WORKER: "劳模创新工作室",
    StudioKind.CRAFTSMAN: "工匠创新工作室",
    StudioKind.MODEL_CRAFTSMAN: "劳模和工匠人才创新工作室",
    StudioKind.WORKER: "职工创新工作室",
    StudioKind.WOMEN: "女职工创新工作室",
    StudioKind.SKILL_MASTER: "技能大师工作室",
    StudioKind.TRAD_CRAFT: "传统手工艺大师创新工作室",
    StudioKind.JOINT: "联合创新工作室",
}
WALLED = ("signage.", "equipment.")
FILE_NAMES = {**BOARDS, **EQUIPMENT, **SHEETS, "venue.photo": "场地照片", "leader.honour": "荣誉证书"}


class DossierMaker:
    """Makes the studio of one plan. ``world`` has the album, the names and the reference rows.

    ``until`` is the last day that its ledger bears; the form was filled in at ``filled_at``, which may be
    later than the day on which an older roster brought the studio along.
    """

    def __init__(self, world, plan, *, founded_on, until, filled_at):
        self.world, self.plan, self.filled_at = world, plan, filled_at
        self.trade = TRADES[plan.unit.trade]
        self.random = Random(f"{SEED} {plan.number}")
        self.founded_on, self.until = founded_on, until
        self.unit = world.units[plan.unit.name]
        self.clerk = world.clerk_of(self.unit)
        self.studio = None

    def make(self, fullness):
        """Register the studio and fill it: ``"begun"``, ``"base"``, ``"county"`` or ``"city"``."""
        sex = (
            "female" if self.plan.kind == StudioKind.WOMEN else self.random.choice(["male", "male", "female"])
        )
        leader = self.world.names.draw(sex)
        self.studio = register(
            self.unit.union,
            actor=self.clerk,
            short_name=self.short_name(leader),
            kind=self.plan.kind,
            founded_on=str(self.founded_on)[:7],
        )
        self.describe(leader)
        team = self.team_maker()
        person = team.leader_person(leader, sex)
        honour = team.lead(person, self.founded_on)
        team.members(self.random.randint(4, 13) if fullness != "begun" else 2, self.founded_on)
        if fullness == "begun":
            self.checklist([Item.SIGN_PLAQUE, Item.EQ_TOOLS])
            self.files(["venue.photo"], None, [])
            return self.saved([Section.STUDIO, Section.LEADER, Section.TEAM])
        self.checklist(Item.values)
        results = self.ledger(fullness)
        self.files(["venue.photo", *Item.values, "team.roster", "fund.proof"], honour, results)
        return self.saved(Section.values)

    def short_name(self, leader):
        """After the leader, or after the work."""
        title = NAMES[self.plan.kind]
        if self.plan.by_content:
            earlier = Studio.objects.filter(union=self.unit.union).count()
            return f"{self.trade.words('topics')[(self.plan.unit.number + earlier) % 3]}{title}"
        return f"{leader}{title}"

    def describe(self, leader):
        """The studio's own fields."""
        specialty = self.random.choice(self.trade.words("specialties"))
        small = self.random.random() < 0.12
        Studio.objects.filter(pk=self.studio.pk).update(
            specialty=specialty,
            intro=f"工作室依托{self.unit.name}成立，围绕{specialty}开展技术攻关、师带徒和成果推广，"
            "坚持从一线问题出发，以成果服务生产（工作）。",
            address=self.random.choice(["一号楼二层", "生产楼三层东侧", "培训中心一层", "主楼五层"]),
            area_sqm=self.random.choice([18, 22]) if small else self.random.randint(26, 140),
            area_reason="与班组活动室相连，实训另有场地。" if small else "",
            ledger_note="台账按月登记，由专人保管。",
            archive_note="档案按年度装订成册，电子件同步保存。",
            contact_name=self.clerk.name,
            contact_phone=f"0475-00{self.plan.number:05d}",
            leader_name=leader,
        )
        self.studio.refresh_from_db()

    def team_maker(self):
        """Who makes the people of this studio."""
        return TeamMaker(
            self.studio,
            self.plan,
            self.trade,
            random=self.random,
            names=self.world.names,
            kinds=self.world.honour_kinds,
            asked_on=self.filled_at.date(),
        )

    def checklist(self, codes):
        """The items with a few words for the equipment."""
        tools = dict(
            zip(
                [code for code in Item.values if code.startswith("equipment.")],
                self.trade.words("tools"),
                strict=True,
            )
        )
        ChecklistItem.objects.bulk_create(
            ChecklistItem(studio=self.studio, code=code, present=True, note=tools.get(code, ""))
            for code in codes
        )

    def ledger(self, fullness):
        """Money, projects and results; recognised by the city only where the story goes up."""
        ledger = Ledger(
            self.studio, self.trade, random=self.random, kinds=self.world.achievement_kinds, until=self.until
        )
        years = list(range(max(self.founded_on.year, self.until.year - 4), self.until.year + 1))
        ledger.funds(years)
        ledger.projects(years, self.until.year)
        age = (self.until - self.founded_on).days // 205
        wanted = {"base": 2, "county": 6, "city": self.random.randint(7, 8)}[fullness]
        return ledger.results(max(1, min(wanted, age)), proven=fullness != "base")

    def files(self, slots, honour, results):
        """Evidence in the slots, under the leader's honour and under the results."""
        rows = [self.file(slot) for slot in slots]
        if honour is not None:
            rows.append(self.file("leader.honour"))
            if honour.group == "skill":
                rows.append(self.file("leader.skilled"))
        for result in results:
            drawn = "patent" if result.kind.is_patent else "award"
            rows.append(self.file("achievement.proof", drawn=drawn, result=result, name="成果证明.jpg"))
            rows.append(self.file("benefit.proof", result=result))
        Evidence.objects.bulk_create(rows)

    def file(self, slot, *, drawn="", result=None, name=""):
        """One evidence row."""
        if slot in SYSTEM_RULES:
            name, data = system_paper(slot, self.studio.short_name, self.unit.name)
            columns = keep_paper(data)
        else:
            about = f"{self.studio.pk} {slot} {result.pk if result else ''}"
            columns = self.world.album.picture(self.drawing(drawn or slot), note=about)
        return Evidence(
            studio=self.studio,
            union=self.studio.union,
            slot=slot,
            achievement=result,
            name=name or f"{FILE_NAMES[slot]}.jpg",
            state="ready",
            uploaded_by=self.clerk,
            uploaded_at=self.filled_at,
            **columns,
        )

    def drawing(self, name):
        """The drawing that shows it."""
        if name == "venue.photo":
            return f"venue.photo:{self.trade.scene}"
        walled = name.startswith(WALLED) or name in ("leader.honour", "award", "patent")
        return f"{name}:{self.plan.number % 2 if walled else 0}"

    def saved(self, sections):
        """The sections were saved once."""
        StudioSection.objects.bulk_create(
            StudioSection(
                studio=self.studio,
                section=section,
                version=1,
                saved_at=self.filled_at - timedelta(minutes=1),
                saved_by=self.clerk,
            )
            for section in sections
        )
        return self.studio
