"""Titles that ended: told by a state, a date, a reason, or only by words among the remarks."""

import re

from studios.partial_dates import PartialDate
from studios.rosters.cells import date_texts
from studios.rosters.cells.documents import without_document
from studios.rosters.cells.endings import read_end_reason
from studios.rosters.cells.folding import bare
from studios.rosters.cells.understood import ask

_WORDS = "取消|撤销|撤消|摘牌|注销|终止|收回牌匾|除名|失效"
_ENDED = re.compile(_WORDS)
_DATE = r"[0-9]{4}(?:年|[./-])?(?:[0-9]{1,2}(?:月|[./-])?(?:[0-9]{1,2}日?)?)?"
_CERTAIN = re.compile(
    rf"(?:该?(?:创新)?工作室)?(?:因[^,;。]{{1,30}},)?(?:已经?|现)?于?(?:{_DATE})?(?:,|因[^,;。]{{1,30}})?(?:已|被|予以)?(?:{_WORDS})"
    rf"(?:命名|称号|资格|牌匾)*(?:\(?(?:{_DATE})\)?)?(?:[,;。:(].*)?",
    re.S,
)
_HELD = re.compile(rf"(?:尚?未被?|不予|没有)(?:{_WORDS})[。.]?")
_DOUBT = re.compile("未|没有|不予|拟|建议|暂缓|恢复|如果|若|将|申请|免于|防止|避免")
STATED = ("status", "revoked_on", "end_reason")
LIVE, ENDED, UNSTATED = "live", "ended", "unstated"


def by_remarks(text):
    """(values of the end that remarks state or None, an Understood that asks or None)."""
    short = bare(text)
    if not _ENDED.search(short) or _HELD.fullmatch(short):
        return None, None
    if _DOUBT.search(short) or not _CERTAIN.fullmatch(short):
        question = ask(
            f"ended:{short[:80]}", "layout.ended_or_not", [(ENDED, "已取消"), (LIVE, "在册")], found=text[:80]
        )
        return None, question
    return _ending(short), None


def _ending(short):
    """The values of an ended title in words that say so."""
    moments = date_texts.all_dates(without_document(short)) or date_texts.all_dates(short)
    moment = ""
    if len(moments) == 1:
        try:
            moment = str(PartialDate(*moments[0]))
        except ValueError:
            moment = ""
    return {
        "status": ENDED,
        "revoked_on": moment or None,
        "end_reason": read_end_reason(short).value or UNSTATED,
    }


def after_answer(text):
    """The values when somebody answered that the remarks mean an end."""
    return _ending(bare(text))


def problems(values, waiting):
    """(column, code, values) of what the register cannot hold of an end; fills in state and reason.

    ``waiting``: columns that wait for an answer or are wrong already.
    """
    revoked, status = values.get("revoked_on"), values.get("status")
    if not (revoked or status == ENDED or values.get("end_reason")) or waiting & {"status"}:
        return
    if status == LIVE:
        if revoked:
            yield "status", "layout.live_but_ended", {"date": revoked}
        return
    values["status"] = ENDED
    values["revoked_on"] = revoked or None
    if "end_reason" not in waiting:
        values["end_reason"] = values.get("end_reason") or UNSTATED
    if not revoked:
        if "revoked_on" not in waiting:
            yield "revoked_on", "layout.no_last_day", {}
        return
    named = values.get("named_on")
    if named and PartialDate.parse(revoked).latest() < PartialDate.parse(named).earliest():
        yield "revoked_on", "layout.ended_before_named", {"named": named, "ended": revoked}
