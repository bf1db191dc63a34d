"""The three-year watch over a made-up country, beside one count(*) over the same join and beside a loop."""

import sys
import time

from bench.measuring import measured
from bench.rosters import LAST_DAY, main

LOOPED = 500  # the plain loop is measured on this many studios and scaled up


# -- what runs in the measured process --------------------------------------------------------------
def count():
    """The limit: how many old titles have no result finished lately, and nothing else of them."""
    from django.db import connection

    from reviews.queries_watch import quiet_titles

    clock = _clock()
    with connection.cursor() as cursor:
        started = time.monotonic()
        cursor.execute(*quiet_titles(clock, LAST_DAY))
        (found,) = cursor.fetchone()
        return {"found": found, "seconds": time.monotonic() - started}


def scan():
    """The scan of a night: which flags differ from how they should stand."""
    from reviews.queries_watch import changes

    clock = _clock()
    started = time.monotonic()
    found = changes(clock, LAST_DAY)
    return {"found": len(found), "seconds": time.monotonic() - started}


def runs():
    """The first run with all it writes, then one that finds nothing new; both are taken back."""
    from django.db import connection, transaction

    from reviews.services.watching import watch_all

    seconds, found = [], []
    with transaction.atomic():
        for _n in range(3):
            started = time.monotonic()
            done = watch_all(LAST_DAY)
            seconds.append(time.monotonic() - started)
            found.append(len(done.raised) + len(done.updated) + len(done.cleared))
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE reviews_dormancyflag")
        transaction.set_rollback(True)
    return {"found": found, "seconds": seconds}


def daily():
    """Day after day as the portal does it: one with everything to look at, one in which nothing changed, one
    after a hundred studios entered a result, and the weekly proof; all are taken back."""
    from django.db import connection, transaction

    from reviews.models import WatchClock, WatchTouch
    from reviews.queries_clocks import without_a_clock
    from reviews.services.clocks import prove, touch, watch_changed
    from studios.models import Achievement

    seconds, found = [], []

    def day(work):
        started = time.monotonic()
        found.append(work())
        seconds.append(time.monotonic() - started)

    def look():
        number = 0
        while True:
            done = watch_changed(LAST_DAY)
            number += len(done.raised) + len(done.updated) + len(done.cleared)
            if not done.left:
                return number

    with transaction.atomic():
        touch(sorted(without_a_clock(LAST_DAY)))
        day(look)
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE reviews_dormancyflag, reviews_watchclock, reviews_watchtouch")
        day(look)
        some = WatchClock.objects.order_by("due_on")[:100].values_list("pk", flat=True)
        for pk in some:
            newest = Achievement.objects.filter(studio=pk).order_by("-pk").values("pk")[:1]
            Achievement.objects.filter(pk__in=newest).update(completed_on=LAST_DAY.isoformat())
        found.append(WatchTouch.objects.count())
        day(look)
        day(lambda: prove(LAST_DAY).differs)
        transaction.set_rollback(True)
    return {"found": found, "seconds": seconds}


def loop(studios):
    """The plain way: titles and results of each studio, one after the other; nothing is written."""
    from reviews.queries_watch import clock_columns, facts_of
    from reviews.watch_words import FULL, lines_of
    from studios.models import Naming, Studio

    started, found = time.monotonic(), 0
    for pk in Studio.objects.order_by("pk").values_list("pk", flat=True)[: int(studios)]:
        titles = Naming.objects.filter(studio=pk).on(LAST_DAY).select_related("level")
        facts = facts_of(titles.annotate(**clock_columns(pk, LAST_DAY)))
        lines = lines_of(facts, LAST_DAY)[0] if facts else []
        found += any(line.standing.code == FULL for line in lines)
    return {"found": found, "seconds": time.monotonic() - started, "studios": int(studios)}


def _clock():
    from reviews.queries_watch import clock_on

    return clock_on(LAST_DAY)


# -- the table ----------------------------------------------------------------------------------------
def lines():
    """The table, line by line; seconds of the wall, processor of client and PostgreSQL."""
    from studios.models import Studio

    limit, night = measured("watch:count", times=3), measured("watch:scan", times=3)
    written, plain = measured("watch:runs"), measured("watch:loop", LOOPED)
    days = measured("watch:daily")
    opening, nothing, hundred, proof = days.said["seconds"]
    base = limit.said["seconds"]
    everybody = Studio.objects.count()
    looped = plain.said["seconds"] * everybody / plain.said["studios"]
    first, *_again, idle = written.said["seconds"]
    yield f"Three-year watch over {everybody:,} studios (wall)"
    for name, seconds, found in (
        ("count(*) over the same join", base, limit.said["found"]),
        ("the scan, no flag yet", night.said["seconds"], night.said["found"]),
        ("whole run: flags and record, nobody to tell", first, written.said["found"][0]),
        ("the same again, nothing to write", idle, written.said["found"][-1]),
        ("daily run, first: every clock as well", opening, days.said["found"][0]),
        ("daily run, nothing changed", nothing, days.said["found"][1]),
        (f"daily run, {days.said['found'][2]} signs of results", hundred, days.said["found"][3]),
        ("weekly proof", proof, days.said["found"][4]),
        (f"a loop in Python, scaled from {LOOPED:,}", looped, plain.said["found"]),
    ):
        yield f"  {name:44} {seconds:9.2f} s {seconds / base:9.1f}   found {found:,}"


if __name__ == "__main__":
    main(sys.argv[1:], lines)
