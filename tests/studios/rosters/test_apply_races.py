"""Several people and mishaps at once, on real PostgreSQL: one import goes in once, whole or not at all."""

import threading
from contextlib import suppress

import pytest
from django.db import transaction

from portal.accounts.models import User
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from portal.jobs.worker import run_pending
from studios.choices import ImportState, Role
from studios.models import Naming, RosterImport, Studio
from studios.services import roster_applying, roster_holding, roster_imports, roster_matching
from studios.services.people import NotPossible, appoint
from studios.services.roster_applying import apply
from studios.services.roster_undoing import undo
from tests import cast
from tests.factories.accounts import UserFactory
from tests.reviews.test_races import run_in_threads, without_locks
from tests.studios.rosters.previewed import county_row, differences, preview, register

__all__ = ["without_locks"]

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(transactional_db):
    """The cast with a second importer: (city, the city's roster admin, one of the county)."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        second = UserFactory(name="旗县名册员")
        appoint(second, Role.ROSTER_ADMIN, city.county, actor=None)
    return city, people.roster_admin, second


@pytest.fixture
def both_matched(monkeypatch):
    """Hold each import between matching and writing until the other one is there too, or half a second."""
    barrier, matched, met = threading.Barrier(2), roster_matching.match, []

    def match_and_wait(*args, **kwargs):
        found = matched(*args, **kwargs)
        with suppress(threading.BrokenBarrierError):  # the other one waits for our lock: that is the point
            barrier.wait(timeout=0.5)
            met.append(True)
        return found

    monkeypatch.setattr(roster_matching, "match", match_and_wait)
    return met


@pytest.fixture
def without_advisory(monkeypatch):
    """No import keeps others out: the negative control."""
    monkeypatch.setattr(roster_holding, "_keep_others_out", lambda union: None)


ROWS = (county_row(leader="周建成"), county_row("乙创新工作室"))


def test_of_two_who_confirm_at_once_one_applies_it(place, both_matched):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    outcomes = run_in_threads(*[lambda: apply(made, actor=clerk)] * 2)
    assert sorted(outcomes) == ["NotPossible", "ok"]
    assert not both_matched
    made.refresh_from_db()
    assert (made.state, made.problem, Naming.objects.count()) == (ImportState.APPLIED, None, 2)


def test_without_the_locks_both_begin_and_the_state_is_wrong(
    place, both_matched, without_locks, without_advisory
):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    run_in_threads(*[lambda: apply(made, actor=clerk)] * 2)
    assert both_matched
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEW  # though its rows were taken over


def test_imports_of_a_city_and_of_its_county_do_not_interleave(place, both_matched):
    city, clerk, second = place
    of_city, of_county = preview(city.city, *ROWS, by=clerk), preview(city.county, *ROWS, by=second)
    outcomes = run_in_threads(lambda: apply(of_city, actor=clerk), lambda: apply(of_county, actor=second))
    assert sorted(outcomes) == ["NotPossible", "ok"]
    assert not both_matched
    late = RosterImport.objects.get(state=ImportState.PREVIEW)
    assert late.problem == {"code": "apply.register_changed", "values": {}}
    assert Studio.objects.count() == 2


def test_they_interleave_when_nobody_keeps_others_out(place, both_matched, without_advisory):
    city, clerk, second = place
    of_city, of_county = preview(city.city, *ROWS, by=clerk), preview(city.county, *ROWS, by=second)
    run_in_threads(lambda: apply(of_city, actor=clerk), lambda: apply(of_county, actor=second))
    assert both_matched


def test_imports_of_two_counties_go_at_once(place, both_matched):
    city, clerk, _second = place
    other = county_row(union_code="150525", unit_name="奈曼旗甲厂")
    one, two = preview(city.county, *ROWS, by=clerk), preview(city.other_county, other, by=clerk)
    assert run_in_threads(lambda: apply(one, actor=clerk), lambda: apply(two, actor=clerk)) == ["ok", "ok"]
    assert both_matched


@pytest.mark.parametrize("late", ["write_rows", "bulk_record"])
def test_killed_late_nothing_is_there(place, monkeypatch, late):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    before = register()

    def die(*args, **kwargs):
        raise KeyboardInterrupt

    with pytest.MonkeyPatch.context() as patch:
        owner = roster_applying.roster_founding.Journal if late == "write_rows" else roster_applying
        patch.setattr(owner, late, die)
        with pytest.raises(KeyboardInterrupt):
            apply(made, actor=clerk)
    assert differences(before, register()) == {}
    made.refresh_from_db()
    assert made.state == ImportState.PREVIEW
    assert apply(made, actor=clerk) == {"new": 2}


def test_what_the_database_refuses_ends_as_a_sentence(place, monkeypatch):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    before = register()

    def collide(parts, *, actor):
        Studio.objects.create(union=Studio.objects.first().union, short_name=ROWS[0]["studio_name"])

    monkeypatch.setattr(roster_applying, "bump_sections", collide)
    with pytest.raises(NotPossible, match=ROWS[0]["studio_name"]):
        apply(made, actor=clerk)
    assert differences(before, register()) == {}
    made.refresh_from_db()
    assert (made.state, made.problem["code"]) == (ImportState.PREVIEW, "apply.database")


def test_a_register_that_moved_on_is_looked_at_again(place):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    apply(preview(city.city, ROWS[0], by=clerk), actor=clerk)
    before = register()
    with pytest.raises(NotPossible):
        apply(made, actor=clerk)
    assert differences(before, register()) == {}
    made.refresh_from_db()
    assert (made.state, made.problem["code"]) == (ImportState.PREVIEW, "apply.register_changed")
    assert made.job == Job.objects.get(kind=roster_imports.PREVIEW)


def test_a_field_saved_between_matching_and_writing_is_not_overwritten(place, monkeypatch):
    city, clerk, _second = place
    apply(preview(city.city, county_row(address="一号院"), by=clerk), actor=clerk)
    made = preview(city.city, county_row(address="二号院"), by=clerk)
    matched = roster_matching.match

    def match_and_save(*args, **kwargs):
        found = matched(*args, **kwargs)
        run_in_threads(lambda: Studio.objects.update(address="三号院"))
        return found

    monkeypatch.setattr(roster_matching, "match", match_and_save)
    with pytest.raises(NotPossible):
        apply(made, actor=clerk)
    assert Studio.objects.get().address == "三号院"


def test_the_job_applies_it_and_tells_how_far_it_is(place):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    made.counts = {"new": 2}
    made.save()
    roster_imports.confirm(made, actor=clerk)
    run_pending()
    made.refresh_from_db()
    job = Job.objects.get(kind=roster_imports.APPLY)
    assert (made.state, job.state, job.progress_done, job.progress_total) == ("applied", JobState.DONE, 2, 2)
    roster_imports.undo(made, actor=clerk)
    run_pending()
    made.refresh_from_db()
    assert made.state == ImportState.UNDONE
    assert Studio.objects.count() == 0


def test_the_job_of_an_overtaken_import_keeps_the_way_back(place):
    city, clerk, _second = place
    made = preview(city.city, *ROWS, by=clerk)
    RosterImport.objects.filter(pk=made.pk).update(state=ImportState.APPLYING)
    apply(preview(city.city, ROWS[0], by=clerk), actor=clerk)
    with transaction.atomic():
        job = Job(kind="rosters.apply")
        job.progress = lambda *args: None
        assert apply(made, actor=clerk, job=job) is None
    made.refresh_from_db()
    assert (made.state, made.problem["code"]) == (ImportState.PREVIEW, "apply.register_changed")


def test_undone_while_somebody_edits(place):
    """Undoing waits for the studio's lock, then sees what was saved under it."""
    city, clerk, _second = place
    apply(preview(city.city, county_row(address="一号院"), by=clerk), actor=clerk)
    made = preview(city.city, county_row(address="二号院"), by=clerk)
    apply(made, actor=clerk)
    locked, may_save = threading.Event(), threading.Event()

    def edit():
        with transaction.atomic():
            studio = Studio.objects.select_for_update(no_key=True).get()
            locked.set()
            may_save.wait(0.5)
            Studio.objects.filter(pk=studio.pk).update(address="三号院")

    def take_back():
        locked.wait(5)
        undo(made, actor=clerk)

    assert run_in_threads(edit, take_back) == ["ok", "NotPossible"]
    assert Studio.objects.get().address == "三号院"


def test_a_missed_dependant_is_refused_by_the_database(place, monkeypatch):
    """Should the search ever overlook a foreign key, the constraint holds."""
    from studios.services import roster_undoing

    city, clerk, _second = place
    made = preview(city.city, county_row(), by=clerk)
    apply(made, actor=clerk)
    apply(preview(city.city, county_row("乙创新工作室"), by=clerk), actor=clerk)
    monkeypatch.setattr(roster_undoing, "sentences", lambda *args: [])
    before = register()
    with pytest.raises(NotPossible):
        undo(made, actor=clerk)
    assert differences(before, register()) == {}
    made.refresh_from_db()
    assert (made.state, made.problem["code"]) == ("applied", "undo.database")
