"""Names and places of an earlier day agree with the recorded history, in the functions and in the roster."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase as HypothesisTestCase

from portal.accounts.models import User
from studios.models import NamingLevel, Studio, Union
from studios.queries.as_of import parent_on, studio_names_on, unit_name_on, with_names_on
from studios.resources import ROSTER, RosterResource
from studios.services.changes import move_unit, rename_studio, rename_unit
from studios.services.people import NotPossible
from tests import cast
from tests.factories.changes import days, titled
from tests.factories.studios import StudioFactory
from tests.studios.rosters.exporting import exported, rows_of, sheets_of

pytestmark = pytest.mark.django_db
ONE_DAY = timedelta(days=1)


def renamed(studio, name, on, actor=None):
    rename_studio(studio, short_name=name, official_name=f"全称{name}", on=on, actor=actor)
    studio.refresh_from_db()


def test_the_day_before_has_the_old_name_and_the_day_itself_the_new(ready_studio):
    old = ready_studio.short_name
    day = days(-100)
    renamed(ready_studio, "新名", day)
    assert studio_names_on(ready_studio, day - ONE_DAY)[0] == old
    assert studio_names_on(ready_studio, day) == ("新名", "全称新名")
    assert old in ready_studio.former_names


def test_between_two_renamings_the_name_is_the_middle_one(ready_studio):
    renamed(ready_studio, "甲", days(-200))
    renamed(ready_studio, "乙", days(-100))
    assert studio_names_on(ready_studio, days(-101))[0] == "甲"
    assert studio_names_on(ready_studio, days(-201))[0] == "周成岩劳模创新工作室"
    assert studio_names_on(ready_studio, days(0))[0] == "乙"


def test_history_is_written_in_order(ready_studio):
    renamed(ready_studio, "甲", days(-100))
    with pytest.raises(NotPossible, match=days(-100).isoformat()):
        renamed(ready_studio, "乙", days(-150))
    renamed(ready_studio, "乙", days(-100))  # on the same day: the name in between never held
    assert studio_names_on(ready_studio, days(-101))[0] == "周成岩劳模创新工作室"
    assert studio_names_on(ready_studio, days(-100))[0] == "乙"


def test_the_unit_takes_the_full_names_along_with_their_history(city, ready_studio):
    old_unit, old_full = city.unit.name, ready_studio.official_name
    assert old_full.startswith(old_unit)
    day = days(-50)
    rename_unit(city.unit, name="通辽新机械有限公司", on=day, actor=None)
    city.unit.refresh_from_db()
    ready_studio.refresh_from_db()
    assert ready_studio.official_name == old_full.replace(old_unit, "通辽新机械有限公司")
    assert studio_names_on(ready_studio, day - ONE_DAY)[1] == old_full
    assert unit_name_on(city.unit, day - ONE_DAY) == old_unit
    assert unit_name_on(city.unit, day) == "通辽新机械有限公司"
    assert Union.objects.get(pk=city.unit.union_id).name.startswith("通辽新机械有限公司")


def test_a_unit_renamed_before_a_known_renaming_of_the_studio_carries_that_on_too(city, ready_studio):
    old_unit = city.unit.name
    full = f"{old_unit}改名工作室"
    rename_studio(ready_studio, short_name="改名工作室", official_name=full, on=days(-10), actor=None)
    rename_unit(city.unit, name="新单位", on=days(-50), actor=None)
    ready_studio.refresh_from_db()
    assert ready_studio.official_name == "新单位改名工作室"
    assert studio_names_on(ready_studio, days(-11))[1].startswith("新单位")
    assert studio_names_on(ready_studio, days(-51))[1].startswith(old_unit)


def test_a_moved_unit_stood_where_it_stood(city, ready_studio):
    union = city.unit.union
    move_unit(union, to=city.other_county, on=days(-30), actor=None)
    union.refresh_from_db()
    assert parent_on(union, days(-31)) == city.county.pk
    assert parent_on(union, days(-30)) == city.other_county.pk
    row = with_names_on(Studio.objects.filter(pk=ready_studio.pk), days(-31)).get()
    assert (row.parent_then, row.short_name_then) == (city.county.pk, ready_studio.short_name)


def test_a_unit_with_a_city_title_can_move_and_its_titles_can_end_afterwards(city, ready_studio):
    titled(ready_studio)
    title = titled(ready_studio, "city")
    move_unit(city.unit.union, to=city.other_county, on=days(0), actor=None)
    title.refresh_from_db()
    assert title.county_id == city.other_county.pk and title.basis.granted_by_id == city.county.pk
    title.until, title.end_reason = days(0), "voluntary"
    title.save()


def test_the_roster_of_an_earlier_day_shows_the_names_of_that_day(city, people, ready_studio):
    titled(ready_studio)
    old, unit, full = ready_studio.short_name, city.unit.name, ready_studio.official_name
    renamed(ready_studio, "改后名", days(-20))
    rename_unit(city.unit, name="改后单位", on=days(-20), actor=None)
    level = NamingLevel.objects.get(code="county")
    [before] = rows_of(exported(city.city, level=level, as_of=days(-21))[0])
    [now] = rows_of(exported(city.city, level=level, as_of=days(0))[0])
    assert {old, unit, full} <= set(before)
    assert {"改后名", "改后单位", "全称改后名"} <= set(now) and not {old, unit, full} & set(now)


def test_the_roster_of_an_earlier_day_has_a_moved_unit_under_the_county_of_that_day(
    city, people, ready_studio
):
    titled(ready_studio)
    move_unit(city.unit.union, to=city.other_county, on=days(-20), actor=None)
    level = NamingLevel.objects.get(code="county")
    [then] = rows_of(exported(city.city, level=level, as_of=days(-21))[0])
    [now] = rows_of(exported(city.city, level=level, as_of=days(0))[0])
    assert city.county.short_name in then and city.other_county.short_name not in then
    assert city.other_county.short_name in now and city.county.short_name not in now
    assert list(sheets_of(exported(city.city, level=level, as_of=days(-21))[0])) != list(
        sheets_of(exported(city.city, level=level, as_of=days(0))[0])
    )


@pytest.mark.parametrize("back", [0, 19, 20, 21])
def test_the_fast_roster_says_what_the_plain_one_says_after_changes(city, people, ready_studio, back):
    titled(ready_studio)
    renamed(ready_studio, "改后名", days(-20))
    rename_unit(city.unit, name="改后单位", on=days(-20), actor=None)
    move_unit(city.unit.union, to=city.other_county, on=days(-20), actor=None)
    level = NamingLevel.objects.get(code="county")
    plain = RosterResource(user=people.superuser, as_of=days(-back), level=level).export().dict[0]
    [fast] = rows_of(exported(city.city, level=level, as_of=days(-back))[0])
    keys = ("union_code", "unit_name", "studio_name", "official_name")
    labels = [column.column_name for column in ROSTER if column.key in keys]
    assert len(labels) == len(keys) and {plain[label] for label in labels} <= set(fast)


class AsOfAgreesWithWhatHappened(HypothesisTestCase):
    """Names given on any days: every day shows the newest name given on or before it."""

    @settings(max_examples=25, deadline=None)
    @given(st.lists(st.integers(-400, 0), min_size=1, max_size=6, unique=True))
    def test_any_days(self, offsets):
        cast.load_reference(actor=User.objects.system())
        studio = StudioFactory(short_name="名0")
        given_on = {date.min: "名0"}
        for number, offset in enumerate(sorted(offsets), 1):
            given_on[days(offset)] = f"名{number}"
            renamed(studio, f"名{number}", days(offset))
        for day in {d + n * ONE_DAY for d in given_on if d != date.min for n in (-1, 0, 1)}:
            expected = given_on[max(start for start in given_on if start <= day)]
            assert studio_names_on(studio, day)[0] == expected
            assert with_names_on(Studio.objects.filter(pk=studio.pk), day).get().short_name_then == expected


def test_today_needs_no_history(ready_studio):
    assert studio_names_on(ready_studio, timezone.localdate())[0] == ready_studio.short_name
