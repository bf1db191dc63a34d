"""Keyset paging: nothing is lost, repeated or believed."""

from datetime import timedelta

import pytest
from django.test import RequestFactory
from django.utils import timezone

from portal.accounts.models import Attempt
from portal.ui import paging
from portal.ui.paging import asked, page_of

pytestmark = pytest.mark.django_db
KEYS = ("-at", "pk")


@pytest.fixture
def rows(db):
    """Seven rows at three moments, microseconds and all."""
    start = timezone.now().replace(microsecond=123456)
    Attempt.objects.bulk_create(
        Attempt(kind="x", at=start + timedelta(microseconds=n // 3)) for n in range(7)
    )
    return Attempt.objects.all()


def get(query=""):
    return RequestFactory().get(f"/list/{query}")


def page(rows, query="", **more):
    return page_of(get(query), rows, keys=KEYS, size=2, **more)


def test_pages_forward_show_every_row_once_in_order(rows):
    seen, found = [], page(rows)
    while True:
        seen += found.rows
        if not found.older:
            break
        found = page(rows, found.older)
    assert seen == list(rows.order_by(*KEYS))


def test_pages_backward_are_those_that_one_came_by(rows):
    first = page(rows)
    second = page(rows, first.older)
    third = page(rows, second.older)
    assert page(rows, third.newer).rows == second.rows
    back = page(rows, page(rows, third.newer).newer)
    assert back.rows == first.rows
    assert back.newer == ""
    assert first.newer == ""


@pytest.mark.parametrize("query", ["?after=made-up", "?before=", "?after=%00", "?before=a:b:c"])
def test_a_cursor_that_is_not_ours_leads_to_the_first_page(rows, query):
    assert page(rows, query).rows == page(rows).rows


def test_a_cursor_of_another_order_leads_to_the_first_page(rows):
    cursor = page_of(get(), rows, keys=("pk",), size=2).older
    assert page(rows, cursor).rows == page(rows).rows


def test_filters_stay_in_the_addresses(rows):
    assert "q=%E9%A3%8E" in page(rows, "?q=风").older


def test_counts_stop_at_the_cap(rows, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_CAP", 5)
    found = page(rows)
    assert (found.count, found.capped) == (5, True)
    assert page(rows, counted=False).count == 0


def test_a_searched_word_has_no_nul(rows):
    assert asked(get("?q=%20a%00b%20"), "q") == "ab"
