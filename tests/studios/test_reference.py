"""Reference data: what the files hold, and what loading does to what is there."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from portal.accounts.models import User
from portal.audit.models import Entry
from reviews.models import Round, RuleSet
from reviews.reference import FaultyRuleSet, load_rule_sets
from studios.choices import Rank, Tier, UnionKind
from studios.models import (
    AchievementKind,
    HonourKind,
    Industry,
    NamingLevel,
    OwnershipKind,
    RoleGroup,
    Union,
)
from studios.permissions import ROLES_AT
from studios.reference import TABLES, rows_of

COUNTIES = ["150502", "150521", "150522", "150523", "150524", "150525", "150526", "150571", "150581"]


def load(*subjects, **options):
    out = StringIO()
    call_command("load_reference", *subjects, stdout=out, **options)
    return dict(line.split(": ") for line in out.getvalue().splitlines())


@pytest.fixture
def loaded(db):
    load()


@pytest.mark.parametrize("name", [*TABLES, "unions"])
def test_codes_are_given_once_and_both_languages_are_there(name):
    rows = rows_of(name)
    assert len({row["code"] for row in rows}) == len(rows)
    assert len({row["name"] for row in rows}) == len(rows)
    assert all(row["name"] and row["name_en"] for row in rows)


def test_the_city_has_its_nine_counties_and_its_industrial_and_direct_unions(loaded):
    city = Union.objects.get(code="150500")
    assert (city.name, city.tier, city.document_prefix) == ("通辽市总工会", Tier.CITY, "通工发")
    below = city.children.order_by("code")
    assert [union.code for union in below if union.code.isdigit()] == COUNTIES
    assert {union.tier for union in below} == {Tier.COUNTY}
    kinds = {union.code: union.kind for union in below}
    assert kinds["150571"] == UnionKind.ZONE and kinds["150500-SZJ"] == UnionKind.DIRECT
    assert list(kinds.values()).count(UnionKind.REGIONAL) == 8
    assert list(kinds.values()).count(UnionKind.INDUSTRIAL) == 4


def test_every_union_has_a_series_of_its_own_and_its_role_groups(loaded):
    unions = list(Union.objects.all())
    assert len({union.document_prefix for union in unions}) == len(unions)
    for union in unions:
        roles = RoleGroup.objects.filter(union=union).values_list("role", flat=True)
        assert set(roles) == set(ROLES_AT[union.tier])


def test_each_level_rests_on_the_one_below(loaded):
    base, county, city = NamingLevel.objects.order_by("tier")
    assert (base.requires, county.requires, city.requires) == (None, base, county)
    assert (base.takes_document, county.takes_document, city.takes_document) == (False, True, True)
    assert all(Round.objects.taking(level).count() == 1 for level in (base, county, city))


def test_the_sections_of_the_industry_standard_are_complete(loaded):
    assert "".join(Industry.objects.values_list("code", flat=True)) == "ABCDEFGHIJKLMNOPQRST"


def test_honours_that_open_the_door_at_city_level_exist_in_each_group(loaded):
    ruleset = RuleSet.objects.in_force()
    params = ruleset.clauses.get(clause="二.1").params
    for group in params["groups"]:
        ranks = set(HonourKind.objects.filter(group=group).values_list("rank", flat=True))
        assert Rank.PREFECTURE in ranks and Rank.NATIONAL in ranks, group
    assert params["max_rank"] == Rank.PREFECTURE


def test_only_chinese_patents_are_patents(loaded):
    patents = AchievementKind.objects.filter(is_patent=True).values_list("code", flat=True)
    assert set(patents) == {"invention_patent", "utility_model", "design_patent"}


def test_public_bodies_are_marked(loaded):
    public = OwnershipKind.objects.filter(is_public=True).values_list("code", flat=True)
    assert set(public) == {"state", "government", "institution"}


def test_loading_again_changes_nothing(loaded):
    entries = Entry.objects.count()
    assert set(load().values()) == {"0"}
    assert Entry.objects.count() == entries


def test_what_an_office_changed_stays_until_it_is_asked_for(loaded):
    Industry.objects.filter(code="C").update(name="制造业（本市口径）")
    Industry.objects.filter(code="T").delete()
    assert load()["industries"] == "1"
    assert Industry.objects.get(code="C").name == "制造业（本市口径）"
    assert Industry.objects.filter(code="T").exists()
    assert load("industries", update=True) == {"industries": "20"}
    assert Industry.objects.get(code="C").name == "制造业"


def test_updating_renames_a_union_but_does_not_move_it(loaded):
    horqin, naiman = Union.objects.get(code="150502"), Union.objects.get(code="150525")
    Union.objects.filter(pk=horqin.pk).update(name="旧名")
    path = naiman.path
    load("unions", update=True)
    horqin.refresh_from_db()
    naiman.refresh_from_db()
    assert horqin.name == "科尔沁区总工会" and naiman.path == path


def test_the_unions_are_founded_on_record_by_the_system(loaded):
    founded = Entry.objects.filter(verb="union.found")
    assert founded.count() == Union.objects.count()
    assert set(founded.values_list("actor__username", flat=True)) == {"system"}


def test_a_rule_set_in_the_database_is_never_changed(loaded):
    ruleset = RuleSet.objects.get(code="tongliao-2020")
    ruleset.clauses.filter(clause="二.2").update(params={"min_count": 3})
    load(update=True)
    assert ruleset.clauses.get(clause="二.2").params == {"min_count": 3}


def test_a_faulty_rule_set_is_refused_with_its_faults(db, tmp_path, monkeypatch):
    faulty = (
        '{"code": "x", "title": "x", "effective_from": "2020-01-01", "clauses":'
        ' [{"id": "九.9", "order": 1, "title": "x", "text": "x", "kind": "auto",'
        ' "levels": ["base"], "blocks": [], "params": {}}]}'
    )
    (tmp_path / "rule_set_x.json").write_text(faulty)
    monkeypatch.setattr("reviews.reference.FOLDER", tmp_path)
    with pytest.raises(FaultyRuleSet, match="九.9: no such rule"):
        load_rule_sets(actor=User.objects.system())
    assert not RuleSet.objects.exists()


def test_an_unknown_subject_is_refused(db):
    with pytest.raises(CommandError, match="No such subject: planets"):
        load("planets")
