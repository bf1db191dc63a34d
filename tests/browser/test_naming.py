"""From a unit that nobody knows to a city title, in the browser, against the whole running portal."""

import random
import re

from playwright.sync_api import expect

from tests.browser.application import ApplicationPage
from tests.browser.desk import PATIENCE
from tests.browser.dossier import DossierForm, years_ago
from tests.factories.studios import credit_code

PASSWORD = "Qinghe-2026-gonghui"


def test_a_new_unit_takes_its_studio_to_the_city_title(desk):
    clerk, chair = let_in(desk)
    studio = register(clerk)
    fill_in(clerk, studio)

    applied(clerk, studio, "base")
    chair.read("请确认")
    ApplicationPage(chair).decide("name_at_base")
    title(clerk, studio, "基层")

    county_reviewer, county_approver = desk("county_reviewer"), desk("county_approver")
    applied(clerk, studio, "county")
    confirmed(chair)
    reviewed(county_reviewer, "propose_name")
    county_approver.read("林昭远")
    signed = ApplicationPage(county_approver)
    county_approver.shot("naming-county")
    signed.decide("name", reason="同意。", document_on=today(county_approver))
    county_approver.shot("named-county")
    title(clerk, studio, "旗县级", document="科工发")

    applied(clerk, studio, "city")
    confirmed(chair)
    reviewed(county_reviewer, "propose_endorse")
    county_approver.read("林昭远")
    ApplicationPage(county_approver).decide("endorse", reason="同意推荐。")
    city_reviewer, city_approver = desk("city_reviewer"), desk("city_approver")
    reviewed(city_reviewer, "propose_name")
    city_approver.read("林昭远")
    ApplicationPage(city_approver).decide("name", reason="同意命名。", document_on=today(city_approver))
    title(clerk, studio, "市级", document="通工发")

    clerk.go(f"/studios/{studio}/")
    expect(clerk.page.locator("#panel-applications .tag--gold")).to_have_count(3)
    clerk.shot("three-titles")
    for person in (clerk, chair):
        person.go("/messages/")
        assert person.page.locator("main tbody tr", has_text="命名").count() >= 2
    clerk.shot("messages")


def today(desk):
    """The day as the browser's own calendar has it."""
    return desk.page.evaluate("new Date().toLocaleDateString('sv-SE', {timeZone: 'Asia/Shanghai'})")


def let_in(desk):
    """The unit asks, the county confirms, clerk and chair set their passwords; their two desks."""
    number = random.randrange(1_000_000)  # no unit of an earlier journey
    name = f"通辽青禾{number}号环保科技有限公司"
    asking = desk()
    asking.go("/")
    asking.shot("home")
    asking.go("/access/new/")
    asking.fill(
        {
            "unit_name": name,
            "credit_code": credit_code(8_000_000 + number),
            "ownership": {"index": 1},
            "industry": {"index": 3},
            "address": "科尔沁区工业大街一号",
            "union": {"label": "科尔沁区总工会"},
            "clerk_name": "宋知遥",
            "clerk_phone": f"19000{number:06}",
            "chair_name": "青格勒",
            "chair_phone": f"19100{number:06}",
        }
    )
    asking.shot("access")
    asking.press(asking.page.locator("main form button[type=submit]"))
    asking.says("科尔沁区总工会")
    decide_access(desk("county_approver"), name)
    return invited(desk, "宋知遥"), invited(desk, "青格勒")


def decide_access(county, name):
    county.go("/access/requests/")
    county.shot("requests")
    county.press(county.page.get_by_role("link", name=re.compile(name)).first)
    county.press(county.page.locator('button[value="grant_access"]'))
    county.says("已开通")
    county.shot("access-granted")


def invited(desk, name):
    """Take the link out of the demonstration's outbox and come in with it."""
    person = desk()
    person.who = name
    person.go("/outbox/")
    letter = person.page.locator("article", has_text=name).filter(has=person.page.locator("a.btn")).first
    person.page.goto(letter.locator("a.btn").get_attribute("href"))
    person.fill({"new_password1": PASSWORD, "new_password2": PASSWORD})
    person.shot("invitation")
    person.press(person.page.locator("main form button[type=submit]"))
    person.says(name)
    return person


def register(clerk):
    """Register the studio; its number."""
    clerk.go("/studios/new/")
    clerk.fill(
        {
            "short_name": "林昭远劳模创新工作室",
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


def confirmed(chair):
    """The chair sends it up."""
    chair.read("请确认")
    chair.shot("confirm")
    ApplicationPage(chair).decide("confirm")


def reviewed(reviewer, action):
    """Taken on from the queue, judged clause by clause, proposed."""
    reviewer.read("林昭远")
    page = ApplicationPage(reviewer).take()
    judged = page.judge_all()
    assert judged
    reviewer.shot(f"review-{action}")
    page.decide(action, reason="材料齐全，符合条件。")
    assert page.state == "待复核"


def title(clerk, studio, level, document=""):
    """The studio's page names the title, with the number of its document where there is one."""
    clerk.go(f"/studios/{studio}/")
    row = clerk.page.locator("#panel-applications li", has_text=level)
    expect(row.locator(".tag--gold").first).to_be_visible(timeout=PATIENCE)
    if document:
        expect(row).to_contain_text(re.compile(rf"{document}〔{years_ago(0)}〕\d+号"))
