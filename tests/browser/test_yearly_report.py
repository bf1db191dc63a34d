"""A yearly report from its opening to the result: the ledger fills it in, county and city grade it."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest

from tests.browser.application import ApplicationPage
from tests.browser.conftest import noted

SUMMARY = "全年完成播种机电控攻关一项，培训青工三十人次。"


@pytest.fixture
def year(portal):
    """An open year with a studio in a city of its own, and its ``clerk``, ``reviewer`` and ``approver``."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.browser.stage_years"],
        env={**os.environ, **noted(portal.folder), "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return SimpleNamespace(**json.loads(done.stdout.splitlines()[-1]))


def test_a_yearly_report_is_handed_in_graded_and_concluded(desk, year):
    clerk = desk(year.clerk, year.password)
    handed_in(clerk)
    page = graded(desk(year.reviewer, year.password), year)
    clerk.go(page.path)
    assert "团队结构合理" not in clerk.page.content(), "what is not concluded is not shown"

    approver = desk(year.approver, year.password)
    approver.go(f"/assessment/year/{year.year}/")
    approver.shot("year-whole")
    approver.go("/assessment/?state=graded")
    approver.shot("year-list-city")
    page = ApplicationPage(approver, page.path)
    approver.shot("year-confirm")
    page.decide("confirm_grade", reason="同意。")
    approver.says("合格")

    clerk.go(page.path)
    clerk.says("团队结构合理")
    clerk.shot("year-result")


def handed_in(clerk):
    """The unit adds what the ledger cannot know and presses one button."""
    clerk.go("/assessment/")
    clerk.shot("year-list-unit")
    clerk.press(clerk.page.locator("main a.table__title").first)
    clerk.says("台账数据")
    clerk.fill({"summary": SUMMARY, "s1": "45"})
    clerk.settled()
    clerk.shot("year-write")
    clerk.page.reload()
    assert clerk.page.locator("[name=summary]").input_value() == SUMMARY, "it was saved while typing"
    clerk.press(clerk.page.locator("#sheet .card__foot .btn--primary"))
    clerk.says("报告已提交")
    clerk.shot("year-handed-in")


def graded(reviewer, year):
    """The county scores, which opens the grade, and grades; returns the page."""
    page = ApplicationPage(reviewer.read("待评定年度报告", year.name))
    reviewer.says(SUMMARY)
    reviewer.fill({"s1": "50", "s1_remark": "团队结构合理。"})
    reviewer.settled()
    reviewer.shot("year-score")
    page.choose("grade_year", reason="成效明显。")
    reviewer.fill({"grade": "pass"})
    page.send()
    assert page.state == "已评定，待确认"
    return page
