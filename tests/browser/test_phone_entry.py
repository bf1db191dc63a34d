"""A clerk with a telephone: photo, one line, done; with a bad photo, a bad connection, without scripts."""

import re

import pytest
from playwright.sync_api import expect

from tests.files.makers import jpeg

PHOTO = {"name": "IMG_0001.jpg", "mimeType": "image/jpeg"}
ONLY_A_PHONE = pytest.mark.parametrize("screen", ["phone"], indirect=True)


class QuickPage:
    """The page for entering something with one thumb."""

    def __init__(self, person, unit):
        self.person, self.unit, self.page = person, unit, person.page

    def open(self):
        self.person.go("/quick/")
        assert self.page.url.endswith(f"/studios/{self.unit.studio}/quick/")
        return self

    def enter(self, line, what="activity", photo=None):
        if photo is not None:
            self.page.locator("#photo-camera").set_input_files({**PHOTO, "buffer": photo})
        self.page.fill("#id_line", line)
        self.page.locator(f'input[name=what][value="{what}"]').check(force=True)
        return self

    @property
    def button(self):
        return self.page.locator(".quick__send button[type=submit]")

    def send(self):
        self.button.click()
        self.page.wait_for_url(re.compile(r"\?done="))
        self.person.look()
        expect(self.page.locator("h1")).to_have_text("登记成功")
        return self


def standing_in_the_ledger(person, unit, line):
    person.go(f"/studios/{unit.studio}/ledger/")
    expect(person.page.locator("#part-activity .result").filter(has_text=line)).to_have_count(1)


@ONLY_A_PHONE
def test_photo_one_line_done(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    quick = QuickPage(clerk, unit).open()
    clerk.shot("quick-empty")
    within_a_thumb(quick)
    quick.enter("早班前安全练兵", photo=jpeg())
    expect(clerk.page.locator("[data-chosen]")).to_contain_text("IMG_0001.jpg")
    clerk.shot("quick-filled")
    quick.send()
    clerk.says("照片已收到")
    clerk.shot("quick-done")
    clerk.press(clerk.page.locator("main a", has_text="再登记一条"))
    quick.enter("请退休老师傅讲课").send()
    standing_in_the_ledger(clerk, unit, "早班前安全练兵")
    standing_in_the_ledger(clerk, unit, "请退休老师傅讲课")
    clerk.shot("ledger")
    clerk.press(clerk.page.locator("#part-activity a", has_text="早班前安全练兵"))
    expect(clerk.page.locator("[data-upload-list] li")).to_have_count(1)
    clerk.shot("entry")


def within_a_thumb(quick):
    """What is pressed is at least 44 pixels high, and the button to send is in sight without scrolling."""
    for pressed in (".quick__photo", ".quick__album", ".quick__kind span", ".quick__send button"):
        for box in quick.page.locator(pressed).all():
            assert box.bounding_box()["height"] >= 44, pressed
    box = quick.button.bounding_box()
    assert box["y"] + box["height"] <= quick.page.viewport_size["height"]


@ONLY_A_PHONE
def test_a_bad_photo_does_not_take_the_line_with_it(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    quick = QuickPage(clerk, unit).open().enter("技术交流会", photo=b"no picture at all")
    quick.button.click()
    expect(clerk.page.locator("[data-said]")).to_contain_text("文字已保存")
    clerk.shot("quick-bad-photo")
    clerk.page.locator("[data-extra]", has_text="不传照片").click()
    clerk.page.wait_for_url(re.compile(r"\?done="))
    standing_in_the_ledger(clerk, unit, "技术交流会")


@ONLY_A_PHONE
def test_a_connection_that_breaks_costs_nothing(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    quick = QuickPage(clerk, unit).open().enter("地下室里写的一行", photo=jpeg())
    clerk.context.set_offline(True)
    quick.button.click()
    expect(clerk.page.locator("[data-said]")).to_contain_text("尚未提交")
    expect(clerk.page.locator("#id_line")).to_have_value("地下室里写的一行")
    clerk.shot("quick-offline")
    clerk.context.set_offline(False)
    quick.send()
    clerk.says("照片已收到")
    standing_in_the_ledger(clerk, unit, "地下室里写的一行")


@ONLY_A_PHONE
def test_it_works_without_scripts(desk, unit):
    clerk = desk(unit.clerk, unit.password, scripts=False)
    quick = QuickPage(clerk, unit).open().enter("没有脚本的一行", "media", photo=jpeg())
    clerk.shot("quick-plain")
    quick.send()
    clerk.go(f"/studios/{unit.studio}/ledger/")
    expect(clerk.page.locator("#part-media .result").filter(has_text="没有脚本的一行")).to_have_count(1)
