"""The studios of the made-up country: first a sketch of each, from which every other table is drawn."""

from dataclasses import dataclass, field
from decimal import Decimal

from reviews.demo.trades import TRADES
from reviews.scale.plan import DAY, ISO
from reviews.scale.streams import NUMBER, TEXTS, YES_NO, Stream
from reviews.scale.words import INTROS, person_names, usable
from studios.choices import Section, StudioKind

KINDS = (  # kind, what its name has between leader and 创新工作室, out of a hundred
    (StudioKind.WORKER, "职工", 34),
    (StudioKind.MODEL_WORKER, "劳模", 28),
    (StudioKind.CRAFTSMAN, "工匠", 18),
    (StudioKind.MODEL_CRAFTSMAN, "劳模工匠", 6),
    (StudioKind.WOMEN, "女职工", 6),
    (StudioKind.SKILL_MASTER, "技能大师", 5),
    (StudioKind.TRAD_CRAFT, "传统工艺", 2),
    (StudioKind.JOINT, "联合", 1),
)
NAMES = 20_000  # different persons' names to draw from
TEAM = (3, 4, 5, 5, 6, 6, 7, 7, 7, 8, 8, 8, 9, 9, 10, 11, 14)  # 7.5 members beside the leader
AREAS = [Decimal(n) for n in (18, 22, 25, 26, 30, 36, 40, 48, 60, 80, 100, 120, 160, 240)]
OLDEST = 15 * 365  # days before the last one that the first studios were founded
MORNING, WORKDAY = DAY // 24, 8 * DAY // 24  # 9:00 in China; eight hours
EVERY_SECTION, NONE = sorted(Section.values), []

STUDIO = (
    "id short_name official_name kind is_demonstration founded_on specialty intro address area_sqm"
    " contact_name contact_phone registered_at updated_at locked_sections leader_name top_tier"
    " registered_by_id stated_members union_id county_id city_id province_id"
)


@dataclass(slots=True)
class Sketch:
    """What other tables need of a studio. ``line`` is (union, county, city, province)."""

    id: int
    unit: int  # its place in the order of units
    line: tuple
    trade: str
    kind: str
    name: str
    specialty: str
    leader: str
    leader_sex: str
    founded: int  # day number
    team: int  # members beside the leader
    new_leader: int  # the day the present leader took over; 0: the first leader still leads
    asleep: bool  # without a result for years
    touched: int  # the last day anything was changed
    top_tier: int = 0
    titles: list = field(default_factory=list)
    is_imported: bool = False
    is_locked: bool = False


class Studios:
    """Sketches of all studios, in the order in which they were registered."""

    def __init__(self, plan, ground, tree):
        self.plan, self.ground, self.tree = plan, ground, tree
        self.first = ground.first["studios_studio"]
        self.people = person_names(plan.random("names"), NAMES)
        self.specialties = {name: usable(trade.words("specialties")) for name, trade in TRADES.items()}
        self.taken = set()
        self.all = list(self._sketches())

    def _sketches(self):
        random = self.plan.random("studios")
        draw, units = random.random, self.plan.units
        kinds = [(str(kind), word) for kind, word, share in KINDS for _one in range(share)]
        first_units = random.sample(range(units), units)  # every unit has one, some have more
        for number in range(self.plan.studios):
            unit = first_units[number] if number < units else int(draw() ** 1.5 * units)
            kind, word = kinds[int(draw() * 100)]
            trade = self.tree.firms[unit][0]
            founded = self.plan.last - 30 - int(draw() ** 1.3 * OLDEST)
            age = self.plan.last - founded
            leader, sex, name, specialty = self._name(draw, unit, trade, word)
            yield Sketch(
                id=self.first + number,
                unit=unit,
                line=self.tree.line_of(unit),
                trade=trade,
                kind=kind,
                name=name,
                specialty=specialty,
                leader=leader,
                leader_sex=sex,
                founded=founded,
                team=TEAM[int(draw() * len(TEAM))],
                new_leader=founded + 400 + int(draw() * (age - 400)) if age > 900 and draw() < 0.08 else 0,
                asleep=age > 1500 and draw() < 0.05,
                touched=self.plan.last - int(draw() ** 2 * min(age, 1200)),
            )

    def _name(self, draw, unit, trade, word):
        """(leader, sex, studio's name, specialty); no name twice in a unit."""
        words = self.specialties[trade]
        while True:
            leader, sex = self.people[int(draw() * NAMES)]
            specialty = words[int(draw() * len(words))]
            name = f"{leader}{specialty if draw() < 0.25 else word}创新工作室"
            if (unit, name) not in self.taken:
                self.taken.add((unit, name))
                return leader, sex, name, specialty

    def moment(self, day, draw):
        """A moment of a working day, in microseconds."""
        return day * DAY + MORNING + int(draw() * WORKDAY)

    def stream(self):
        """The rows; titles and applications must have been drawn before, for what lists show of them."""
        types = {
            "area_sqm": NUMBER,
            "is_demonstration": YES_NO,
            "locked_sections": TEXTS,
            "stated_members": "int2",
        }
        return Stream("studios_studio", STUDIO, self._rows(), **types)

    def _rows(self):
        draw = self.plan.random("studio rows").random
        clerk, names = self.ground.users["clerk"][0], self.tree.names
        for sketch in self.all:
            unit = names[sketch.unit]
            registered = min(sketch.founded + int(draw() * 200), sketch.touched)
            yield (
                *(sketch.id, sketch.name, unit + sketch.name, sketch.kind),
                sketch.top_tier == 3 and draw() < 0.1,
                *(ISO[sketch.founded][: 10 if draw() < 0.4 else 7], sketch.specialty),
                *(INTROS[int(draw() * len(INTROS))], f"{unit}院内", AREAS[int(draw() * len(AREAS))]),
                *(sketch.leader, f"0000-01{int(draw() * 100_000):05d}"),
                *(self.moment(registered, draw), self.moment(sketch.touched, draw)),
                *(EVERY_SECTION if sketch.is_locked else NONE, sketch.leader, sketch.top_tier, clerk),
                *(sketch.team + 1 if sketch.is_imported else None, *sketch.line),
            )
