"""Component tags draw what they promise and refuse what the stylesheet does not know."""

import re
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.template import Context, Template, TemplateSyntaxError
from django.utils import translation

from portal.ui.icons import ICONS

ROOT = Path(__file__).resolve().parents[2]
FINDING = {
    "clause": "二.3",
    "title": "有活动场地",
    "text": "一般不少于 25 平方米",
    "found": "18",
    "needed": "25",
    "missing": [{"sentence": "Say why", "url": "/form#why"}, "One more photo"],
    "details": ["measured in 2024"],
    "verdict": "not_met",
    "blocks": True,
}


def draw(source, **context):
    with translation.override("en"):
        return Template("{% load ui ui_files %}" + source).render(Context(context))


def test_icons_of_the_list_are_those_of_the_sprite():
    sprite = (ROOT / "static/img/icons.svg").read_text()
    assert set(re.findall(r'<symbol id="([^"]+)"', sprite)) == ICONS


def test_an_icon_is_silent_and_points_into_the_sprite():
    assert draw('{% icon "check" %}') == (
        '<svg class="icon" aria-hidden="true" focusable="false">'
        '<use href="/static/img/icons.svg#check"></use></svg>'
    )


@pytest.mark.parametrize(
    "source",
    [
        '{% icon "chekc" %}',
        '{% tag "red" "Late" %}',
        '{% tag "ok" "Late" icon="nothing" %}',
        '{% note "error" %}x{% endnote %}',
        '{% stat "a" 1 kind="bad" %}',
        "{% field form.misspelt %}",
        "{% verdict_tag 'perhaps' %}",
        "{% steps items %}",
        "{% timeline items %}",
        "{% error_summary 'text' %}",
        '{% empty_state "Nothing" icon="nothing" %}',
        "{% cover 'ship' %}",
        "{% file_row file %}",
    ],
)
def test_unknown_kinds_are_refused(source):
    wrong = [{"label": "a", "state": "soon", "kind": "loud"}]
    with pytest.raises(TemplateSyntaxError):
        draw(source, items=wrong, form={}, file={"name": "a", "state": "lost"})


def test_a_missing_argument_is_refused_when_the_template_is_read():
    with pytest.raises(TemplateSyntaxError):
        draw('{% tag "ok" %}')


def test_a_tag_has_icon_word_and_colour():
    html = draw('{% tag "bad" "Overdue" %}')
    assert "tag--bad" in html and "#alert" in html and "<span>Overdue</span>" in html


def test_text_is_escaped():
    html = draw(
        '{% tag "ok" text %}{% note "info" %}{{ text }}{% endnote %}{% kv rows %}',
        text="<b>",
        rows=[("<i>", "<u>")],
    )
    assert not re.search(r"<(b|i|u)>", html)
    assert html.count("&lt;") == 4


@pytest.mark.parametrize(("kind", "role"), [("bad", "alert"), ("warn", "status"), ("ok", "status")])
def test_a_live_note_is_announced(kind, role):
    assert f'role="{role}"' in draw("{% note kind live=True %}Done{% endnote %}", kind=kind)
    assert "role=" not in draw("{% note kind %}Done{% endnote %}", kind=kind)


def test_a_clause_shows_its_number_text_found_needed_missing_and_verdict():
    html = draw("{% clause_line finding %}", finding=FINDING)
    for piece in (
        "二.3",
        "有活动场地",
        "一般不少于",
        ">25<",
        "18",
        "measured in 2024",
        "One more photo",
        "Not met",
    ):
        assert piece in html
    assert '<a href="/form#why">Say why</a>' in html
    assert "before the application can be submitted" in html
    assert "<details" in html and " open" not in html


def test_a_clause_box_holds_what_the_page_puts_in():
    html = draw("{% clause_box finding opened=True %}<p>my files</p>{% endclause_box %}", finding=FINDING)
    assert "<p>my files</p>" in html and re.search(r"<details[^>]* open>", html)


def test_a_clause_may_be_an_object_with_one_missing_sentence():
    finding = SimpleNamespace(**{**FINDING, "missing": "A reason", "verdict": "met", "details": ()})
    html = draw("{% clause_line finding %}", finding=finding)
    assert "A reason" in html and "tag--ok" in html
    assert "before the application can be submitted" not in html


def test_a_chosen_verdict_is_checked():
    html = draw('{% verdict_choice "v" "Clause 1" chosen="soft" %}')
    assert re.search(r'value="soft"[^>]* checked', html)
    assert html.count("<input") == 3 and html.count(" checked") == 1


def test_steps_name_the_current_one():
    items = [{"label": "Unit", "state": "done"}, {"label": "County", "state": "now", "note": "2 days"}]
    html = draw("{% steps items %}", items=items)
    assert html.count('aria-current="step"') == 1 and "2 days" in html and "(done)" in html


def test_a_timeline_keeps_order_and_lines():
    at = datetime(2026, 4, 9, 1, 10, tzinfo=UTC)
    entries = [{"title": "Returned", "at": at, "kind": "warn", "text": "a\nb"}, {"title": "Sent", "at": at}]
    html = draw("{% timeline entries %}", entries=entries)
    assert html.index("Returned") < html.index("Sent") and "a<br>b" in html
    assert "2026-04-09 09:10" in html  # Tongliao's clock


@pytest.mark.parametrize(
    ("page", "links"),
    [
        ({"newer": "", "older": "?after=3"}, 1),
        ({"newer": "?before=1", "older": "?after=3"}, 2),
        ({"count": 4}, 0),
    ],
)
def test_the_pager_links_only_where_there_is_more(page, links):
    assert draw("{% pager page %}", page=page).count("<a ") == links


def test_the_pager_is_not_there_for_nothing():
    assert draw("{% pager page %}", page={"newer": "", "older": "", "count": 0}).strip() == ""


def test_an_empty_value_shows_a_dash_and_zero_does_not():
    html = draw("{% kv rows %}", rows=[("Area", ""), ("Members", 0)])
    assert html.count("—") == 1 and "<dd>0</dd>" in html


def test_a_ring_counts_what_is_left():
    assert "2 clauses not checked yet" in draw("{% ring 5 7 %}")
    assert "All clauses checked" in draw("{% ring 7 7 %}")
    assert "0/0" in draw("{% ring 0 0 %}")


def test_a_file_being_checked_is_asked_for_again_and_not_linked():
    file = {"name": "a.pdf", "size": 5, "media_type": "application/pdf", "url": "/a", "poll_url": "/a/state"}
    checking = draw("{% file_row file %}", file={**file, "state": "checking"})
    assert 'data-poll="/a/state"' in checking and "href=" not in checking.replace("use href", "")
    ready = draw("{% file_row file %}", file={**file, "state": "ready"})
    assert "data-poll" not in ready and 'href="/a"' in ready


def test_a_refused_file_says_why_and_can_be_removed_without_script():
    file = {"name": "a.exe", "state": "refused", "reason": "Not a photo or PDF", "remove_url": "/a/remove"}
    html = draw("{% file_row file %}", file=file)
    assert "Not a photo or PDF" in html and 'formaction="/a/remove"' in html
    assert "formaction" not in draw("{% file_row file removable=False %}", file=file)
