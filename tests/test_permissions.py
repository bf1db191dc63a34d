"""Who may see and do what: lists and single checks agree, and nobody sees another county."""

import pytest

from reviews.choices import Action as A
from reviews.models import AccessRequest, Application
from reviews.workflow.engine import perform
from studios.choices import Role, Tier
from studios.models import (
    Achievement,
    Evidence,
    Naming,
    Person,
    Studio,
    Union,
    UnionGroupObjectPermission,
    Unit,
)
from studios.permissions import ROLES, ROLES_AT, grants_of
from studios.services.people import appoint, ensure_role_group, grant_role
from tests import cast
from tests.reviews import journey

pytestmark = pytest.mark.django_db


@pytest.fixture
def two_counties(city, people):
    """A studio with applications in the own county and one in the other."""
    own = cast.studio_ready_for("county", city.unit, by=people.unit_clerk)
    cast.studio_ready_for("county", city.other_unit, by=people.other_unit_clerk)
    cast.studio_ready_for("base", city.industry_unit, by=people.industry_clerk)
    journey.at_county(own, "county", people)
    return own


DOORS = [
    (Studio, "studios.view_studio"),
    (Unit, "studios.view_studio"),
    (Person, "studios.view_studio"),
    (Achievement, "studios.view_studio"),
    (Evidence, "studios.view_studio"),
    (Naming, "studios.view_studio"),
    (Application, "reviews.view_application"),
    (AccessRequest, "reviews.view_accessrequest"),
]


@pytest.mark.parametrize(("model", "perm"), DOORS, ids=lambda value: getattr(value, "__name__", ""))
def test_listing_and_checking_agree(two_counties, people, model, perm):
    for name, user in vars(people).items():
        listed = list(model.objects.visible_to(user))
        checked = {row for row in model.objects.all() if user.has_perm(perm, row)}
        assert len(listed) == len(set(listed)), name
        assert set(listed) == checked, name


def test_a_draft_is_its_units_own_affair(two_counties, people, city):
    draft = journey.opened(
        cast.studio_ready_for("county", city.unit, by=people.unit_clerk, short_name="另一工作室"),
        "county",
        people,
    )
    for name, user in vars(people).items():
        expected = name in {"unit_clerk", "unit_chair", "superuser"}
        assert Application.objects.visible_to(user).filter(pk=draft.pk).exists() is expected, name
        assert user.has_perm("reviews.view_application", draft) is expected, name


def test_a_returned_application_stays_in_the_countys_sight(ready_studio, people):
    application = journey.returned(ready_studio, "county", people, section="funds")
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    assert Application.objects.visible_to(people.county_reviewer).filter(pk=application.pk).exists()


def test_a_superuser_looks_and_holds_no_other_right(ready_studio, people):
    assert people.superuser.has_perm("studios.view_studio", ready_studio)
    for perm in ("studios.change_studio", "reviews.submit_application", "reviews.approve_application"):
        assert not people.superuser.has_perm(perm, ready_studio)


def test_an_ended_appointment_gives_nothing_that_very_day(city, people):
    from datetime import timedelta

    from django.utils import timezone

    yesterday = timezone.localdate() - timedelta(days=1)
    people.stranger.appointments.all().delete()
    appointment = appoint(people.stranger, Role.COUNTY_REVIEWER, city.county, actor=None, since=yesterday)
    appointment.until = yesterday
    appointment.save()
    stranger = type(people.stranger).objects.get(pk=people.stranger.pk)
    assert grants_of(stranger) == {}


def test_group_membership_and_appointments_agree(people):
    for name, user in vars(people).items():
        by_appointment = set(user.appointments.live().values_list("role_group__group", flat=True))
        assert set(user.groups.values_list("pk", flat=True)) == by_appointment, name


def test_a_role_group_holds_exactly_its_roles_permissions(city):
    for tier, union in ((Tier.COUNTY, city.county), (Tier.CITY, city.city), (Tier.BASE, city.unit.union)):
        for role in ROLES_AT[tier]:
            group = ensure_role_group(union, role).group
            held = UnionGroupObjectPermission.objects.filter(group=group, content_object=union)
            names = {f"{g.permission.content_type.app_label}.{g.permission.codename}" for g in held}
            assert names == ROLES[role]


def test_grants_are_put_right_again(city):
    role_group = ensure_role_group(city.county, Role.COUNTY_REVIEWER)
    UnionGroupObjectPermission.objects.filter(group=role_group.group).first().delete()
    assert grant_role(role_group) is True
    assert grant_role(role_group) is False


def test_grants_grow_with_unions_and_not_with_studios(two_counties, city, people):
    before = UnionGroupObjectPermission.objects.count()
    cast.studio_ready_for("county", city.unit, by=people.unit_clerk, short_name="第三工作室")
    assert UnionGroupObjectPermission.objects.count() == before


def test_unions_are_seen_by_those_whose_scope_they_are_in(city, people):
    assert set(Union.objects.visible_to(people.county_reviewer)) == {
        city.county,
        city.unit.union,
        city.ready_unit.union,
    }
    assert set(Union.objects.visible_to(people.unit_clerk)) == {city.unit.union}
    assert not Union.objects.visible_to(people.stranger).exists()
