"""Find every msgid in Python files and templates, as Django would look it up."""

import ast
import re
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation.template import templatize

FOLDERS = ("portal", "studios", "reviews", "templates")
SKIPPED = {"migrations", "tests", "__pycache__"}

# name of the function -> what its first arguments are: c context, s singular (or only) form, p plural form
SHAPES = {
    "gettext": "s",
    "gettext_lazy": "s",
    "gettext_noop": "s",
    "ngettext": "sp",
    "ngettext_lazy": "sp",
    "pgettext": "cs",
    "pgettext_lazy": "cs",
    "npgettext": "csp",
    "npgettext_lazy": "csp",
}
LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
IN_TEMPLATE = re.compile(rf"(?<!\w)(_|n?p?gettext)\(({LITERAL}(?:,\s*{LITERAL})*)")


@dataclass(frozen=True)
class Msgid:
    """One msgid with the place where it was found first."""

    context: str
    singular: str
    plural: str
    where: str

    @property
    def key(self):
        """What it is found by in a catalogue."""
        return self.context, self.singular


def msgids(root, folders=FOLDERS):
    """``{(context, msgid): Msgid}`` of all sources below ``root``."""
    found = {}
    for path, place in sources(Path(root), folders):
        text = path.read_text(encoding="utf-8")
        in_file = python_msgids(text, place) if path.suffix == ".py" else template_msgids(text, place)
        for msgid in in_file:
            known = found.get(msgid.key)
            if known is None or (msgid.plural and not known.plural):
                found[msgid.key] = msgid
    return found


def sources(root, folders):
    """(path, its name below the root) of each Python file and template."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            place = path.relative_to(root)
            is_code = path.suffix == ".py"
            is_template = path.suffix in {".html", ".txt"} and "templates" in place.parts
            if (is_code or is_template) and path.is_file() and not SKIPPED & set(place.parts):
                yield path, str(place)


def python_msgids(text, place):
    """The msgids of a Python file; whatever name gettext was imported under is followed."""
    tree = ast.parse(text)
    names = {
        alias.asname or alias.name: SHAPES[alias.name]
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"
        for alias in node.names
        if alias.name in SHAPES
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            shape = names[node.func.id]
            given = [arg.value for arg in node.args[: len(shape)] if isinstance(arg, ast.Constant)]
            if len(given) == len(shape):
                yield made(shape, given, f"{place}:{node.lineno}")


def template_msgids(text, place):
    """The msgids of a template: translate, blocktranslate (trimmed, plural, context) and _("…")."""
    for match in IN_TEMPLATE.finditer(templatize(text, origin=place)):
        shape = SHAPES["gettext" if match[1] == "_" else match[1]]
        given = ast.literal_eval(f"({match[2]},)")
        yield made(shape, given, place)


def made(shape, given, where):
    """The Msgid of a call's first arguments."""
    parts = dict(zip(shape, given, strict=False))
    return Msgid(parts.get("c", ""), parts["s"], parts.get("p", ""), where)
