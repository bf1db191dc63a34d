"""A person at a screen: one browser context, what they do with any page, and what went wrong on the way."""

import json
import re
from pathlib import Path

from playwright.sync_api import expect

SCREENS = {"desktop": {"width": 1440, "height": 900}, "phone": {"width": 390, "height": 844}}
MOST_BYTES = 100 * 1024
PIECES = {"image", "stylesheet", "script", "font"}
SAVED = re.compile(r"^已自动保存")
PATIENCE = 30_000  # milliseconds; the worker and the browser share two cores

WATCH = """
document.addEventListener('securitypolicyviolation', ev => reported(JSON.stringify(
    {problem: 'refused by the policy: ' + ev.violatedDirective + ' ' + ev.blockedURI})));
window.addEventListener('load', () => {
    const [document_] = performance.getEntriesByType('navigation');
    reported(JSON.stringify({bytes: document_.decodedBodySize}));
});
"""

NOTHING_UNSAVED = """() => {
    const leaving = new Event('beforeunload', {cancelable: true});
    window.dispatchEvent(leaving);
    return !leaving.defaultPrevented;
}"""


class Desk:
    """One person's browser. ``problems`` is what no page may have: script errors, overflow, lost pieces."""

    def __init__(self, browser, url, screen, *, who="", scripts=True, shots=None):
        self.who, self.screen, self.scripts, self.shots = who, screen, scripts, shots
        self.problems = []
        phone = {"is_mobile": True, "has_touch": True} if screen == "phone" else {}
        self.context = browser.new_context(
            base_url=url,
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
            viewport=SCREENS[screen],
            java_script_enabled=scripts,
            **phone,
        )
        self.context.set_default_timeout(PATIENCE)
        self.context.expose_binding("reported", self._reported)
        self.context.add_init_script(WATCH)
        self.page = self._watched(self.context.new_page())

    def _watched(self, page):
        page.on("pageerror", lambda error: self._problem(page, f"script error: {error}"))
        page.on("console", lambda said: self._said(page, said))
        page.on("response", lambda response: self._answered(page, response))
        page.on("dialog", lambda dialog: self._asked(page, dialog))
        return page

    def _problem(self, page, sentence):
        self.problems.append(f"{self.who} {page.url}: {sentence}")

    def _reported(self, source, text):
        told = json.loads(text)
        if "problem" in told:
            self._problem(source["page"], told["problem"])
        elif told["bytes"] > MOST_BYTES:
            self._problem(source["page"], f"{told['bytes']} bytes without its pictures")

    def _said(self, page, said):
        # The answer of a request is looked at where it arrives, see _answered.
        if said.type in {"error", "warning"} and "Failed to load resource" not in said.text:
            self._problem(page, f"console: {said.text}")

    def _answered(self, page, response):
        kind = response.request.resource_type
        if response.status >= 500 or (response.status >= 400 and kind in PIECES):
            self._problem(page, f"{response.status} {response.url}")

    def _asked(self, page, dialog):
        self._problem(page, f"dialog: {dialog.type} {dialog.message}")
        dialog.accept()

    def second_tab(self):
        """Another page of the same person, signed in as well."""
        return self._watched(self.context.new_page())

    # -- what people do ------------------------------------------------------------------------
    def go(self, path, *, status=200, page=None):
        """Open an address; fails when it answers otherwise."""
        answer = (page or self.page).goto(path)
        assert answer.status == status, f"{self.who} {path}: {answer.status}"
        self.look(page)

    def sign_in(self, username, password):
        self.go("/login/")
        self.fill({"username": username, "password": password})
        with self.page.expect_navigation():
            self.page.locator("main form button[type=submit]").first.click()
        assert "/login/" not in self.page.url, self.page.locator("main").inner_text()
        return self

    def fill(self, fields, page=None):
        """Type into controls by their names; True and False tick, {"label": ...} chooses by label."""
        for name, value in fields.items():
            control = (page or self.page).locator(f'[name="{name}"]:not([type=hidden])').first
            if isinstance(value, bool):
                control.set_checked(value)
            elif control.evaluate("el => el.tagName") == "SELECT":
                control.select_option(**(value if isinstance(value, dict) else {"value": str(value)}))
            else:
                control.fill(str(value))

    def press(self, locator):
        """Press something that leads to another page, and look at that page."""
        with self.page.expect_navigation():
            locator.click()
        self.look()

    def settled(self, page=None):
        """Leave the field and wait until the page would let one go without a warning, and says so."""
        page = page or self.page
        page.evaluate("document.activeElement && document.activeElement.blur()")
        page.wait_for_function(NOTHING_UNSAVED, timeout=PATIENCE, polling=100)
        expect(page.locator("[data-saved]").first).to_have_text(SAVED, timeout=PATIENCE)

    def read(self, what, studio):
        """Wait for the unread message that asks for something about a studio, and follow it."""
        text = f"{what}：“{studio}”"
        unread = self.page.locator("main tbody tr", has=self.page.locator(".tag")).filter(has_text=text)
        for _ in range(100):
            self.go("/messages/")
            if unread.count():
                self.press(unread.first.locator("button"))
                return self
            self.page.wait_for_timeout(300)
        raise AssertionError(f"{self.who} got no message: {text}")

    # -- what is looked at ---------------------------------------------------------------------
    def look(self, page=None):
        """Nothing may be wider than the screen."""
        page = page or self.page
        # Not innerWidth: a telephone zooms out until a page that is too wide fits.
        wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if wide > 0:
            self._problem(page, f"{wide} pixels wider than the screen")

    def shot(self, name, page=None):
        """A picture of the whole page, where pictures are wanted."""
        page = page or self.page
        self.look(page)
        if self.shots:
            Path(self.shots).mkdir(parents=True, exist_ok=True)
            page.screenshot(path=Path(self.shots) / f"{self.screen}-{name}.png", full_page=True)

    def says(self, text):
        """The page shows this text."""
        expect(self.page.locator("main")).to_contain_text(text, timeout=PATIENCE)

    def close(self):
        self.context.close()
