"""Text of cells made comparable: full-width forms, blanks of every kind, dashes, Chinese blanks."""

import re
import unicodedata

# Signs that NFKC would turn into a digit or letter of the number beside them: ① ² Ⅱ ½ ㈠ ㊀.
_KEPT = re.compile("([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u209f\u2150-\u218b\u2460-\u24ff\u3220-\u32ff])")
_DASHES = re.compile("[\u2010-\u2015\u2212\u2500\u2501]")
_WAVES = re.compile("[\u301c\u223c]")
_NO_WIDTH = re.compile("[\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00ad]")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r" ?\n[ \n]*")
_PLAIN = re.compile("[\u4e00-\u9fff!-~]*")  # nothing that folding would change
HAN = "[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_BETWEEN_HAN = re.compile(f"(?<={HAN})[ \n]+(?={HAN})")


def fold(raw):
    """NFKC without its traps: ① and Ⅱ stay, dashes become ``-``, blanks one space; line breaks stay."""
    text = raw if isinstance(raw, str) else str(raw)
    if _PLAIN.fullmatch(text):
        return text
    if not text.isascii():
        parts = _KEPT.split(_NO_WIDTH.sub("", text))
        parts[::2] = [unicodedata.normalize("NFKC", part) for part in parts[::2]]
        text = _WAVES.sub("~", _DASHES.sub("-", "".join(parts)))
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return _LINES.sub("\n", _BLANKS.sub(" ", text)).strip()


def close(text):
    """Folded text without the blanks that pad Chinese words out: ``张 三`` is ``张三``."""
    return _BETWEEN_HAN.sub("", text)


def bare(raw):
    """Folded, without any blank."""
    return "".join(fold(raw).split())
