"""The small world that other tests stand on is what it says."""

import pytest

from reviews.demo.cast import CAST
from reviews.eligibility import standing
from studios.models import NamingLevel, RoleGroup
from studios.permissions import ROLES
from studios.services.people import grant_role
from tests import cast


@pytest.mark.parametrize("level", ["base", "county", "city"])
def test_a_ready_studio_meets_every_clause_of_its_level(city, people, level):
    studio = cast.studio_ready_for(level, city.unit, by=people.unit_clerk)
    found = standing(studio.pk, NamingLevel.objects.get(code=level))
    assert found.blocking == []
    assert {finding.verdict.value for finding in found.findings} <= {"met", "judge"}
    assert [finding.missing for finding in found.findings if finding.missing] == []


def test_a_ready_studio_holds_the_titles_below_and_no_other(city, people):
    studio = cast.studio_ready_for("city", city.unit, by=people.unit_clerk)
    assert sorted(studio.namings.values_list("level__code", flat=True)) == ["base", "county"]
    assert studio.top_tier == 2


@pytest.mark.parametrize("who", CAST, ids=lambda who: who.key)
def test_everybody_holds_the_permissions_of_their_role_where_they_are_appointed(city, people, who):
    user, union = getattr(people, who.key), cast.union_at(city, who.place)
    assert {perm for perm in ROLES[who.role] if user.has_perm(perm, union)} == ROLES[who.role]


def test_the_role_groups_of_the_cast_are_what_the_service_makes(city, people):
    for role_group in RoleGroup.objects.select_related("union", "group"):
        assert not grant_role(role_group), role_group
