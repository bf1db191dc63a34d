"""The title of a row beside those that the studio holds."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from studios.models import NamingLevel, OfficialDocument
from tests.factories.studios import NamingFactory, StudioFactory, UnitFactory
from tests.studios.rosters.test_matching import UNIT, codes, matched

pytestmark = pytest.mark.django_db
ROW = {
    "union_code": "150502",
    "unit_name": UNIT,
    "studio_name": "周建成劳模创新工作室",
    "level": "county",
    "named_on": "2019-06",
}


@pytest.fixture
def studio(city):
    unit = UnitFactory(parent=city.county, name=UNIT)
    return StudioFactory(union=unit.union, short_name=ROW["studio_name"])


def title(studio, level="county", **fields):
    """A title that an older roster brought, of 2019-06."""
    given = {"since": date(2019, 6, 1), "stated_since": "2019-06", "source": "imported", **fields}
    if given["source"] == "portal":
        given["stated_since"] = ""
    rung = NamingLevel.objects.get(code=level)
    return NamingFactory(studio=studio, level=rung, granted_by=studio.county, **given)


def of_portal(studio, **fields):
    """A title granted here on 2019-06-08 by document, on its base title."""
    document = OfficialDocument.objects.create(
        union=studio.county,
        prefix="科工发",
        year=2019,
        number=1,
        title="命名决定",
        issued_on=date(2019, 6, 8),
    )
    base = title(studio, "base", since=date(2018, 1, 1), source="portal")
    return title(studio, since=date(2019, 6, 8), source="portal", document=document, basis=base, **fields)


def one(city, **values):
    return matched(city.county, {**ROW, **values})[0][0]


def test_a_coarser_date_is_the_same_and_a_finer_one_a_change(city, studio):
    held = title(studio)
    assert one(city, named_on="2019").verdict == "same"
    found = one(city, named_on="2019-06-08")
    assert (found.changes, found.naming_id) == ({"named_on": ["2019-06", "2019-06-08"]}, held.pk)
    assert one(city, named_on="2019-07").changes == {"named_on": ["2019-06", "2019-07"]}
    assert one(city, named_on=None).verdict == "same"


@pytest.mark.parametrize("named_on", ["2019", "2019-06", "2019-06-08"])
def test_a_title_of_the_portal_is_the_same_as_far_as_the_row_is_exact(city, studio, named_on):
    of_portal(studio)
    assert one(city, named_on=named_on, document_number="科工发〔2019〕1号").verdict == "same"


@pytest.mark.parametrize(
    ("values", "code", "held"),
    [
        ({"named_on": "2019-07"}, "register.portal_named_on", "2019-06-08"),
        ({"document_number": "科工发〔2019〕2号"}, "register.portal_document_number", "科工发〔2019〕1号"),
        ({"revoked_on": "2024-05"}, "register.portal_revoked_on", "—"),
        ({"status": "ended"}, "register.portal_status", "—"),
    ],
)
def test_a_title_of_the_portal_is_never_changed(city, studio, values, code, held):
    of_portal(studio)
    found = one(city, **values)
    assert (found.verdict, found.changes, codes(found)) == ("error", {}, [code])
    assert found.messages[0]["values"] == {"held": held}


def test_a_title_of_another_level_is_new_to_a_known_studio(city, studio):
    held = title(studio)
    found = one(city, level="city", named_on="2021-05", document_number="通工发〔2021〕3号")
    assert found.verdict == "changed"
    assert found.naming_id is None
    assert found.changes == {
        "level": [None, "city"],
        "named_on": [None, "2021-05"],
        "document_number": [None, "通工发〔2021〕3号"],
    }
    assert held.level_id != found.level_id


def test_a_title_after_one_that_ended_is_a_further_one(city, studio):
    ended = title(studio, until=date(2020, 6, 30), end_reason="unstated")
    assert one(city, named_on="2019-06").naming_id == ended.pk
    again = one(city, named_on="2021-03")
    assert (again.naming_id, again.changes["level"]) == (None, [None, "county"])
    within = one(city, named_on="2020")  # begins before the other ended: the same, differently dated
    assert (within.naming_id, within.changes) == (ended.pk, {"named_on": ["2019-06", "2020"]})
    assert codes(one(city, named_on=None, status="live")) == ["register.has_ended"]


def test_the_end_of_an_imported_title_comes_in(city, studio):
    held = title(studio)
    found = one(city, revoked_on="2023-05", end_reason="unit_closed")
    assert found.naming_id == held.pk
    assert found.changes == {"revoked_on": [None, "2023-05"], "end_reason": [None, "unit_closed"]}
    assert one(city, status="ended").changes == {"status": ["live", "ended"]}


def test_a_title_under_one_above_does_not_end_alone_but_both_may(city, studio):
    below = title(studio)
    title(studio, "city", since=date(2021, 1, 1), stated_since="2021-01", basis=below)
    ends = {**ROW, "revoked_on": "2023-05"}
    alone, _questions = matched(city.county, ends)
    assert codes(alone[0]) == ["register.title_above"]
    above = {**ends, "level": "city", "named_on": "2021"}
    both, _questions = matched(city.county, ends, above)
    assert [made.verdict for made in both] == ["changed", "changed"]
    kept_out = {**above, "end_reason": "merged", "credit_code": "91150500MA9999999X", "status": "live"}
    neither, _questions = matched(city.county, ends, kept_out)
    assert [made.verdict for made in neither] == ["error", "error"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"level": "province"}, "register.level_unknown"),
        ({"level": None}, "register.level_missing"),
        ({"revoked_on": "2018"}, "register.ended_before"),
        ({"revoked_on": "2022", "status": "live"}, "register.held_and_ended"),
        ({"end_reason": "unit_closed"}, "register.reason_without_end"),
    ],
)
def test_what_a_title_cannot_be(city, values, code):
    found = one(city, **values)
    assert (found.verdict, codes(found)) == ("error", [code])


def test_a_sheet_that_dates_no_title_is_asked_once_for_the_year(city):
    rows = [{**ROW, "named_on": None}, {**ROW, "named_on": None, "studio_name": "李青山创新工作室"}]
    found, questions = matched(city.county, *rows)
    assert [one.verdict for one in found] == ["question", "question"]
    ((key, asked),) = questions.items()
    assert (asked["code"], asked["rows"]) == ("layout.named_when", 2)
    found, _questions = matched(city.county, *rows, answers={key: asked["choices"][3][0]})
    assert [one.verdict for one in found] == ["new", "new"]


def test_among_dated_rows_one_without_a_date_is_wrong(city):
    rows = [ROW, {**ROW, "named_on": None, "studio_name": "李青山创新工作室"}]
    found, questions = matched(city.county, *rows)
    assert not questions
    assert (found[1].verdict, codes(found[1])) == ("error", ["register.named_missing"])


def test_the_levels_that_there_are_are_named(city):
    assert one(city, level="nation").messages[0]["values"] == {"levels": "基层级、旗县级、市级"}


def test_dates_in_the_future_are_errors(city):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    assert codes(one(city, named_on=tomorrow)) == ["register.future"]


def test_a_year_may_come_from_the_document_and_a_difference_is_noted(city):
    dated = one(city, named_on=None, document_number="科工发〔2019〕7号")
    assert (dated.verdict, codes(dated)) == ("new", ["register.dated_by_document"])
    other = one(city, document_number="科工发〔2020〕7号")
    assert (other.verdict, codes(other)) == ("new", ["register.document_year"])
    assert codes(one(city, founded_on="2021")) == ["register.founded_after"]


def test_a_studio_without_a_title_comes_in_as_one(city):
    found = one(city, level=None, named_on=None)
    assert (found.verdict, found.level_id, codes(found)) == ("new", None, ["register.no_title"])
