"""Legal acts work where no script runs: submit, confirm, judge, propose, name."""

import pytest
from playwright.sync_api import expect

from tests.browser.application import ApplicationPage
from tests.browser.dossier import DossierForm


def decided(person, action, *, reason=""):
    """Choose and send with plain forms, over the page that asks once more."""
    page = person.page
    page.locator(f'#act input[name=action][value="{action}"]').check()
    if reason:
        page.fill("#id_reason", reason)
    person.press(page.locator("#act [data-act]"))
    again = page.locator('form:has(input[name=confirmed][value="1"]) button[type=submit]')
    if again.count():
        person.shot(f"plain-{action}")
        person.press(again)
    return ApplicationPage(person)


def judged(person):
    """Each clause by its own button."""
    needed = person.page.locator("form.clause__judge[data-needed]")
    for clause in [form.locator("input[name=clause]").input_value() for form in needed.all()]:
        form = needed.filter(has=person.page.locator(f'input[name=clause][value="{clause}"]'))
        box = person.page.locator(f'details.clause[data-clause="{clause}"]')
        if box.get_attribute("open") is None:
            box.locator("summary").click()
        form.locator("input[name=verdict][value=met]").check(force=True)
        person.press(form.locator("button[type=submit]"))


@pytest.mark.parametrize("screen", ["desktop"], indirect=True)
def test_an_application_is_submitted_confirmed_decided_and_named(desk, unit):
    clerk = desk(unit.clerk, unit.password, scripts=False)
    form = DossierForm(clerk, unit.studio).open("studio")
    clerk.fill({"address": "没有脚本也能保存"})
    clerk.press(clerk.page.locator('button[name=then][value="stay"]'))
    form.open("studio")
    expect(clerk.page.locator("[name=address]")).to_have_value("没有脚本也能保存")
    ApplicationPage.opened(clerk, unit.studio, "county").submit()

    chair = desk(unit.chair, unit.password, scripts=False).read("请确认申报", unit.name)
    assert decided(chair, "confirm").state == "审核中"

    reviewer = desk("county_reviewer", scripts=False).read("待审核", unit.name)
    ApplicationPage(reviewer).take()
    judged(reviewer)
    reviewer.shot("plain-review")
    assert decided(reviewer, "propose_name", reason="符合条件。").state == "待复核"

    approver = desk("county_approver", scripts=False).read("待复核", unit.name)
    assert decided(approver, "name", reason="同意。").state == "已命名"
