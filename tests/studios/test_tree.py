"""The union tree: the database gives places and keeps carried ancestors right."""

import pytest
from django.db import IntegrityError, connection, transaction

from studios.choices import Tier
from studios.models import Achievement, Evidence, Naming, Person, Studio, Unit
from studios.services.unions import move_union
from tests.factories.studios import UnionFactory

pytestmark = pytest.mark.django_db

CARRIERS = (Unit, Studio, Person, Achievement, Evidence, Naming)


def test_a_union_carries_itself_and_those_above(city):
    assert (city.county.county_id, city.county.city_id) == (city.county.pk, city.city.pk)
    base = city.unit.union
    assert (base.county_id, base.city_id, base.province_id) == (city.county.pk, city.city.pk, None)
    assert base.path.startswith(city.county.path) and len(base.path) == 12


def test_rows_carry_their_unions_ancestors(ready_studio, city):
    for model in CARRIERS:
        for row in model.objects.filter(union=ready_studio.union):
            assert (row.county_id, row.city_id) == (city.county.pk, city.city.pk), model


def test_moving_a_union_moves_every_row_below_it(ready_studio, city, people):
    move_union(ready_studio.union, to=city.other_county, actor=people.system_admin)
    for model in CARRIERS:
        rows = model.objects.filter(union=ready_studio.union)
        assert rows.exists(), model
        assert not rows.exclude(county=city.other_county).exists(), model


def test_moving_a_county_under_a_region_reaches_the_studios(ready_studio, city, people):
    region = UnionFactory(tier=Tier.PROVINCE, parent=None)
    move_union(city.city, to=region, actor=people.system_admin)
    ready_studio.refresh_from_db()
    assert ready_studio.province_id == region.pk


def test_what_a_row_claims_about_its_ancestors_is_overruled(ready_studio, city):
    Studio.objects.filter(pk=ready_studio.pk).update(county=city.other_county)
    ready_studio.refresh_from_db()
    assert ready_studio.county_id == city.county.pk


def test_a_union_stands_below_its_parents_tier(city):
    with pytest.raises(IntegrityError, match="below its parent"), transaction.atomic():
        UnionFactory(tier=Tier.CITY, parent=city.county)


def test_a_union_is_not_moved_below_itself(city):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE studios_union SET tier = 4, parent_id = %s WHERE id = %s", [city.county.pk, city.city.pk]
        )


def test_every_row_that_is_listed_carries_by_trigger():
    """A model that carries ancestors without the trigger would drift when a union moves."""
    from django.apps import apps

    from studios.models import CarriesAncestors

    carrying = {model._meta.db_table for model in apps.get_models() if issubclass(model, CarriesAncestors)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT event_object_table FROM information_schema.triggers"
            " WHERE trigger_name LIKE '%\\_carries\\_ancestors'"
        )
        assert carrying == {name for (name,) in cursor.fetchall()}
