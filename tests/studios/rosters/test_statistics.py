"""Statistics against a count by hand: every table, any period."""

import random
from datetime import date, timedelta

import pytest

from studios.choices import EndReason, Tier
from studios.models import Naming, NamingLevel, Target
from studios.queries.statistics import DAY, Period, Statistics
from tests.factories.studios import NamingFactory, StudioFactory, UnitFactory

pytestmark = pytest.mark.django_db

START = date(2019, 1, 1)
SPAN = 365 * 6


@pytest.fixture
def titles(city, people, reference):
    """Sixty studios of three counties with titles that begin and end at random."""
    chance = random.Random(7)
    ladder = {level.tier: level for level in NamingLevel.objects.all()}
    for number in range(60):
        above = (city.county, city.other_county, city.industry, city.city)[number % 4]
        unit = UnitFactory(parent=above, name=f"统计第{number}单位")
        studio = StudioFactory(union=unit.union, short_name=f"第{number}工作室")
        since = START + timedelta(days=chance.randrange(SPAN))
        for tier in range(1, chance.choice((1, 2, 3)) + 1):
            until = since + timedelta(days=chance.randrange(900)) if chance.random() < 0.4 else None
            NamingFactory(
                studio=studio,
                level=ladder[tier],
                granted_by=city.city,
                source="imported",
                since=since,
                until=until,
                end_reason=chance.choice(EndReason.values) if until else "",
            )
            if until and tier == 2:
                again = until + timedelta(days=chance.randrange(1, 30))
                NamingFactory(
                    studio=studio, level=ladder[tier], granted_by=city.city, source="imported", since=again
                )
            since += timedelta(days=chance.randrange(400))
    return list(Naming.objects.select_related("studio", "level"))


def asked(user, union, period):
    return Statistics(user, union, period, today=date(2026, 1, 1))


def after(user, union, day):
    """{(place, tier): number} held on a day, as the statistics of that day say."""
    found, _reasons = asked(user, union, Period(day, day)).moved
    return {key: numbers["after"] for key, numbers in found.items() if numbers["after"]}


def held(titles, day):
    """{(county id, tier): number} the slow way."""
    found = {}
    for title in titles:
        if title.since <= day and (title.until is None or title.until >= day):
            key = (title.studio.county_id, title.level.tier)
            found[key] = found.get(key, 0) + 1
    return found


def some_periods():
    chance = random.Random(11)
    for _n in range(12):
        first = START + timedelta(days=chance.randrange(SPAN))
        yield Period(first, first + timedelta(days=chance.randrange(800)))
    yield Period.calendar(2022)
    yield Period.union_year(2022)


def test_a_statistics_year_runs_from_october_to_september():
    assert Period.union_year(2026) == Period(date(2025, 10, 1), date(2026, 9, 30))


def test_what_is_held_is_what_a_count_by_hand_gives(titles, city, people):
    for period in some_periods():
        for day in (period.first, period.last):
            assert after(people.city_reviewer, city.city, day) == held(titles, day)


def test_every_movement_adds_up(titles, city, people):
    moved = 0
    for period in some_periods():
        before, at_last = held(titles, period.first - DAY), held(titles, period.last)
        found = asked(people.city_reviewer, city.city, period)
        for level, table in zip(found.levels, found.movement(), strict=True):
            rows = dict(table.rows)
            for place, label in found.places:
                had, gained, promoted, ended, has = rows.get(label, [0] * 5)
                assert had == before.get((place, level.tier), 0)
                assert has == at_last.get((place, level.tier), 0)
                assert had + gained - ended == has
                assert promoted <= gained
                moved += gained + ended
    assert moved > 50


def test_a_first_title_is_no_promotion(city, people, reference):
    studio = StudioFactory(union=city.unit.union)
    ladder = {level.tier: level for level in NamingLevel.objects.all()}
    for tier, since in ((1, date(2020, 1, 1)), (2, date(2021, 5, 1)), (3, date(2024, 5, 1))):
        NamingFactory(studio=studio, level=ladder[tier], granted_by=city.city, source="imported", since=since)
    tables = asked(people.city_reviewer, city.city, Period.calendar(2021)).movement()
    promoted = [table.totals[2] for table in tables]
    assert promoted == [0, 1, 0]
    tables = asked(people.city_reviewer, city.city, Period.calendar(2020)).movement()
    assert [table.totals[1:3] for table in tables] == [[1, 0], [0, 0], [0, 0]]


def test_composition_counts_each_studio_once(titles, city, people):
    day = date(2023, 6, 30)
    highest = {}
    for title in titles:
        if title.since <= day and (title.until is None or title.until >= day):
            highest[title.studio_id] = max(highest.get(title.studio_id, 0), title.level.tier)
    by_tier = [list(highest.values()).count(tier) for tier in (1, 2, 3)]
    assert sum(by_tier) > 20
    for table in asked(people.city_reviewer, city.city, Period(day, day)).composition():
        assert table.totals == by_tier, table.title


def test_a_county_sees_its_own_numbers_only(titles, city, people):
    day = date(2023, 6, 30)
    mine = {key: n for key, n in held(titles, day).items() if key[0] == city.county.pk}
    assert mine
    assert after(people.county_reviewer, city.city, day) == mine
    assert after(people.county_reviewer, city.other_county, day) == {}


def test_endings_are_those_of_the_period_by_reason(titles, city, people):
    period = Period(date(2020, 1, 1), date(2023, 12, 31))
    wanted = [t for t in titles if t.until and period.first <= t.until + DAY <= period.last]
    found = asked(people.city_reviewer, city.city, period).endings()
    assert sum(number for _reason, number in found) == len(wanted) > 5


def test_a_target_is_met_by_what_is_held_at_the_end_of_its_year(titles, city, people):
    level = NamingLevel.objects.get(tier=Tier.COUNTY)
    day = date(2022, 12, 31)
    number = held(titles, day)[city.county.pk, 2]
    Target.objects.create(
        union=city.county, level=level, year=2022, number=number + 1, set_by=people.roster_admin
    )
    rows = dict(asked(people.city_reviewer, city.city, Period.calendar(2022)).completion())
    cell = next(cell for cell in rows[city.county.short_name] if cell.tier == Tier.COUNTY)
    assert (cell.target, cell.number) == (number + 1, number)
    assert cell.percent == number * 100 // (number + 1) < 100
