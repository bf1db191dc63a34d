"""Ticks and crosses: whether something is there."""

import re

from studios.rosters.cells.folding import bare
from studios.rosters.cells.understood import NOTHING, Remark, Understood, is_blank, wrong

YES = frozenset(
    "√ ✓ ✔ ☑ 🗹 是 有 对 y yes t true 1 v 已 具备 已有 具有 符合 达标 "
    "已达标 齐全 完成 已完成 已挂牌 挂牌".split()
)
NO = frozenset(
    "× ✗ ✘ ✕ ✖ ☒ ╳ ❌ x 无 否 没有 没 不 "
    "错 n no f false 0 未 不具备 未有 不符合 不达标 未达标 未完成 未挂牌".split()
)
_TICK, _BOX = "[√✓✔☑■]", "[□☐☒×]"
_BEFORE = re.compile(f"({_TICK})?{_BOX}?[是有]/?({_TICK})?{_BOX}?[否无]")  # ☑是 □否, left in a template
_BEHIND = re.compile(f"[是有]({_TICK})?{_BOX}?/?[否无]({_TICK})?{_BOX}?")
_WITH_WORDS = re.compile(r"(.{1,4}?)(\(.+\))")


def read_mark(raw):
    """True or False; None for a cell that says nothing, which may mean either."""
    if isinstance(raw, bool):
        return Understood(raw)
    if raw is None:
        return NOTHING
    text = bare(raw).lower().rstrip(".。")
    if text in YES:
        return Understood(True)
    if text in NO:
        return Understood(False)
    if is_blank(raw):
        return NOTHING
    boxes = {_ticked(pattern.fullmatch(text)) for pattern in (_BEFORE, _BEHIND)} - {None}
    if len(boxes) == 1:  # 是√否 is ticked either way
        return Understood(boxes.pop())
    words = _WITH_WORDS.fullmatch(text)
    if words and words[1] in YES | NO:
        return Understood(words[1] in YES, (Remark("mark.words", {"words": words[2]}),))
    return wrong("mark.shape")


def _ticked(match):
    """True or False where exactly one of both words has the tick."""
    return bool(match[1]) if match and bool(match[1]) != bool(match[2]) else None
