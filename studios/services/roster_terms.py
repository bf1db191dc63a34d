"""The title that a row of a roster states, beside those that the studio holds at that level."""

from dataclasses import dataclass
from datetime import date, timedelta

from studios.choices import EndReason, Source
from studios.partial_dates import PartialDate
from studios.rosters.cells.documents import split_document

FOREVER = date.max
TITLE_COLUMNS = ("named_on", "document_number", "status", "revoked_on", "end_reason")


def same_moment(held, given):
    """Whether two partial dates are the same as far as both are known."""
    return held.startswith(given) or given.startswith(held)


def date_change(held, given):
    """[before, after] when ``given`` says another date than ``held`` or a more exact one, else None."""
    if not given or held.startswith(given):
        return None
    return [held or None, given]


@dataclass(slots=True)
class Stated:
    """What a row says of its title; ``since`` is named_on, else the year of the document."""

    since: PartialDate | None
    until: PartialDate | None
    ended: bool
    document: tuple | None  # (prefix, year, number)

    @property
    def first(self):
        return self.since.earliest() if self.since else None

    def last(self, on):
        """The last day, as far as it is known; FOREVER for a title that is held."""
        if self.until:
            return self.until.earliest()
        return on - timedelta(days=1) if self.ended else FOREVER


def stated(values):
    """The Stated of a row's values."""
    document = split_document(values.get("document_number"))
    since = values.get("named_on") or (str(document[1]) if document else "")
    until = values.get("revoked_on")
    return Stated(
        PartialDate.parse(since) if since else None,
        PartialDate.parse(until) if until else None,
        bool(until) or values.get("status") == "ended",
        document,
    )


def check(found, term, on):
    """Say what the row's own dates cannot mean; True when they can be used."""
    values = found.row.values
    if values.get("named_on") and term.first > on:
        found.say("named_on", "register.future", today=on.isoformat())
    if term.until and term.until.earliest() > on:
        found.say("revoked_on", "register.future", today=on.isoformat())
    if term.until and term.since and term.until.latest() < term.first:
        found.say("revoked_on", "register.ended_before", named=str(term.since))
    if values.get("revoked_on") and values.get("status") == "live":
        found.say("status", "register.held_and_ended", date=values["revoked_on"])
    if values.get("end_reason") and not term.ended:
        found.say("end_reason", "register.reason_without_end")
    if found.wrong:
        return False
    if term.document and not values.get("named_on") and not found.unread("named_on"):
        found.say("document_number", "register.dated_by_document", grave=False, year=term.document[1])
    elif term.document and term.since and term.document[1] != term.since.year:
        found.say(
            "document_number",
            "register.document_year",
            grave=False,
            year=term.document[1],
            named=values["named_on"],
        )
    founded = values.get("founded_on")
    if founded and term.since and PartialDate.parse(founded).earliest() > term.since.latest():
        found.say("founded_on", "register.founded_after", grave=False, named=str(term.since))
    return True


def known_since(title):
    """When a held title began, as exact as the register knows."""
    return title.stated_since or title.since.isoformat()


def known_until(title):
    """When a held title ended, as exact as the register knows; "" while it is held."""
    return (title.stated_until or title.until.isoformat()) if title.until else ""


def pick(titles, term, on):
    """The one of the studio's titles of a level that the row speaks of; None when it is a further one."""
    if not titles:
        return None
    if term.since is None:
        live = [title for title in titles if title.since <= on and (title.until is None or title.until >= on)]
        return (live or titles)[-1]
    first, last = term.first, term.last(on)
    for title in titles:
        if same_moment(known_since(title), str(term.since)):
            return title
    meeting = [title for title in titles if title.since <= last and (title.until or FOREVER) >= first]
    return min(meeting, key=lambda title: abs((title.since - first).days), default=None)


def compare(found, title, term, on):
    """{column: [before, after]} of what the row says otherwise; errors for a title that was granted here."""
    changes = {}
    _compare_dates(found, title, term, changes)
    _compare_document(found, title, term, changes)
    _compare_end(found, title, term, on, changes)
    if title.source != Source.PORTAL:
        return changes
    held = {
        "named_on": known_since(title),
        "document_number": _label(title),
        "revoked_on": known_until(title) or "—",
        "status": known_until(title) or "—",
        "end_reason": title.end_reason or "—",
    }
    for column in changes:
        found.say(column, f"register.portal_{column}", held=held[column])
    return {}


def _compare_dates(found, title, term, changes):
    values = found.row.values
    if change := date_change(known_since(title), values.get("named_on")):
        changes["named_on"] = change


def _label(title):
    return f"{title.prefix}〔{title.year}〕{title.number}号" if title.prefix else "—"


def _compare_document(found, title, term, changes):
    if term.document and term.document != (title.prefix, title.year, title.number):
        before = _label(title) if title.prefix else None
        changes["document_number"] = [before, found.row.values["document_number"]]


def _compare_end(found, title, term, on, changes):
    values = found.row.values
    if values.get("status") == "live" and title.until and title.until < on:
        found.say("status", "register.has_ended", held=known_until(title))
    if not term.ended:
        return
    if change := date_change(known_until(title), values.get("revoked_on")):
        changes["revoked_on"] = change
    elif title.until is None:
        changes["status"] = ["live", "ended"]
    reason = values.get("end_reason")
    if reason in EndReason.values and reason != title.end_reason:
        changes["end_reason"] = [title.end_reason or None, reason]


def days_after(title, term, changes, on):
    """(first, last) day of a held title once ``changes`` are made."""
    first = term.first if "named_on" in changes else title.since
    ends = "revoked_on" in changes or "status" in changes
    last = max(term.last(on), first) if ends else title.until or FOREVER
    return first, last


def clash(titles, days, but=None):
    """A held title of the level, other than ``but``, that would overlap these (first, last) days, or None."""
    first, last = days
    return next(
        (
            title
            for title in titles
            if title is not but and title.since <= last and (title.until or FOREVER) >= first
        ),
        None,
    )
