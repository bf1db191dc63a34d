"""What is stored can be worded later, in any language."""

from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from portal.messages import registry, wording
from portal.messages.models import Message


def worded(language, value):
    registry.template("test.one", title="%(value)s", body="")
    with translation.override(language):
        return wording.title_of("test.one", wording.storable({"value": value}))


@pytest.mark.parametrize(
    ("value", "chinese", "english"),
    [
        ("名称", "名称", "名称"),
        (5, "5", "5"),
        (None, "", ""),
        (date(2026, 7, 1), "2026年7月1日", "July 1, 2026"),
        (datetime(2026, 6, 30, 16, 5, tzinfo=UTC), "2026年7月1日 00:05", "July 1, 2026, 12:05 a.m."),
        (
            SimpleNamespace(name="科左中旗总工会", name_en="Horqin Left Middle"),
            "科左中旗总工会",
            "Horqin Left Middle",
        ),
        (SimpleNamespace(name="张三工作室"), "张三工作室", "张三工作室"),
        (_("Messages"), "消息", "Messages"),
    ],
)
def test_values_follow_the_readers_language(value, chinese, english):
    assert worded("zh-hans", value) == chinese
    assert worded("en", value) == english


def test_other_values_are_refused_when_they_are_written():
    with pytest.raises(TypeError, match="cannot carry"):
        wording.storable({"value": object()})


def test_a_value_that_an_old_row_lacks_shows_an_ellipsis():
    assert wording.body_of("test.named", {"studio": "A"}) == "…: A, …"


def test_a_row_of_an_older_version_can_still_be_read():
    with translation.override("en"):
        old = Message(code="gone.away", values={"x": 1})
        assert (old.title, old.body) == ("Message", "")


def test_a_code_stands_for_one_text():
    registry.template("test.plain", title="%(n)s", body="")
    with pytest.raises(ValueError, match="Two message templates"):
        registry.template("test.plain", title="another", body="")
