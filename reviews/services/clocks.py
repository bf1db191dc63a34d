"""The watch of every day: looks only at studios of which something changed, or whose next day has come.

What changed is known from the signs that the database leaves (``WatchTouch``), what comes due from the
stored clocks. ``prove`` compares all of it with the full answer once a week.
"""

from django.db import connection
from django.db.models import Q
from django.urls import reverse

from portal.accounts.models import User
from portal.audit.services import record
from portal.messages.services import tell
from reviews.letters_watch import WARNED
from reviews.models import WatchClock, WatchRun, WatchTouch
from reviews.queries_clocks import due_for_a_look, fingerprint, keep, readings, without_a_clock
from reviews.queries_watch import changes
from reviews.services.watching import BATCH, Done, NothingInForce, look_at, people_at, rules_of
from studios.models import NamingLevel, Studio

SIGNS = 3_000  # read at once: some studios leave several


def watch_changed(as_of):
    """Look at the first ``BATCH`` studios that need it, in the caller's transaction; ``left`` says whether
    there are more. Where nothing changed, nothing is written."""
    try:
        clock = rules_of(as_of)
    except NothingInForce:
        return Done()
    rules = fingerprint(clock)
    touch_where(_counted_otherwise(rules))
    signs = dict(WatchTouch.objects.order_by("pk").values_list("pk", "studio_id")[:SIGNS])
    wanted = list(dict.fromkeys([*signs.values(), *due_for_a_look(as_of)[: BATCH + 1]]))
    if not wanted:
        return Done()
    now, rest = wanted[:BATCH], wanted[BATCH:]
    done = watch_these(now, as_of, clock)
    WatchTouch.objects.filter(pk__in=[pk for pk, studio in signs.items() if studio in set(now)]).delete()
    done.left = len(rest) or int(len(signs) == SIGNS)
    return done


def watch_these(studio_ids, as_of, clock=None):
    """Bring flags and clocks of these studios to how they stand on the day; ``Done``. Locks the studios."""
    clock = clock or rules_of(as_of)
    done = look_at(clock, as_of, studio_ids)
    rules = fingerprint(clock)
    before = {row.pk: row for row in WatchClock.objects.filter(pk__in=studio_ids)}
    found = readings(clock, as_of, studio_ids)
    keep(found, rules, as_of)
    gone = set(before) - set(found)
    if gone:
        WatchClock.objects.filter(pk__in=gone).delete()
    _warn(clock, [row for row in found.values() if _is_news(row, before.get(row.studio_id), rules)])
    return done


def _is_news(row, before, rules):
    """Whether a warning was reached since the last look; under new rules, or for the first time, nobody is
    told: a first run must not flood everybody. A flag is told of by itself."""
    return before is not None and before.rules == rules and row.stage > before.stage


def _warn(clock, rows):
    rows = [row for row in rows if row.stage in clock.warn_months and row.stage < 12 * clock.years]
    if not rows:
        return
    studios = Studio.objects.in_bulk([row.studio_id for row in rows])
    levels, people = NamingLevel.objects.in_bulk(), people_at(studios.values())
    actor = User.objects.system()
    for row in rows:
        studio = studios[row.studio_id]
        whom = [user for pk in (studio.union_id, studio.county_id) if pk for user in people.get(pk, ())]
        values = {
            "studio": studio.short_name,
            "level": levels[row.level_id],
            "months": row.stage,
            "due": row.due,
            "last": row.last or "—",
        }
        tell(
            whom,
            WARNED,
            values,
            url=reverse("studio_detail", args=[studio.pk]),
            event_key=f"watch-warn-{studio.pk}-{row.due}-{row.stage}",
            actor=actor,
        )


def _counted_otherwise(rules):
    """Clocks that other rules counted; said as two ranges, so that an index answers."""
    return Q(rules__lt=rules) | Q(rules__gt=rules)


def touch_where(condition):
    """Leave a sign for the studio of every stored clock that the condition is true of."""
    stale = WatchClock.objects.filter(condition).values_list("pk", flat=True)
    if stale[:1]:
        touch(list(stale))


def touch(studio_ids):
    """Leave a sign for these studios, unless there is one."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO reviews_watchtouch (studio_id, at)"
            " SELECT s.id, now() FROM unnest(%s::bigint[]) s(id)"
            " WHERE NOT EXISTS (SELECT FROM reviews_watchtouch t WHERE t.studio_id = s.id)",
            [list(studio_ids)],
        )


def prove(as_of):
    """Compare flags and clocks with the full answer; what differs gets a sign. Returns the ``WatchRun``.

    Call it when the daily run has nothing left: signs still waiting are no difference.
    """
    clock = rules_of(as_of)
    waiting = set(WatchTouch.objects.values_list("studio_id", flat=True))
    wrong = {change.studio_id for change in changes(clock, as_of)} | without_a_clock(as_of)
    wrong -= waiting
    touch(sorted(wrong))
    run = WatchRun.objects.create(as_of=as_of, is_full=True, differs=len(wrong))
    record("watch.prove", run, actor=User.objects.system(), as_of=as_of.isoformat(), differs=len(wrong))
    return run
