"""The page of an application, as the people before it use it."""

import re

from playwright.sync_api import expect

from tests.browser.desk import PATIENCE


class ApplicationPage:
    """What one person does on the application that is open at their desk."""

    def __init__(self, desk, path=None):
        self.desk, self.page = desk, desk.page
        if path:
            desk.go(path)
        self.path = re.sub(r"^https?://[^/]+|[?#].*", "", self.page.url)

    @classmethod
    def opened(cls, desk, studio, level):
        """A new application from the page of the studio."""
        desk.go(f"/studios/{studio}/")
        desk.shot(f"studio-before-{level}")
        desk.press(desk.page.locator(f'form:has(input[name=level][value="{level}"]) button[type=submit]'))
        return cls(desk)

    def submit(self):
        """The clerk's one button."""
        self.desk.press(self.page.locator("#act [data-act]"))
        return self

    def take(self):
        """Take it on as its reviewer."""
        self.desk.press(self.page.locator('form:has(input[value="take"]) button[type=submit]'))
        return self

    def judge_all(self, verdict="met"):
        """Give every clause that asks for it a verdict; returns the clauses."""
        clauses = []
        for form in self.page.locator("form.clause__judge[data-needed]").all():
            clause = form.locator("input[name=clause]").input_value()
            box = self.page.locator(f'details.clause[data-clause="{clause}"]')
            if box.get_attribute("open") is None:
                box.locator("summary").click()
            form.locator(f'input[name=verdict][value="{verdict}"]').locator("xpath=..").click()
            clauses.append(clause)
        if clauses:
            self.desk.settled()
            expect(self.page.locator("[data-ring-text]")).to_have_text(f"{len(clauses)}/{len(clauses)}")
        return clauses

    def choose(self, action, *, reason="", remarks=(), document_on=""):
        """Fill in the decision; nothing is sent yet."""
        card = self.page.locator(f'#act input[name=action][value="{action}"]')
        expect(card).to_be_enabled(timeout=PATIENCE)
        card.locator("xpath=..").click()
        if reason:
            self.page.fill("#id_reason", reason)
        for section, text in dict(remarks).items():
            self.page.locator(f"#id_mend_{section}").check()
            self.page.fill(f"#id_remark_{section}", text)
        if document_on:
            self.page.fill("#id_document_on", document_on)
        return self

    def send(self):
        """Send the decision, with the second look where there is one."""
        button = self.page.locator("#act [data-act]")
        if button.get_attribute("data-do") == "dialog":
            button.click()
            expect(self.page.locator("#confirm")).to_be_visible()
            button = self.page.locator("#confirm [data-do=proceed]")
        self.desk.press(button)
        return self

    def decide(self, action, **how):
        """Choose and send."""
        return self.choose(action, **how).send()

    @property
    def state(self):
        """The word of the state beside the heading."""
        return self.page.locator(".page-head .tag").first.inner_text().strip()

    def said(self):
        """The message that the last act left."""
        return self.page.locator("main .note").first.inner_text()
