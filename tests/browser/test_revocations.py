"""A title is lost by procedure, and another one is saved by a late result."""

import json
import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.browser.application import ApplicationPage
from tests.browser.conftest import noted
from tests.browser.dossier import jpeg


@pytest.fixture
def staged(portal):
    """``staged("title", 1)``: what a process beside the running portal says."""

    def run(what, number):
        settings = {**noted(portal.folder), "DJANGO_SETTINGS_MODULE": "portal.settings"}
        done = subprocess.run(
            [sys.executable, "-m", "tests.browser.stage_cases", what, str(number)],
            env={**os.environ, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        lines = [line for line in done.stdout.splitlines() if line[:1] == "{"]
        return [SimpleNamespace(**json.loads(line)) for line in lines]

    return run


@pytest.fixture
def titled(staged):
    """A unit whose studio holds a county title and has no result of the last years."""
    return staged("title", 1)[0]


class CasePage(ApplicationPage):
    """The page of a case: the same panel as an application's."""


def served(desk, titled, shots=False):
    """The county opens the case and serves the notice; returns the reviewer and the address of the case."""
    reviewer = desk("county_reviewer")
    reviewer.go(f"/revocations/new/?q={titled.name}")
    if shots:
        reviewer.shot("case-choose")
    reviewer.press(reviewer.page.locator("main tbody a.btn", has_text="其他事由"))
    reviewer.fill({"cause": "no_result_3y", "grounds": "经核实，连续三年没有创新成果。"})
    if shots:
        reviewer.shot("case-new")
    reviewer.press(reviewer.page.locator("main form[data-once] button[type=submit]"))
    page = CasePage(reviewer)
    page.choose("serve_notice", reason="请在期限内完成整改并提交新的创新成果。")
    if shots:
        reviewer.shot("case-serve")
    page.send()
    return reviewer, page


def test_a_title_is_lost_by_procedure(desk, titled):
    reviewer, page = served(desk, titled, shots=True)
    reviewer.go(f"{page.path}notice/")
    reviewer.says("整改通知")
    reviewer.shot("case-notice")
    answers(desk(titled.clerk, titled.password), page.path)

    reviewer.go(page.path)
    reviewer.page.locator("#act input[name=action][value=check_answer]").locator("xpath=..").click()
    reviewer.page.locator("#act input[name=is_mended][value=no]").check()
    reviewer.page.fill("#id_reason", "现场核查，没有新成果。")
    reviewer.shot("case-check")
    page.send().decide("propose_revoke", reason="建议取消称号。")

    approver = desk("county_approver")
    approver.go(page.path)
    signing = CasePage(approver).choose("revoke", document_on=str(timezone.localdate()))
    approver.shot("case-sign")
    signing.send()
    approver.says("应交回物品")
    approver.shot("case-revoked")
    takes_it_back(reviewer, titled)
    reads_of_it(desk(), titled)


def answers(clerk, path):
    """The unit answers with two photos in one form."""
    clerk.go(path)
    clerk.says("请在期限内完成整改")
    clerk.page.fill("#id_reason", "人员变动较大，暂未形成新成果。")
    clerk.page.set_input_files("[name=files]", [jpeg("teal"), jpeg("navy")])
    clerk.shot("case-answer")
    CasePage(clerk).send()
    clerk.says("navy.jpg")
    clerk.shot("case-answered")


def takes_it_back(reviewer, titled):
    """The plaque came back today."""
    reviewer.go(f"/returns/?q={titled.name}")
    reviewer.page.locator("details.returns__record summary").first.click()
    reviewer.shot("returns")
    reviewer.press(reviewer.page.locator("details.returns__record button").first)
    reviewer.says("已交回")


def reads_of_it(citizen, titled):
    """Everybody reads that the title was withdrawn."""
    citizen.go("/public/ended/")
    citizen.says(titled.name)
    citizen.shot("titles-ended")
    citizen.go(f"/public/studios/{titled.studio}/")
    citizen.says("已终止的称号")
    citizen.shot("studio-withdrawn")


def test_a_late_result_saves_the_title(desk, titled, staged):
    reviewer, page = served(desk, titled)
    clerk = desk(titled.clerk, titled.password)
    clerk.go(page.path)
    clerk.page.fill("#id_reason", "本月已完成一项新成果，已录入台账。")
    CasePage(clerk).send()
    enters_a_result(clerk, titled)

    reviewer.go(page.path)
    reviewer.says("已有新成果计入")
    reviewer.shot("case-late-result")
    staged("night", titled.studio)
    clerk.go(page.path)
    clerk.says("播种机排种器改造")
    assert CasePage(clerk).state == "因有新成果终止"
    clerk.shot("case-stopped")
    expect(clerk.page.locator("#act")).to_have_count(0)


def enters_a_result(clerk, titled):
    """A result of today, in the ledger."""
    clerk.go(f"/studios/{titled.studio}/achievements/new/")
    clerk.fill({"title": "播种机排种器改造", "kind_id": {"label": "技术革新（技术改造）"}})
    clerk.press(clerk.page.locator("#new button[type=submit]"))
    today = timezone.localdate()
    clerk.fill({"completed_on_year": str(today.year), "completed_on_month": f"{today.month:02}"})
    clerk.settled()
