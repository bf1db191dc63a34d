"""Pages obey the content security policy; styles and scripts run on the oldest browser, Chromium 86."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = [*ROOT.glob("templates/**/*.html"), *ROOT.glob("*/**/templates/**/*.html")]
TEMPLATES = [path for path in TEMPLATES if ".venv" not in path.parts and "var" not in path.parts]
STYLES = [*ROOT.glob("static/css/*.css")]
SCRIPTS = [*ROOT.glob("static/js/*.js")]

FORBIDDEN_IN_TEMPLATES = {
    "inline script": r"<script(?![^>]*\bsrc=)",
    "inline style": r"<style\b",
    "style attribute": r"<[^>]*\sstyle\s*=",
    "event attribute": r"<[^>]*\son[a-z]+\s*=",
    "script address": r"javascript:",
    "data image": r"""(?:src|href)=["']data:""",
    "foreign address": r"""<(?:script|link|img|iframe)[^>]*(?:src|href)=["']https?:""",
    "htmx with code": r"hx-on|hx-vals=.js:",
}
FORBIDDEN_IN_STYLES = {
    ":has": r":has\(",
    ":is": r":is\(",
    ":where": r":where\(",
    "complex :not": r":not\([^)]*[ ,>+~]",
    "inset": r"[{;]\s*inset(?:-[a-z-]+)?\s*:",
    "aspect-ratio": r"aspect-ratio\s*:",
    "color-mix": r"color-mix\(",
    "modern colour": r"\b(?:oklch|oklab|lab|lch)\(",
    "@container": r"@container",
    "@layer": r"@layer",
    "nesting": r"[{;]\s*&",
    "new viewport units": r"\d[dsl]v[hw]\b",
    "foreign address": r"url\(\s*[\"']?(?:https?:)?//",
    "data address": r"url\(\s*[\"']?data:",
    "import": r"@import",
}
FORBIDDEN_IN_SCRIPTS = {
    "eval": r"\beval\s*\(",
    "Function from text": r"new Function\b",
    "timer from text": r"set(?:Timeout|Interval)\(\s*[\"'`]",
    "optional chaining": r"\w\?\.[a-zA-Z\[(]",
    "nullish": r"\?\?",
    "inline style": r"\.style\.|setAttribute\(\s*[\"']style",
    "event property in html": r"[\"'`]<[^\"'`]*\son[a-z]+=",
    "logical assignment": r"(?:\|\||&&)=",
    "replaceAll": r"\.replaceAll\(",
    ".at": r"\.at\(",
}
OFFENDERS = {
    "inline script": "<script>x</script>",
    "style attribute": '<p class="a" style="color: red">',
    "event attribute": '<button onclick="go()">',
    ":has": "a:has(b) { }",
    "complex :not": "a:not(.b .c) { }",
    "inset": "a { inset: 0 }",
    "nesting": "a { & b { } }",
    "new viewport units": "a { height: 100dvh }",
    "optional chaining": "a?.b",
    "nullish": "a ?? b",
}


def without_comments(text):
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"\{% comment %\}.*?\{% endcomment %\}", "", text, flags=re.S)


def offences(paths, patterns):
    return [
        f"{path.relative_to(ROOT)}: {what}"
        for path in paths
        for what, pattern in patterns.items()
        if re.search(pattern, without_comments(path.read_text()), re.I)
    ]


def test_templates_obey_the_content_security_policy():
    assert len(TEMPLATES) > 20
    assert offences(TEMPLATES, FORBIDDEN_IN_TEMPLATES) == []


def test_styles_are_understood_by_the_oldest_browser():
    assert len(STYLES) > 5
    assert offences(STYLES, FORBIDDEN_IN_STYLES) == []


def test_scripts_are_understood_by_the_oldest_browser():
    assert len(SCRIPTS) > 4
    assert offences(SCRIPTS, FORBIDDEN_IN_SCRIPTS) == []


@pytest.mark.parametrize("what", OFFENDERS)
def test_the_check_itself_finds_offenders(what):
    patterns = FORBIDDEN_IN_TEMPLATES | FORBIDDEN_IN_STYLES | FORBIDDEN_IN_SCRIPTS
    assert re.search(patterns[what], OFFENDERS[what], re.I)


def test_every_page_extends_a_layout_or_is_a_piece():
    loose = [
        str(path.relative_to(ROOT))
        for path in TEMPLATES
        if path.parent.name not in {"components", "sections", "ui"}
        and not path.name.startswith(("base", "_"))
        and "{% extends " not in path.read_text()
        and "{% include " not in path.read_text()
        and "partials" not in path.parts
    ]
    assert loose == []


def test_files_named_in_styles_exist():
    for path in STYLES:
        for target in re.findall(r'url\("([^"]+)"\)', path.read_text()):
            assert (path.parent / target).resolve().is_file(), f"{path.name}: {target}"


def test_files_named_in_templates_exist():
    named = {
        target
        for path in TEMPLATES
        for target in re.findall(r"""{% static ["']([^"']+)["']""", path.read_text())
    }
    assert len(named) > 10
    assert [target for target in sorted(named) if not (ROOT / "static" / target).is_file()] == []


def test_static_files_keep_their_budget():
    long = {path.name: n for path in [*STYLES, *SCRIPTS] if (n := len(path.read_text().splitlines())) > 400}
    assert long == {}
