"""Questions whose answers do not fit, and jobs that a person stops: nobody is left without a way on."""

import pytest
from django.utils import timezone

from portal.jobs.models import Job
from portal.jobs.services import cancel
from portal.jobs.worker import run_pending
from studios.models import RosterImport, Studio
from studios.services import roster_applying, roster_imports, roster_undoing
from studios.services.roster_declining import NONE_FITS
from studios.services.roster_report import report
from tests.factories.rosters import RosterImportFactory
from tests.factories.studios import UnitFactory
from tests.studios.rosters.screens import send, text_of
from tests.studios.rosters.sheets import GOOD, NEXT, upload

pytestmark = pytest.mark.django_db
ALIKE = (*GOOD[:2], "星火铸造公司", *GOOD[3:])
WRITTEN_OTHERWISE = (*NEXT[:4], "05/06/2019", *NEXT[5:])
DECLINED = "已回答：都不是。请在文件中改正此单元格。"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = str(tmp_path / "media")


def previewed(union, actor, *rows):
    roster = roster_imports.receive(upload(*rows), union=union, actor=actor)
    run_pending()
    roster.refresh_from_db()
    return roster


@pytest.fixture
def asked(city, people):
    """One row asks which unit it means, another what its date means."""
    UnitFactory(parent=city.county, name="通辽市星火铸造有限公司")
    made = previewed(city.city, people.roster_admin, ALIKE, WRITTEN_OTHERWISE)
    assert len(made.questions) == made.counts["question"] == 2, made.questions
    return made


def verdicts(roster):
    return dict(roster.rows.filter(row__in=[3, 4]).values_list("row", "verdict"))


@pytest.mark.parametrize(("column", "row", "other"), [("unit_name", 3, 4), ("named_on", 4, 3)])
def test_none_of_the_answers_makes_the_row_an_error(asked, office, column, row, other):
    """Asked by the reader of a cell, or by the register: it is the same."""
    (question,) = (one for one in asked.questions if one["column"] == column)
    assert text_of(office, "roster_import", asked.pk).count("都不是，由我改正文件") == 2
    send(office, "roster_import_answer", asked.pk, **{f"answer-{question['key']}": NONE_FITS})
    run_pending()
    asked.refresh_from_db()
    assert asked.answers == {question["key"]: NONE_FITS}
    assert verdicts(asked) == {row: "error", other: "question"}
    message = asked.rows.get(row=row).messages[-1]
    assert message["grave"] and message["cell"] and message["found"]
    assert DECLINED in text_of(office, "roster_import", asked.pk, query="?verdict=error")
    (told,) = (one for one in report(asked)["rows"] if one["row"] == row)
    assert DECLINED in told["messages"][-1]["expected"]


def test_an_answer_that_fits_after_all_takes_its_place(asked, office):
    (question,) = (one for one in asked.questions if one["column"] == "unit_name")
    for value in (NONE_FITS, "new"):
        send(office, "roster_import_answer", asked.pk, **{f"answer-{question['key']}": value})
        run_pending()
    asked.refresh_from_db()
    assert verdicts(asked)[3] == "new"
    assert len(asked.questions) == 2  # the answered one can be changed again


def test_what_was_declined_stays_out_when_the_rest_goes_in(asked, office, people):
    answers = {one["key"]: NONE_FITS for one in asked.questions if one["column"] == "unit_name"}
    answers |= {one["key"]: one["choices"][0][0] for one in asked.questions if one["column"] != "unit_name"}
    roster_imports.answer(asked, answers, actor=people.roster_admin)
    run_pending()
    roster_imports.confirm(asked, actor=people.roster_admin)
    run_pending()
    asked.refresh_from_db()
    assert asked.state == "applied", asked.problem
    assert Studio.objects.filter(short_name=NEXT[1]).exists()
    assert not Studio.objects.filter(short_name=GOOD[1]).exists()


# -- jobs that a person stops ------------------------------------------------------------------------
def stopped_while_running(monkeypatch, module, name, actor):
    """Cancel the job as soon as it works, and let its next sign of life hear of it."""
    real = getattr(module, name)

    def stop(*args):
        cancel(Job.objects.get(state="RUNNING"), actor=actor)
        return real(*args)

    monkeypatch.setattr(module, name, stop)


@pytest.mark.parametrize("running", [False, True])
def test_an_import_whose_job_is_cancelled_is_a_preview_again(city, people, office, monkeypatch, running):
    clerk = people.roster_admin
    roster = previewed(city.city, clerk, GOOD)
    roster_imports.confirm(roster, actor=clerk)
    roster.refresh_from_db()
    if running:
        stopped_while_running(monkeypatch, roster_applying, "_still_right", clerk)
    else:
        cancel(roster.job, actor=clerk)
    run_pending()
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("preview", "apply.stopped")
    assert not Studio.objects.filter(short_name=GOOD[1]).exists()
    page = text_of(office, "roster_import", roster.pk)
    assert "导入在完成前已被取消，没有写入任何内容。" in page and "下一步：确认" in page
    monkeypatch.undo()
    roster_imports.confirm(roster, actor=clerk)
    run_pending()
    roster.refresh_from_db()
    assert roster.state == "applied"


@pytest.mark.parametrize("running", [False, True])
def test_an_import_stays_applied_when_undoing_is_cancelled(city, people, office, monkeypatch, running):
    clerk = people.roster_admin
    roster = previewed(city.city, clerk, GOOD)
    roster_imports.confirm(roster, actor=clerk)
    run_pending()
    roster_imports.undo(roster, actor=clerk)
    roster.refresh_from_db()
    if running:
        stopped_while_running(monkeypatch, roster_undoing, "_parts", clerk)
    else:
        cancel(roster.job, actor=clerk)
    run_pending()
    roster.refresh_from_db()
    assert (roster.state, roster.problem["code"]) == ("applied", "undo.stopped")
    assert Studio.objects.filter(short_name=GOOD[1]).exists()
    assert "撤销在完成前已被取消" in text_of(office, "roster_import", roster.pk)


def test_a_cancelled_preview_is_not_waited_for(city, people, office):
    roster = roster_imports.receive(upload(GOOD), union=city.city, actor=people.roster_admin)
    cancel(roster.job, actor=people.roster_admin)
    roster.refresh_from_db()
    assert roster.state == "refused"
    assert "http-equiv" not in text_of(office, "roster_import", roster.pk)


def test_the_last_checks_are_work_of_unknown_length(city, office):
    now = timezone.now()
    job = Job.objects.create(kind="test", progress_done=7, progress_total=7, not_before=now)
    roster = RosterImportFactory(union=city.city, state="applying", job=job)
    page = text_of(office, "roster_import", roster.pk)
    assert "正在进行最后的核验" in page
    assert '<progress class="bar" max="100" aria-labelledby="working-title"></progress>' in page
    assert RosterImport.objects.get().state == "applying"
