"""An uploaded roster: received, previewed, answered, confirmed, dropped, undone."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from portal.audit.models import Entry
from portal.files import kinds, store
from portal.jobs import worker
from portal.jobs.choices import JobState
from portal.jobs.models import Job
from portal.sheets.refusals import Refused
from studios.models import Appointment, Leader, RosterImport, Studio, Unit
from studios.permissions import forget_grants
from studios.services import evidence, roster_imports
from studios.services.people import NotPossible
from studios.services.roster_report import problem_sentence, remarks_file, report
from tests.factories.studios import UnitFactory
from tests.studios.rosters.sheets import GOOD, NEXT, upload

pytestmark = pytest.mark.django_db
ALIKE = (*GOOD[:2], "星火铸造公司", *GOOD[3:])


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    """An empty store of its own."""
    settings.MEDIA_ROOT = str(tmp_path / "media")


@pytest.fixture
def clerk(people):
    return people.roster_admin


def run_jobs():
    """What the worker would do; to the test's transaction, jobs lie in the future."""
    Job.objects.update(not_before=timezone.now() - timedelta(hours=1))
    return [state for _pk, state in worker.run_pending()]


def previewed(clerk, union, *rows, **more):
    """An import after the job that reads it."""
    roster = roster_imports.receive(upload(*rows, **more), union=union, actor=clerk)
    run_jobs()
    roster.refresh_from_db()
    return roster


def applied(clerk, union, *rows):
    roster = previewed(clerk, union, *rows)
    roster_imports.confirm(roster, actor=clerk)
    run_jobs()
    roster.refresh_from_db()
    assert roster.state == "applied", problem_sentence(roster.problem)
    return roster


# -- receiving -------------------------------------------------------------------------------------
def test_a_roster_is_kept_and_its_preview_asked_for(city, clerk):
    roster = roster_imports.receive(upload(GOOD), union=city.city, actor=clerk)
    assert roster.state == "reading"
    assert store.exists(roster.stored)
    assert roster.stored.endswith(".xlsx")
    assert roster.job.kind == "rosters.preview"
    assert Entry.objects.get(verb="roster.upload").detail["sha256"] == roster.sha256
    evidence.sweep()
    assert store.exists(roster.stored)


@pytest.mark.parametrize("who", ["unit_clerk", "county_reviewer", "auditor", "stranger", "superuser"])
def test_who_may_not_import_leaves_nothing_behind(city, people, who):
    with pytest.raises(PermissionDenied):
        roster_imports.receive(upload(GOOD), union=city.city, actor=getattr(people, who))
    assert not RosterImport.objects.exists()


def test_what_is_empty_or_too_large_is_refused_at_once(city, clerk, monkeypatch):
    with pytest.raises(Refused):
        roster_imports.receive(SimpleUploadedFile("a.xlsx", b""), union=city.city, actor=clerk)
    monkeypatch.setattr(roster_imports, "MAX_BYTES", 100)
    with pytest.raises(Refused):
        roster_imports.receive(upload(GOOD), union=city.city, actor=clerk)
    assert not RosterImport.objects.exists()


def test_evidence_takes_no_sheets():
    assert not set(kinds.SHEETS) & set(kinds.KINDS)
    assert not any(ending in kinds.ACCEPT for ending in (".xls", ".csv", ".html"))


# -- the preview -----------------------------------------------------------------------------------
def test_the_preview_says_of_each_row_what_would_become_of_it(city, clerk):
    roster = previewed(clerk, city.city, GOOD, NEXT, total=3)
    assert (roster.state, roster.problem) == ("preview", None)
    assert roster.counts == {"new": 2, "changed": 0, "same": 0, "question": 0, "error": 0, "skipped": 3}
    (total,) = roster.control_totals
    assert (total["stated"], total["found"]) == (3, 2)
    row = roster.rows.get(row=3)
    assert row.verdict == "new"
    assert row.values["named_on"] == "2019-06"
    assert row.values["area_sqm"] == 80
    assert {column["column"] for column in roster.columns} >= {"studio_name", "unit_name", "level", "leader"}
    assert not Studio.objects.filter(short_name=GOOD[1]).exists()


def test_made_twice_the_preview_is_the_same(city, clerk):
    roster = previewed(clerk, city.city, GOOD, NEXT)
    before = list(roster.rows.values("row", "verdict", "values", "messages"))
    roster_imports.preview(roster)
    assert list(roster.rows.values("row", "verdict", "values", "messages")) == before


def test_an_applied_roster_gets_no_preview_any_more(city, clerk):
    roster = applied(clerk, city.city, GOOD)
    seen = list(roster.rows.values("pk", "verdict", "made"))
    roster_imports.preview(roster)
    roster.refresh_from_db()
    assert (roster.state, list(roster.rows.values("pk", "verdict", "made"))) == ("applied", seen)


def test_strange_signs_survive_the_way_into_the_database(city, clerk):
    name = "周\\建\t成\n“劳模”创新工作室"
    roster = previewed(clerk, city.city, (GOOD[0], name, *GOOD[2:]))
    row = roster.rows.get(row=3)
    assert "\\" in row.values["studio_name"] or "\\" in row.raw["studio_name"]
    assert row.raw["studio_name"] == name


def test_a_file_that_is_no_roster_is_refused_with_a_sentence(city, clerk):
    roster = roster_imports.receive(
        SimpleUploadedFile("a.xlsx", b"%PDF-1.7 ..."), union=city.city, actor=clerk
    )
    run_jobs()
    roster.refresh_from_db()
    assert roster.state == "refused"
    assert "PDF" in problem_sentence(roster.problem)
    other = previewed(clerk, city.city, ("甲", "乙"), head=("一", "二", "三"))
    assert other.state == "refused"
    assert len(problem_sentence(other.problem)) > 10
    assert report(other)["verdicts"] == {}


def test_nothing_is_read_for_who_lost_the_right(city, clerk):
    roster = roster_imports.receive(upload(GOOD), union=city.city, actor=clerk)
    Appointment.objects.filter(user=clerk).update(dismissed_at=timezone.now())
    run_jobs()
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("refused", "register.right_gone")


def test_a_reader_that_breaks_leaves_a_sentence_and_not_a_waiting_page(city, clerk, monkeypatch):
    def broken(*args, **kwargs):
        raise OSError("no child")

    monkeypatch.setattr(roster_imports, "examine", broken)
    roster = roster_imports.receive(upload(GOOD), union=city.city, actor=clerk)
    for _try in range(3):
        run_jobs()
    roster.refresh_from_db()
    assert roster.job.state == JobState.FAILED
    assert (roster.state, roster.problem["code"]) == ("refused", "crashed")


# -- questions -------------------------------------------------------------------------------------
@pytest.fixture
def asked(city, clerk):
    """A preview that asks whether 星火铸造公司 is the unit that is known."""
    UnitFactory(parent=city.county, name="通辽市星火铸造有限公司")
    roster = previewed(clerk, city.city, ALIKE, NEXT)
    assert roster.counts["question"] == 1
    return roster


def answer_to(roster, start):
    """(key, value) of the first choice that begins so."""
    (question,) = roster.questions
    return question["key"], next(value for value, _label in question["choices"] if value.startswith(start))


def test_an_answer_is_kept_and_the_rows_looked_at_again(asked, clerk):
    key, value = answer_to(asked, "unit:")
    roster_imports.answer(asked, {key: value}, actor=clerk)
    asked.refresh_from_db()
    assert asked.state == "reading"
    run_jobs()
    asked.refresh_from_db()
    assert asked.counts["question"] == 0
    assert asked.questions[0]["key"] == key  # it can be answered otherwise
    assert Entry.objects.get(verb="roster.answer").detail["answers"] == {key: value}


def test_only_an_offered_answer_to_an_asked_question_counts(asked, clerk):
    key, _value = answer_to(asked, "new")
    with pytest.raises(NotPossible):
        roster_imports.answer(asked, {key: "unit:1"}, actor=clerk)
    with pytest.raises(NotPossible):
        roster_imports.answer(asked, {"unit:150502:x": "new"}, actor=clerk)
    asked.refresh_from_db()
    assert asked.answers == {}


def test_the_same_file_again_takes_the_answers_over(asked, city, clerk):
    key, value = answer_to(asked, "unit:")
    roster_imports.answer(asked, {key: value}, actor=clerk)
    stored = store.path_of(asked.stored).read_bytes()
    again = roster_imports.receive(SimpleUploadedFile("again.xlsx", stored), union=city.city, actor=clerk)
    run_jobs()
    again.refresh_from_db()
    assert (again.answers, again.counts["question"]) == ({key: value}, 0)
    with_other_scope = previewed(clerk, city.county, ALIKE, NEXT)
    assert with_other_scope.answers == {}


def test_a_preview_without_the_newest_answers_is_not_kept(asked, clerk, monkeypatch):
    key, value = answer_to(asked, "unit:")
    seen = asked.previewed_at
    real = roster_imports.examine

    def slow(*args, **kwargs):
        RosterImport.objects.filter(pk=asked.pk).update(answers={key: value})
        return real(*args, **kwargs)

    monkeypatch.setattr(roster_imports, "examine", slow)
    roster_imports.preview(asked)
    asked.refresh_from_db()
    assert asked.previewed_at == seen
    assert asked.counts["question"] == 1


# -- confirming, dropping, undoing ------------------------------------------------------------------
def test_confirmed_twice_a_roster_goes_in_once(city, clerk):
    roster = previewed(clerk, city.city, GOOD, NEXT)
    first = roster_imports.confirm(roster, actor=clerk)
    second = roster_imports.confirm(roster, actor=clerk)
    assert first.job == second.job
    run_jobs()
    roster.refresh_from_db()
    assert roster.state == "applied"
    assert Studio.objects.filter(short_name__in=[GOOD[1], NEXT[1]]).count() == 2
    with pytest.raises(NotPossible):
        roster_imports.confirm(roster, actor=clerk)


def test_the_same_roster_again_changes_nothing(city, clerk):
    applied(clerk, city.city, GOOD, NEXT)
    again = previewed(clerk, city.city, GOOD, NEXT)
    assert (again.counts["same"], again.counts["new"], again.counts["changed"]) == (2, 0, 0)
    with pytest.raises(NotPossible):
        roster_imports.confirm(again, actor=clerk)


def test_who_lost_the_right_confirms_nothing(city, clerk):
    roster = previewed(clerk, city.city, GOOD)
    Appointment.objects.filter(user=clerk).update(dismissed_at=timezone.now())
    forget_grants(clerk)
    for act in (roster_imports.confirm, roster_imports.drop, roster_imports.undo):
        with pytest.raises(PermissionDenied):
            act(roster, actor=clerk)
    with pytest.raises(PermissionDenied):
        roster_imports.answer(roster, {}, actor=clerk)


def test_a_dropped_roster_leaves_no_rows_and_no_file(asked, clerk, django_capture_on_commit_callbacks):
    stored = asked.stored
    with django_capture_on_commit_callbacks(execute=True):
        roster_imports.drop(asked, actor=clerk)
    asked.refresh_from_db()
    assert (asked.state, asked.rows.count(), asked.stored) == ("dropped", 0, "")
    assert not store.exists(stored)
    with pytest.raises(NotPossible):
        roster_imports.confirm(asked, actor=clerk)


def test_an_applied_roster_is_taken_back(city, clerk):
    roster = applied(clerk, city.city, GOOD)
    roster_imports.undo(roster, actor=clerk)
    run_jobs()
    roster.refresh_from_db()
    assert roster.state == "undone"
    assert not Studio.objects.filter(short_name=GOOD[1]).exists()


def test_a_confirmed_roster_does_not_go_in_when_the_right_has_ended(city, clerk):
    roster = previewed(clerk, city.city, GOOD)
    roster_imports.confirm(roster, actor=clerk)
    Appointment.objects.filter(user=clerk).update(dismissed_at=timezone.now())
    assert JobState.FAILED in run_jobs()
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("refused", "register.right_gone")
    assert not Unit.objects.filter(name=GOOD[2]).exists()


# -- what is said ----------------------------------------------------------------------------------
def test_the_report_words_every_row(asked):
    told = report(asked)
    assert set(told) == {"file", "sha256", "verdicts", "control_totals", "rows"}
    assert told["verdicts"] == asked.counts
    by_row = {row["row"]: row for row in told["rows"]}
    assert set(by_row[3]) == {"sheet", "row", "verdict", "values", "messages"}
    (message,) = by_row[3]["messages"]
    assert set(message) == {"cell", "found", "expected"}
    assert (message["cell"], message["found"]) == ("D3", "星火铸造公司")
    assert "通辽市星火铸造有限公司" in message["expected"]
    assert by_row[1]["verdict"] == "skipped"
    assert by_row[1]["messages"][0]["expected"]


def test_the_office_gets_its_file_back_with_remarks(asked):
    content, ending = remarks_file(asked)
    assert ending == ".xlsx"
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[1][-1] == "导入意见"
    assert rows[0][-1] is None
    assert rows[2][1:4] == ALIKE[:3]
    assert "D3" in rows[2][-1]
    assert rows[3][-1]


def test_a_file_with_everything_keeps_its_good_rows(city, clerk):
    other = (city.other_county.short_name, *NEXT[1:])
    bad = ("科尔沁区", "李某创新工作室", "通辽市北方厂", "旗县级", "不知道", "", "李某", 30)
    roster = previewed(clerk, city.county, GOOD, other, bad, total=3)
    verdicts = dict(roster.rows.values_list("row", "verdict"))
    assert [verdicts[number] for number in (3, 4, 5)] == ["new", "error", "error"]
    roster_imports.confirm(roster, actor=clerk)
    run_jobs()
    assert Studio.objects.filter(short_name=GOOD[1]).exists()
    assert not Studio.objects.filter(short_name__in=[NEXT[1], bad[1]]).exists()
    assert Leader.objects.get(studio__short_name=GOOD[1]).person.name == "周建成"


def test_csv_of_an_old_office_is_read(city, clerk):
    text = "\r\n".join(
        ",".join(line)
        for line in [("旗县", "工作室名称", "所在单位", "级别", "命名时间"), (*GOOD[:4], "2019年6月")]
    )
    file = SimpleUploadedFile("名册.csv", text.encode("gb18030"))
    roster = roster_imports.receive(file, union=city.city, actor=clerk)
    assert roster.stored.endswith(".csv")
    run_jobs()
    roster.refresh_from_db()
    assert roster.counts["new"] == 1
    content, ending = remarks_file(roster)
    assert ending == ".csv"
    assert "导入意见" in content.decode("gb18030")
