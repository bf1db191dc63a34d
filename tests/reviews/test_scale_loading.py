"""Loading the made-up country: never by mistake, all or nothing, the same rows each time."""

import io
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction
from django.test import override_settings
from django.utils import timezone

from portal.accounts.models import User
from reviews.scale.bare import Unfilled
from reviews.scale.country import Country
from reviews.scale.loading import load, survey
from reviews.scale.places import biggest
from reviews.scale.plan import Plan
from reviews.scale.streams import Stream
from studios.choices import Tier
from studios.models import Studio, Union
from tests import cast
from tests.reviews.catalogue import CATALOGUE, ask


def test_where_there_is_no_studio_nothing_is_largest(db):
    assert biggest(Tier.CITY) is None


def digests(plan, ground):
    return {
        f"{i} {stream.table}": stream.digest() for i, stream in enumerate(Country(plan, ground).streams())
    }


def test_the_same_plan_makes_the_same_rows_and_another_seed_others(reference):
    with connection.cursor() as cursor:
        ground = survey(cursor)
    once = digests(Plan(60), ground)
    assert digests(Plan(60), ground) == once
    other = digests(Plan(60, seed=2), ground)
    assert [table for table in once if once[table] == other[table]] == []


def test_a_load_that_fails_leaves_nothing_and_everything_in_place(reference, monkeypatch):
    before, unions = ask(CATALOGUE), Union.objects.count()
    copy = Stream.copy

    def fail_late(stream, cursor):
        if stream.table == "reviews_decision":
            raise RuntimeError("the disk is full")
        return copy(stream, cursor)

    monkeypatch.setattr(Stream, "copy", fail_late)
    with pytest.raises(RuntimeError, match="disk"):
        load(Plan(20))
    assert Union.objects.count() == unions and not Studio.objects.exists()
    assert not User.objects.filter(username__startswith="scale-").exists()
    assert ask(CATALOGUE) == before


def test_a_row_that_breaks_a_rule_stops_the_load(reference, monkeypatch):
    real = Country.streams

    def twice(country):
        """The first unit's credit code once more: only the index that is built afterwards can tell."""
        streams = real(country)
        for stream in streams:
            if stream.table == "studios_unit":
                rows = [list(row) for row in stream.rows]
                rows[1][2] = rows[0][2]
                stream.rows = rows
            else:
                stream.rows = list(stream.rows)
        return streams

    monkeypatch.setattr(Country, "streams", twice)
    with pytest.raises(IntegrityError, match="unit_credit_code_once"):
        load(Plan(20))
    assert not Studio.objects.exists()


def test_a_new_column_without_a_constant_default_is_named(reference, monkeypatch):
    real = Country.streams

    def without_moment(country):
        streams = real(country)
        for stream in streams:
            if stream.table == "studios_naming":
                stream.columns = tuple(column for column in stream.columns if column != "created_at")
        return streams

    monkeypatch.setattr(Country, "streams", without_moment)
    with pytest.raises(Unfilled, match="studios_naming.created_at"):
        load(Plan(20))


def test_it_wants_its_reference_data_first(db):
    with pytest.raises(CommandError, match="load_reference"):
        call_command("load_scale", studios=20)


@override_settings(PORTAL_DEMO=False, DEBUG=False)
def test_outside_a_demonstration_it_must_be_told_that_nothing_is_real(reference):
    with pytest.raises(CommandError, match="this-is-no-real-portal"):
        call_command("load_scale", studios=20)
    with pytest.raises(CommandError, match="20 studios"):  # past that door
        call_command("load_scale", studios=5, this_is_no_real_portal=True)


def test_beside_studios_it_loads_only_when_asked(ready_studio):
    with pytest.raises(CommandError, match="--beside"):
        call_command("load_scale", studios=20)


def test_a_last_day_in_the_future_is_refused(reference):
    tomorrow = timezone.localdate() + timedelta(days=1)
    with pytest.raises(CommandError, match="--until"):
        call_command("load_scale", studios=20, until=tomorrow)


@pytest.mark.django_db(transaction=True)
def test_the_command_loads_beside_others_and_gives_the_planner_its_figures():
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        studio = cast.studio_ready_for("county", city.unit, by=cast.build_people(city).unit_clerk)
    out = io.StringIO()
    call_command("load_scale", studios=20, seed=3, beside=True, stdout=out)
    assert Studio.objects.count() == 21 and Studio.objects.filter(pk=studio.pk).exists()
    assert f"largest city: {biggest(Tier.CITY)}" in out.getvalue()
    ((known,),) = ask("SELECT reltuples FROM pg_class WHERE relname = 'studios_achievement'")
    assert known > 0  # -1 as long as nobody has counted
