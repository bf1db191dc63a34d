"""What happened to the titles afterwards: everything that hangs on it, and what its acts share."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from reviews.demo import cases, changes, ledgers, money, years
from reviews.demo.clock import office_time
from reviews.demo.papers import pdf
from reviews.models import Assessment
from reviews.services.clocks import watch_changed
from studios.models import NamingLevel, Union

WATCHED = (160, 76, 40)  # days ago on which the watch of every night is shown to have run
FIRST_NUMBER = 1001  # of these events: what happened to a studio at the same moment goes before


class Life:
    """The city as its later acts see it: studios by the number of their plan, and whose act is whose."""

    def __init__(self, city):
        self.world, self.today, self.known = city.world, city.today, city.known
        self.clock = city.clock
        self.city = Union.objects.get(code="150500")

    def events(self):
        """``(when, number, act)`` of everything, in no order."""
        acts = [(days, 15, self.watch) for days in WATCHED]
        for module in (ledgers, years, cases, changes, money):
            acts += module.acts(self)
        for number, (days, step, act) in enumerate(acts, start=FIRST_NUMBER):
            yield office_time(days, step, today=self.today), number, act

    def now(self):
        """The day on which the act is done."""
        return self.clock.now().date()

    def ago(self, days):
        """A day so many days before the one on which the city is looked at."""
        return self.today - timedelta(days=days)

    def studio(self, number):
        """The studio of a plan, as it is now."""
        studio, _unit = self.known[number]
        studio.refresh_from_db()
        return studio

    def unit(self, number):
        """Its unit."""
        return self.known[number][1]

    def clerk(self, number):
        """Who acts for its unit."""
        return self.world.clerk_of(self.unit(number))

    def reviewer(self, number):
        """Who reviews at the union right above its unit."""
        return self.world.reviewer_at(self.unit(number).union.parent_id)

    def approver(self, number):
        """Who approves there."""
        return self.world.approver_at(self.unit(number).union.parent_id)

    @property
    def city_reviewer(self):
        """Who reviews at the city."""
        return self.world.reviewer_at(self.city.pk)

    @property
    def city_approver(self):
        """Who approves at the city."""
        return self.world.approver_at(self.city.pk)

    def title(self, number, level):
        """The studio's title of a level."""
        return self.studio(number).namings.get(level=NamingLevel.objects.get(code=level))

    def assessment(self, number, year):
        """The studio's yearly assessment, or None where it took no part."""
        rows = Assessment.objects.select_related("campaign__scheme", "studio")
        return rows.filter(studio=self.known[number][0], year=year).first()

    def paper(self, number, title, *lines):
        """A small PDF of the unit, as somebody sends it."""
        heading = [self.unit(number).name, self.studio(number).short_name]
        return SimpleUploadedFile(f"{title}.pdf", pdf(title, [*heading, *lines]), "application/pdf")

    def watch(self):
        """The watch of one night, until nothing is left to look at."""
        while watch_changed(self.now()).left:
            pass
