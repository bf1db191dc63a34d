"""Taking an applied import back: all of it, or a sentence for each thing that rests on it."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from portal.audit.models import Entry
from reviews.services.applications import open_application
from studios.choices import EndReason, Role, Section, Source
from studios.models import Naming, NamingLevel, OfficialDocument, Studio, StudioSection, Unit
from studios.services import namings, sections, studios
from studios.services.people import NotPossible, appoint
from studios.services.roster_applying import apply
from studios.services.roster_undoing import undo
from studios.services.sections import Sent
from tests.factories.accounts import UserFactory
from tests.studios.rosters.previewed import (
    HONOUR,
    a_code,
    county_row,
    differences,
    preview,
    register,
    take,
    union_of,
    verdicts,
)

SECTIONS = "studios_studiosection"  # versions only go up: an open form must not overwrite what changed twice
FULL = county_row(
    credit_code=a_code(1),
    ownership="private",
    leader="周建成",
    leader_birth_month="1970-05",
    honours=[HONOUR, {"name": "金点子标兵", "level": None, "year": None}],
    patents=["201710601862.3"],
    document_number="科工发〔2019〕7号",
    address="一号院",
    area_sqm=80,
    member_count=12,
)
HIGHER = {**FULL, "level": "city", "named_on": "2021-05", "document_number": "通工发〔2021〕2号"}


@pytest.fixture
def clerk(people):
    return people.roster_admin


def refused(made, clerk):
    """The sentence with which undoing is refused; nothing was undone."""
    before = register()
    with pytest.raises(NotPossible) as problem:
        undo(made, actor=clerk)
    assert differences(before, register()) == {}
    made.refresh_from_db()
    assert made.state == "applied"
    assert made.problem["code"] == "undo.depends"
    return str(problem.value)


def test_everything_new_goes(city, clerk):
    before = register()
    made = take(city.city, FULL, HIGHER, county_row("乙创新工作室"), by=clerk)
    deleted = undo(made, actor=clerk)
    assert differences(before, register()) == {}
    assert deleted == {
        "naming": 3,
        "leader": 1,
        "officialdocument": 2,
        "honour": 1,
        "achievement": 1,
        "person": 1,
        "studio": 2,
        "unit": 1,
        "union": 1,
    }
    made.refresh_from_db()
    assert (made.state, made.undone_by) == ("undone", clerk)
    entry = Entry.objects.about(made).last()
    assert (entry.verb, entry.detail["deleted"]) == ("roster.undo", deleted)


def test_the_same_file_again_is_as_new_as_the_first_time(city, clerk):
    rows = [FULL, HIGHER, county_row("乙创新工作室")]
    first = verdicts(city.city, *rows, by=clerk)
    undo(take(city.city, *rows, by=clerk), actor=clerk)
    assert verdicts(city.city, *rows, by=clerk) == first == ["new"] * 3
    take(city.city, *rows, by=clerk)
    assert Naming.objects.count() == 3


def test_everything_changed_is_as_before(city, clerk):
    take(city.city, FULL, by=clerk)
    before = register(but=[SECTIONS])
    row = {**FULL, "address": "二号院", "area_sqm": 90.5, "ownership": "state", "leader_sex": "female"}
    row |= {"named_on": "2019-06-08", "status": "ended", "revoked_on": "2024", "founded_on": "2015"}
    row |= {"document_number": "科工发〔2019〕8号", "patents": ["202110601862.7"], "member_count": 14}
    higher = {**row, "level": "city", "named_on": "2021-05", "document_number": "通工发〔2021〕2号"}
    made = take(city.city, {**row, "revoked_on": "2024"}, {**higher, "revoked_on": "2023"}, by=clerk)
    assert set(differences(before, register(but=[SECTIONS]))) >= {"studios_unit", "studios_naming"}
    undo(made, actor=clerk)
    assert differences(before, register(but=[SECTIONS])) == {}


def test_another_leader_goes_and_the_one_before_is_back(city, clerk):
    take(city.city, FULL, by=clerk)
    before = register(but=[SECTIONS])
    row = {**FULL, "leader": "斯琴", "leader_birth_month": "1982-01"}
    question = preview(city.city, row, by=clerk).questions[0]
    made = take(city.city, row, by=clerk, answers={question["key"]: question["choices"][-1][0]})
    undo(made, actor=clerk)
    assert differences(before, register(but=[SECTIONS])) == {}


def test_a_form_opened_in_between_is_told(city, clerk):
    take(city.city, FULL, by=clerk)
    made = take(city.city, {**FULL, "address": "二号院"}, by=clerk)
    part = StudioSection.objects.get(section=Section.STUDIO)
    assert part.version == 1
    undo(made, actor=clerk)
    part.refresh_from_db()
    assert (part.version, part.page) == (2, "")


CHOICES = {
    "studio_name": st.sampled_from(["甲创新工作室", "乙劳模创新工作室", "丙工匠创新工作室"]),
    "unit_name": st.sampled_from(["通辽甲厂", "通辽乙医院"]),
    "level": st.sampled_from(["county", "city"]),
    "named_on": st.sampled_from(["2018", "2019-06", "2020-02-29"]),
    "revoked_on": st.sampled_from([None, None, "2023", "2023-05-01"]),
    "leader": st.sampled_from([None, "白音", "斯琴"]),
    "document_number": st.sampled_from([None, "科工发〔2019〕7号", "通工发〔2020〕1号"]),
    "honours": st.sampled_from([[], [HONOUR], [{"name": "标兵", "level": None, "year": 2001}]]),
    "patents": st.sampled_from([[], ["201710601862.3"], ["200820132792.8", "201710601862.3"]]),
    "address": st.sampled_from([None, "一号院"]),
}
ROWS = st.lists(st.fixed_dictionaries(CHOICES), min_size=1, max_size=6)


@settings(
    max_examples=15,
    deadline=None,
    phases=[Phase.explicit, Phase.generate],  # shrinking takes minutes with a database
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(first=ROWS, second=ROWS)
def test_taking_back_leaves_the_register_as_it_was(city, clerk, first, second):
    """Whatever came in before, and whichever rows are good."""
    with transaction.atomic():
        apply(preview(city.city, *(county_row(**row) for row in first), by=clerk), actor=clerk)
        before = register(but=[SECTIONS])
        seen = verdicts(city.city, *(county_row(**row) for row in second), by=clerk)
        made = preview(city.city, *(county_row(**row) for row in second), by=clerk)
        apply(made, actor=clerk)
        undo(made, actor=clerk)
        assert differences(before, register(but=[SECTIONS])) == {}
        assert verdicts(city.city, *(county_row(**row) for row in second), by=clerk) == seen
        transaction.set_rollback(True)


def test_not_after_an_application(city, people, clerk):
    made = take(city.city, county_row(unit_name=city.unit.name), by=clerk)
    open_application(Studio.objects.get(), NamingLevel.objects.get(code="city"), actor=people.unit_clerk)
    assert "周建成劳模创新工作室" in refused(made, clerk)


def test_not_after_somebody_came_to_its_union(city, clerk):
    made = take(city.city, county_row(), by=clerk)
    appoint(UserFactory(), Role.UNIT_CLERK, union_of(county_row()["unit_name"]), actor=clerk)
    assert "通辽市星火铸造有限公司工会" in refused(made, clerk)


def test_not_after_a_title_rests_on_its_title(city, clerk):
    made = take(city.city, county_row(), by=clerk)
    level = NamingLevel.objects.get(code="city")
    namings.grant(Studio.objects.get(), level, union=city.city, on=timezone.localdate(), actor=clerk)
    assert "周建成劳模创新工作室" in refused(made, clerk)


def test_not_after_its_title_ended(city, clerk):
    made = take(city.city, county_row(), by=clerk)
    namings.end(Naming.objects.get(), on=timezone.localdate(), reason=EndReason.VOLUNTARY, actor=clerk)
    assert "周建成劳模创新工作室" in refused(made, clerk)


def test_not_after_a_new_studio_was_edited(city, people, clerk):
    made = take(city.city, county_row(unit_name=city.unit.name), by=clerk)
    sent = Sent(values={"specialty": "铸造"})
    sections.save(Studio.objects.get(), Section.STUDIO, sent, actor=people.unit_clerk, version=0)
    assert "周建成劳模创新工作室" in refused(made, clerk)


def test_not_after_its_unit_was_edited(city, clerk):
    made = take(city.city, county_row(), by=clerk)
    unit = Unit.objects.get(name=county_row()["unit_name"])
    boss = UserFactory()
    appointment = appoint(boss, Role.UNIT_CLERK, unit.union, actor=clerk)
    seen = studios.digest_of(unit, ["address"])
    studios.save_unit(unit, {"address": "新址"}, actor=boss, seen=seen)
    appointment.delete()
    assert "通辽市星火铸造有限公司" in refused(made, clerk)


def test_not_after_a_changed_field_was_changed_again(city, people, clerk):
    take(city.city, county_row(unit_name=city.unit.name, address="一号院"), by=clerk)
    made = take(city.city, county_row(unit_name=city.unit.name, address="二号院"), by=clerk)
    sent = Sent(values={"address": "三号院"})
    sections.save(Studio.objects.get(), Section.STUDIO, sent, actor=people.unit_clerk, version=1)
    assert "周建成劳模创新工作室" in refused(made, clerk)


def test_another_field_changed_meanwhile_stays(city, people, clerk):
    take(city.city, county_row(unit_name=city.unit.name, address="一号院"), by=clerk)
    made = take(city.city, county_row(unit_name=city.unit.name, address="二号院"), by=clerk)
    sent = Sent(values={"specialty": "铸造"})
    sections.save(Studio.objects.get(), Section.STUDIO, sent, actor=people.unit_clerk, version=1)
    undo(made, actor=clerk)
    studio = Studio.objects.get()
    assert (studio.address, studio.specialty) == ("一号院", "铸造")


def test_not_before_a_later_import_of_the_same_studio(city, clerk):
    first = take(city.city, county_row(), by=clerk)
    second = take(city.city, county_row(address="一号院"), by=clerk)
    assert "名册.xlsx" in refused(first, clerk)
    undo(second, actor=clerk)
    undo(first, actor=clerk)
    assert Studio.objects.count() == 0


def test_not_while_another_studio_stands_in_its_unit(city, clerk):
    first = take(city.city, county_row(), by=clerk)
    take(city.city, county_row("乙创新工作室"), by=clerk)
    assert "通辽市星火铸造有限公司工会" in refused(first, clerk)


def test_a_preview_that_looked_meanwhile_is_in_nobodys_way(city, clerk):
    made = take(city.city, county_row(), by=clerk)
    preview(city.city, county_row(address="一号院"), by=clerk)
    undo(made, actor=clerk)
    assert Studio.objects.count() == 0


def test_a_document_used_by_others_stays_in_the_way(city, clerk):
    made = take(city.city, county_row(document_number="科工发〔2019〕7号"), by=clerk)
    take(
        city.city,
        county_row("乙创新工作室", unit_name="通辽乙医院", document_number="科工发〔2019〕7号"),
        by=clerk,
    )
    assert "科工发〔2019〕7号" in refused(made, clerk)


def test_a_document_that_was_there_stays(city, clerk):
    document = OfficialDocument.objects.create(
        union=city.county,
        prefix="科工发",
        year=2019,
        number=7,
        title="命名",
        issued_on="2019-06-01",
        source=Source.IMPORTED,
    )
    undo(take(city.city, FULL, by=clerk), actor=clerk)
    assert OfficialDocument.objects.get() == document


def test_only_who_may_import_there(city, people, clerk):
    made = take(city.city, county_row(), by=clerk)
    with pytest.raises(PermissionDenied):
        undo(made, actor=people.county_approver)


def test_what_was_not_applied_is_not_undone(city, clerk):
    with pytest.raises(NotPossible, match="待核对"):
        undo(preview(city.city, county_row(), by=clerk), actor=clerk)
