"""The made-up country: as the triggers would have it, the same each time, never loaded by mistake."""

import io
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from django.core.management import call_command
from django.db import connection, transaction
from django.db.models import Count, F, Max, Min, Q

from portal.accounts.models import User
from reviews.choices import State
from reviews.models import Application, ApplicationCounter, Decision
from reviews.scale.country import TABLES, Country
from reviews.scale.flows import CLOSED_WITHOUT, NAMED, UNDER_WAY
from reviews.scale.loading import NotReady, load, survey
from reviews.scale.places import biggest
from reviews.scale.plan import Plan, day_number
from reviews.services.applications import next_application_number
from reviews.services.locking import refresh_locks
from reviews.workflow.table import NAMING
from studios.choices import Role, Source, Tier
from studios.models import (
    Achievement,
    DocumentSeries,
    Honour,
    Leader,
    Member,
    Naming,
    OfficialDocument,
    Person,
    Recognition,
    Studio,
    Union,
    Unit,
)
from studios.numbers import PatentNumber, parse_patent, patent_warnings, uscc_problem
from studios.services.namings import issue_document
from studios.services.proofs import adrift, carriers, settle_memberships, settle_top_tiers
from tests.reviews.catalogue import CATALOGUE, ask

PLAN = Plan(500)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """The country beside the reference data, made once for this file; and what was there before it."""
    with django_db_blocker.unblock(), transaction.atomic():
        call_command("load_reference", stdout=io.StringIO())
        before = ask(CATALOGUE)
        with connection.cursor() as cursor:
            ground = survey(cursor)
        load(PLAN)
        yield SimpleNamespace(catalogue=before, ground=ground)
        transaction.set_rollback(True)


@pytest.fixture
def country(loaded, db):
    """The country, and a transaction of the test's own inside it."""


def test_it_is_as_large_as_was_asked_for(country):
    assert Studio.objects.count() == 500
    assert dict(Union.objects.filter(code__startswith="9").values_list("tier").annotate(Count("pk"))) == {
        Tier.NATION: 1,
        Tier.PROVINCE: 2,
        Tier.CITY: 4,
        Tier.COUNTY: 8,
    }
    assert Unit.objects.count() == 300
    assert 3_500 < Member.objects.count() < 4_000
    assert 4_700 < Achievement.objects.count() < 5_300
    assert 950 < Application.objects.count() < 1_050
    assert 3_600 < Decision.objects.count() < 4_400
    assert Recognition.objects.count() > 800 and Honour.objects.count() > 350


def test_the_proportions_of_a_whole_country():
    plan = Plan(200_000)
    assert (plan.provinces, plan.cities, plan.counties, plan.units) == (31, 330, 2_900, 120_000)
    with pytest.raises(ValueError, match="20 studios"):
        Plan(5)


def test_every_place_in_the_tree_is_the_triggers(country):
    columns = ("id", "path", "county_id", "city_id", "province_id")
    ours = list(Union.objects.order_by("id").values_list(*columns))
    for tier in sorted(Tier, reverse=True):
        Union.objects.filter(tier=tier).update(path="")  # the trigger computes them anew
    assert list(Union.objects.order_by("id").values_list(*columns)) == ours


def test_every_row_carries_the_ancestors_that_its_trigger_would_give_it(country):
    assert {model.__name__: adrift(model).count() for model in carriers()} == {
        model.__name__: 0 for model in carriers()
    }
    assert not Studio.objects.filter(Q(county=None) | Q(city=None) | Q(province=None)).exists()


def test_the_nightly_proof_finds_nothing_to_put_right(country):
    assert settle_top_tiers() == 0 and settle_memberships() == 0
    assert Studio.objects.filter(top_tier=3).exists() and Studio.objects.filter(top_tier=0).exists()


def test_every_title_stands_the_triggers_question(country):
    assert set(Naming.objects.values_list("level__tier", "source")) == {
        (tier, source) for tier in (1, 2, 3) for source in Source.values
    }
    assert Naming.objects.filter(until__isnull=False).values("end_reason").distinct().count() > 3
    Naming.objects.update(id=F("id"))  # fires naming_keeps_the_ladder for each
    for tier, needed in ((3, 2), (2, 1)):
        above = Naming.objects.filter(level__tier=tier)
        assert not above.exclude(basis__level__tier=needed, basis__studio=F("studio")).exists()
        column = {3: "studio__city", 2: "studio__county"}[tier]
        assert not above.exclude(granted_by=F(column)).exists()


def test_the_ladder_would_be_refused_if_it_were_wrong(country):
    county = Naming.objects.filter(level__tier=2, source=Source.PORTAL, until=None).first()
    with pytest.raises(Exception, match="live title of the level below"), transaction.atomic():
        Naming.objects.filter(pk=county.pk).update(basis=None)


def test_document_numbers_of_the_portal_have_no_gap_and_go_on(country):
    issued = OfficialDocument.objects.filter(source=Source.PORTAL)
    series = issued.values("union", "year").annotate(n=Count("pk"), low=Min("number"), high=Max("number"))
    assert series and all(row["low"] == 1 and row["high"] == row["n"] for row in series)
    assert {(row["union"], row["year"], row["high"]) for row in series} == set(
        DocumentSeries.objects.values_list("union", "year", "last_number")
    )
    assert OfficialDocument.objects.filter(source=Source.IMPORTED).exists()
    newest = issued.order_by("-issued_on", "-number").first()
    again = issue_document(newest.union, on=newest.issued_on, title="下一件", actor=User.objects.system())
    assert again.number == DocumentSeries.objects.get(union=newest.union, year=newest.year).last_number


def test_numbers_and_dates_run_the_same_way(country):
    rows = OfficialDocument.objects.order_by("union", "year", "number").values_list(
        "union", "year", "issued_on"
    )
    assert list(rows) == sorted(rows)


def test_lists_show_the_present_leader(country):
    wrong = Studio.objects.exclude(
        pk__in=Leader.objects.filter(until=None, studio__leader_name=F("person__name")).values("studio")
    )
    assert not wrong.exists()
    assert Leader.objects.filter(until__isnull=False).exists()
    assert Leader.objects.filter(until=None).count() == 500


def test_people_belong_to_their_studios_unit(country):
    assert not Member.objects.exclude(person__union=F("studio__union")).exists()
    assert not Leader.objects.exclude(person__union=F("studio__union")).exists()
    assert Person.objects.count() == Member.objects.count() + Leader.objects.count()


def test_numbers_stand_their_check_and_belong_to_nobody(country):
    for unit in Unit.objects.all():
        assert uscc_problem(unit.credit_code) is None and unit.credit_code[8] == "Y"
    patents = Achievement.objects.filter(kind__is_patent=True).select_related("kind")
    assert patents.count() > 500
    for result in patents:
        number = parse_patent(result.number)
        assert isinstance(number, PatentNumber) and int(number.digits[5:]) >= 9_900_000
        granted = str(result.granted_on or "")
        assert patent_warnings(number, kind=result.kind.code, granted_on=granted) == []
        assert number.granted_form == bool(granted)
    phones = {*Person.objects.values_list("phone", flat=True)}
    phones |= {*Studio.objects.values_list("contact_phone", flat=True)}
    assert all(phone.startswith("000") for phone in phones)


def test_nothing_happened_after_the_last_day(country):
    day = PLAN.until + timedelta(days=1)
    assert not Naming.objects.filter(Q(since__gte=day) | Q(until__gte=day)).exists()
    assert not Achievement.objects.filter(completed_on__gte=day.isoformat()).exists()
    assert not OfficialDocument.objects.filter(issued_on__gte=day).exists()
    assert Decision.objects.aggregate(last=Max("at"))["last"].date() < day
    first = Achievement.objects.aggregate(first=Min("completed_on"))["first"]
    assert int(first[:4]) in (PLAN.until.year - 8, PLAN.until.year - 7)


def test_an_application_stands_where_its_steps_led(country):
    for application in Application.objects.prefetch_related("decisions"):
        steps = sorted(application.decisions.all(), key=lambda step: step.pk)
        state, tier = State.DRAFT, None
        for step in steps:
            assert (step.from_state, step.from_tier) == (state, tier)
            state, tier = step.to_state, step.to_tier
        assert (application.state, application.tier) == (state, tier)
        moments = [application.opened_at, *(step.at for step in steps)]
        assert moments == sorted(set(moments)) and application.updated_at == moments[-1]
    named = Application.objects.filter(state=State.NAMED)
    assert named.count() == Naming.objects.filter(source=Source.PORTAL).count()
    assert not named.exclude(naming__studio=F("studio"), naming__level=F("level")).exists()


@pytest.mark.parametrize("table", [NAMED, CLOSED_WITHOUT, UNDER_WAY])
def test_every_step_is_one_of_the_workflow_table(table):
    for flows in table.values():
        for way in flows:
            for action, before, after, *_rest in way.steps:
                assert before in NAMING[action].sources and after == NAMING[action].target


def test_what_is_under_review_is_locked_as_the_workflow_would(country):
    ours = dict(Studio.objects.values_list("pk", "locked_sections"))
    assert any(ours.values())
    for pk in ours:
        refresh_locks(pk)
    assert dict(Studio.objects.values_list("pk", "locked_sections")) == ours


def test_ids_and_application_numbers_go_on(country):
    for table in TABLES:
        ((highest, following),) = ask(
            f"SELECT max(id), nextval(pg_get_serial_sequence('{table}', 'id')) FROM {table}"
        )
        assert following > highest, table
    year = PLAN.until.year
    last = ApplicationCounter.objects.get(year=year).last_number
    assert Application.objects.filter(number=f"SB-{year}-{last:04d}").exists()
    assert next_application_number(year) == f"SB-{year}-{last + 1:04d}"


def test_the_catalogue_is_what_it_was(country, loaded):
    assert ask(CATALOGUE) == loaded.catalogue
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def test_the_reference_unions_stay_as_they_are(country):
    city = Union.objects.get(code="150500")
    assert city.parent_id is None and not Studio.objects.filter(city=city).exists()


def test_the_largest_union_of_each_tier_and_who_looks_there(country):
    for tier, column in ((Tier.PROVINCE, "province"), (Tier.CITY, "city"), (Tier.COUNTY, "county")):
        counts = dict(Studio.objects.values_list(f"{column}__code").annotate(Count("pk")))
        assert counts[biggest(tier)] == max(counts.values())
    looker = User.objects.get(username="scale-roster-county")
    (appointment,) = looker.appointments.select_related("role_group__union")
    assert appointment.role_group.union.code == biggest(Tier.COUNTY)
    assert appointment.role_group.role == Role.ROSTER_ADMIN and not looker.has_usable_password()


def test_what_is_stored_are_the_streams_rows(country, loaded):
    """Ids included; and the numbers that days and moments travel as arrive as what they mean."""
    streams = {stream.table: stream for stream in Country(PLAN, loaded.ground).streams()}
    columns = ("id", "studio", "level", "granted_by", "since", "until", "document", "basis", "created_at")
    stored = Naming.objects.order_by("id").values_list(*columns)
    for row, there in zip(streams["studios_naming"].rows, stored, strict=True):
        assert row[:4] == there[:4] and row[6:8] == there[6:8]
        assert row[4:6] == tuple(day and day_number(day) for day in there[4:6])
        assert row[12] == (there[8] - EPOCH) // timedelta(microseconds=1)


def test_a_second_country_is_refused(country):
    with pytest.raises(NotReady, match="9000000"):
        load(Plan(20))
