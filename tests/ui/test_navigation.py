"""The shell shows each person what was registered for them, and asks nothing that it does not print."""

from types import SimpleNamespace

import pytest
from django.template import TemplateSyntaxError
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation

from portal.ui import navigation
from portal.ui.context import Chrome

pytestmark = pytest.mark.urls("tests.ui.stub_urls")


@pytest.fixture
def registry(monkeypatch):
    """An empty registry for the test."""
    fresh = navigation.Providers()
    monkeypatch.setattr(navigation, "_providers", fresh)
    return fresh


def person(**more):
    return SimpleNamespace(is_authenticated=True, pk=1, name="示例", get_username=lambda: "x", **more)


def links(user, path="/"):
    return [link for _, group in navigation.sections_for(user, path) for link in group]


def test_entries_stand_in_order_under_their_sections(registry):
    navigation.register(20, "B", "Studios", "building", "studio_list")
    navigation.register(10, "A", "Queue", "inbox", "queue")
    assert [
        (title, [link.entry.label for link in group])
        for title, group in navigation.sections_for(person(), "/")
    ] == [
        ("A", ["Queue"]),
        ("B", ["Studios"]),
    ]


def test_an_entry_is_shown_only_to_those_it_is_for(registry):
    navigation.register(1, "A", "Queue", "inbox", "queue", shown=lambda user: user.reviews)
    assert links(person(reviews=False)) == []
    assert len(links(person(reviews=True))) == 1


def test_registering_twice_leaves_one_entry(registry):
    for _ in range(2):
        navigation.register(1, "A", "Queue", "inbox", "queue")
    assert len(links(person())) == 1


def test_an_unknown_icon_is_refused_at_once(registry):
    with pytest.raises(TemplateSyntaxError):
        navigation.register(1, "A", "Queue", "nothing", "queue")


def test_an_entry_without_an_address_is_left_out(registry):
    navigation.register(1, "A", "Later", "inbox", "not_routed")
    assert links(person()) == []


@pytest.mark.parametrize(
    ("path", "current"), [("/work/queue/", "page"), ("/work/queue/7/", "true"), ("/elsewhere/", "")]
)
def test_the_nearest_entry_is_the_current_one(registry, path, current):
    navigation.register(1, "A", "Start", "home", "work_home")
    navigation.register(2, "A", "Queue", "inbox", "queue")
    assert {link.entry.url_name: link.current for link in links(person(), path)}["queue"] == current


def test_nothing_is_asked_before_it_is_printed_and_then_once(registry):
    asked = []
    navigation.register_unread(lambda user: asked.append("unread") or 3)
    navigation.register_place(lambda user: asked.append("place") or "示例旗总工会")
    request = RequestFactory().get("/")
    request.user = person()
    chrome = Chrome(request)
    assert asked == []
    assert [chrome.unread, chrome.unread, chrome.place, chrome.place] == [
        3,
        3,
        "示例旗总工会",
        "示例旗总工会",
    ]
    assert asked == ["unread", "place"]


def test_a_stranger_has_no_navigation(registry):
    navigation.register(1, "A", "Queue", "inbox", "queue")
    navigation.register_unread(lambda user: 3)
    request = RequestFactory().get("/")
    request.user = SimpleNamespace(is_authenticated=False)
    assert (Chrome(request).nav, Chrome(request).unread, Chrome(request).place) == ([], 0, "")


def test_the_shell_shows_place_unread_count_and_ways_out(registry):
    navigation.register(1, "Reviews", "Queue", "inbox", "queue", count=lambda user: 12)
    navigation.register_unread(lambda user: 3)
    navigation.register_place(lambda user: "示例旗总工会")
    navigation.register_owner(lambda user: "示例市总工会")
    request = RequestFactory().get("/work/queue/")
    request.user = person()
    with translation.override("en"):
        html = render_to_string("base_work.html", {"chrome": Chrome(request)}, request=None)
    for piece in (
        "示例旗总工会",
        "示例市总工会",
        "3 unread",
        ">12<",
        'aria-current="page"',
        "Sign out",
        "/password/",
    ):
        assert piece in html
    assert '<form action="/sign-out/" method="post">' in html


def test_the_public_pages_lead_to_sign_in_or_to_the_workspace(registry):
    request = RequestFactory().get("/")
    for signed_in, address in ((False, "/sign-in/"), (True, "/work/")):
        request.user = SimpleNamespace(is_authenticated=signed_in)
        html = render_to_string("public/home.html", {"chrome": Chrome(request), "request": request})
        assert f'href="{address}"' in html
