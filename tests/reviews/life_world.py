"""A city with titles of every age, a clock that can be moved, and the book that begins with what is there."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from django.utils import timezone

from portal.accounts.models import User
from reviews.demo.clock import movable_clock
from reviews.services.subsidy_schemes import draft_scheme, publish_scheme
from studios.models import AchievementKind, NamingLevel
from tests import cast
from tests.factories.cases import titled
from tests.factories.money import BudgetFactory
from tests.reviews.life_book import EVER, Book, Entered, Title

BEGIN = timezone.make_aware(datetime.combine(date(2026, 3, 2), time(9)))
LEAP_DAY = date(2024, 2, 29)


@dataclass
class World:
    """Who and what there is at the beginning. ``money``: (scheme, budget) of the county and of the city."""

    clock: object
    city: object
    people: dict
    system: object
    studios: tuple
    money: tuple
    kind: int

    @property
    def today(self):
        """The day of the moved clock."""
        return timezone.localdate()


@contextmanager
def life_begins():
    """The world, inside whose block the clock is moved."""
    with movable_clock() as clock:
        clock.moment = BEGIN
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        yield World(
            clock=clock,
            city=city,
            people=vars(people),
            system=User.objects.system(),
            studios=tuple(_studios(city, people)),
            money=(_money(city.county, "county", people), _money(city.city, "city", people)),
            kind=AchievementKind.objects.get(code="tech_renovation").pk,
        )


def _studios(city, people):
    """Long without a result; of the city, warned; named on a leap day; of its unit alone."""
    county, other = people.county_approver, people.other_county_approver
    yield titled(city.unit, by=county, short_name="甲创新工作室")
    yield titled(city.ready_unit, by=None, level="city", result="2023-11-30", short_name="乙创新工作室")
    yield titled(city.other_unit, by=other, since=LEAP_DAY, short_name="丙创新工作室")
    yield titled(city.unit, by=None, level="base", result="2023-03", short_name="丁创新工作室")


def _money(union, level, people):
    """15,000 yuan for subsidies of 10,000: enough for one."""
    name = "county" if level == "county" else "city"
    reviewer, approver = getattr(people, f"{name}_reviewer"), getattr(people, f"{name}_approver")
    fields = {
        "year": timezone.localdate().year,
        "level": NamingLevel.objects.get(code=level),
        "title": "创新工作室补助",
        "amount": Decimal(10000),
        "conditions": "用于技能培训。",
    }
    drafted = draft_scheme(union, fields, [(Decimal(60), ""), (Decimal(40), "")], actor=reviewer)
    scheme = publish_scheme(drafted, actor=approver)
    budget = BudgetFactory(
        union=union, year=scheme.year, amount=Decimal(15000), set_by=reviewer, agreed_by=approver
    )
    return scheme, budget


def book_of(world):
    """The book on its first day, read from the rows that the tests themselves made."""
    book = Book()
    for studio in world.studios:
        book.names[studio.pk] = [(EVER, studio.short_name)]
        book.units[studio.union.unit.pk] = [(EVER, studio.union.unit.name)]
        book.leaders[studio.pk] = [(row.since, row.person.name) for row in studio.leaders.all()]
        for naming in studio.namings.select_related("level"):
            book.titles[naming.pk] = Title(studio.pk, naming.level.code, naming.since, naming.until)
        for result in studio.achievements.all():
            book.results[result.pk] = Entered(studio.pk, result.completed_on)
    return book
