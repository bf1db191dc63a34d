"""A year opens by the day, reminds by the working day, and is harmless twice, late or at once."""

import threading
from contextlib import suppress
from datetime import date, timedelta

import pytest
from django.db import models, transaction
from django.utils import timezone

from portal.accounts.models import User
from portal.audit.models import Entry
from portal.messages.models import Message
from reviews.models import Assessment, AssessmentYear
from reviews.services import year_opening
from reviews.services.year_opening import open_due, remind, stage_of
from tests import cast
from tests.factories.schemes import AssessmentYearFactory
from tests.factories.years import AssessmentFactory, titled_studio
from tests.reviews import yearly
from tests.reviews.test_races import run_in_threads

TODAY = timezone.localdate


def opened_names():
    return set(Assessment.objects.values_list("studio__short_name", flat=True))


@pytest.fixture
def campaign(city):
    return AssessmentYearFactory(union=city.city)


@pytest.mark.django_db
def test_each_studio_with_a_title_gets_one_open_assessment(city, campaign):
    titled_studio(city.county, short_name="甲")
    titled_studio(city.other_county, short_name="乙")
    titled_studio(city.county, short_name="已终止", until=campaign.opens_on - timedelta(days=1))
    titled_studio(city.county, short_name="未生效", since=TODAY() + timedelta(days=1))
    cast.studio_ready_for("base", city.unit, short_name="无称号")
    assert open_due().assessments == 2
    assert opened_names() == {"甲", "乙"}
    row = Assessment.objects.get(studio__short_name="甲")
    assert (row.state, row.campaign, row.county, row.city) == ("open", campaign, city.county, city.city)


@pytest.mark.django_db
def test_only_titles_from_the_lowest_tier_up_count(city, campaign):
    AssessmentYear.objects.update(lowest_tier=3)
    titled_studio(city.county)
    assert open_due().assessments == 0


@pytest.mark.django_db
def test_a_year_of_another_city_opens_nothing_here(city):
    AssessmentYearFactory()
    titled_studio(city.county)
    open_due()
    assert not Assessment.objects.exists()


@pytest.mark.django_db
def test_nothing_opens_before_its_day(city, campaign):
    titled_studio(city.county)
    assert open_due(campaign.opens_on - timedelta(days=1)).assessments == 0
    assert open_due(campaign.opens_on).assessments == 1


@pytest.mark.django_db
def test_running_again_changes_and_says_nothing(city, people, campaign):
    studio = titled_studio(city.county, unit=city.unit)
    open_due()
    before = (Assessment.objects.count(), Message.objects.count(), Entry.objects.count())
    assert before[:2] == (1, 2)
    again = open_due()
    assert (again.assessments, again.told) == (0, 0)
    assert (Assessment.objects.count(), Message.objects.count(), Entry.objects.count()) == before
    message = Message.objects.get(recipient=people.unit_clerk)
    assert studio.short_name in message.title + message.body
    assert message.url == f"/assessment/{Assessment.objects.get().pk}/"


@pytest.mark.django_db
def test_one_message_a_unit_whatever_number_of_studios(city, people, campaign):
    for name in ("甲", "乙", "丙"):
        titled_studio(city.county, unit=city.unit, short_name=name)
    open_due()
    assert Message.objects.filter(recipient=people.unit_clerk).count() == 1


@pytest.mark.django_db
def test_a_late_run_answers_as_daily_runs_do(city, campaign):
    titled_studio(city.county, short_name="开放后终止", until=campaign.opens_on + timedelta(days=2))
    titled_studio(city.county, short_name="开放后命名", since=campaign.opens_on + timedelta(days=3))
    for back in range(10, -1, -1):
        open_due(TODAY() - timedelta(days=back))
    daily = opened_names()
    Assessment.objects.all().delete()
    AssessmentYear.objects.update(opened_at=None)
    open_due()
    assert opened_names() == daily == {"开放后终止", "开放后命名"}


@pytest.mark.django_db
def test_titles_granted_later_are_taken_in_until_reports_are_due(city, campaign):
    open_due()
    titled_studio(city.county, short_name="后来", since=campaign.report_due_on)
    assert open_due(campaign.report_due_on).assessments == 1
    titled_studio(city.county, short_name="太晚", since=campaign.report_due_on)
    assert open_due(campaign.report_due_on + timedelta(days=1)).assessments == 0


@pytest.mark.django_db
def test_an_older_row_of_the_same_year_stays(city, campaign):
    studio = titled_studio(city.county)
    older = AssessmentFactory(campaign=None, studio=studio, year=campaign.year)
    open_due()
    assert Assessment.objects.get() == older


@pytest.mark.parametrize(
    ("today", "stage"),
    [
        (date(2026, 3, 2), None),  # 14 working days before
        (date(2026, 3, 6), 10),
        (date(2026, 3, 9), 10),  # a missed day is caught up
        (date(2026, 3, 13), 5),
        (date(2026, 3, 19), 1),
        (date(2026, 3, 20), 1),
        (date(2026, 3, 21), None),
    ],
)
def test_reminders_go_by_working_days(today, stage):
    assert stage_of(date(2026, 3, 20), today) == stage


@pytest.mark.django_db
def test_units_that_have_not_reported_are_reminded_once_a_stage(city, people, campaign):
    titled_studio(city.county, unit=city.unit, short_name="未报")
    other = titled_studio(city.county, unit=city.ready_unit, short_name="已报")
    open_due()
    AssessmentYear.objects.update(opened_at=timezone.now() - timedelta(days=9))
    row = Assessment.objects.get(studio=other)
    yearly.reported(row, yearly.clerk_of(row), projects={"project": 1})
    Message.objects.all().delete()
    for back in (3, 2, 1, 0):
        remind(campaign.report_due_on - timedelta(days=back))
    keys = Message.objects.filter(recipient=people.unit_clerk).values_list("event_key", flat=True)
    stages = [key.split("-")[3] for key in keys]
    assert stages == sorted(set(stages), key=int, reverse=True)
    assert set(stages) >= {"1"}
    assert set(Message.objects.values_list("recipient", flat=True)) == {
        people.unit_clerk.pk,
        people.unit_chair.pk,
    }


@pytest.mark.django_db
def test_the_late_list_is_told_to_the_county_once(city, people, campaign):
    titled_studio(city.county, short_name="迟报")
    titled_studio(city.other_county, short_name="别处迟报")
    open_due()
    Message.objects.all().delete()
    remind(campaign.report_due_on)
    assert not Message.objects.filter(code="reviews.year_late").exists()
    for later in (1, 2, 5):
        remind(campaign.report_due_on + timedelta(days=later))
    told = Message.objects.filter(code="reviews.year_late")
    assert set(told.values_list("recipient", flat=True)) == {
        people.county_reviewer.pk,
        people.other_county_reviewer.pk,
    }
    assert told.count() == 2
    assert "1" in told.first().title


@pytest.mark.django_db
def test_the_county_is_reminded_of_what_it_has_to_grade(city, people, campaign):
    studio = titled_studio(city.county)
    open_due()
    row = Assessment.objects.get(studio=studio)
    yearly.reported(row, yearly.clerk_of(row), projects={"project": 1})
    Message.objects.all().delete()
    remind(campaign.county_due_on)
    remind(campaign.county_due_on)
    told = Message.objects.filter(code="reviews.year_grades_due")
    assert list(told.values_list("recipient", flat=True)) == [people.county_reviewer.pk]


@pytest.fixture
def committed(transactional_db):
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        campaign = AssessmentYearFactory(union=city.city)
        titled_studio(city.county)
    return campaign


def at_the_same_time(monkeypatch, campaign):
    """Two runs, each held where it has read the year; returns outcomes and what each made."""
    barrier, made = threading.Barrier(2), []
    scope = year_opening.SCOPE_COLUMN

    class Slow(dict):
        def __getitem__(self, tier):
            with suppress(threading.BrokenBarrierError):
                barrier.wait(timeout=0.5)
            return scope[tier]

    monkeypatch.setattr(year_opening, "SCOPE_COLUMN", Slow())

    def run():
        made.append(year_opening.open_year(campaign.pk, TODAY()).assessments)

    return run_in_threads(run, run), sorted(made)


def opening_entries():
    return Entry.objects.filter(verb="year.open").count()


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_make_no_double(committed, monkeypatch):
    outcomes, made = at_the_same_time(monkeypatch, committed)
    assert outcomes == ["ok", "ok"]
    assert made == [0, 1]
    assert opening_entries() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_lock_the_opening_is_noted_twice(committed, monkeypatch):
    monkeypatch.setattr(models.QuerySet, "select_for_update", lambda rows, *args, **kwargs: rows)
    outcomes, made = at_the_same_time(monkeypatch, committed)
    assert outcomes == ["ok", "ok"]
    assert made == [0, 1], "the unique row of the database holds all the same"
    assert opening_entries() == 2
