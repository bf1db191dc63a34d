"""A previewed roster taken over: what stands in the register afterwards."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from portal.audit.models import Entry
from studios.choices import EndReason, Section, Source
from studios.models import (
    Achievement,
    Honour,
    Leader,
    Naming,
    NamingLevel,
    OfficialDocument,
    Person,
    Studio,
    StudioSection,
    Unit,
)
from studios.services import namings
from studios.services.people import NotPossible
from studios.services.roster_applying import apply
from tests.factories.studios import HonourFactory, LeaderFactory, StudioFactory
from tests.studios.rosters.previewed import (
    HONOUR,
    a_code,
    county_row,
    differences,
    preview,
    register,
    take,
    verdicts,
)

FULL = county_row(
    official_name="通辽市星火铸造有限公司周建成劳模创新工作室",
    credit_code=a_code(1),
    ownership="private",
    industry="C",
    specialty="铸造",
    founded_on="2016",
    document_number="科工发〔2019〕7号",
    leader="周建成",
    leader_post="工程师",
    leader_prof_title="senior",
    leader_sex="male",
    leader_birth_month="1970-05",
    honours=[HONOUR, {"name": "金点子标兵", "level": None, "year": 2015}],
    member_count=12,
    area_sqm=80.5,
    address="一号院",
    patents=["201710601862.3", "200820132792.8"],
    contact_name="韩守田",
    contact_phone="0475-8212345",
)


@pytest.fixture
def clerk(people):
    return people.roster_admin


def test_a_row_becomes_unit_studio_leader_results_and_title(city, clerk):
    take(city.city, FULL, by=clerk, raw={"patents": "ZL 2017 1 0601862.3；200820132792.8"})
    studio = Studio.objects.get(short_name="周建成劳模创新工作室")
    unit = Unit.objects.get(union=studio.union)
    assert (unit.name, unit.credit_code) == ("通辽市星火铸造有限公司", a_code(1))
    assert (unit.ownership.code, unit.industry.code) == ("private", "C")
    assert (unit.union.name, unit.union.parent) == ("通辽市星火铸造有限公司工会", city.county)
    assert unit.union.code == f"U-{a_code(1)}"
    assert (studio.county_id, studio.city_id) == (city.county.pk, city.city.pk)
    assert (studio.kind, studio.founded_on, studio.stated_members) == ("model_worker", "2016", 12)
    assert (studio.area_sqm, studio.registered_by) == (Decimal("80.50"), clerk)
    assert (studio.leader_name, studio.top_tier) == ("周建成", 2)
    leader = Leader.objects.get(studio=studio)
    assert (leader.since, leader.merits) == (date(2019, 6, 1), "2015年金点子标兵")
    assert (leader.person.post, leader.person.birth_month) == ("工程师", "1970-05")
    honour = Honour.objects.get(person=leader.person)
    assert (honour.kind.code, honour.name, honour.granted_on) == ("model_worker_city", HONOUR["name"], "2018")
    patents = Achievement.objects.filter(studio=studio).order_by("pk")
    assert [(row.kind.code, row.number, row.patent_status, row.completed_on) for row in patents] == [
        ("invention_patent", "ZL201710601862.3", "granted", ""),
        ("utility_model", "200820132792.8", "", ""),
    ]


def test_the_title_carries_what_the_roster_knew_and_no_more(city, clerk):
    take(city.city, FULL, by=clerk)
    naming = Naming.objects.get()
    assert (naming.source, naming.level.code) == (Source.IMPORTED, "county")
    assert (naming.since, naming.stated_since, naming.until) == (date(2019, 6, 1), "2019-06", None)
    assert (naming.granted_by, naming.union) == (city.county, naming.studio.union)
    document = naming.document
    assert (document.label, document.title) == ("科工发〔2019〕7号", "科工发〔2019〕7号")
    assert (document.source, document.union, document.issued_on) == (
        Source.IMPORTED,
        city.county,
        date(2019, 6, 1),
    )


@pytest.mark.parametrize(
    ("stated", "since", "kept"),
    [
        ("2019", date(2019, 1, 1), "2019"),
        ("2019-06", date(2019, 6, 1), "2019-06"),
        ("2019-06-08", date(2019, 6, 8), ""),
    ],
)
def test_a_date_stays_as_exact_as_it_was(city, clerk, stated, since, kept):
    take(city.city, county_row(named_on=stated), by=clerk)
    naming = Naming.objects.get()
    assert (naming.since, naming.stated_since) == (since, kept)


def test_without_a_date_the_year_of_the_document_stands(city, clerk):
    take(city.city, county_row(named_on=None, document_number="科工发〔2018〕3号"), by=clerk)
    naming = Naming.objects.get()
    assert (naming.since, naming.stated_since) == (date(2018, 1, 1), "2018")


def test_a_revoked_title_is_not_held(city, clerk):
    row = county_row(status="ended", revoked_on="2022", end_reason="no_result_3y")
    take(city.city, row, by=clerk)
    naming = Naming.objects.get()
    assert (naming.until, naming.stated_until) == (date(2022, 1, 1), "2022")
    assert naming.end_reason == EndReason.NO_RESULT_3Y
    assert naming.studio.top_tier == 0


def test_a_title_revoked_in_the_year_of_its_naming_ends_on_its_first_day(city, clerk):
    take(city.city, county_row(status="ended", revoked_on="2019"), by=clerk)
    naming = Naming.objects.get()
    assert (naming.since, naming.until, naming.stated_until) == (date(2019, 6, 1), date(2019, 6, 1), "2019")
    assert naming.end_reason == EndReason.UNSTATED


def test_a_title_that_ended_some_day_ended_before_today(city, clerk):
    take(city.city, county_row(status="ended"), by=clerk)
    naming = Naming.objects.get()
    yesterday = timezone.localdate() - timedelta(days=1)
    assert (naming.until, naming.stated_until, naming.end_reason) == (yesterday, "", EndReason.UNSTATED)


def test_the_portal_grants_the_next_level_on_an_old_title(city, clerk):
    take(city.city, FULL, by=clerk)
    old = Naming.objects.get()
    new = namings.grant(
        old.studio,
        NamingLevel.objects.get(code="city"),
        union=city.city,
        on=timezone.localdate(),
        actor=clerk,
    )
    assert new.basis == old
    old.studio.refresh_from_db()
    assert old.studio.top_tier == 3


def test_the_portal_grants_nothing_on_an_old_title_that_ended(city, clerk):
    take(city.city, county_row(status="ended", revoked_on="2022"), by=clerk)
    with pytest.raises(NotPossible):
        namings.grant(
            Studio.objects.get(),
            NamingLevel.objects.get(code="city"),
            union=city.city,
            on=timezone.localdate(),
            actor=clerk,
        )


def test_two_titles_of_one_new_studio_rest_on_each_other(city, clerk):
    """In whatever order the rows stand."""
    later = county_row(
        level="city", named_on="2021-05-01", document_number="通工发〔2021〕2号", leader="周建成"
    )
    take(city.city, later, county_row(leader="周建成"), by=clerk)
    assert Studio.objects.count() == Unit.objects.filter(name=later["unit_name"]).count() == 1
    low, high = Naming.objects.order_by("level__tier")
    assert (high.basis, high.granted_by, low.granted_by) == (low, city.city, city.county)
    assert high.studio.top_tier == 3
    assert Leader.objects.get().since == date(2019, 6, 1)


def test_a_title_rests_on_none_that_ended_before(city, clerk):
    later = county_row(level="city", named_on="2021-05")
    take(city.city, county_row(status="ended", revoked_on="2020-03"), later, by=clerk)
    assert Naming.objects.get(level__code="city").basis is None


def test_one_unit_with_several_studios(city, clerk):
    take(city.city, county_row(), county_row("白音那女职工创新工作室", credit_code=a_code(2)), by=clerk)
    unit = Unit.objects.get(name=county_row()["unit_name"])
    assert unit.credit_code == a_code(2)
    kinds = dict(Studio.objects.filter(union=unit.union).values_list("short_name", "kind"))
    assert kinds == {"周建成劳模创新工作室": "model_worker", "白音那女职工创新工作室": "women"}


def test_one_document_for_all_rows_with_its_number(city, clerk):
    rows = [
        county_row(f"第{n}创新工作室", named_on=day, document_number="科工发〔2019〕7号")
        for n, day in enumerate(["2019-06-20", "2019-06-08", "2019"], start=1)
    ]
    take(city.city, *rows, by=clerk)
    document = OfficialDocument.objects.get()
    assert (document.namings.count(), document.issued_on) == (3, date(2019, 1, 1))


def test_a_document_issued_here_is_used_again_but_not_another_unions(city, clerk):
    today = timezone.localdate()
    mine = namings.issue_document(city.county, on=today, title="命名", actor=clerk)
    other = namings.issue_document(city.other_county, on=today, title="命名", actor=clerk)
    rows = [
        county_row("甲创新工作室", named_on=str(today), document_number=mine.label),
        county_row("乙创新工作室", named_on=str(today), document_number=other.label),
    ]
    take(city.city, *rows, by=clerk)
    first, second = Naming.objects.order_by("studio__short_name").reverse()
    assert first.document == mine
    assert (second.document.union, second.document.source) == (city.county, Source.IMPORTED)


def test_a_further_title_of_a_known_studio(city, clerk):
    take(city.city, county_row(), by=clerk)
    take(city.city, county_row(level="city", named_on="2022-01-05"), by=clerk)
    studio = Studio.objects.get()
    assert [naming.level.code for naming in studio.namings.all()] == ["city", "county"]
    assert studio.top_tier == 3


def test_the_units_name_in_front_is_no_part_of_the_studios(city, clerk):
    take(city.city, county_row("通辽市星火铸造有限公司周建成创新工作室"), by=clerk)
    studio = Studio.objects.get()
    assert studio.short_name == "周建成创新工作室"
    assert studio.official_name == "通辽市星火铸造有限公司周建成创新工作室"


def test_exactly_the_changed_fields_are_changed(city, clerk):
    take(city.city, FULL, by=clerk)
    before = register()
    changed = {
        **FULL,
        "address": "二号院",
        "ownership": "state",
        "leader_post": "高级工程师",
        "named_on": "2019-06-08",
    }
    made = take(city.city, changed, by=clerk)
    assert set(differences(before, register())) == {
        "studios_studio",
        "studios_unit",
        "studios_person",
        "studios_naming",
        "studios_studiosection",
    }
    studio, naming = Studio.objects.get(), Naming.objects.get()
    assert (studio.address, studio.specialty) == ("二号院", "铸造")
    assert (naming.since, naming.stated_since) == (date(2019, 6, 8), "")
    assert Person.objects.get().post == "高级工程师"
    row = made.rows.get()
    assert (row.studio, row.naming) == (studio, naming)
    assert row.made["changed"]["studios.studio"] == {str(studio.pk): {"address": ["一号院", "二号院"]}}


def test_an_open_form_does_not_overwrite_what_came_in(city, clerk):
    take(city.city, FULL, by=clerk)
    studio = Studio.objects.get()
    StudioSection.objects.create(studio=studio, section=Section.STUDIO, version=4, page="opened")
    take(city.city, {**FULL, "address": "二号院", "leader_post": "车间主任"}, by=clerk)
    parts = StudioSection.objects.filter(studio=studio).order_by("section")
    assert [(part.section, part.version, part.page) for part in parts] == [
        ("leader", 1, ""),
        ("studio", 5, ""),
    ]


def test_further_honours_and_patents_are_added(city, clerk):
    take(city.city, FULL, by=clerk)
    more = {"name": "全国劳动模范", "kind": "model_worker_national", "level": "nation", "year": 2020}
    row = {**FULL, "honours": [HONOUR, more], "patents": [*FULL["patents"], "202110601862.7"]}
    take(city.city, row, by=clerk)
    assert Honour.objects.count() == 2
    assert Achievement.objects.count() == 3


def test_another_leader_comes_on_the_day_that_was_answered(city, clerk):
    take(city.city, FULL, by=clerk)
    row = {**FULL, "leader": "斯琴", "leader_birth_month": "1982-01", "honours": []}
    question = preview(city.city, row, by=clerk).questions[0]
    answer = next(value for value, _label in question["choices"] if value.startswith("since"))
    take(city.city, row, by=clerk, answers={question["key"]: answer})
    old, new = Leader.objects.order_by("since")
    assert str(new.since) == answer.partition(":")[2]
    assert old.until == new.since - timedelta(days=1)
    assert (new.person.name, new.studio.leader_name) == ("斯琴", "斯琴")


def test_a_first_leader_of_a_known_studio(city, clerk):
    studio = StudioFactory(union=city.unit.union, short_name="甲创新工作室")
    row = county_row("甲创新工作室", unit_name=city.unit.name, leader="白音")
    take(city.city, row, by=clerk)
    studio.refresh_from_db()
    assert (studio.leader_name, Leader.objects.get().since) == ("白音", date(2019, 6, 1))


def test_a_known_person_of_the_unit_is_not_made_twice(city, clerk):
    leader = LeaderFactory(studio=StudioFactory(union=city.unit.union), person__name="白音")
    leader.person.birth_month = "1980-02"
    leader.person.save()
    HonourFactory(person=leader.person)
    row = county_row("乙创新工作室", unit_name=city.unit.name, leader="白音", leader_birth_month="1980-02")
    take(city.city, row, by=clerk)
    assert Person.objects.filter(name="白音").count() == 1


def test_the_same_file_twice_writes_nothing(city, clerk):
    later = {**FULL, "level": "city", "named_on": "2021", "document_number": "通工发〔2021〕2号"}
    rows = [
        FULL,
        later,
        county_row("乙创新工作室", leader="白音"),
        county_row("丙工匠创新工作室", status="ended"),
    ]
    take(city.city, *rows, by=clerk)
    before = register()
    assert verdicts(city.city, *rows, by=clerk) == ["same"] * 4
    made = take(city.city, *rows, by=clerk)
    assert differences(before, register()) == {}
    assert made.counts == {"same": 4}
    assert not made.rows.exclude(made=None).exists()


def test_questions_and_errors_stay_out(city, clerk):
    rows = [
        county_row(),
        county_row("乙创新工作室", union_code="150599"),
        county_row("丙创新工作室", level=None),
    ]
    made = preview(city.city, *rows, by=clerk)
    assert apply(made, actor=clerk) == {"new": 1, "error": 2}
    assert Studio.objects.get().short_name == county_row()["studio_name"]


def test_it_is_on_record(city, clerk):
    made = take(city.city, FULL, county_row("乙创新工作室"), by=clerk)
    whole = Entry.objects.about(made).get()
    assert (whole.verb, whole.actor, whole.detail["counts"]) == ("roster.import", clerk, {"new": 2})
    taken = Entry.objects.filter(verb="roster.take").order_by("pk")
    assert [entry.subject_label for entry in taken] == ["周建成劳模创新工作室", "乙创新工作室"]
    assert taken[0].detail["namings"] == [made.rows.first().naming_id]
    assert (made.state, made.applied_by) == ("applied", clerk)


def test_only_who_may_import_there(city, people):
    made = preview(city.city, county_row(), by=people.roster_admin)
    with pytest.raises(PermissionDenied):
        apply(made, actor=people.county_reviewer)
    assert Studio.objects.count() == 0


def test_an_applied_import_is_not_applied_again(city, clerk):
    made = take(city.city, county_row(), by=clerk)
    with pytest.raises(NotPossible, match="已导入"):
        apply(made, actor=clerk)


def test_a_title_moved_and_one_above_it_in_one_file(city, clerk):
    """The new one does not rest on days that the same file takes away."""
    take(city.city, county_row(named_on="2018"), by=clerk)
    take(city.city, county_row(named_on="2019-06"), county_row(level="city", named_on="2018-03"), by=clerk)
    low, high = Naming.objects.order_by("level__tier")
    assert (str(low.since), high.basis) == ("2019-06-01", None)


def test_two_titles_that_rest_on_each_other_end_in_one_file(city, clerk):
    rows = [county_row(), county_row(level="city", named_on="2021-05")]
    take(city.city, *rows, by=clerk)
    ends = [
        {**rows[0], "named_on": "2019-06-08", "revoked_on": "2024-05-01"},
        {**rows[1], "revoked_on": "2024"},
    ]
    take(city.city, *ends, by=clerk)
    assert [str(naming.until) for naming in Naming.objects.order_by("level__tier")] == [
        "2024-05-01",
        "2024-01-01",
    ]


def test_a_text_that_does_not_fit_is_never_cut_off(city, clerk):
    made = preview(city.city, county_row(), by=clerk)
    made.rows.update(values=county_row(specialty="铸" * 81))
    with pytest.raises(NotPossible, match="81"):
        apply(made, actor=clerk)
    assert Studio.objects.count() == 0
