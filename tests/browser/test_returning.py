"""An application goes back with remarks, is mended only where it was asked for, and goes on."""

from playwright.sync_api import expect

from tests.browser.application import ApplicationPage
from tests.browser.dossier import DossierForm, pdf

ADDRESS, ADDRESS_BEFORE = "二号车间三楼北侧", "二号车间二楼"


def test_a_returned_application_is_mended_and_named(desk, unit):
    clerk, chair = desk(unit.clerk, unit.password), desk(unit.chair, unit.password)
    ApplicationPage.opened(clerk, unit.studio, "county").submit()
    ApplicationPage(chair.read("请确认申报", unit.name)).decide("confirm")

    reviewer = desk("county_reviewer")
    page = ApplicationPage(reviewer.read("待审核", unit.name)).take()
    page.choose("return", remarks={"studio": "地点写错了，请核对。", "funds": "请补充今年的经费凭证。"})
    reviewer.shot("return")
    page.send()
    assert page.state == "退回补正"

    clerk.read("请补正", unit.name)
    clerk.says("地点写错了，请核对。")
    clerk.says("请补充今年的经费凭证。")
    clerk.shot("returned")
    mended(clerk, unit)
    clerk.page.goto(page.path)
    assert ApplicationPage(clerk).submit().state == "审核中"
    ApplicationPage(chair.read("请确认申报", unit.name)).decide("confirm")

    page = ApplicationPage(reviewer.read("待审核", unit.name))
    sees_the_changes(reviewer, page)
    page = ApplicationPage(reviewer, page.path)
    page.judge_all()
    page.decide("propose_name", reason="已补正，符合条件。")
    approver = desk("county_approver")
    page = ApplicationPage(approver.read("待复核", unit.name))
    approver.says("已补正，符合条件。")
    assert page.decide("name", reason="同意。").state == "已命名"


def mended(clerk, unit):
    """What was named is open and nothing else."""
    form = DossierForm(clerk, unit.studio).open("team")
    clerk.says("仅可修改以下部分")
    expect(clerk.page.locator('[name="members-0-name"]')).to_be_disabled()
    clerk.shot("section-closed")
    form.open("studio").type({"address": ADDRESS})
    form.open("funds").upload("fund.proof", pdf("今年经费凭证"))


def sees_the_changes(reviewer, page):
    """The reviewer reads what changed since the last round, and what did not is not listed."""
    reviewer.says("第 2 版")
    reviewer.press(reviewer.page.locator('#main a[href$="/changes/"]').first)
    changed = reviewer.page.locator(".change")
    expect(changed.locator("del", has_text=ADDRESS_BEFORE)).to_be_visible()
    expect(changed.locator("ins", has_text=ADDRESS)).to_be_visible()
    reviewer.says("今年经费凭证.pdf")
    assert changed.count() == 2
    reviewer.shot("changes")
