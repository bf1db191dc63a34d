"""The translations: merged from their parts, and found wanting where they are."""

from pathlib import Path

import pytest

from portal.ui.translations.extract import msgids
from portal.ui.translations.merge import build, merge
from portal.ui.translations.verify import placeholders, problems

ROOT = Path(__file__).resolve().parent.parent
HEAD = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=UTF-8\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""

CODE = """
from django.utils.translation import gettext as _, gettext_lazy as later, ngettext
_("one" " sentence")
later("Later")
ngettext("%(n)d thing", "%(n)d things", 2)
_(variable)
other("Not ours")
"""
TEMPLATE = """{% load i18n %}{% translate "Plain" %}{% translate "Open" context "door" %}
{% blocktranslate trimmed with who=name %}
  Dear {{ who }},
  come in at 5%.
{% endblocktranslate %}
{% blocktranslate count n=n %}{{ n }} row{% plural %}{{ n }} rows{% endblocktranslate %}
{{ value|default:_("nothing") }}{# {% translate "Commented" %} #}"""


@pytest.fixture
def sample(tmp_path):
    """A small project: one module, one template, no translations yet."""
    (tmp_path / "portal").mkdir()
    (tmp_path / "portal" / "words.py").write_text(CODE)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(TEMPLATE)
    (tmp_path / "locale" / "zh_Hans" / "parts").mkdir(parents=True)
    return tmp_path


def part(sample, name, *entries):
    (sample / "locale" / "zh_Hans" / "parts" / f"{name}.po").write_text(HEAD + "\n\n".join(entries) + "\n")


def found(sample):
    return problems(merge(sample / "locale", "zh_Hans"), msgids(sample, ("portal", "templates")))


def test_every_way_to_say_something_is_found(sample):
    assert set(msgids(sample, ("portal", "templates"))) == {
        ("", "one sentence"),
        ("", "Later"),
        ("", "%(n)d thing"),
        ("", "Plain"),
        ("door", "Open"),
        ("", "Dear %(who)s, come in at 5%%."),
        ("", "%(n)s row"),
        ("", "nothing"),
    }


def test_a_complete_translation_has_no_problems(sample):
    part(
        sample,
        "all",
        'msgid "one sentence"\nmsgstr "一句"',
        'msgid "Later"\nmsgstr "稍后"',
        '#, python-format\nmsgid "%(n)d thing"\nmsgid_plural "%(n)d things"\nmsgstr[0] "%(n)d 件"',
        'msgid "Plain"\nmsgstr "平"',
        'msgctxt "door"\nmsgid "Open"\nmsgstr "开"',
        '#, python-format\nmsgid "Dear %(who)s, come in at 5%%."\nmsgstr "%(who)s，5%% 时请进。"',
        '#, python-format\nmsgid "%(n)s row"\nmsgid_plural "%(n)s rows"\nmsgstr[0] "%(n)s 条"',
        'msgid "nothing"\nmsgstr "无"',
    )
    assert found(sample) == []


def test_missing_empty_fuzzy_unused_and_mismatched_ones_are_named(sample):
    part(
        sample,
        "some",
        'msgid "Later"\nmsgstr ""',
        '#, fuzzy\nmsgid "Plain"\nmsgstr "平"',
        'msgid "Nobody says this"\nmsgstr "没人说"',
        '#, python-format\nmsgid "%(n)d thing"\nmsgid_plural "%(n)d things"\nmsgstr[0] "若干件"',
        'msgid "%(n)s row"\nmsgstr "%(n)s 条"',
    )
    text = "\n".join(found(sample))
    assert "no zh_Hans for “one sentence”" in text
    assert "no zh_Hans for “Later”" in text
    assert "no zh_Hans for “Open” (context “door”)" in text
    assert "fuzzy zh_Hans for “Plain”" in text
    assert "some.po: nobody says “Nobody says this” any more" in text
    assert "placeholders differ between “%(n)d things” and “若干件”" in text
    assert "“%(n)s row” has a plural only here" in text


def test_of_two_translations_the_first_by_file_stays_and_the_other_is_named(sample):
    part(sample, "b", 'msgid "Later"\nmsgstr "后来"')
    part(sample, "a", 'msgid "Later"\nmsgstr "稍后"')
    (merged,) = build(sample / "locale")
    assert merged.catalog.get("Later").string == "稍后"
    assert len(merged.contradictions) == 1
    assert "a.po" in merged.contradictions[0]
    assert "b.po" in merged.contradictions[0]


def test_building_again_touches_nothing(sample):
    part(sample, "a", 'msgid "Later"\nmsgstr "稍后"')
    folder = sample / "locale" / "zh_Hans" / "LC_MESSAGES"
    build(sample / "locale")
    first = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    build(sample / "locale")
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == first
    assert set(first) == {"django.po", "django.mo"}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("%(a)s and %(b)d", ["a", "b"]),
        ("100%% of %s", ["%s"]),
        ("Month {n}", ["n"]),
        ("20% off", []),
        ("plain", []),
    ],
)
def test_placeholders_are_told_from_percent_signs(text, names):
    assert placeholders(text) == names


def test_every_sentence_of_the_portal_has_its_chinese():
    assert problems(merge(ROOT / "locale", "zh_Hans"), msgids(ROOT)) == []
