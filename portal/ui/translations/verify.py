"""What is wrong with a catalogue: words without a translation, doubtful ones, ones that nobody uses."""

import re

from portal.ui.translations.merge import forms, key_of

PLACEHOLDER = re.compile(r"%(?:\((\w+)\))?[#0\-+]*(?:\d+|\*)?(?:\.\d+)?[diouxXeEfFgGcrs]|\{(\w*)\}")
OF_THE_FRAMEWORK = "django.po"  # a part with other words for what Django itself says: in none of our files


def problems(merged, wanted):
    """One line for each problem of a ``Merged`` catalogue; ``wanted`` is ``extract.msgids``."""
    lines = list(merged.contradictions)
    present = {key_of(message): message for message in merged.catalog if message.id}
    for key, msgid in sorted(wanted.items(), key=lambda item: item[1].where):
        message = present.get(key)
        if message is None or not all(forms(message)):
            lines.append(f"{msgid.where}: no {merged.language} for “{msgid.singular}”{in_context(key)}")
        elif "fuzzy" in message.flags:
            lines.append(f"{msgid.where}: fuzzy {merged.language} for “{msgid.singular}”")
        else:
            lines += mismatches(merged, msgid, message)
    for key in sorted(set(present) - set(wanted)):
        if merged.parts[key] != OF_THE_FRAMEWORK:
            lines.append(f"{merged.parts[key]}: nobody says “{key[1]}”{in_context(key)} any more")
    return lines


def in_context(key):
    """The context of a msgid in words, where it has one."""
    return f" (context “{key[0]}”)" if key[0] else ""


def mismatches(merged, msgid, message):
    """Placeholders that a translation lacks or invents, and a plural on one side only."""
    if bool(msgid.plural) != (not isinstance(message.id, str)):
        return [f"{msgid.where}: “{msgid.singular}” has a plural only here or only in {merged.language}"]
    if msgid.plural and msgid.plural != message.id[1]:
        return [f"{msgid.where}: another plural than in {merged.language}: “{msgid.plural}”"]
    allowed = [placeholders(msgid.singular)]
    if msgid.plural:
        allowed = [placeholders(msgid.plural), *(allowed if len(forms(message)) > 1 else [])]
    return [
        f"{msgid.where}: placeholders differ between “{msgid.plural or msgid.singular}” and “{text}”"
        for text in forms(message)
        if placeholders(text) not in allowed
    ]


def placeholders(text):
    """The placeholders of a text, sorted: names of %(name)s and {name}, and the bare ones as they stand."""
    text = text.replace("%%", "")
    return sorted(match[1] or match[2] or match[0] for match in PLACEHOLDER.finditer(text))
