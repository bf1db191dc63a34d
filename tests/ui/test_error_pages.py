"""Error pages work when the database, the session and the person do not."""

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils import translation
from django.views import defaults
from django.views.csrf import csrf_failure


class Broken:
    """Stands for request.user and request.session: any use is a failure."""

    def __getattribute__(self, name):
        raise AssertionError(f"an error page used .{name}")


@pytest.fixture
def request_in_trouble():
    request = RequestFactory().get("/nowhere/")
    request.user = request.session = Broken()
    return request


@pytest.mark.parametrize(
    ("code", "answer"),
    [
        (400, lambda request: defaults.bad_request(request, ValueError())),
        (403, lambda request: defaults.permission_denied(request, PermissionError("not in your county"))),
        (404, lambda request: defaults.page_not_found(request, ValueError())),
        (500, defaults.server_error),
        (403, lambda request: csrf_failure(request)),
    ],
)
def test_error_pages_ask_nobody(request_in_trouble, code, answer):
    with translation.override("en"):
        response = answer(request_in_trouble)
    html = response.content.decode()
    assert response.status_code == code
    assert f">{code}<" in html and "css/base" in html and 'href="/"' in html


def test_a_refusal_says_why():
    html = render_to_string("403.html", {"exception": "The approver must be someone else."})
    assert "The approver must be someone else." in html


def test_error_pages_speak_both_languages():
    pages = {}
    for language in ("en", "zh-hans"):
        with translation.override(language):
            pages[language] = render_to_string("404.html")
    assert '<html lang="en">' in pages["en"] and '<html lang="zh-hans">' in pages["zh-hans"]
