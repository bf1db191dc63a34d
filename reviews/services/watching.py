"""The three-year watch: raises, updates and clears flags by what a day finds, and changes no title.

A run is harmless twice, late, or beside another: it writes only what differs, under one lock for runs and
the studios' own locks, which whoever credits a result takes too.
"""

from dataclasses import dataclass, field

from django.db import connection, transaction
from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.messages.services import tell
from reviews.letters_watch import CLEARED, RAISED
from reviews.models import DormancyFlag
from reviews.queries_watch import changes, clock_on
from studios.choices import Tier
from studios.models import NamingLevel, Studio
from studios.permissions import CONFIRM_APPLICATION, REVIEW_APPLICATION, ROLES, SUBMIT_APPLICATION, live
from studios.services.roster_journal import bulk_record

ADVISORY = (0x77617463, 1)  # the lock of a run; services never take it, so nobody waits in a circle
BATCH = 1_000  # studios locked at once: a few seconds, and only where something changes


class NothingInForce(Exception):
    """No rule set in force on that day watches for three years without a result."""


@dataclass
class Done:
    """What a run did, as rows ready for JSON, and how many studios are left for another."""

    raised: list = field(default_factory=list)
    updated: list = field(default_factory=list)
    cleared: list = field(default_factory=list)
    left: int = 0

    def add(self, other):
        """Take over what another part of the run did."""
        self.raised += other.raised
        self.updated += other.updated
        self.cleared += other.cleared


def watch_all(as_of):
    """The whole watch for a day, in transactions of ``BATCH`` studios. Raises NothingInForce."""
    clock = rules_of(as_of)
    done = Done()
    found = [change.studio_id for change in changes(clock, as_of)]
    for begin in range(0, len(found), BATCH):
        with transaction.atomic():
            done.add(look_at(clock, as_of, found[begin : begin + BATCH]))
    return done


def rules_of(as_of):
    """The ``Clock`` of the day; raises NothingInForce."""
    clock = clock_on(as_of)
    if clock is None:
        raise NothingInForce(f"No rule set in force on {as_of} watches for years without a result.")
    return clock


def look_at(clock, as_of, studio_ids):
    """Look again at these studios under their locks, and write what differs then."""
    lock_run()
    lock_studios(studio_ids)
    found = changes(clock, as_of, only=studio_ids)
    studios = Studio.objects.in_bulk([change.studio_id for change in found])
    to_raise = [change for change in found if change.flag_id is None]
    to_clear = [change for change in found if change.flag_id and change.level_id is None]
    to_update = [change for change in found if change.flag_id and change.level_id]
    run = _Run(as_of, studios)
    return Done(run.raise_(to_raise), run.update(to_update), run.clear(to_clear))


def lock_run():
    """One run writes at a time, until its transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", ADVISORY)


def lock_studios(studio_ids):
    """The lock that a save of the form takes (``studios.services.sections.open_studio``), in one order."""
    rows = Studio.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=studio_ids)
    list(rows.order_by("pk").values_list("pk"))


@dataclass(frozen=True)
class _Said:
    """A change in all its forms: for the report, the record and the messages."""

    row: dict
    record: tuple
    values: dict
    people: list
    event_key: str


class _Run:
    """The writing of one part: flags, the record and the messages, all in the caller's transaction."""

    def __init__(self, as_of, studios):
        self.as_of = as_of
        self.studios = studios
        self.actor = User.objects.system()
        self.levels = NamingLevel.objects.in_bulk()
        self.now = timezone.now()
        self.people = people_at(studios.values()) if studios else {}

    def raise_(self, found):
        """New flags; one that another run raised meanwhile stays as it is."""
        flags = self._insert(found)
        said = [self._said(flags[row.studio_id], row, "raise") for row in found if row.studio_id in flags]
        bulk_record("watch.raise", [one.record for one in said], actor=self.actor)
        self._tell(RAISED, said)
        return [one.row for one in said]

    def _insert(self, found):
        if not found:
            return {}
        columns = zip(*((row.studio_id, row.level_id, row.last, row.due) for row in found), strict=True)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO reviews_dormancyflag"
                " (studio_id, union_id, as_of, level_id, last_result_on, due_on, raised_at)"
                " SELECT s.id, s.union_id, %s, w.level_id, w.last, w.due, %s FROM unnest("
                "%s::bigint[], %s::bigint[], %s::date[], %s::date[]) AS w (studio_id, level_id, last, due)"
                " JOIN studios_studio s ON s.id = w.studio_id"
                " ON CONFLICT (studio_id) WHERE cleared_at IS NULL DO NOTHING RETURNING studio_id, id",
                [self.as_of, self.now, *map(list, columns)],
            )
            return dict(cursor.fetchall())

    def update(self, found):
        """Flags that stand, with another last result, day or title; told again where the title is another."""
        if found:
            flags = [
                DormancyFlag(pk=row.flag_id, level_id=row.level_id, last_result_on=row.last, due_on=row.due)
                for row in found
            ]
            DormancyFlag.objects.bulk_update(flags, ["level_id", "last_result_on", "due_on"])
        said = [self._said(row.flag_id, row, "update") for row in found]
        bulk_record("watch.update", [one.record for one in said], actor=self.actor)
        higher = {row.flag_id for row in found if row.was[0] != row.level_id}
        self._tell(RAISED, [one for one in said if one.record[0].pk in higher])
        return [one.row for one in said]

    def clear(self, found):
        """Flags for which there is no reason any more."""
        DormancyFlag.objects.filter(pk__in=[row.flag_id for row in found]).update(
            cleared_at=self.now, cleared_on=self.as_of
        )
        said = [self._said(row.flag_id, row, "clear") for row in found]
        bulk_record("watch.clear", [one.record for one in said], actor=self.actor)
        self._tell(CLEARED, said)
        return [one.row for one in said]

    def _said(self, flag_id, change, act):
        """What is said of a change; of a flag that goes, what it said."""
        studio = self.studios[change.studio_id]
        level_id, last, due = (change.level_id, change.last, change.due) if change.level_id else change.was
        level = self.levels.get(level_id)
        row = {
            "studio": studio.pk,
            "name": studio.short_name,
            "level": level.code if level else None,
            "last_result": last.isoformat() if last else None,
            "due": due.isoformat() if due else None,
        }
        flag = DormancyFlag(pk=flag_id, studio=studio, as_of=self.as_of)
        values = {
            "studio": studio.short_name,
            "level": level or "—",
            "last": last or _("none with a date"),
            "due": due or "—",
        }
        return _Said(
            row=row,
            record=(flag, {**row, "as_of": self.as_of.isoformat()}),
            values=values,
            people=self._people(studio, level),
            event_key=f"watch-{act}-{flag_id}-{level_id}",
        )

    def _people(self, studio, level):
        """The unit and its county; the city where its own title is meant, or where no county is between."""
        unions = [studio.union_id, studio.county_id]
        if studio.county_id is None or (level and level.tier >= Tier.CITY):
            unions.append(studio.city_id)
        return [user for pk in unions if pk for user in self.people.get(pk, ())]

    def _tell(self, letter, said):
        for one in said:
            if one.people:
                url = reverse("studio_detail", args=[one.row["studio"]])
                tell(one.people, letter, one.values, url=url, event_key=one.event_key, actor=self.actor)


def people_at(studios):
    """``{union id: users}``: clerks and chairs of the units, reviewers of their counties and cities."""
    units = {studio.union_id for studio in studios}
    offices = {pk for studio in studios for pk in (studio.county_id, studio.city_id) if pk}
    found = {}
    for unions, perms in (
        (units, {SUBMIT_APPLICATION, CONFIRM_APPLICATION}),
        (offices, {REVIEW_APPLICATION}),
    ):
        roles = [role for role, held in ROLES.items() if held & perms]
        people = User.objects.filter(
            live(prefix="appointments__"),
            is_active=True,
            appointments__role_group__union__in=unions,
            appointments__role_group__role__in=roles,
        ).annotate(at=F("appointments__role_group__union_id"))
        for user in people.distinct():
            found.setdefault(user.at, []).append(user)
    return found
