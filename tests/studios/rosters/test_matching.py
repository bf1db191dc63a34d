"""Rows beside the register: which unit and studio they mean, what differs, what is asked, what is wrong."""

from datetime import date

import pytest
from django.utils import timezone

from studios.models import Achievement, Leader, Naming, NamingLevel, Studio
from studios.services.roster_matching import match
from tests.factories.studios import (
    AchievementFactory,
    HonourFactory,
    LeaderFactory,
    MemberFactory,
    NamingFactory,
    PersonFactory,
    StudioFactory,
    UnitFactory,
)
from tests.studios.rosters.previewed import Read, a_code, preview

pytestmark = pytest.mark.django_db
UNIT = "通辽市星火铸造有限公司"
HELD = {"union_code": "150502", "unit_name": UNIT, "studio_name": "周建成劳模创新工作室"}


@pytest.fixture
def unit(city):
    return UnitFactory(parent=city.county, name=UNIT, credit_code=a_code(1))


@pytest.fixture
def studio(unit):
    """A studio with a county title of 2019-06 that came from an older roster, and its leader."""
    studio = StudioFactory(
        union=unit.union,
        short_name="周建成劳模创新工作室",
        official_name=f"{UNIT}周建成劳模创新工作室",
        kind="model_worker",
        founded_on="2016-03",
        area_sqm="80.50",
        contact_phone="0475-8212345",
    )
    person = PersonFactory(union=unit.union, name="周建成", birth_month="1970-05", post="工程师", sex="male")
    LeaderFactory(studio=studio, person=person, since=date(2019, 6, 1))
    county_title(studio)
    return studio


def county_title(studio, **fields):
    given = {"since": date(2019, 6, 1), "stated_since": "2019-06", "source": "imported"}
    return NamingFactory(
        studio=studio,
        level=NamingLevel.objects.get(code="county"),
        granted_by=studio.county,
        **{**given, **fields},
    )


def matched(union, *rows, answers=None):
    """([Match], questions) of rows given as dicts of values."""
    read = [Read(number, values) for number, values in enumerate(rows, start=3)]
    return match(read, union=union, on=timezone.localdate(), answers=answers)


def one(union, answers=None, **values):
    """The Match of one row."""
    return matched(union, values, answers=answers)[0][0]


def codes(found):
    return [message["code"] for message in found.messages]


def county_row(**values):
    return {**HELD, "level": "county", "named_on": "2019-06", **values}


# -- the same --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "values",
    [
        {},
        {"named_on": "2019"},
        {"studio_name": f"{UNIT}周建成劳模创新工作室"},
        {"studio_name": "“周建成” 劳模创新工作室"},
        {"unit_name": "通辽市星火铸造（有限公司）", "credit_code": a_code(1)},
        {"founded_on": "2016", "area_sqm": 80.5, "contact_phone": "04758212345"},
        {"leader": "周 建成", "leader_birth_month": "1970", "leader_post": ""},
        {"specialty": None, "address": "", "honours": [], "patents": []},
    ],
)
def test_what_only_looks_different_is_the_same(city, studio, values):
    found = one(city.county, **county_row(**values))
    assert (found.verdict, found.changes, codes(found)) == ("same", {}, [])
    assert found.studio_id == studio.pk
    assert found.naming_id == studio.namings.get().pk


def test_a_row_without_unit_and_union_finds_the_one_studio_of_that_name(city, studio):
    row = county_row(unit_name=None, union_code=None)
    assert one(city.city, **row).studio_id == studio.pk
    row["studio_name"] = f"{UNIT}周建成劳模创新工作室"
    assert one(city.city, **row).studio_id == studio.pk


def test_former_names_find_a_studio(city, studio):
    Studio.objects.filter(pk=studio.pk).update(former_names=["周建成工匠创新工作室"])
    found = one(
        city.county, **county_row(studio_name="周建成工匠创新工作室", official_name="周建成工匠创新工作室")
    )
    assert (found.verdict, found.studio_id) == ("same", studio.pk)


# -- changed ---------------------------------------------------------------------------------------
def test_each_field_that_differs_is_named_with_before_and_after(city, studio):
    found = one(
        city.county,
        **county_row(
            founded_on="2016-03-08",
            area_sqm=90,
            address="二号院",
            ownership="state_owned",
            leader="周建成",
            leader_post="高级工程师",
            member_count=12,
        ),
    )
    assert found.verdict == "changed"
    assert found.changes == {
        "founded_on": ["2016-03", "2016-03-08"],
        "area_sqm": [80.5, 90],
        "address": [None, "二号院"],
        "ownership": ["private", "state_owned"],
        "leader_post": ["工程师", "高级工程师"],
        "member_count": [None, 12],
    }


def test_a_credit_code_that_the_register_lacks_comes_in(city, unit, studio):
    type(unit).objects.filter(pk=unit.pk).update(credit_code="")
    found = one(city.county, **county_row(credit_code=a_code(2)))
    assert found.changes == {"credit_code": [None, a_code(2)]}


def test_only_patents_and_honours_that_are_new_are_added(city, studio):
    AchievementFactory(studio=studio, number="ZL201710601862.3")
    leader = Leader.objects.get(studio=studio)
    HonourFactory(person=leader.person, granted_on="2018-05")
    kind = leader.person.honours.get().kind
    held = {"name": kind.name, "kind": kind.code, "year": 2018}
    other = {"name": "全国劳动模范", "kind": "model_worker_national", "year": 2020}
    row = county_row(leader="周建成", honours=[held, other], patents=["201710601862.3", "200820132792.8"])
    found = one(city.county, **row)
    assert found.changes == {"honours": [[], [other]], "patents": [[], ["200820132792.8"]]}
    Achievement.objects.update(removed_at=timezone.now())
    assert len(one(city.county, **row).changes["patents"][1]) == 2


def test_a_team_that_is_entered_by_name_is_not_overruled(city, studio):
    MemberFactory(studio=studio, person=PersonFactory(union=studio.union))
    assert one(city.county, **county_row(member_count=2)).messages == []
    found = one(city.county, **county_row(member_count=9))
    assert (found.verdict, codes(found)) == ("same", ["register.team_entered"])


def test_sections_under_review_stay_as_submitted(city, studio):
    Studio.objects.filter(pk=studio.pk).update(locked_sections=["studio", "achievements"])
    found = one(
        city.county,
        **county_row(address="二号院", leader="周建成", leader_post="厂长", patents=["200820132792.8"]),
    )
    assert found.verdict == "error"
    assert codes(found) == ["register.locked", "register.locked"]
    assert {message["values"]["column"] for message in found.messages} == {"地址", "专利号"}


# -- new -------------------------------------------------------------------------------------------
def test_rows_of_one_file_agree_on_what_is_new(city):
    rows = [
        county_row(credit_code=a_code(5)),
        county_row(level="city", named_on="2021"),
        county_row(studio_name="王某创新工作室"),
    ]
    (first, second, third), questions = matched(city.city, *rows)
    assert [first.verdict, second.verdict, third.verdict] == ["new"] * 3
    assert first.unit_key == second.unit_key == third.unit_key
    assert first.studio_key == second.studio_key != third.studio_key
    assert first.county_id == city.county.pk
    assert first.changes == {}
    assert questions == {}


def test_a_unit_directly_below_the_city_stands_under_the_city(city):
    found = one(city.city, **county_row(union_code=city.city.code, level="city"))
    assert (found.verdict, found.county_id) == ("new", city.city.pk)


# -- questions -------------------------------------------------------------------------------------
def test_a_unit_of_almost_the_same_name_is_asked_about_and_the_answer_holds(city, unit, studio):
    row = county_row(unit_name="星火铸造公司")
    found, questions = matched(city.county, row, {**row, "level": "city"})
    assert [made.verdict for made in found] == ["question", "question"]
    ((key, asked),) = questions.items()
    assert asked["rows"] == 2
    assert [value for value, _label in asked["choices"]] == [f"unit:{unit.pk}", "new"]
    assert asked["choices"][1][1] == "是另一家新单位"
    assert found[0].messages[0]["question"] == key
    assert one(city.county, {key: f"unit:{unit.pk}"}, **row).studio_id == studio.pk
    assert one(city.county, {key: "new"}, **row).verdict == "new"
    assert one(city.county, {key: "unit:0"}, **row).verdict == "question"


def test_two_credit_codes_are_two_units_however_alike_their_names_are(city, unit):
    found = one(city.county, **county_row(unit_name="星火铸造公司", credit_code=a_code(7)))
    assert found.verdict == "new"


def test_another_name_for_a_known_credit_code_is_asked_about(city, unit, studio):
    row = county_row(unit_name="通辽市星火重工有限公司", credit_code=a_code(1))
    found, questions = matched(city.county, row)
    assert found[0].verdict == "question"
    (key,) = questions
    assert one(city.county, {key: "held"}, **row).verdict == "same"
    assert one(city.county, {key: "roster"}, **row).changes == {"unit_name": [UNIT, "通辽市星火重工有限公司"]}


def test_a_studio_of_almost_the_same_name_is_asked_about(city, studio):
    row = county_row(studio_name="周建成创新工作室")
    found, questions = matched(city.county, row)
    assert found[0].verdict == "question"
    (key,) = questions
    assert one(city.county, {key: f"studio:{studio.pk}"}, **row).verdict == "same"
    assert one(city.county, {key: "new"}, **row).verdict == "new"


def test_several_studios_of_a_name_without_a_unit_are_asked_about(city, studio):
    other = StudioFactory(
        union=UnitFactory(parent=city.county, name="通辽市旭日机械厂").union, short_name=studio.short_name
    )
    row = county_row(unit_name=None)
    found, questions = matched(city.county, row)
    assert found[0].verdict == "question"
    (key,) = questions
    assert one(city.county, {key: f"studio:{other.pk}"}, **row).studio_id == other.pk


def test_another_leader_is_never_taken_over_silently(city, studio):
    row = county_row(leader="王晓芃", leader_post="技师")
    found, questions = matched(city.county, row)
    assert (found[0].verdict, found[0].changes) == ("question", {})
    ((key, asked),) = questions.items()
    assert asked["choices"][0] == ["keep", "仍由周建成领衔"]
    assert one(city.county, {key: "keep"}, **row).verdict == "same"
    day = f"since:{timezone.localdate()}"
    changes = one(city.county, {key: day}, **row).changes
    assert changes["leader"] == ["周建成", "王晓芃"]
    assert changes["leader_since"] == ["2019-06-01", timezone.localdate().isoformat()]
    assert changes["leader_post"] == [None, "技师"]
    assert (
        one(city.county, {key: "since:2019-05-01"}, **row).verdict == "question"
    )  # before the held one began


# -- scope and foreign units -----------------------------------------------------------------------
def test_a_sibling_county_is_out_of_reach_and_nothing_of_it_is_told(city, studio):
    secret = UnitFactory(parent=city.other_county, name="奈曼旗秘密机械厂", credit_code=a_code(3))
    StudioFactory(union=secret.union, short_name="秘密创新工作室")
    row = county_row(union_code=city.other_county.code, unit_name=secret.name, studio_name="秘密创新工作室")
    found = one(city.county, **row)
    unknown = one(city.county, **{**row, "unit_name": "没有的单位", "studio_name": "没有的工作室"})
    assert found.verdict == "error"
    assert codes(found) == ["register.out_of_scope"]
    assert found.studio_id is None
    assert [message["values"] for message in found.messages] == [m["values"] for m in unknown.messages]


def test_a_credit_code_of_a_unit_elsewhere_is_refused_without_naming_it(city, studio):
    secret = UnitFactory(parent=city.other_county, name="奈曼旗秘密机械厂", credit_code=a_code(3))
    found = one(city.county, **county_row(credit_code=a_code(3)))
    assert codes(found) == ["register.code_elsewhere"]
    assert secret.name not in str(found)
    above = one(city.city, **county_row(credit_code=a_code(3)))
    assert codes(above) == ["register.code_of"]
    assert above.messages[0]["values"]["unit"] == secret.name


def test_another_code_for_a_known_unit_is_an_error(city, studio):
    found = one(city.county, **county_row(credit_code=a_code(8)))
    assert codes(found) == ["register.code_differs"]
    assert found.messages[0]["values"] == {"held": a_code(1)}


def test_one_credit_code_is_not_that_of_two_units_of_a_file(city):
    rows = [county_row(credit_code=a_code(5)), county_row(level="city", credit_code=a_code(6))]
    found, _questions = matched(city.county, *rows)
    assert [made.verdict for made in found] == ["new", "error"]
    assert codes(found[1]) == ["register.code_differs_in_file"]


def test_a_row_that_does_not_tell_where_it_belongs_says_what_is_missing(city):
    found = one(city.city, **county_row(union_code=None))
    assert codes(found) == ["register.place_missing"]
    assert codes(one(city.city, **county_row(unit_name=None))) == ["register.unit_missing"]
    assert codes(one(city.city, union_code="150502", unit_name=UNIT)) == ["register.studio_missing"]


# -- rows beside each other ------------------------------------------------------------------------
def test_rows_about_one_studio_must_not_contradict_each_other(city, studio):
    rows = [
        county_row(area_sqm=90, founded_on="2016"),
        county_row(level="city", area_sqm=95, founded_on="2016-03"),
    ]
    found, _questions = matched(city.county, *rows)
    assert [made.verdict for made in found] == ["changed", "error"]
    assert codes(found[1]) == ["register.disagrees"]
    assert found[1].messages[0]["values"] == {"sheet": "名册", "row": 3, "held": "90"}


def test_the_same_title_twice_is_skipped_or_wrong(city, studio):
    alike = county_row(studio_name=f"{UNIT}周建成劳模创新工作室")
    found, _questions = matched(
        city.county, county_row(), county_row(serial=2), {**alike, "document_number": "科工发〔2019〕7号"}
    )
    assert [made.verdict for made in found] == ["same", "skipped", "error"]
    assert codes(found[2]) == ["register.twice"]


def test_queries_do_not_grow_with_the_rows(city, studio, django_assert_max_num_queries):
    rows = [county_row(studio_name=f"第{number}创新工作室") for number in range(60)]
    with django_assert_max_num_queries(14):
        matched(city.county, county_row(leader="周建成"), *rows)
    assert Naming.objects.count() == 1


def test_rows_of_a_preview_that_stay_out_are_not_looked_at_again(city, people, unit):
    rows = [county_row(), county_row(unit_name="星火铸造公司"), county_row(level="nation"), county_row()]
    made = preview(city.county, *rows, by=people.roster_admin)
    stored = list(made.rows.order_by("pk"))
    assert [row.verdict for row in stored] == ["new", "question", "error", "skipped"]
    found, questions = match(stored, union=city.county, on=timezone.localdate(), answers=made.answers)
    assert [one.verdict for one in found] == [row.verdict for row in stored]
    assert questions == {}
    assert found[0].unit_id == unit.pk
