"""Makes the whole city: its units and people, its studios, and what happened to them in order of time."""

from bisect import bisect_left
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from portal.jobs.models import Job
from portal.jobs.worker import run_pending
from portal.messages.models import Message
from reviews.demo.acts import Walker
from reviews.demo.clock import movable_clock, office_time
from reviews.demo.dossiers import DossierMaker
from reviews.demo.life import Life
from reviews.demo.plans import studio_plans
from reviews.demo.requests import ask_for_access
from reviews.demo.stories import LONG_HERE, QUIET, STEPS, STORIES, fullness_of
from reviews.demo.world import World
from studios.choices import Source
from studios.models import Naming, NamingLevel, OfficialDocument, Studio
from studios.services.namings import refresh_top_tier

TAKEN_OVER = 430  # days ago: the rosters of the counties were taken over, before the first assessment


@dataclass(order=True)
class Event:
    """Something that happens at a moment; studios that were planned earlier come first."""

    when: object
    number: int
    act: object = field(compare=False)


class City:
    """The city being made; ``today`` is the day on which it is looked at."""

    def __init__(self, clock, *, actor):
        self.clock = clock
        self.today = timezone.localdate()
        clock.moment = office_time(600, 0, today=self.today)
        self.world = World(clock, actor=actor, since=self.today - timedelta(days=1100))
        self.levels = {level.code: level for level in NamingLevel.objects.all()}
        self.events = []
        self.known = {}  # number of the plan -> (studio, unit)
        self.told = []  # (id of the newest message, when)

    def make(self):
        """Everything, in order of time. Returns the number of acts."""
        self.world.settle()
        for plan in studio_plans():
            self.plan_studio(plan)
        self.events += [Event(*event) for event in ask_for_access(self.world, self.today)]
        life = Life(self)
        self.events += [Event(*event) for event in life.events()]
        for event in sorted(self.events):
            self.clock.moment = event.when
            event.act()
            run_pending()  # the messages of the act
            self.told.append((newest_message(), event.when))
        self.clock.moment = None
        self.settle_days()
        life.watch()
        run_pending()
        return len(self.events)

    def settle_days(self):
        """What rests on the true day: titles that ran out meanwhile, and when messages were written.

        PostgreSQL dates messages, and it knows no moved clock. What is older than a week has been read.
        """
        for studio in Studio.objects.filter(namings__until__lt=self.today):
            refresh_top_tier(studio.pk)
        messages = list(Message.objects.filter(pk__lte=self.told[-1][0]))
        week_ago = self.clock.now() - timedelta(days=7)
        ids = [newest for newest, _when in self.told]
        for message in messages:
            message.created_at = self.told[bisect_left(ids, message.pk)][1]
            message.read_at = message.created_at if message.created_at < week_ago else None
        Message.objects.bulk_update(messages, ["created_at", "read_at"])

    def plan_studio(self, plan):
        """Put the events of one studio on the calendar."""
        parts = STORIES[plan.story]
        live = [part for part in parts if part.until != "old"]
        jitter = plan.number % 3
        began = (live[0].days if live else 20 + plan.number % 90) + jitter
        founded = self.founding(plan, parts)
        studio = {}

        def register():
            maker = DossierMaker(
                self.world,
                plan,
                founded_on=founded,
                until=self.today - timedelta(days=QUIET.get(plan.story, began + 27) - 24),
                filled_at=office_time(began + 12, 0, today=self.today),
            )
            studio["row"], studio["unit"] = maker.make(fullness_of(plan.story)), maker.unit
            self.known[plan.number] = studio["row"], studio["unit"]
            self.take_over(studio["row"], [part for part in parts if part.until == "old"])

        arrived = TAKEN_OVER + jitter if plan.story in LONG_HERE else began + 12
        self.events.append(Event(office_time(arrived, 0, today=self.today), plan.number, register))
        for part in live:
            self.plan_part(plan, part, jitter, studio)

    def plan_part(self, plan, part, jitter, studio):
        """The events of one application, or the end of a title."""
        walker = {}

        def act(name):
            if not walker:
                walker["it"] = Walker(self.world, studio["row"], studio["unit"], part.level)
            walker["it"].act(name)

        steps = [("end_title", 0)] if part.until == "ended" else STEPS[part.level][part.until]
        for order, (name, after) in enumerate(steps):
            when = office_time(part.days + jitter - after, order + 1, today=self.today)
            self.events.append(Event(when, plan.number, lambda name=name: act(name)))

    def founding(self, plan, parts):
        """The first day of the month in which the studio was founded: before its first title, or lately."""
        oldest = max((part.days for part in parts if part.until == "old"), default=None)
        days = oldest + 120 + plan.number * 7 % 900 if oldest else 150 + plan.number % 200
        return (self.today - timedelta(days=days)).replace(day=1)

    def take_over(self, studio, parts):
        """Titles that the studio brought along from an older roster, each resting on the one below."""
        basis = None
        granting = {"base": studio.union, "county": studio.county, "city": studio.city}
        for part in parts:
            on = (self.today - timedelta(days=part.days)).replace(day=16)
            union = granting[part.level]
            basis = Naming.objects.create(
                studio=studio,
                union=studio.union,
                level=self.levels[part.level],
                granted_by=union,
                since=on,
                document=self.old_document(union, on) if part.level != "base" else None,
                basis=basis,
                source=Source.IMPORTED,
            )
        if parts:
            refresh_top_tier(studio.pk)

    def old_document(self, union, on: date):
        """The document of an older list of the union; one a year names all."""
        document, _made = OfficialDocument.objects.get_or_create(
            union=union,
            prefix=union.document_prefix,
            year=on.year,
            number=6,
            source=Source.IMPORTED,
            defaults={"title": "关于命名职工创新工作室的决定", "issued_on": on},
        )
        return document


def newest_message():
    """The id of the newest message, 0 when there is none."""
    return Message.objects.order_by("-pk").values_list("pk", flat=True).first() or 0


def make_city(*, actor):
    """Make the city with the clock put back; ``{what: how many}``."""
    with movable_clock() as clock:
        acts = City(clock, actor=actor).make()
    return {"studios": Studio.objects.count(), "acts": acts, "jobs": Job.objects.count()}
