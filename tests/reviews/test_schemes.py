"""Schemes of points and years: who drafts, who publishes, what stays as it is."""

import threading
from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone, translation

from portal.accounts.models import User
from portal.audit.models import Entry
from reviews import reference
from reviews.choices import ScoreRule
from reviews.models import AssessmentScheme, AssessmentYear, SchemeItem
from reviews.services import schemes as services
from studios.choices import Role
from studios.services.people import NotPossible, appoint
from tests import cast
from tests.factories.schemes import (
    AssessmentSchemeFactory,
    AssessmentYearFactory,
    SchemeItemFactory,
    published_scheme,
    tongliao,
)


@pytest.fixture(autouse=True)
def in_english():
    """The sentences here are the English ones, whatever a test before has read."""
    with translation.override("en"):
        yield


@pytest.fixture
def published(city):
    """The default scheme, published at the city."""
    return published_scheme(city.city)


@pytest.fixture
def draft(published, people):
    """The next version of it."""
    return services.copy_scheme(published, actor=people.city_reviewer)


def item_fields(item, **changed):
    """What the form of an item hands over."""
    names = ("code", "order", "group", "title", "points", "evidence", "is_gate", "rule", "params")
    return {**{name: getattr(item, name) for name in names}, **changed}


def test_loading_publishes_the_default_scheme_once(city):
    system = User.objects.system()
    assert reference.load_schemes(actor=system) == 1
    assert reference.load_schemes(actor=system) == 0
    scheme = AssessmentScheme.objects.get()
    assert (scheme.union, scheme.version, scheme.published_by) == (city.city, 1, system)
    assert scheme.items.count() == len(tongliao()["items"])
    assert Entry.objects.filter(verb="scheme.load").count() == 1


def test_a_faulty_file_is_refused(city, tmp_path, monkeypatch):
    (tmp_path / "assessment_scheme_x.json").write_text(
        '{"union": "150500", "code": "x", "version": 1, "title": "x", "title_en": "", "pass_mark": 60,'
        ' "excellent_mark": 85, "items": [{"code": "1", "rule": "choice", "points": 5, "order": 1}]}'
    )
    monkeypatch.setattr("reviews.reference.FOLDER", tmp_path)
    with pytest.raises(reference.FaultyRuleSet, match="1: no_rows"):
        reference.load_schemes(actor=User.objects.system())
    assert not AssessmentScheme.objects.exists()


def test_the_copy_is_the_next_version_with_the_same_items(published, draft, people):
    assert (draft.version, draft.published_at, draft.drafted_by) == (2, None, people.city_reviewer)
    columns = (
        "order",
        "code",
        "title",
        "title_en",
        "rule",
        "points",
        "params",
        "is_gate",
        "evidence",
        "group",
    )
    assert list(draft.items.values(*columns)) == list(published.items.values(*columns))


def test_one_draft_at_a_time(published, draft, people):
    with pytest.raises(NotPossible, match="already a draft"):
        services.copy_scheme(published, actor=people.city_reviewer)
    with pytest.raises(NotPossible, match="Only a published"):
        services.copy_scheme(draft, actor=people.city_reviewer)


@pytest.mark.parametrize(
    "who", ["city_approver", "county_reviewer", "county_approver", "auditor", "superuser"]
)
def test_only_the_reviewer_of_the_city_drafts(published, people, who):
    with pytest.raises(PermissionDenied):
        services.copy_scheme(published, actor=getattr(people, who))


@pytest.mark.parametrize("who", ["city_reviewer", "county_approver", "auditor", "superuser"])
def test_only_the_approver_of_the_city_publishes(draft, people, who):
    with pytest.raises(PermissionDenied):
        services.publish(draft, actor=getattr(people, who))


def test_a_second_person_publishes(draft, people):
    services.publish(draft, actor=people.city_approver)
    draft.refresh_from_db()
    assert draft.published_by == people.city_approver
    assert Entry.objects.about(draft).last().verb == "scheme.publish"
    with pytest.raises(NotPossible, match="already"):
        services.publish(draft, actor=people.city_approver)


def test_whoever_wrote_in_a_draft_does_not_publish_it_even_if_another_began_it(draft, people, city):
    appoint(people.city_approver, Role.CITY_REVIEWER, city.city, actor=None)
    item = draft.items.first()
    services.save_item(draft, item.pk, item_fields(item, title="另一个名称"), actor=people.city_approver)
    assert services.standing_of(draft, people.city_approver).obstacle
    with pytest.raises(NotPossible, match="another person"):
        services.publish(draft, actor=people.city_approver)


def test_the_database_holds_the_second_person(draft, people):
    with pytest.raises(IntegrityError), transaction.atomic():
        AssessmentScheme.objects.filter(pk=draft.pk).update(
            published_by=people.city_reviewer, published_at=timezone.now()
        )


def test_a_faulty_draft_is_refused_with_all_its_faults(draft, people):
    first, second = draft.items.filter(rule=ScoreRule.BAND)
    SchemeItem.objects.filter(pk=first.pk).update(params={})
    SchemeItem.objects.filter(pk=second.pk).update(
        params={"rows": [{"code": "a", "title": "a", "low": 1, "high": 99}]}
    )
    with pytest.raises(services.Unfinished) as refused:
        services.publish(draft, actor=people.city_approver)
    assert [(fault.item, fault.code) for fault in refused.value.found] == [
        (first.code, "no_rows"),
        (second.code, "above_maximum"),
    ]


def test_a_published_scheme_refuses_every_change(published, people):
    item = published.items.first()
    for act in (
        lambda: services.save_item(published, item.pk, item_fields(item), actor=people.city_reviewer),
        lambda: services.remove_item(published, item.pk, actor=people.city_reviewer),
        lambda: services.change_scheme(published, {"title": "x"}, actor=people.city_reviewer),
    ):
        with pytest.raises(NotPossible, match="stays as it is"):
            act()


def refused_by_the_database(act):
    """Whether the database refuses an act."""
    try:
        with transaction.atomic():
            act()
    except IntegrityError:
        return True
    return False


def test_the_database_holds_a_published_scheme_too(published, draft):
    scheme = AssessmentScheme.objects.filter(pk=published.pk)
    items = SchemeItem.objects.filter(scheme=published)
    acts = [
        lambda: scheme.update(title="x"),
        lambda: scheme.update(published_at=None, published_by=None),
        lambda: scheme.update(pass_mark=10),
        lambda: items.update(points=1),
        lambda: items.update(params={}),
        lambda: items.filter(code="1").update(scheme=draft),
        lambda: items.delete(),
        lambda: SchemeItemFactory(scheme=published),
        lambda: SchemeItem.objects.filter(scheme=draft, code="1").update(scheme=published),
        lambda: published.delete(),
    ]
    assert [refused_by_the_database(act) for act in acts] == [True] * len(acts)


def test_a_draft_may_change_and_go(draft):
    draft.items.update(points=1)
    draft.delete()


def test_a_published_scheme_follows_its_union_through_the_tree(published, city):
    AssessmentScheme.objects.filter(pk=published.pk).update(union=city.city, county=None)


def test_items_are_written_with_what_was_before(draft, people):
    item = draft.items.get(code="4")
    services.save_item(draft, item.pk, item_fields(item, points=6), actor=people.city_reviewer)
    entry = Entry.objects.about(draft).last()
    assert (entry.verb, entry.detail["before"]["points"], entry.detail["after"]["points"]) == (
        "scheme.edit",
        "5.00",
        "6",
    )
    with pytest.raises(NotPossible, match="the number 4"):
        services.save_item(draft, None, item_fields(item), actor=people.city_reviewer)
    services.remove_item(draft, item.pk, actor=people.city_reviewer)
    services.remove_item(draft, item.pk, actor=people.city_reviewer)
    with pytest.raises(NotPossible, match="removed meanwhile"):
        services.save_item(draft, item.pk, item_fields(item), actor=people.city_reviewer)


def year_of(union, scheme, **changed):
    """The fields of a year."""
    opens = date(2026, 1, 5)
    return {
        "year": 2025,
        "scheme": scheme,
        "period_since": date(2025, 1, 1),
        "period_until": date(2025, 12, 31),
        "opens_on": opens,
        **services.due_days(opens),
        "excellent_percent": 20,
        "sample_percent": 10,
        "lowest_tier": 2,
        **changed,
    }


def test_days_follow_from_the_opening_in_working_days():
    days = services.due_days(date(2025, 1, 2))  # the spring festival is 28 January to 4 February 2025
    assert days["report_due_on"] == date(2025, 2, 6)
    assert days["report_due_on"] < days["county_due_on"] < days["city_due_on"]


def test_a_year_is_set_on_record_and_changed_until_it_is_opened(published, people, city):
    year = services.set_year(
        AssessmentYear(union=city.city), year_of(city.city, published), actor=people.city_reviewer
    )
    services.set_year(year, year_of(city.city, published, sample_percent=30), actor=people.city_reviewer)
    year.refresh_from_db()
    assert (year.sample_percent, year.set_by) == (30, people.city_reviewer)
    entries = Entry.objects.about(year)
    assert [entry.verb for entry in entries] == ["year.set", "year.set"]
    assert entries.last().detail["before"]["sample_percent"] == "10"
    AssessmentYear.objects.filter(pk=year.pk).update(opened_at=timezone.now())
    with pytest.raises(NotPossible, match="has been opened"):
        services.set_year(year, year_of(city.city, published), actor=people.city_reviewer)


def test_a_year_takes_a_published_scheme_of_its_own_union_only(published, draft, people, city):
    foreign = published_scheme(city.county)
    for scheme in (draft, foreign):
        with pytest.raises(NotPossible, match="published scheme"):
            services.set_year(
                AssessmentYear(union=city.city), year_of(city.city, scheme), actor=people.city_reviewer
            )


def test_a_year_is_set_once_and_by_the_city_only(published, people, city):
    AssessmentYearFactory(union=published.union, scheme=published, year=2025)
    with pytest.raises(NotPossible, match="set already"):
        services.set_year(
            AssessmentYear(union=city.city), year_of(city.city, published), actor=people.city_reviewer
        )
    for who in (people.city_approver, people.county_reviewer, people.superuser):
        with pytest.raises(PermissionDenied):
            services.set_year(AssessmentYear(union=city.city), year_of(city.city, published), actor=who)


# --- two people at once ---


def in_threads(*acts):
    """Run each act in a thread with its own connection; "ok" or the name of what it raised."""
    outcomes = [None] * len(acts)

    def run(position, act):
        try:
            act()
            outcomes[position] = "ok"
        except Exception as problem:  # noqa: BLE001 - the name is the result
            outcomes[position] = type(problem).__name__
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


@pytest.fixture
def committed(transactional_db):
    """Committed for threads: the people, a published scheme and a draft."""
    with transaction.atomic():
        cast.load_reference(actor=User.objects.system())
        city = cast.build_city()
        people = cast.build_people(city)
        draft = AssessmentSchemeFactory(union=city.city, items=(), drafted_by=people.city_reviewer)
        SchemeItemFactory(scheme=draft, code="1")
    return people, draft


def raced(monkeypatch, *, other):
    """Publish while another session writes an item in between the check of faults and the publication."""
    inside, go_on = threading.Event(), threading.Event()
    genuine = services.faults

    def slow(plain):
        found = genuine(plain)
        inside.set()
        go_on.wait(2)  # the other either finishes now, or is waiting for our lock
        return found

    monkeypatch.setattr(services, "faults", slow)

    def write():
        inside.wait(10)
        try:
            other()
        finally:
            go_on.set()

    return write


@pytest.mark.django_db(transaction=True)
def test_an_item_cannot_slip_in_while_the_scheme_is_being_published(committed, monkeypatch):
    people, draft = committed

    write = raced(monkeypatch, other=lambda: SchemeItemFactory(scheme=draft, code="2", order=2))
    outcomes = in_threads(lambda: services.publish(draft, actor=people.city_approver), write)
    assert outcomes == ["ok", "IntegrityError"]
    assert draft.items.count() == 1


@pytest.mark.django_db(transaction=True)
def test_without_the_guard_in_the_database_it_does_slip_in(committed, monkeypatch):
    people, draft = committed
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE reviews_schemeitem DISABLE TRIGGER reviews_schemeitem_stays")
    try:
        write = raced(monkeypatch, other=lambda: SchemeItemFactory(scheme=draft, code="2", order=2))
        monkeypatch.setattr(AssessmentScheme.objects.__class__, "select_for_update", lambda self, **_of: self)
        outcomes = in_threads(lambda: services.publish(draft, actor=people.city_approver), write)
        assert outcomes == ["ok", "ok"]
        assert draft.items.count() == 2
    finally:
        with connection.cursor() as cursor:
            cursor.execute("ALTER TABLE reviews_schemeitem ENABLE TRIGGER reviews_schemeitem_stays")
