"""What a year's ledger lacks for the yearly report, and where to mend it: pure rules over a ``Year``."""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from studios.choices import LedgerState, Section
from studios.ledger.year import read_year
from studios.validators import doubts_of_number

SENTENCES = {
    "no_project": _("No project of %(year)s is entered."),
    "no_result": _("No result of %(year)s is entered."),
    "no_activity": _("No activity of %(year)s is entered."),
    "no_mentorship": _("No mentorship ran in %(year)s."),
    "no_funds": _("No funds of %(year)s are entered."),
    "result_queried": _("The union has a question about the result “%(title)s”."),
    "result_undated": _("The result “%(title)s” has no date of completion: it counts in no year."),
    "result_without_files": _("The result “%(title)s” has no proof."),
    "result_not_described": _("The result “%(title)s” is not described yet."),
    "patent_in_doubt": _("The number %(number)s of “%(title)s” deserves a second look."),
    "activity_undated": _("The activity “%(title)s” has no date: it counts in no year."),
    "activity_without_photo": _("The activity “%(title)s” has no photo."),
    "mentorship_over": _("The mentorship %(title)s was to end on %(until)s: what came of it?"),
    "mentorship_without_agreement": _("The mentorship %(title)s has no agreement."),
    "equipment_undated": _("The equipment “%(title)s” has no date: it counts in no year."),
    "media_undated": _("The report “%(title)s” has no date: it counts in no year."),
    "media_without_outlet": _("Who brought the report “%(title)s” is not entered."),
}


@dataclass(frozen=True)
class Missing:
    """One thing that is missing. ``sentence`` is worded when it is read, in the reader's language."""

    code: str
    url_name: str
    args: tuple
    values: dict = field(default_factory=dict, hash=False)

    @property
    def sentence(self):
        """What is missing, as a sentence."""
        return SENTENCES[self.code] % self.values

    @property
    def url(self):
        """Where it is mended."""
        return reverse(self.url_name, args=self.args)

    @property
    def is_whole_kind(self):
        """Whether there is nothing at all of a kind, rather than something about one entry."""
        return self.code.startswith("no_")


def missing_for(studio, year):
    """What the year still lacks: a list of ``Missing``, gravest first. One query."""
    return missing_of(studio.pk, read_year(studio, year))


def missing_of(studio_id, year, today=None):
    """The same of a ``Year`` already read: no query."""
    today = today or timezone.localdate()
    return [
        *_whole_kinds(studio_id, year),
        *(item for row in year.results for item in _of_result(studio_id, row)),
        *(item for row in year.activities for item in _of_activity(studio_id, row)),
        *(item for row in year.mentorships for item in _of_mentorship(studio_id, row, today)),
        *(item for row in year.equipment for item in _of_equipment(studio_id, row)),
        *(item for row in year.media for item in _of_media(studio_id, row)),
    ]


def _whole_kinds(studio_id, year):
    """Kinds of which the year has nothing."""
    section, entry = "studio_section", "ledger_entry_new"
    lists = (
        ("no_project", year.projects, section, str(Section.PROJECTS)),
        ("no_result", year.dated("results"), section, str(Section.ACHIEVEMENTS)),
        ("no_activity", year.dated("activities"), entry, "activity"),
        ("no_mentorship", year.mentorships, entry, "mentorship"),
        ("no_funds", year.funds, section, str(Section.FUNDS)),
    )
    for code, rows, url_name, what in lists:
        if not rows:
            yield Missing(code, url_name, (studio_id, what), {"year": year.year})


def _of_result(studio_id, row):
    found = []
    if row.state == LedgerState.QUERIED:
        found.append("result_queried")
    if not row.on:
        found.append("result_undated")
    if not row.files:
        found.append("result_without_files")
    if not row.described:
        found.append("result_not_described")
    if doubts_of_number(row.kind, row.number, row.granted_on or ""):
        found.append("patent_in_doubt")
    values = {"title": row.title, "number": row.number}
    return [Missing(code, "achievement_edit", (studio_id, row.id), values) for code in found]


def _of_entry(studio_id, kind, row, found, values):
    return [Missing(code, "ledger_entry", (studio_id, kind, row.id), values) for code in found]


def _of_activity(studio_id, row):
    found = [] if row.on else ["activity_undated"]
    if not row.files:
        found.append("activity_without_photo")
    return _of_entry(studio_id, "activity", row, found, {"title": row.title})


def _of_mentorship(studio_id, row, today):
    found = []
    if row.outcome == "running" and row.until and row.until < today.isoformat():
        found.append("mentorship_over")
    if not row.files:
        found.append("mentorship_without_agreement")
    values = {"title": f"{row.master_name} → {row.apprentice_name}", "until": row.until}
    return _of_entry(studio_id, "mentorship", row, found, values)


def _of_equipment(studio_id, row):
    found = [] if row.on else ["equipment_undated"]
    return _of_entry(studio_id, "equipment", row, found, {"title": row.name})


def _of_media(studio_id, row):
    found = [] if row.on else ["media_undated"]
    if not row.outlet:
        found.append("media_without_outlet")
    return _of_entry(studio_id, "media", row, found, {"title": row.title})
