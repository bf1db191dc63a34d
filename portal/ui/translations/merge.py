"""Merge locale/<language>/parts/*.po into one catalogue and compile it, with Babel instead of GNU gettext."""

import os
import tempfile
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po


@dataclass
class Merged:
    """One language's catalogue, and a sentence for each msgid that two parts translate differently."""

    language: str
    catalog: Catalog
    contradictions: list = field(default_factory=list)
    parts: dict = field(default_factory=dict)  # (context, msgid) -> name of the part it came from


def languages(root):
    """The languages that have parts below a locale folder, such as zh_Hans."""
    return sorted(folder.parent.name for folder in Path(root).glob("*/parts") if any(folder.glob("*.po")))


def merge(root, language):
    """All parts of a language in the order of their names; the first translation of a msgid stays."""
    merged = Merged(language, Catalog(locale=language, charset="utf-8", fuzzy=False))
    for path in sorted((Path(root) / language / "parts").glob("*.po")):
        with path.open("rb") as file:
            part = read_po(file, locale=language, charset="utf-8", abort_invalid=True)
        for message in part:
            if message.id:
                take(merged, message, path.name)
    return merged


def take(merged, message, part):
    """Add one message to the catalogue, or note that it contradicts what is there."""
    key = key_of(message)
    present = merged.catalog.get(message.id, message.context)
    if present is None:
        merged.catalog.add(message.id, message.string, context=message.context, flags=message.flags)
        merged.parts[key] = part
    elif forms(present) != forms(message):
        merged.contradictions.append(
            f"{merged.language}: “{key[1]}” is “{' / '.join(forms(present))}” in {merged.parts[key]}"
            f" and “{' / '.join(forms(message))}” in {part}"
        )


def key_of(message):
    """What a message is found by: its context ("" for none) and its (singular) msgid."""
    msgid = message.id if isinstance(message.id, str) else message.id[0]
    return message.context or "", msgid


def forms(message):
    """The translations of a message as a tuple, one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


def build(root):
    """Write LC_MESSAGES/django.po and .mo of every language with parts; returns the ``Merged`` of each."""
    made = []
    for language in languages(root):
        merged = merge(root, language)
        folder = Path(root) / language / "LC_MESSAGES"
        folder.mkdir(parents=True, exist_ok=True)
        readable, compiled = BytesIO(), BytesIO()
        write_po(readable, merged.catalog, omit_header=False, sort_output=True, width=100)
        write_mo(compiled, merged.catalog)
        write_when_new(folder / "django.mo", compiled.getvalue())
        write_when_new(folder / "django.po", without_dates(readable.getvalue()))
        made.append(merged)
    return made


def without_dates(text):
    """The file without the lines that change at every writing."""
    return b"".join(line for line in text.splitlines(keepends=True) if b"-Date:" not in line)


def write_when_new(path, content):
    """Replace a file at once, so that a process reading it sees the old or the new; no write if equal."""
    if path.exists() and path.read_bytes() == content:
        return
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    with os.fdopen(handle, "wb") as file:
        file.write(content)
    os.chmod(temporary, 0o644)
    os.replace(temporary, path)
