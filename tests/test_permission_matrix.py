"""Every address for every person: the table is complete, the answers are its own, looking changes nothing."""

import pytest
from django.urls import URLResolver, get_resolver

from tests import matrix
from tests.matrix import MATRIX, OTHER_COUNTY, OWN_COUNTY, PEOPLE

pytestmark = pytest.mark.django_db

# One process for all tests about a person, which share one walk through the matrix.
EVERYBODY = [pytest.param(who, marks=pytest.mark.xdist_group(who)) for who in PEOPLE]
OPEN_TO_ALL = {"studio_public", "studio_public:base", "access_status", "invitation_accept"}
SEES_ALL = {"city_reviewer", "city_approver", "roster_admin", "auditor", "system_admin", "superuser"}
SEES_OWN_COUNTY = SEES_ALL | {*OWN_COUNTY}
SEES_OTHER_COUNTY = SEES_ALL | {*OTHER_COUNTY}
SKIPPED = {"admin"}  # Django's data administration keeps its own permissions


def addresses_of(resolver):
    """The name of each address below ``resolver``; its pattern where it has none."""
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            if entry.namespace not in SKIPPED:
                yield from addresses_of(entry)
        else:
            yield entry.name or str(entry.pattern)


def names_in(rows):
    return {row.split(":")[0] for _method, row in rows}


def test_no_address_is_missing_from_the_matrix():
    assert set(addresses_of(get_resolver())) == names_in(MATRIX)


def test_a_new_address_would_be_missed():
    class Resolver:
        url_patterns = [
            *get_resolver().url_patterns[-1:],
            type("Pattern", (), {"name": None, "pattern": "new/"}),
        ]

    assert list(addresses_of(Resolver)) == ["new/"]


@pytest.mark.parametrize("who", EVERYBODY)
def test_everybody_gets_the_answers_of_the_table(visits_of, who):
    expected = {(method, row): answers[who] for (method, row), answers in MATRIX.items()}
    got = {}
    for visit in visits_of(who):
        got.setdefault((visit.method, visit.row), set()).add(visit.status)
    assert got == {key: {status} for key, status in expected.items()}


@pytest.mark.parametrize("who", EVERYBODY)
def test_looking_changes_nothing(visits_of, who):
    looked = visits_of(who).pages()
    assert len(looked) > 50
    assert {visit.path: visit.writes for visit in looked if visit.writes} == {}


def test_acting_is_noticed_by_the_same_measure(visits_of):
    acted = {visit.row for visit in visits_of("county_reviewer") if visit.writes}
    assert acted >= {"application_act", "application_judge", "access_act"}


def test_an_address_takes_no_other_method(walker_of):
    taken = {(method, row.split(":")[0]) for method, row in MATRIX}
    rows = [
        (method, row) for method in ("GET", "POST") for row in names_in(MATRIX) if (method, row) not in taken
    ]
    assert len(rows) > 20
    assert {
        visit.row: visit.status for visit in walker_of("unit_clerk").walk(rows) if visit.status != 405
    } == {}


@pytest.mark.parametrize("who", ["nobody", "unit_clerk", "county_reviewer"])
def test_no_act_is_taken_without_the_token_of_a_form(walker_of, who):
    walker = walker_of(who)
    walker.token = ""
    rows = [key for key in MATRIX if key[0] == "POST"]
    assert {visit.row: visit.status for visit in walker.walk(rows) if visit.status != 403} == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_names_anything_of_another_county(visits_of, who):
    walk = visits_of(who)
    hidden = []
    if who not in SEES_OWN_COUNTY:
        hidden += walk.own
    if who not in SEES_OTHER_COUNTY:
        hidden += walk.other
    shown = {visit.path: name for visit in walk for name in hidden if name in visit.text}
    assert shown == {}
    names = {name for visit in walk for name in walk.own + walk.other if name in visit.text}
    assert bool(names) == (who in SEES_OWN_COUNTY | SEES_OTHER_COUNTY), "the names are written as looked for"


@pytest.mark.parametrize("who", OWN_COUNTY)
def test_guessed_addresses_of_another_county_are_not_there(walker_of, who):
    rows = [key for key in MATRIX if key[1] in {*matrix.ADDRESSES, "application_open"} - OPEN_TO_ALL]
    walker = walker_of(who)
    got = {(visit.row, visit.status) for visit in walker.walk(rows, walker.world.other)}
    got -= {("person_invite:unit", 403)}  # a clerk invites nobody at all
    assert got == {(row, 404) for row, _status in got}
