"""Two people at once, two tabs, a lost session, a wrong file, a guessed address: nothing is lost."""

import pytest
from playwright.sync_api import expect

from tests.browser.application import ApplicationPage
from tests.browser.desk import PATIENCE
from tests.browser.dossier import DossierForm
from tests.files import makers

at_desktop = pytest.mark.parametrize("screen", ["desktop"], indirect=True)
on_a_phone = pytest.mark.parametrize("screen", ["phone"], indirect=True)

SEND_AGAIN_AND_AGAIN = """async () => {
    const form = document.querySelector('#act');
    form.querySelector('input[name=action][value=confirm]').checked = true;
    const data = new FormData(form);
    data.set('confirmed', '1');
    const sent = {method: 'POST', body: new URLSearchParams(data)};
    const send = () => fetch(form.getAttribute('action'), sent).then(answer => answer.text());
    await Promise.all([send(), send()]);
    return await send();
}"""


def at_the_county(desk, unit):
    """The application of a unit before the county's reviewer; the reviewer's page."""
    ApplicationPage.opened(desk(unit.clerk, unit.password), unit.studio, "county").submit()
    chair = desk(unit.chair, unit.password)
    ApplicationPage(chair.read("请确认申报", unit.name)).decide("confirm")
    return ApplicationPage(desk("county_reviewer").read("待审核", unit.name)).take()


@at_desktop
def test_a_decision_sent_at_once_and_again_is_taken_once(desk, unit):
    ApplicationPage.opened(desk(unit.clerk, unit.password), unit.studio, "county").submit()
    chair = desk(unit.chair, unit.password)
    page = ApplicationPage(chair.read("请确认申报", unit.name))
    assert "没有重复办理" in chair.page.evaluate(SEND_AGAIN_AND_AGAIN)
    chair.go(page.path)
    expect(chair.page.locator("#timeline li", has_text="确认并上报")).to_have_count(1)


@on_a_phone
def test_a_double_click_submits_once(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    page = ApplicationPage.opened(clerk, unit.studio, "county")
    with clerk.page.expect_navigation():
        clerk.page.locator("#act [data-act]").dblclick()
    clerk.go(page.path)
    expect(clerk.page.locator("#timeline li", has_text="提交（第 1 版）")).to_have_count(1)
    assert ApplicationPage(clerk).state == "审核中"


@at_desktop
def test_the_slower_of_two_approvers_is_told_who_did_what(desk, unit):
    proposed = at_the_county(desk, unit)
    proposed.judge_all()
    proposed.decide("propose_name", reason="符合条件。")
    first = ApplicationPage(desk("county_approver").read("待复核", unit.name))
    slower = desk(unit.approver, unit.password)
    second = ApplicationPage(slower, first.path)
    second.choose("send_back", reason="请再核对场地。")
    first.decide("name", reason="同意。")
    second.send()
    slower.says("郭振沛")
    slower.says("命名")
    slower.shot("overtaken")
    assert second.state == "已命名"
    expect(slower.page.locator("#timeline li", has_text="退回初审人")).to_have_count(0)


@on_a_phone
def test_two_tabs_show_both_versions_and_overwrite_nothing(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    DossierForm(clerk, unit.studio).open("studio")
    other = clerk.second_tab()
    clerk.go(f"/studios/{unit.studio}/studio/", page=other)
    clerk.fill({"address": "第一个窗口的地址"})
    clerk.settled()
    clerk.fill({"address": "第二个窗口的地址"}, page=other)
    other.locator("[name=address]").blur()
    conflict = other.locator("[data-conflict]")
    expect(conflict).to_contain_text("第一个窗口的地址", timeout=PATIENCE)
    expect(conflict).to_contain_text("第二个窗口的地址")
    clerk.look(other)
    clerk.page.reload()
    expect(clerk.page.locator("[name=address]")).to_have_value("第一个窗口的地址")
    clerk.shot("two-tabs", page=other)

    with other.expect_navigation():
        conflict.locator("form[method=post] button").click()
    clerk.page.reload()
    expect(clerk.page.locator("[name=address]")).to_have_value("第二个窗口的地址")


@on_a_phone
def test_what_was_typed_when_the_session_ended_is_there_after_signing_in(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    DossierForm(clerk, unit.studio).open("studio")
    clerk.context.clear_cookies(name="session")
    clerk.fill({"intro": "这段文字写了很久，不能丢。"})
    clerk.page.locator("[name=intro]").blur()
    again = clerk.page.get_by_role("button", name="重新登录")
    expect(again).to_be_visible(timeout=PATIENCE)
    clerk.shot("session-ended")
    clerk.press(again)
    clerk.fill({"username": unit.clerk, "password": unit.password})
    clerk.press(clerk.page.locator("main form button[type=submit]").first)
    assert clerk.page.url.endswith(f"/studios/{unit.studio}/studio/")
    expect(clerk.page.locator("[name=intro]")).to_have_value("这段文字写了很久，不能丢。")
    clerk.shot("text-is-back")
    clerk.press(clerk.page.get_by_role("button", name="立即保存"))
    clerk.page.reload()
    expect(clerk.page.locator("[name=intro]")).to_have_value("这段文字写了很久，不能丢。")


@at_desktop
def test_wrong_files_are_refused_with_the_reason(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    DossierForm(clerk, unit.studio).open("studio")
    rows = clerk.page.locator("#files-signage-goals-0 li")
    for name, content, sentence in (
        ("现场.jpg", "这只是一段文字。".encode() * 40, "纯文本"),
        ("全景.png", makers.blank_png(8000, 5001), "像素"),
        ("合同.docx", makers.zip_file("word/document.xml"), "PDF"),
    ):
        before = rows.count()
        file = {"name": name, "mimeType": "application/octet-stream", "buffer": content}
        clerk.page.set_input_files("#file-signage-goals-0", [file])
        row = rows.nth(before)
        expect(row).to_contain_text(name)
        expect(row.locator(".error")).to_contain_text(sentence, timeout=PATIENCE)
    clerk.shot("wrong-files")


@at_desktop
def test_guessed_addresses_of_another_county_are_not_there(desk, unit):
    page = at_the_county(desk, unit)
    stranger = desk("other_county_reviewer")
    for path in (
        page.path,
        f"/studios/{unit.studio}/",
        f"/studios/{unit.studio}/team/",
        f"/units/{unit.unit}/",
    ):
        stranger.go(path, status=404)
        assert unit.name not in stranger.page.content()
    stranger.shot("not-there")
