"""The scripts in a real Chromium against a made-up server: nothing typed is lost, nothing is sent twice."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation
from playwright.sync_api import expect

from portal.ui.forms import Styled
from portal.ui.formsets import Rows

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.ui.stub_urls")]

ROOT = Path(__file__).resolve().parents[2]
SITE = "http://portal.test"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self';"
    " form-action 'self'; base-uri 'none'"
)
TYPES = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
PAGE = """{% extends "base_form.html" %}{% load ui ui_files %}
{% block form %}<form id="f" method="post" action="/send" novalidate data-autosave="/save" data-once>
<input type="hidden" name="csrfmiddlewaretoken" value="t"><input type="hidden" name="version" value="1">
{% field form.name %}{% form_rows rows "Result" "Add" %}
<button class="btn" type="submit" name="go" value="next">Next</button></form>
<form data-upload action="/upload" method="post" enctype="multipart/form-data">
<input type="hidden" name="csrfmiddlewaretoken" value="t">{% drop_zone hint="PDF" %}
<ul data-upload-list></ul></form>
<section id="standards"></section>{% endblock %}"""


class Plate(Styled, forms.Form):
    name = forms.CharField(label="Name")


class Result(Styled, forms.Form):
    id = forms.IntegerField(required=False, widget=forms.HiddenInput)
    title = forms.CharField(label="Title")


class Results(Rows, forms.BaseFormSet):
    pass


ResultSet = forms.formset_factory(Result, formset=Results, extra=0, can_delete=True)


class Server:
    """Answers the page's requests; ``saves`` and ``sent`` hold the bodies, ``answer`` the next reply."""

    def __init__(self, html):
        self.html, self.saves, self.sent, self.polls = html, [], [], 0
        self.answer = lambda: (200, {"saved_at": "2026-04-09T14:03:22+08:00", "version": len(self.saves) + 1})
        self.upload_answer = (201, {"row": '<li class="upload" data-poll="/poll">checking</li>'})

    def handle(self, route):
        path = route.request.url.removeprefix(SITE)
        if path.startswith("/static/"):
            file = ROOT / path.lstrip("/").split("?")[0]
            route.fulfill(body=file.read_bytes(), content_type=TYPES[file.suffix])
        elif path == "/save":
            self.saves.append(route.request.post_data or "")
            status, body = self.answer()
            if status is None:
                route.abort()
            else:
                route.fulfill(status=status, body=body if isinstance(body, str) else json.dumps(body))
        elif path == "/upload":
            status, body = self.upload_answer
            route.fulfill(status=status, body=json.dumps(body))
        elif path == "/poll":
            self.polls += 1
            route.fulfill(body=json.dumps({"row": '<li class="upload">ready</li>'}))
        elif path == "/send":
            self.sent.append(route.request.post_data or "")
            route.fulfill(body="<p>sent</p>", content_type="text/html")
        else:
            route.fulfill(
                body=self.html, content_type="text/html", headers={"Content-Security-Policy": POLICY}
            )


@pytest.fixture
def page(browser):
    """A form page, its made-up server as ``page.server``; a script error or a broken policy fails it."""
    chrome = SimpleNamespace(nav=[], unread=0, place="示例", owner="", person="示例", signed_in=True)
    with translation.override("en"):
        html = Template(PAGE).render(
            Context({"chrome": chrome, "form": Plate(), "rows": ResultSet(prefix="r")})
        )
    context = browser.new_context(base_url=SITE)
    page, problems = context.new_page(), []
    page.server = Server(html)
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("console", lambda said: problems.append(said.text) if "Content Security" in said.text else None)
    page.route("**/*", page.server.handle)
    page.goto("/form")
    yield page
    context.close()
    assert problems == []


def type_in(page, selector, text):
    """Type and leave the field: that saves at once instead of after the pause."""
    page.fill(selector, text)
    page.locator(selector).blur()


def saved(page):
    return page.locator("[data-saved]").inner_text()


def wait_for_saves(page, number):
    for _ in range(80):
        if len(page.server.saves) >= number:
            page.wait_for_timeout(150)
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"{len(page.server.saves)} saves instead of {number}")


def test_typing_is_saved_and_the_version_taken_over(page):
    page.fill("#id_name", "示例䶮")
    wait_for_saves(page, 1)
    assert "示例䶮" in page.server.saves[0]
    assert saved(page).startswith("Saved ")
    assert page.input_value("[name=version]") == "2"


def test_nothing_is_called_saved_that_is_not(page):
    type_in(page, "#id_name", "a")
    wait_for_saves(page, 1)
    assert saved(page).startswith("Saved ")
    page.click("#id_name")
    page.keyboard.type("b")
    assert saved(page) == "Not saved yet"
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Saved "))


def test_an_unchanged_form_is_not_saved_again(page):
    type_in(page, "#id_name", "a")
    wait_for_saves(page, 1)
    page.dispatch_event("#id_name", "change")
    page.wait_for_timeout(600)
    assert len(page.server.saves) == 1


def test_a_new_row_gets_its_number_and_is_sent_with_it(page):
    page.click("[data-row-add]")
    key = page.input_value("[name=r-0-row_key]")
    page.server.answer = lambda: (200, {"saved_at": "now", "version": 2, "rows": {key: 77}})
    type_in(page, "[name=r-0-title]", "one")
    wait_for_saves(page, 1)
    assert page.input_value("[name=r-0-id]") == "77"
    type_in(page, "[name=r-0-title]", "two")
    wait_for_saves(page, 2)
    assert "77" in page.server.saves[-1] and key in page.server.saves[-1]


def test_a_removed_row_is_sent_as_deleted_and_can_come_back(page):
    page.click("[data-row-add]")
    type_in(page, "[name=r-0-title]", "one")
    page.click("[data-row-remove]")
    wait_for_saves(page, 1)
    assert 'name="r-0-DELETE"' in page.server.saves[-1]
    page.get_by_role("button", name="Undo").click()
    wait_for_saves(page, len(page.server.saves) + 1)
    assert 'name="r-0-DELETE"' not in page.server.saves[-1]
    assert page.input_value("[name=r-0-title]") == "one"


def test_an_error_is_shown_at_its_field_and_not_sent_in_a_loop(page):
    page.server.answer = lambda: (422, {"errors": {"name": ["Too short"]}})
    type_in(page, "#id_name", "a")
    wait_for_saves(page, 1)
    assert page.inner_text("#id_name_error") == "Too short"
    assert page.get_attribute("#id_name", "aria-invalid") == "true"
    assert "id_name_error" in page.get_attribute("#id_name", "aria-describedby")
    page.wait_for_timeout(2000)
    assert len(page.server.saves) == 1
    page.server.answer = lambda: (200, {"saved_at": "now", "version": 3})
    type_in(page, "#id_name", "abc")
    wait_for_saves(page, 2)
    assert page.locator("#id_name_error").count() == 0


def test_a_conflict_is_shown_and_stops_the_saving(page):
    page.server.answer = lambda: (409, {"conflict": "<div><p>Both versions</p></div>"})
    type_in(page, "#id_name", "mine")
    wait_for_saves(page, 1)
    assert page.inner_text("[data-conflict]") == "Both versions"
    type_in(page, "#id_name", "mine again")
    page.wait_for_timeout(600)
    assert len(page.server.saves) == 1 and page.input_value("#id_name") == "mine again"


def test_an_ended_session_hands_the_text_to_the_server(page):
    page.server.answer = lambda: (401, {"signed_out": True})
    type_in(page, "#id_name", "long work")
    wait_for_saves(page, 1)
    with page.expect_navigation():
        page.get_by_role("button", name="Sign in again").click()
    assert "long+work" in page.server.sent[0]


def test_a_lost_connection_keeps_the_text_and_tries_again(page):
    replies = iter([(None, ""), (503, "down")])
    fine = page.server.answer
    page.server.answer = lambda: next(replies, None) or fine()
    type_in(page, "#id_name", "kept")
    wait_for_saves(page, 1)
    assert "kept on this page" in saved(page)
    expect(page.locator("[data-saved]")).to_have_text(re.compile("^Saved "), timeout=15_000)
    assert len(page.server.saves) == 3


def test_leaving_with_unsaved_text_warns_and_with_saved_text_does_not(page):
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#id_name")
    page.keyboard.type("a")
    page.goto("/form")
    assert asked == ["beforeunload"]
    page.click("#id_name")
    page.keyboard.type("a")
    wait_for_saves(page, 1)
    page.goto("/form")
    assert asked == ["beforeunload"]


def test_a_button_pressed_during_a_save_waits_for_it(page):
    order = []
    fine = page.server.answer

    def slow():
        order.append(len(page.server.sent))
        return fine()

    page.server.answer = slow
    page.click("#id_name")
    page.keyboard.type("a")
    page.evaluate("""() => {
        const send = window.fetch;
        window.fetch = (...all) => new Promise(go => setTimeout(go, 700)).then(() => send(...all));
    }""")
    expect(page.locator("[data-saved]")).to_have_text("Saving…")
    with page.expect_navigation():
        page.click("button[value=next]")
    assert order == [0] and len(page.server.sent) == 1
    assert "version=2" in page.server.sent[0] and "go=next" in page.server.sent[0]


def test_a_button_of_another_form_waits_until_the_text_is_saved(page):
    button = '<button id="other" name="go" value="other">x</button>'
    form = f'<form action="/send" method="post" data-once>{button}</form>'
    page.evaluate("form => document.body.insertAdjacentHTML('beforeend', form)", form)
    order = []
    fine = page.server.answer
    page.server.answer = lambda: order.append(len(page.server.sent)) or fine()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("#id_name")
    page.keyboard.type("typed just now")
    with page.expect_navigation():
        page.click("#other")
    assert "typed just now" in page.server.saves[0]
    assert (order, asked) == ([0], []) and page.server.sent == ["go=other"]


def test_a_double_click_sends_once(page):
    page.evaluate("""() => {
        window.sent = 0;
        document.addEventListener('submit', ev => {
            if (!ev.defaultPrevented) window.sent += 1;
            ev.preventDefault();
        });
    }""")
    page.dblclick("button[value=next]")
    assert page.evaluate("window.sent") == 1


def test_the_enter_key_in_a_row_does_not_remove_it(page):
    page.click("[data-row-add]")
    with page.expect_navigation():
        page.press("[name=r-0-title]", "Enter")
    assert "remove-r-0" not in page.server.sent[0]


def test_fragments_are_replaced_and_open_standards_stay_open(page):
    clause = "<details class='clause' data-clause='1'><summary>1</summary>x</details>"
    page.server.answer = lambda: (200, {"saved_at": "now", "version": 2, "fragments": {"#standards": clause}})
    type_in(page, "#id_name", "a")
    wait_for_saves(page, 1)
    page.click("#standards summary")
    type_in(page, "#id_name", "ab")
    wait_for_saves(page, 2)
    assert page.evaluate("document.querySelector('#standards details').open")


def test_a_file_is_sent_and_followed_until_it_is_checked(page):
    page.set_input_files("input[type=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x"})
    expect(page.locator("[data-upload-list]")).to_have_text("ready")
    assert page.server.polls == 1


def test_a_refused_file_says_why_and_can_be_discarded(page):
    page.server.upload_answer = (422, {"error": "This is not a PDF."})
    page.set_input_files("input[type=file]", {"name": "a.pdf", "mimeType": "application/pdf", "buffer": b"x"})
    page.wait_for_selector("text=This is not a PDF.")
    page.get_by_role("button", name="Discard").click()
    assert page.locator("[data-upload-list] li").count() == 0


def test_large_text_is_remembered(page):
    page.click("[data-do=size]")
    page.goto("/form")
    assert page.get_attribute("html", "data-size") == "large"
    assert page.get_attribute("[data-do=size]", "aria-pressed") == "true"
