"""Pages of rosters: who sees which import, what the preview says, and that each act is done once."""

import uuid
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone, translation
from python_calamine import CalamineWorkbook

from portal.jobs.models import Job
from portal.jobs.worker import run_pending
from studios.choices import Role
from studios.models import RosterImport
from studios.permissions import IMPORT_ROSTER, VIEW_IMPORT
from studios.queries.rosters import Names
from studios.resources.blank import EXAMPLE
from studios.resources.columns import ROSTER
from studios.rosters.remarks import sentence
from studios.views.roster_preview import value_shown
from tests.factories.rosters import RosterImportFactory, RosterRowFactory
from tests.factories.studios import AppointmentFactory
from tests.studios.rosters.screens import as_user, send, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def preview(city, people):
    """An import with a row of each kind."""
    roster = RosterImportFactory(
        union=city.city,
        created_by=people.roster_admin,
        counts={"new": 1, "changed": 1, "question": 1, "error": 1},
        columns=[
            {"sheet": "Sheet1", "cell": "B2", "label": "创新工作室名称", "column": "studio_name"},
            {"sheet": "Sheet1", "cell": "F2", "label": "获奖次数", "column": ""},
        ],
        questions=[
            {
                "key": "level:市级",
                "column": "level",
                "found": "市级",
                "code": "layout.which_county",
                "values": {"found": "市级"},
                "choices": [["city", "盟市级"], ["county", "旗县级"]],
                "rows": 1,
            }
        ],
    )
    RosterRowFactory(roster=roster, verdict="new")
    RosterRowFactory(roster=roster, verdict="question")
    RosterRowFactory(
        roster=roster,
        verdict="changed",
        changes={
            "named_on": ["2019", "2019-06-01"],
            "kind": ["worker", "model_worker"],
            "area_sqm": [None, 80],
        },
    )
    RosterRowFactory(
        roster=roster,
        verdict="error",
        messages=[{"cell": "G7", "found": "2019.13", "code": "date.no_month", "values": {"month": 13}}],
    )
    return roster


# -- who sees what ---------------------------------------------------------------------------------
def test_a_county_sees_its_own_imports_and_no_others(county_admin, city, people):
    own = RosterImportFactory(union=city.county, name="本旗.xlsx")
    above = RosterImportFactory(union=city.city, name="全市.xlsx")
    beside = RosterImportFactory(union=city.other_county, name="邻旗.xlsx")
    page = text_of(as_user(county_admin), "roster_list")
    assert own.name in page
    assert above.name not in page
    assert beside.name not in page
    for name in ("roster_import", "roster_import_status", "roster_import_remarks", "roster_import_report"):
        for roster in (above, beside):
            assert as_user(county_admin).get(reverse(name, args=[roster.pk])).status_code == 404
    city_page = text_of(as_user(people.roster_admin), "roster_list")
    assert own.name in city_page and beside.name in city_page


def test_listing_and_checking_agree(city, people, county_admin):
    rows = [RosterImportFactory(union=union) for union in (city.city, city.county, city.other_county)]
    for user in [*vars(people).values(), county_admin]:
        listed = set(RosterImport.objects.visible_to(user))
        assert listed == {row for row in rows if user.has_perm(VIEW_IMPORT, row)}, user


def test_an_auditor_looks_and_acts_on_nothing(people, preview):
    auditor = as_user(people.auditor)
    page = text_of(auditor, "roster_import", preview.pk)
    assert "下一步：确认" not in page and "提交答案" not in page
    assert "<fieldset disabled>" in page
    for name in ("answer", "confirm", "undo", "drop"):
        assert send(auditor, f"roster_import_{name}", preview.pk).status_code == 403


# -- the preview -----------------------------------------------------------------------------------
def test_the_first_tab_is_what_needs_a_person(office, preview):
    page = text_of(office, "roster_import", preview.pk)
    with translation.override("zh-hans"):
        assert sentence("date.no_month", {"month": 13}) in page
    assert "G7" in page and "2019.13" in page
    assert "2019-06-01" not in page  # the changed row is on another tab


def test_a_changed_row_says_what_changes_in_words_and_in_order(office, preview):
    page = text_of(office, "roster_import", preview.pk, query="?verdict=changed")
    assert "<del>职工创新工作室</del>" in page and "<ins>劳模创新工作室</ins>" in page
    assert page.index("工作室类型") < page.index("命名时间", page.index('<dl class="changes">'))
    assert "<del>2019</del>" in page and "<ins>2019-06-01</ins>" in page


@pytest.mark.parametrize(("kept", "shown"), [("80.0", "80"), (100, "100"), ("80.50", "80.5"), (0.5, "0.5")])
def test_an_area_is_shown_as_people_write_it(kept, shown):
    assert value_shown("area_sqm", kept, Names({})) == shown


def test_what_stayed_out_of_an_applied_roster_has_a_way_on(office, city, people):
    roster = RosterImportFactory(
        union=city.city,
        state="applied",
        applied_by=people.roster_admin,
        applied_at=timezone.now(),
        counts={"new": 1, "question": 2, "error": 3},
    )
    page = text_of(office, "roster_import", roster.pk)
    assert "2 行尚未回答" in page and "3 行有误" in page
    assert page.count(f'href="{reverse("roster_import_new")}"') == 2


def test_nothing_is_to_be_confirmed_where_nothing_would_go_in(office, city):
    roster = RosterImportFactory(union=city.city, counts={"error": 3, "same": 1})
    page = text_of(office, "roster_import", roster.pk)
    assert reverse("roster_import_confirm", args=[roster.pk]) not in page
    assert reverse("roster_import_new") in page


def test_the_page_speaks_the_language_of_the_reader(office, preview):
    office.post(reverse("set_language"), {"language": "en"})
    page = text_of(office, "roster_import", preview.pk, query="?verdict=changed")
    assert "<dt>Kind</dt>" in page and "model-worker innovation studio" in page


def test_a_tab_shows_its_rows_only(office, preview):
    for verdict, count in {"new": 1, "changed": 1, "error": 1, "all": 4, "nonsense": 1}.items():
        answer = office.get(reverse("roster_import", args=[preview.pk]), {"verdict": verdict})
        assert len(answer.context["page"].rows) == count, verdict
        assert answer.context["page"].count == count


def test_what_is_said_is_the_number_of_rows(office, preview):
    page = text_of(office, "roster_import", preview.pk)
    assert "将导入新增 <b>1</b> 行、变更 <b>1</b> 行；待回答或有误的 <b>2</b> 行不导入。" in page


def test_unknown_headings_are_named(office, preview):
    answer = office.get(reverse("roster_import", args=[preview.pk]))
    assert answer.context["reading"].unknown == [("获奖次数", "F2")]
    assert answer.context["reading"].known == [("工作室名称", [("创新工作室名称", "B2")])]


def test_text_from_the_file_is_never_markup(office, city):
    evil = "<script>alert(1)</script>"
    roster = RosterImportFactory(
        union=city.city,
        name=f"{evil}.xlsx",
        counts={"error": 1},
        columns=[{"sheet": evil, "cell": "A1", "label": evil, "column": ""}],
        questions=[
            {"key": evil, "column": evil, "found": evil, "code": "x", "choices": [[evil, evil]], "rows": 1}
        ],
    )
    RosterRowFactory(
        roster=roster,
        verdict="error",
        sheet=evil,
        values={"studio_name": evil, "level": evil, "union_code": evil},
        messages=[{"cell": evil, "found": evil, "code": "x", "values": {}}],
        changes={"remarks": [evil, evil]},
    )
    page = text_of(office, "roster_import", roster.pk)
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;") > 10


def test_pages_of_rows_follow_each_other(office, city):
    roster = RosterImportFactory(union=city.city, counts={"new": 120})
    for _ in range(120):
        RosterRowFactory(roster=roster)
    seen, query = [], "?verdict=new"
    for _ in range(3):
        page = office.get(reverse("roster_import", args=[roster.pk]) + query).context["page"]
        seen += [row.number for row in page.rows]
        query = page.older
    assert len(seen) == len(set(seen)) == 120
    assert query == ""
    assert page.count == 120


def test_many_rows_and_remarks_ask_no_more_than_few(office, city, django_assert_max_num_queries):
    roster = RosterImportFactory(union=city.city, counts={"error": 60})
    remark = {"cell": "AB12345", "found": "很" * 200, "code": "date.shape", "values": {}}
    for _ in range(60):
        RosterRowFactory(roster=roster, verdict="error", messages=[remark] * 9)
    with django_assert_max_num_queries(12):
        answer = office.get(reverse("roster_import", args=[roster.pk]))
    assert len(answer.content) < 100 * 1024
    page = answer.content.decode()
    assert page.count("条批注见文件") == 50


def test_what_keeps_a_row_out_stands_first_and_little_is_not_folded(office, city):
    roster = RosterImportFactory(union=city.city, counts={"error": 1})
    note = {"cell": "B3", "found": "x", "code": "layout.formula", "values": {}}
    grave = {
        "cell": "G3",
        "found": "2019.13",
        "code": "date.no_month",
        "values": {"month": 13},
        "grave": True,
    }
    RosterRowFactory(roster=roster, verdict="error", messages=[note, note, grave])
    page = text_of(office, "roster_import", roster.pk)
    assert page.index("没有 13 月") < page.index(">B3<")
    assert '<details class="remarks__more"' not in page


def test_more_than_a_few_remarks_are_folded(office, city):
    roster = RosterImportFactory(union=city.city, counts={"error": 1})
    remark = {"cell": "B3", "found": "x", "code": "layout.formula", "values": {}}
    RosterRowFactory(roster=roster, verdict="error", messages=[remark] * 5)
    row = office.get(reverse("roster_import", args=[roster.pk])).context["page"].rows[0]
    assert (len(row.messages), len(row.folded), row.more) == (2, 3, 0)
    assert "<summary>另有 3 条批注</summary>" in text_of(office, "roster_import", roster.pk)


def test_many_changes_stay_a_small_page(office, city):
    roster = RosterImportFactory(union=city.city, counts={"changed": 60})
    names = [column.key for column in ROSTER][:16]
    for _ in range(60):
        RosterRowFactory(
            roster=roster, verdict="changed", changes={key: ["旧的值", "新的值" * 5] for key in names}
        )
    answer = office.get(reverse("roster_import", args=[roster.pk]))
    assert len(answer.content) < 100 * 1024


def test_a_refused_file_says_why(office, city):
    roster = RosterImportFactory(
        union=city.city, state="refused", problem={"code": "password", "values": {}}, counts={}
    )
    assert "密码" in text_of(office, "roster_import", roster.pk)


def test_the_very_same_file_is_noticed(office, city, preview, people):
    before = RosterImportFactory(
        union=city.city,
        name="上次.xlsx",
        sha256=preview.sha256,
        state="applied",
        applied_by=people.roster_admin,
        applied_at=timezone.now(),
    )
    assert before.name in text_of(office, "roster_import", preview.pk)
    before.state = "undone"
    before.undone_by, before.undone_at = people.roster_admin, timezone.now()
    before.save()
    assert before.name not in text_of(office, "roster_import", preview.pk)


def running(**how):
    """A job at work."""
    return Job.objects.create(
        kind="test",
        state="RUNNING",
        lease_token=uuid.uuid4(),
        lease_until=timezone.now(),
        started_at=timezone.now(),
        **how,
    )


def test_progress_is_shown_with_and_without_scripts(office, city):
    job = running(progress_done=300, progress_total=1200)
    roster = RosterImportFactory(union=city.city, state="reading", job=job)
    page = text_of(office, "roster_import", roster.pk)
    assert 'value="25"' in page and "js/progress.js" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    told = office.get(reverse("roster_import_status", args=[roster.pk])).json()
    assert (told["open"], told["percent"], told["failed"]) == (True, 25, False)
    RosterImport.objects.update(state="preview")
    Job.objects.update(state="DONE", finished_at=timezone.now(), lease_token=None, lease_until=None)
    assert office.get(reverse("roster_import_status", args=[roster.pk])).json()["open"] is False
    assert "http-equiv" not in text_of(office, "roster_import", roster.pk)


def test_work_that_failed_is_not_waited_for(office, city):
    job = Job.objects.create(kind="test", state="FAILED", error="x", finished_at=timezone.now())
    roster = RosterImportFactory(union=city.city, state="reading", job=job)
    page = text_of(office, "roster_import", roster.pk)
    assert "处理未能完成" in page and "http-equiv" not in page


# -- the empty roster ------------------------------------------------------------------------------
def test_the_empty_roster_has_the_declared_columns_as_text(office):
    answer = office.get(reverse("roster_template"))
    assert answer["Cache-Control"] == "private, no-store"
    assert answer["Content-Disposition"].startswith("attachment")
    sheet = CalamineWorkbook.from_filelike(BytesIO(answer.content)).get_sheet_by_index(0).to_python()
    assert sheet[0] == [column.heading for column in ROSTER if column.comes_in]
    assert sheet[1][0] == "示例"
    assert set(EXAMPLE.values()) <= set(sheet[1])
    xml = ZipFile(BytesIO(answer.content)).read("xl/styles.xml").decode()
    assert 'numFmtId="49"' in xml


def test_only_who_may_import_gets_the_form(people, city):
    assert as_user(people.auditor).get(reverse("roster_import_new")).status_code == 403
    assert as_user(people.auditor).get(reverse("roster_template")).status_code == 403
    assert as_user(people.county_reviewer).get(reverse("roster_list")).status_code == 403


def test_no_file_is_a_sentence(office):
    answer = send(office, "roster_import_new")
    assert answer.status_code == 422
    assert "请先选择名册文件" in answer.content.decode()


def test_where_one_may_import_for_several_one_says_for_which(people, city, county_admin):
    AppointmentFactory(user=county_admin, union=city.other_county, role=Role.ROSTER_ADMIN)
    form = as_user(county_admin).get(reverse("roster_import_new")).context["form"]
    assert set(form.fields["union"].queryset) == {city.county, city.other_county}
    assert all(county_admin.has_perm(IMPORT_ROSTER, union) for union in form.fields["union"].queryset)
    assert (
        "union" not in as_user(people.roster_admin).get(reverse("roster_import_new")).context["form"].fields
    )


def test_a_picture_is_refused_with_a_sentence(office):
    picture = SimpleUploadedFile("名册.xlsx", b"\x89PNG\r\n\x1a\n" + b"0" * 400)
    answer = send(office, "roster_import_new", file=picture)
    run_pending()
    roster = RosterImport.objects.get()
    assert answer["Location"] == reverse("roster_import", args=[roster.pk])
    page = text_of(office, "roster_import", roster.pk)
    assert "该文件无法接收" in page and "图片" in page


def test_the_empty_roster_comes_back_without_a_studio(office):
    content = office.get(reverse("roster_template")).content
    send(office, "roster_import_new", file=SimpleUploadedFile("模板.xlsx", content))
    run_pending()
    roster = RosterImport.objects.get()
    assert not (roster.counts.get("new") or roster.counts.get("error") or roster.counts.get("question"))
