"""From a unit that nobody knows to a city title, in the browser, against the whole running portal."""

import random
import re
from types import SimpleNamespace

import pytest
from playwright.sync_api import expect

from tests.browser.application import ApplicationPage
from tests.browser.desk import PATIENCE
from tests.browser.dossier import DossierForm, years_ago
from tests.factories.studios import credit_code

PASSWORD = "Qinghe-2026-gonghui"


@pytest.fixture
def names():
    """Names that no earlier journey has used."""
    number = random.randrange(1_000_000)
    return SimpleNamespace(
        number=number,
        unit=f"通辽青禾{number}号环保科技有限公司",
        studio=f"林昭远{number}号劳模创新工作室",
    )


def test_a_new_unit_takes_its_studio_to_the_city_title(desk, names):
    clerk, chair = let_in(desk, names)
    studio = register(clerk, names)
    fill_in(clerk, studio)

    applied(clerk, studio, "base")
    chair.read("请确认申报", names.studio)
    ApplicationPage(chair).decide("name_at_base")
    title(clerk, studio, "基层")

    county_reviewer, county_approver = desk("county_reviewer"), desk("county_approver")
    applied(clerk, studio, "county")
    confirmed(chair, names)
    reviewed(county_reviewer, names, "propose_name")
    signed(county_approver, names, "name", document_on=today(county_approver))
    title(clerk, studio, "旗县级", document="科工发")

    applied(clerk, studio, "city")
    confirmed(chair, names)
    reviewed(county_reviewer, names, "propose_endorse")
    signed(county_approver, names, "endorse")
    city_reviewer, city_approver = desk("city_reviewer"), desk("city_approver")
    reviewed(city_reviewer, names, "propose_name")
    signed(city_approver, names, "name", document_on=today(city_approver))
    title(clerk, studio, "市级", document="通工发")

    expect(clerk.page.locator("#panel-applications .tag--gold")).to_have_count(3)
    clerk.shot("three-titles")
    for person in (clerk, chair):
        person.go("/messages/")
        assert person.page.locator("main tbody tr", has_text="获命名").count() >= 2
    clerk.shot("messages")


def today(desk):
    """The day as the browser's own calendar has it."""
    return desk.page.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'Asia/Shanghai'})")


def let_in(desk, names):
    """The unit asks, the county confirms, clerk and chair set their passwords; their two desks."""
    code = credit_code(8_000_000 + names.number)
    asking = desk()
    asking.go("/")
    asking.shot("home")
    asking.go("/access/new/")
    asking.fill(
        {
            "unit_name": names.unit,
            "credit_code": code[:-1] + ("0" if code[-1] != "0" else "1"),
            "ownership": {"index": 1},
            "industry": {"index": 3},
            "address": "科尔沁区工业大街一号",
            "union": {"label": "科尔沁区总工会"},
            "clerk_name": "宋知遥",
            "clerk_phone": f"19000{names.number:06}",
            "chair_name": "青格勒",
            "chair_phone": f"19100{names.number:06}",
        }
    )
    asking.press(asking.page.locator("main form button[type=submit]"))
    asking.says("校验码")
    asking.shot("access")
    asking.fill({"credit_code": code})
    asking.press(asking.page.locator("main form button[type=submit]"))
    asking.says("科尔沁区总工会")
    decide_access(desk("county_approver"), names)
    return invited(desk, names, "宋知遥"), invited(desk, names, "青格勒")


def decide_access(county, names):
    county.go("/access/requests/")
    county.shot("requests")
    county.press(county.page.get_by_role("link", name=re.compile(names.unit)).first)
    county.press(county.page.locator('button[value="grant_access"]'))
    county.says("已开通")
    county.shot("access-granted")


def invited(desk, names, name):
    """Take the link out of the demonstration's outbox and come in with it."""
    person = desk()
    person.who = name
    person.go("/outbox/")
    letter = person.page.locator("article", has_text=names.unit).filter(has_text=f"{name}")
    person.page.goto(letter.locator("a.btn").first.get_attribute("href"))
    person.fill({"new_password1": PASSWORD, "new_password2": PASSWORD})
    person.shot("invitation")
    person.press(person.page.locator("main form button[type=submit]"))
    person.says(name)
    return person


def register(clerk, names):
    """Register the studio; its number."""
    clerk.go("/studios/new/")
    clerk.fill(
        {
            "short_name": names.studio,
            "kind": "model_worker",
            "founded_on_year": years_ago(3),
            "founded_on_month": "05",
        }
    )
    clerk.press(clerk.page.locator("main form button[type=submit]"))
    return re.search(r"/studios/(\d+)/", clerk.page.url)[1]


def fill_in(clerk, studio):
    """All eight sections."""
    form = DossierForm(clerk, studio)
    form.fill_studio()
    clerk.shot("section-studio")
    form.fill_leader()
    clerk.shot("section-leader")
    form.fill_team()
    clerk.shot("section-team")
    form.fill_equipment()
    form.fill_funds()
    form.fill_projects()
    form.fill_achievements()
    clerk.shot("section-achievement")
    form.fill_evidence()
    clerk.shot("section-evidence")


def applied(clerk, studio, level):
    """From the page of the studio to the submitted application, without typing anything."""
    page = ApplicationPage.opened(clerk, studio, level)
    clerk.shot(f"draft-{level}")
    assert page.submit().state == "审核中"


def confirmed(chair, names):
    """The chair sends it up."""
    chair.read("请确认申报", names.studio)
    chair.shot("confirm")
    ApplicationPage(chair).decide("confirm")


def reviewed(reviewer, names, action):
    """Taken on, judged clause by clause, proposed."""
    page = ApplicationPage(reviewer.read("待审核", names.studio)).take()
    assert page.judge_all()
    reviewer.shot(f"review-{action}")
    page.decide(action, reason="材料齐全，符合条件。")
    assert page.state == "待复核"


def signed(approver, names, action, **how):
    """The second person's signature."""
    page = ApplicationPage(approver.read("待复核", names.studio))
    approver.shot(f"before-{action}")
    page.decide(action, reason="同意。", **how)
    approver.shot(f"after-{action}")


def title(clerk, studio, level, document=""):
    """The studio's page names the title, with the number of its document where there is one."""
    clerk.go(f"/studios/{studio}/")
    row = clerk.page.locator("#panel-applications li", has_text=level)
    expect(row.locator(".tag--gold").first).to_be_visible(timeout=PATIENCE)
    if document:
        expect(row).to_contain_text(re.compile(rf"{document}〔{years_ago(0)}〕\d+号"))
