"""The life of titles as a machine: anybody tries anything on any day; what is refused leaves no trace."""

from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import connection, transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from psycopg.pq import TransactionStatus

from reviews.choices import ResultAction as R
from reviews.models import ChangeRequest, Decision
from reviews.services.changes import apply_due
from reviews.services.clocks import prove, watch_changed
from reviews.tasks_cases import lapse_overdue, may_stop, stop_cases_of
from reviews.tasks_money import recover_all
from reviews.workflow import processes as p
from reviews.workflow.engine import may, perform
from reviews.workflow.terms import Place, TransitionNotAllowed
from studios.choices import Section
from studios.models import Achievement, Naming, Studio
from studios.services.ledger import enter_quickly
from studios.services.people import NotPossible
from studios.services.sections import Closed, Sent, Stale, save
from studios.services.studios import remove_achievement
from tests.reviews import life_rules as rules
from tests.reviews.life_book import Entered
from tests.reviews.life_world import book_of

REFUSED = (PermissionDenied, TransitionNotAllowed, NotPossible, Closed, Stale)
DAY = timedelta(days=1)
WHO = st.none() | st.none() | st.sampled_from(
    ["unit_clerk", "unit_chair", "county_reviewer", "county_approver", "other_county_reviewer",
     "city_reviewer", "city_approver", "auditor", "stranger", "superuser"]
)  # fmt: skip
N5 = st.integers(0, 4)


class Ledger(RuleBasedStateMachine):
    """``who``: a person tries what is not theirs; None: somebody who may. ``n`` picks one of several."""

    def __init__(self, world, seen):
        super().__init__()
        self.world, self.seen, self.people = world, seen, world.people
        self.begun = world.clock.moment
        self.block = transaction.atomic()
        self.block.__enter__()
        self.book, self.watched, self.steps = book_of(world), False, Decision.objects.count()

    def teardown(self):
        """Put everything back; only after a last look at all that was written down."""
        try:
            if connection.connection.info.transaction_status is TransactionStatus.INERROR:
                return
            self.run_watch()
            assert prove(self.world.today).differs == 0
            assert rules.history_differs(self.book, self.book.edges()) == []
        finally:
            self.world.clock.moment = self.begun
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    # acting

    def attempt(self, what, act):
        """Whether the act was accepted; when it was not, nothing may have changed."""
        before = rules.digest()
        try:
            done = act()
        except REFUSED:
            assert rules.digest() == before, f"{what} was refused and left something behind"
            self.seen[f"{what} refused"] += 1
            return None
        connection.check_constraints()
        self.seen[what] += 1
        self.watched = False
        self.world.clock.moment += timedelta(seconds=30)
        return done if done is not None else True

    def take(self, process, pk, action, n=0, who=None, **given):
        """One step of the engine."""
        subject, step = process.model.objects.get(pk=pk), process.table[action]
        actor = self.somebody(lambda user: may(subject, step, user), n, who)
        if step.place is Place.PORTAL and who is None:
            actor = self.world.system
        if step.takes_document:
            given["document_on"] = self.world.today - (n == 4) * DAY
        given.setdefault("reason", "情况属实。")
        done = self.attempt(str(action), lambda: perform(pk, action, actor=actor, process=process, **given))
        self.steps += done is not None
        return done

    def somebody(self, fits, n, who):
        """The person named, else one of those who may, else a stranger."""
        if who is not None:
            return self.people[who]
        able = [user for user in self.people.values() if fits(user)]
        return able[n % len(able)] if able else self.people["stranger"]

    def studio(self, n):
        """One of the studios, as it is now."""
        return Studio.objects.get(pk=self.world.studios[n % len(self.world.studios)].pk)

    def of_unit(self, studio, who):
        """A clerk of the studio's unit, or whoever tries."""
        return self.somebody(lambda user: user.has_perm("studios.change_studio", studio), 0, who)

    def title(self, n):
        """One of the titles of a county or above."""
        return Naming.objects.filter(level__tier__gte=2).order_by("pk")[n % 4 :][:1].get()

    # results

    @rule(n=N5, back=st.integers(0, 900), who=WHO)
    def enter_result(self, n, back, who=None):
        """A result of the last years goes into the ledger with one line."""
        studio, day = self.studio(n), self.world.today - back * DAY
        actor, kind = self.of_unit(studio, who), self.world.kind
        made = self.attempt(
            "enter", lambda: enter_quickly(studio, "result", "新成果", actor=actor, day=day, kind=kind)
        )
        if made:
            self.book.results[made.pk] = Entered(studio.pk, day.isoformat())

    def result(self, n):
        """One of the results, the newest first."""
        return sorted(self.book.results, reverse=True)[n % len(self.book.results)]

    @rule(n=N5, action=st.sampled_from(list(R)), who=WHO)
    def look_at_result(self, n, action, who=None):
        """The county verifies or queries, the unit answers."""
        pk = self.result(n)
        if self.take(p.RESULTS, pk, action, who=who):
            self.book.results[pk].state = str(p.RESULTS.table[action].target)

    @rule(n=N5, who=WHO)
    def remove_result(self, n, who=None):
        """The unit takes a result out."""
        pk = self.result(n)
        result = Achievement.objects.get(pk=pk)
        actor = self.of_unit(result.studio, who)
        if self.attempt("remove", lambda: remove_achievement(result, actor=actor)):
            self.book.results[pk].is_removed = True

    @rule(n=N5, back=st.integers(0, 1500), length=st.sampled_from([4, 7, 10]), who=WHO)
    def date_result(self, n, back, length, who=None):
        """The unit puts another date on a result; a verified one is to be looked at again."""
        pk = self.result(n)
        text = (self.world.today - back * DAY).isoformat()[:length]
        result = Achievement.objects.get(pk=pk)
        part = result.studio.sections.filter(section=Section.ACHIEVEMENTS, achievement=pk).first()
        given = {
            "actor": self.of_unit(result.studio, who),
            "version": part.version if part else 0,
            "achievement": result,
        }
        sent = Sent(values={"completed_on": text})
        done = self.attempt("date", lambda: save(result.studio, Section.ACHIEVEMENTS, sent, **given))
        if done and done.changed:
            self.book.results[pk].completed, self.book.results[pk].state = text, "entered"

    # time, and what the portal does by itself

    @rule(days=st.integers(1, 200), watch=st.booleans())
    def days_pass(self, days, watch=True):
        """Time goes by; in some nights the jobs do not run."""
        self.world.clock.moment += days * DAY
        self.watched = False
        if watch:
            self.run_jobs()
            self.run_watch()

    @rule()
    def run_watch(self):
        """The daily watch until nothing is left."""
        while watch_changed(self.world.today).left:
            pass
        self.watched = True

    @rule()
    def run_jobs(self):
        """The other jobs of the night."""
        self.run_cases()
        self.run_changes()

    def run_cases(self):
        """Cases that a result makes groundless stop; those whose time is over lapse; money is asked for."""
        stopped = sum(stop_cases_of(studio) for studio in may_stop())
        lapsed = lapse_overdue()
        recover_all(None, {})
        self.seen["stopped"] += stopped
        self.seen["lapsed"] += lapsed
        self.steps += stopped + lapsed

    def run_changes(self):
        """Approved changes whose day has come."""
        apply_due(actor=self.world.system)
        self.note_changes()
        for asked in self.book.given_up:
            self.book.end_base(asked, self.world.today)
        self.watched = False

    def note_changes(self):
        """Write down which approved changes have taken effect."""
        waiting = self.book.approved
        for pk in sorted(waiting, key=lambda pk: (waiting[pk].effective_on, pk)):
            if ChangeRequest.objects.get(pk=pk).before is not None:
                self.seen["took effect"] += 1
                self.book.take_effect(waiting.pop(pk), self.world.today)

    # what must be true after each act

    @invariant()
    def flags_are_right(self):
        """Where the watch ran and nothing happened since: flags as the calendar says."""
        if self.watched:
            assert rules.flags_as_wanted(self.book, self.world.today) == []

    @invariant()
    def no_title_ended_otherwise(self):
        """Two persons and a document."""
        assert rules.ended_otherwise() == []

    @invariant()
    def history_holds(self):
        """Names, leaders and titles of today and yesterday."""
        today = self.world.today
        assert rules.history_differs(self.book, [today, today - DAY]) == []

    @rule(back=st.lists(st.integers(0, 2500), min_size=1, max_size=3))
    def look_back(self, back):
        """The same of any days before."""
        assert rules.history_differs(self.book, [self.world.today - n * DAY for n in back]) == []

    @invariant()
    def sums_hold(self):
        """Money granted, paid and borne."""
        assert rules.sums_differ() == []

    @invariant()
    def every_step_is_on_record(self):
        """As many steps as were taken, each on record once."""
        assert Decision.objects.count() == self.steps
        assert rules.steps_without_record() == []

    @invariant()
    def titles_stand_on_titles(self):
        """One open case a title, no title without the one below."""
        assert rules.doubled_cases() == []
        assert rules.ladders_broken(self.world.today) == []
