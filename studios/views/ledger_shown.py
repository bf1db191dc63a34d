"""A year of the ledger as its page takes it: parts with a summary, lines with tags."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext, pgettext_lazy

from studios.choices import (
    ActivityKind,
    FundSource,
    LedgerState,
    MentorshipOutcome,
    ProjectStatus,
    Rank,
    Section,
)
from studios.ledger.entries import KINDS
from studios.menu_people import in_language

STATE_LOOKS = {LedgerState.VERIFIED: ("ok", "check"), LedgerState.QUERIED: ("warn", "alert")}


@dataclass
class Line:
    """One thing that was done."""

    title: str
    url: str
    details: list = field(default_factory=list)
    tags: list = field(default_factory=list)  # (kind, text, icon) as {% tag %} takes them
    files: int | None = None


@dataclass
class Part:
    """One kind of things that were done in the year."""

    code: str
    title: str
    icon: str
    summary: list
    lines: list
    add_url: str = ""
    add_label: str = ""


def plain(amount):
    """A sum without zeros at its end."""
    return f"{amount.normalize():f}" if amount else "0"


def stats_shown(year):
    """(label, value, unit, note, address) of the four numbers at the top."""
    people = int(year.sum_of("activities", "people"))
    return [
        (_("Results"), len(year.dated("results")), "", "", "#part-results"),
        (
            pgettext("ledger", "Activities"),
            len(year.dated("activities")),
            "",
            ngettext("%(n)d took part", "%(n)d took part", people) % {"n": people} if people else "",
            "#part-activity",
        ),
        (_("Running mentorships"), len(year.running), "", "", "#part-mentorship"),
        (_("Funds"), plain(year.sum_of("funds", "amount")), _("10,000 yuan"), "", "#part-funds"),
    ]


def parts_shown(studio, year, writable):
    """The parts of the page, in their order."""
    return [
        _results(studio, year),
        _projects(studio, year),
        _of_kind(studio, year, "activity", "calendar", _activity_line, _activity_sums(year), writable),
        _of_kind(studio, year, "mentorship", "users", _mentorship_line, _mentorship_sums(year), writable),
        _funds(studio, year),
        _of_kind(studio, year, "equipment", "wrench", _equipment_line, _equipment_sums(year), writable),
        _of_kind(studio, year, "media", "globe", _media_line, _count(year.dated("media")), writable),
        _of_kind(studio, year, "reward", "award", _reward_line, _reward_sums(year), writable),
    ]


TITLES = {"activity": pgettext_lazy("ledger", "Activities")}  # the bare word names a system of clause 二.5
LISTS = {
    "activity": "activities",
    "mentorship": "mentorships",
    "equipment": "equipment",
    "media": "media",
    "reward": "rewards",
}


def _of_kind(studio, year, code, icon, line, summary, writable):
    kind = KINDS[code]
    lines = []
    for row in getattr(year, LISTS[code]):
        shown = line(row)
        shown.url = reverse("ledger_entry", args=[studio.pk, code, row.id])
        if not row.on:
            shown.tags.insert(0, ("warn", pgettext("ledger", "no date"), "alert"))
        lines.append(shown)
    address = f"{reverse('ledger_entry_new', args=[studio.pk, code])}?year={year.year}"
    return Part(
        code,
        TITLES.get(code) or capfirst(kind.label_of_many),
        icon,
        summary,
        lines,
        address if writable else "",
        _("Add an entry"),
    )


def _section_part(studio, section, title, icon, summary, lines):
    address = reverse("studio_section", args=[studio.pk, section])
    return Part(str(section), title, icon, summary, lines, address, _("In the registration form"))


def _count(rows):
    return [ngettext("%(n)d entry", "%(n)d entries", len(rows)) % {"n": len(rows)}]


def _results(studio, year):
    lines = []
    for row in year.results:
        tags = [] if row.on else [("warn", pgettext("ledger", "no date"), "alert")]
        if row.rank:
            tags.append(("gold", Rank(row.rank).label, "award"))
        if row.state in STATE_LOOKS:
            look, icon = STATE_LOOKS[row.state]
            tags.append((look, LedgerState(row.state).label, icon))
        kind = in_language(row.kind_name, row.kind_name_en)
        url = reverse("achievement_edit", args=[studio.pk, row.id])
        lines.append(Line(row.title, url, [kind, row.on], tags, row.files))
    part = _section_part(
        studio, Section.ACHIEVEMENTS, _("Results"), "bulb", _count(year.dated("results")), lines
    )
    part.code = "results"
    return part


def _projects(studio, year):
    finished = sum(row.status == ProjectStatus.FINISHED for row in year.projects)
    summary = _count(year.projects)
    if finished:
        summary.append(pgettext("ledger", "%(n)d finished") % {"n": finished})
    url = reverse("studio_section", args=[studio.pk, Section.PROJECTS])
    lines = [Line(row.title, url, [ProjectStatus(row.status).label]) for row in year.projects]
    return _section_part(studio, Section.PROJECTS, _("Projects"), "flag", summary, lines)


def _funds(studio, year):
    summary = [
        _("%(source)s %(amount)s") % {"source": FundSource(source).label, "amount": plain(amount)}
        for source, amount in year.funds_by_source().items()
    ]
    if summary:
        total = plain(year.sum_of("funds", "amount"))
        summary.insert(0, _("%(amount)s × 10,000 yuan") % {"amount": total})
    url = reverse("studio_section", args=[studio.pk, Section.FUNDS])
    lines = [
        Line(
            _("%(amount)s × 10,000 yuan") % {"amount": plain(row.amount)},
            url,
            [FundSource(row.source).label, row.use],
        )
        for row in year.funds
    ]
    return _section_part(studio, Section.FUNDS, _("Funds"), "chart", summary, lines)


def _activity_sums(year):
    rows = year.dated("activities")
    sessions, people = (int(year.sum_of("activities", name)) for name in ("sessions", "people"))
    found = _count(rows)
    if rows:
        found.append(ngettext("%(n)d session", "%(n)d sessions", sessions) % {"n": sessions})
    if people:
        found.append(ngettext("%(n)d took part", "%(n)d took part", people) % {"n": people})
    return found


def _activity_line(row):
    details = [ActivityKind(row.kind).label, row.on, row.place]
    if row.sessions > 1:
        details.append(ngettext("%(n)d session", "%(n)d sessions", row.sessions) % {"n": row.sessions})
    if row.people:
        details.append(ngettext("%(n)d took part", "%(n)d took part", row.people) % {"n": row.people})
    return Line(row.title, "", details, files=row.files)


def _mentorship_sums(year):
    running = len(year.running)
    return [
        pgettext("ledger", "%(n)d running") % {"n": running},
        pgettext("ledger", "%(n)d at their end") % {"n": len(year.mentorships) - running},
    ]


def _mentorship_line(row):
    looks = {
        MentorshipOutcome.RUNNING: "info",
        MentorshipOutcome.GRADUATED: "ok",
        MentorshipOutcome.RENEWED: "ok",
        MentorshipOutcome.ENDED: "neutral",
    }
    term = f"{row.on} – {row.until or ''}".strip(" –") if row.until else row.on
    tag = (looks[row.outcome], MentorshipOutcome(row.outcome).label, "")
    title = f"{row.master_name} → {row.apprentice_name}"
    return Line(title, "", [row.trade, row.apprentice_unit, term], [tag], row.files)


def _equipment_sums(year):
    rows = year.dated("equipment")
    found = _count(rows)
    if rows:
        pieces = int(year.sum_of("equipment", "quantity"))
        found.append(ngettext("%(n)d piece", "%(n)d pieces", pieces) % {"n": pieces})
    if value := year.sum_of("equipment", "value"):
        found.append(_("%(amount)s × 10,000 yuan") % {"amount": plain(value)})
    return found


def _equipment_line(row):
    details = [row.model, row.on]
    details.append(ngettext("%(n)d piece", "%(n)d pieces", row.quantity) % {"n": row.quantity})
    if row.value is not None:
        details.append(_("%(amount)s × 10,000 yuan") % {"amount": plain(row.value)})
    return Line(row.name, "", details)


def _media_line(row):
    tags = [("neutral", Rank(row.rank).label, "globe")] if row.rank else []
    return Line(row.title, "", [row.outlet, row.on], tags)


def _reward_sums(year):
    found = _count(year.rewards)
    if year.rewards:
        found.append(
            pgettext("ledger", "%(amount)s yuan") % {"amount": plain(year.sum_of("rewards", "amount"))}
        )
    return found


def _reward_line(row):
    amount = pgettext("ledger", "%(amount)s yuan") % {"amount": plain(row.amount)}
    return Line(row.name, "", [amount, row.on, row.result, row.basis])
