"""The main pages of every role, asked by axe-core whether everybody can use them."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
ROLES = [  # who, at which screen, where; the first thing of a list is looked at as well
    ("", "desktop", ["/", "/login/", "/access/new/", "/public/studios/", "/outbox/", "/nowhere/"]),
    ("", "phone", ["/", "/login/", "/access/new/", "/public/studios/"]),
    ("unit_clerk", "phone", ["/studios/", "/studios/new/", "/messages/", "/account/"]),
    ("unit_chair", "desktop", ["/queue/", "/people/", "/account/password/"]),
    ("county_reviewer", "desktop", ["/queue/?tab=done", "/applications/", "/access/requests/", "/studios/"]),
    ("county_reviewer", "phone", ["/queue/", "/applications/", "/access/requests/", "/people/"]),
    ("county_approver", "desktop", ["/queue/?tab=waiting", "/messages/"]),
    ("city_reviewer", "phone", ["/queue/?tab=waiting", "/people/invite/"]),
    ("city_approver", "desktop", ["/queue/?tab=waiting", "/people/?left=1"]),
    ("roster_admin", "phone", ["/studios/", "/rosters/", "/rosters/import/"]),
    ("roster_admin", "desktop", ["/rosters/", "/rosters/import/", "/rosters/export/"]),
    ("auditor", "desktop", ["/audit/", "/applications/"]),
    ("auditor", "phone", ["/audit/"]),
    ("system_admin", "phone", ["/people/", "/people/invite/"]),
]
FIRST_OF_LIST = {  # a list and the links in it that lead to one thing
    "/public/studios/": "a[href^='/public/studios/']:not([href='/public/studios/'])",
    "/queue/?tab=waiting": "main tbody a[href^='/applications/']",
    "/applications/": "main tbody a[href^='/applications/']",
    "/studios/": "main tbody a[href^='/studios/'], main a.table__title[href^='/studios/']",
    "/access/requests/": "main tbody a[href^='/access/requests/']",
    "/rosters/": "main tbody a[href^='/rosters/imports/']",
    "/people/": "main tbody a[href$='/replace/']",
}


def complaints(desk):
    """What axe-core finds on the page, one line a place."""
    found = Axe().run(desk.page, options=RULES).response["violations"]
    here = re.sub(r"^https?://[^/]+", "", desk.page.url)
    return [
        f"{desk.screen} {here}: {rule['id']} {node['html'][:160]}" for rule in found for node in rule["nodes"]
    ]


def looked_through(desk, paths):
    """Every page and the first thing of each list; the complaints."""
    found, waiting = [], list(paths)
    for path in waiting:
        answer = desk.page.goto(path)
        assert answer.status == (404 if path == "/nowhere/" else 200), path
        desk.look()
        found += complaints(desk)
        inner = desk.page.locator(FIRST_OF_LIST.get(path, "#none"))
        if inner.count():
            waiting.append(inner.first.get_attribute("href"))
    return found


@pytest.mark.parametrize(
    ("who", "screen", "paths"),
    ROLES,
    indirect=["screen"],
    ids=[f"{row[0] or 'nobody'}-{row[1]}" for row in ROLES],
)
def test_the_main_pages_of_a_role_can_be_used_by_everybody(desk, who, screen, paths):
    assert looked_through(desk(who), paths) == []


@pytest.mark.parametrize("screen", ["desktop", "phone"], indirect=True)
def test_the_form_and_the_application_can_be_used_by_everybody(desk, unit):
    clerk = desk(unit.clerk, unit.password)
    sections = ["studio", "leader", "team", "equipment", "funds", "projects", "achievements", "evidence"]
    found = looked_through(
        clerk, [f"/studios/{unit.studio}/", *[f"/studios/{unit.studio}/{s}/" for s in sections]]
    )
    clerk.go(f"/studios/{unit.studio}/")
    clerk.press(clerk.page.locator('form:has(input[value="county"]) button[type=submit]'))
    found += complaints(clerk)
    clerk.go(f"/units/{unit.unit}/")
    assert found + complaints(clerk) == []


@pytest.mark.parametrize("screen", ["desktop"], indirect=True)
def test_a_page_with_a_fault_is_complained_about(desk):
    person = desk()
    person.go("/login/")
    person.page.evaluate("document.querySelector('header img').removeAttribute('alt')")
    assert any("image-alt" in complaint for complaint in complaints(person))
