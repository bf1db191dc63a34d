"""What holds for every page and person: strict headers, no inline code, few questions, no dead links."""

import re
from html.parser import HTMLParser

import pytest

from tests.matrix import PEOPLE

pytestmark = pytest.mark.django_db

EVERYBODY = [pytest.param(who, marks=pytest.mark.xdist_group(who)) for who in PEOPLE]
MOST_QUERIES = 12
MOST_BYTES = 100 * 1024
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# Pictures are kept by the browser, but asked for anew each time: the right to see one may end.
KEPT_BUT_ASKED_FOR = {"file_thumb", "file_preview"}


class Page(HTMLParser):
    """The elements of a page as (tag, attributes), the text of each script and style."""

    def __init__(self, text):
        super().__init__()
        self.elements, self.inline, self._within = [], [], None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        self._within = tag if tag in {"script", "style"} else None

    def handle_endtag(self, tag):
        self._within = None

    def handle_data(self, data):
        if self._within and data.strip():
            self.inline.append(data)

    def all(self, tag):
        return [attrs for name, attrs in self.elements if name == tag]


def inline_code(page):
    """Everything that a strict content security policy would refuse."""
    found = [*page.inline, *(tag for tag, _attrs in page.elements if tag == "style")]
    for tag, attrs in page.elements:
        found += [f"{tag} {name}" for name in attrs if name == "style" or name.startswith("on")]
        found += [f"{tag} {name}" for name, value in attrs.items() if (value or "").startswith("javascript:")]
    return found


def pages_of(walk):
    return {visit.path: visit for visit in walk.pages() if visit.is_page}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_answer_carries_strict_headers(visits_of, who):
    for visit in visits_of(who):
        assert {name: visit.headers.get(name) for name in HEADERS} == HEADERS, visit.path
        policy = visit.headers["Content-Security-Policy"]
        assert "default-src 'none'" in policy, visit.path
        assert not re.search(r"unsafe|data:|blob:|\*|https?:", policy), visit.path


@pytest.mark.parametrize("who", EVERYBODY)
def test_nothing_is_kept_of_a_signed_in_person(visits_of, who):
    kept = {
        visit.path: visit.headers.get("Cache-Control")
        for visit in visits_of(who)
        if who != "nobody"
        and "no-store" not in visit.headers.get("Cache-Control", "")
        and not (visit.row in KEPT_BUT_ASKED_FOR and visit.headers["Cache-Control"] == "private, no-cache")
    }
    assert kept == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_has_inline_code(visits_of, who):
    pages = pages_of(visits_of(who))
    assert len(pages) > 5
    assert {path: code for path, visit in pages.items() if (code := inline_code(Page(visit.text)))} == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_page_is_built_for_all_readers(visits_of, who):
    for path, visit in pages_of(visits_of(who)).items():
        page = Page(visit.text)
        assert page.all("html")[0]["lang"] == "zh-hans", path
        assert len(page.all("h1")) == len(page.all("main")) == len(page.all("title")) == 1, path
        assert [attrs for attrs in page.all("img") if "alt" not in attrs] == [], path
        ids = [attrs["id"] for _tag, attrs in page.elements if "id" in attrs]
        assert sorted(ids) == sorted(set(ids)), path
        forms = sum(attrs.get("method", "get").lower() == "post" for attrs in page.all("form"))
        tokens = sum(attrs.get("name") == "csrfmiddlewaretoken" for attrs in page.all("input"))
        assert tokens == forms, path
        assert len(visit.text.encode()) <= MOST_BYTES, path


@pytest.mark.parametrize("who", EVERYBODY)
def test_no_page_asks_more_than_a_dozen_questions(visits_of, who):
    asked = {visit.path: visit.queries for visit in visits_of(who).pages()}
    assert {path: number for path, number in asked.items() if number > MOST_QUERIES} == {}


@pytest.mark.parametrize("who", EVERYBODY)
def test_every_link_that_a_person_is_shown_opens(visits_of, who):
    walk = visits_of(who)
    links = {link for visit in pages_of(walk).values() for link in links_on(visit)}
    assert len(links) > 3
    known = {visit.path: visit.status for visit in walk.pages()}
    dead = {link: known[link] for link in links if known.get(link, 200) not in {200, 302}}
    assert dead == {}
    pages = pages_of(walk)
    navigation = {link for visit in pages.values() for link in side_links(visit)}
    assert {link: known.get(link) for link in navigation if known.get(link) != 200} == {}


def links_on(visit):
    """The addresses that a page links to, without their questions."""
    hrefs = [attrs.get("href") or "" for attrs in Page(visit.text).all("a")]
    return {href.split("#")[0].split("?")[0] for href in hrefs if href.startswith("/")} - {""}


def side_links(visit):
    """The addresses in the side navigation of a page."""
    nav = re.search(r'<nav class="side-nav".*?</nav>', visit.text, re.S)
    return set(re.findall(r'<a href="([^"]+)"', nav[0])) if nav else set()


def test_the_checks_find_what_they_look_for():
    bad = Page(
        '<p style="x" onclick="y">a</p><style>p{}</style><a href="javascript:z">b</a><script>1</script>'
    )
    assert len(inline_code(bad)) == 6


def test_pages_speak_the_language_of_the_reader(client, reference):
    for language in ("en", "zh-hans"):
        client.post("/i18n/setlang/", {"language": language})
        text = client.get("/login/").content.decode()
        assert Page(text).all("html")[0]["lang"] == language


def test_the_pages_of_a_demonstration_are_as_strict(client, world, settings):
    settings.PORTAL_DEMO = True
    for path in ("/outbox/", "/login/"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert inline_code(Page(answer.content.decode())) == []
        assert {name: answer[name] for name in HEADERS} == HEADERS
