"""Leaders, members and honours of the made-up studios."""

from itertools import accumulate

from reviews.demo.people import DUTIES, HONOURS_OF
from reviews.demo.trades import TRADES
from reviews.scale.plan import year_of
from reviews.scale.streams import Stream
from reviews.scale.studios import NAMES
from studios.choices import Education, ProfTitle, SkillLevel

PERSON = (
    "id name sex birth_month ethnicity political_status education post prof_title skill_level phone"
    " union_id county_id city_id province_id"
)
LEADER = "id studio_id person_id since until merits"
MEMBER = "id studio_id person_id role duty since until order"
HONOUR = "id person_id kind_id rank name granted_by granted_on"
EDUCATIONS, TITLES, SKILLS = list(Education.values), list(ProfTitle.values), list(SkillLevel.values)
MERITS = [
    f"{place}骨干，主持完成技术攻关{n}项。" for place in ("本领域", "班组", "车间") for n in range(4, 20)
]
ROLES = ("core", "member", "member", "member", "member", "adviser")


class People:
    """Persons in the order of their studios: the leader, a former leader if there was one, the members."""

    def __init__(self, plan, ground, studios):
        self.plan, self.ground, self.studios = plan, ground, studios
        heads = (1 + bool(sketch.new_leader) + sketch.team for sketch in studios.all)
        self.first_person = list(accumulate(heads, initial=ground.first["studios_person"]))

    def streams(self):
        """Persons first, then what they are."""
        yield Stream("studios_person", PERSON, self._persons())
        yield Stream("studios_leader", LEADER, self._leaders())
        yield Stream("studios_member", MEMBER, self._members())
        yield Stream("studios_honour", HONOUR, self._honours())

    def _persons(self):
        draw = self.plan.random("persons").random
        names, number = self.studios.people, self.first_person[0]
        posts = {name: trade.words("posts") for name, trade in TRADES.items()}
        for sketch in self.studios.all:
            words = posts[sketch.trade]
            for place in range(1 + bool(sketch.new_leader) + sketch.team):
                name, sex = names[int(draw() * NAMES)]
                if place == 0:
                    name, sex = sketch.leader, sketch.leader_sex
                is_titled = draw() < 0.4
                yield (
                    number,
                    name,
                    sex,
                    f"{1964 + int(draw() * 38)}-{int(draw() * 12) + 1:02d}",
                    "汉族" if draw() < 0.8 else "",
                    "中共党员" if draw() < 0.4 else "群众",
                    EDUCATIONS[1 + int(draw() * 4)],
                    words[int(draw() * len(words))],
                    TITLES[int(draw() * 5)] if is_titled else "",
                    "" if is_titled else SKILLS[2 + int(draw() * 5)],
                    f"000{number:08d}",
                    *sketch.line,
                )
                number += 1

    def _leaders(self):
        draw, number = self.plan.random("leaders").random, self.ground.first["studios_leader"]
        for sketch, person in zip(self.studios.all, self.first_person, strict=False):
            since, turn = sketch.founded, sketch.new_leader
            merits = MERITS[int(draw() * len(MERITS))]
            if turn:
                yield number, sketch.id, person + 1, since, turn - 1, merits
                number, since = number + 1, turn
            yield number, sketch.id, person, since, None, merits
            number += 1

    def _members(self):
        draw, number = self.plan.random("members").random, self.ground.first["studios_member"]
        last = self.plan.last
        for sketch, person in zip(self.studios.all, self.first_person, strict=False):
            person += 1 + bool(sketch.new_leader)
            age = last - sketch.founded
            for order in range(sketch.team):
                since = sketch.founded if draw() < 0.6 else sketch.founded + int(draw() * age)
                left = since + int(draw() * (last - since)) if draw() < 0.08 else None
                role, duty = ROLES[int(draw() * 6)], DUTIES[int(draw() * len(DUTIES))]
                yield number, sketch.id, person + order, role, duty, since, left, order
                number += 1

    def _honours(self):
        """Most leaders hold an honour of their studio's kind, some two."""
        draw, number = self.plan.random("honours").random, self.ground.first["studios_honour"]
        kinds, cities = self.ground.honour_kinds, self.studios.tree.city_stems()
        for sketch, person in zip(self.studios.all, self.first_person, strict=False):
            codes = HONOURS_OF[sketch.kind]
            for code in (codes[:1] if draw() < 0.6 else codes[:2])[: int(draw() * 8)]:
                kind, rank = kinds[code]
                year = year_of(sketch.founded) - 1 - int(draw() * 6)
                where = f"{cities[sketch.line[2]]}市总工会"
                yield number, person, kind, rank, "", where, f"{year}-{'04' if draw() < 0.5 else '05'}"
                number += 1
