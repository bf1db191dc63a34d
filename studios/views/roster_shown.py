"""Imports and exports as their pages take them: states with their look, progress, what came of it."""

from collections import Counter
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.jobs.choices import JobState
from studios.choices import ExportState, ImportState, Verdict
from studios.services import roster_remarks as remarks

WORKING = frozenset({ImportState.READING, ImportState.APPLYING, ImportState.UNDOING})
WITH_ROWS_OUT = frozenset({ImportState.PREVIEW, ImportState.APPLIED})
IMPORT_LOOKS = {  # state -> kind and icon of its tag
    ImportState.READING: ("info", "clock"),
    ImportState.REFUSED: ("bad", "x-circle"),
    ImportState.PREVIEW: ("warn", "eye"),
    ImportState.APPLYING: ("info", "clock"),
    ImportState.APPLIED: ("ok", "check"),
    ImportState.UNDOING: ("info", "clock"),
    ImportState.UNDONE: ("neutral", "back"),
    ImportState.DROPPED: ("neutral", "trash"),
}
EXPORT_LOOKS = {
    ExportState.WAITING: ("info", "clock"),
    ExportState.READY: ("ok", "check"),
    ExportState.FAILED: ("bad", "x-circle"),
    ExportState.EXPIRED: ("neutral", "clock"),
}


@dataclass(frozen=True)
class Line:
    """An import or an export in a list."""

    row: object
    kind: str
    icon: str
    url: str
    rows: int | None
    percent: int | None  # while it is worked on
    out: int = 0  # rows that somebody still has to look at


def import_line(row):
    """A line of the list of imports."""
    kind, icon = IMPORT_LOOKS[row.state]
    percent = import_progress(row).percent
    rows = sum(row.counts.values()) if row.counts else None
    out = outcome_of(row.counts).out if row.state in WITH_ROWS_OUT else 0
    return Line(row, kind, icon, reverse("roster_import", args=[row.pk]), rows, percent, out)


def export_line(row):
    """A line of the list of exports."""
    kind, icon = EXPORT_LOOKS[row.state]
    percent = progress_of(row.job, row.state == ExportState.WAITING).percent
    return Line(row, kind, icon, reverse("roster_export", args=[row.pk]), row.count, percent)


@dataclass(frozen=True)
class Progress:
    """How far a job is; ``percent`` is None while nobody knows how much there is to do."""

    open: bool
    note: str
    percent: int | None = None
    done: int = 0
    total: int = 0
    failed: bool = False

    def as_json(self):
        """As progress.js takes it."""
        return {"open": self.open, "percent": self.percent, "note": self.note, "failed": self.failed}


def import_progress(roster):
    """The progress of an import; a preview that is made anew is worked on as well."""
    anew = roster.state == ImportState.PREVIEW and roster.job is not None and roster.job.is_open
    writes = roster.state in (ImportState.APPLYING, ImportState.UNDOING)
    ending = _("All rows are done; the last checks are running") if writes else ""
    return progress_of(roster.job, anew or roster.state in WORKING, ending)


def remarks_progress(roster):
    """The progress of the workbook with remarks that is made in the background."""
    job = roster.remarks_job
    return progress_of(job, job is not None and job.state != JobState.DONE)


@dataclass(frozen=True)
class Remarks:
    """The workbook with remarks: a link when it can be had, else a button that asks for it."""

    link: bool
    progress: Progress


def remarks_of(roster):
    """How the workbook with remarks can be had; None where nothing can be written into."""
    if not remarks.has_remarks(roster):
        return None
    link = remarks.is_there(roster) or remarks.at_once(roster)
    return Remarks(link, remarks_progress(roster))


def progress_of(job, working, ending=""):
    """The progress of what ``job`` does, as long as the row says that it is being worked on.

    ``ending`` says what goes on when all rows are done: nobody knows how long that takes.
    """
    if not working:
        return Progress(False, "")
    if job is None or job.state in (JobState.FAILED, JobState.CANCELLED):
        return Progress(False, _("This did not come to its end."), failed=True)
    if not job.progress_total:
        waits = job.state == JobState.QUEUED
        return Progress(True, _("Waiting for its turn") if waits else _("Working on it"))
    done, total = min(job.progress_done, job.progress_total), job.progress_total
    if done == total:
        return Progress(True, ending or _("All rows are done; the result is being written"))
    note = _("%(done)d of %(total)d rows") % {"done": done, "total": total}
    return Progress(True, note, done * 100 // total, done, total)


def steps_of(state):
    """The stages of an import as {% steps %} takes them."""
    labels = [_("Read"), _("Check and answer"), _("Confirm"), _("In the register")]
    reached = {
        ImportState.READING: 0,
        ImportState.REFUSED: 0,
        ImportState.PREVIEW: 1,
        ImportState.APPLYING: 3,
        ImportState.APPLIED: 4,
    }.get(state, 4)
    return [
        {"label": label, "state": "done" if place < reached else "now" if place == reached else "todo"}
        for place, label in enumerate(labels)
    ]


@dataclass(frozen=True)
class Outcome:
    """What confirming would do, in numbers."""

    new: int
    changed: int
    same: int
    asked: int
    wrong: int

    @property
    def out(self):
        """How many rows stay out."""
        return self.asked + self.wrong

    @property
    def moves(self):
        """How many rows go in."""
        return self.new + self.changed


def outcome_of(counts):
    """From the counts of the last preview."""
    counts = Counter(counts)
    return Outcome(
        new=counts[Verdict.NEW.value],
        changed=counts[Verdict.CHANGED.value],
        same=counts[Verdict.SAME.value],
        asked=counts[Verdict.QUESTION.value],
        wrong=counts[Verdict.ERROR.value],
    )


def export_name(export):
    """What an export is called: in its heading, and as a file."""
    what = str(export.level) if export.level else ""
    return f"{export.union.name}{what}{export.get_kind_display()} {export.as_of:%Y-%m-%d}"


def export_facts(export):
    """(label, value) pairs about an export."""
    facts = [(_("Union"), export.union.name), (_("Level"), str(export.level or _("All levels")))]
    if export.since:
        facts.append((_("From"), export.since.isoformat()))
    facts += [(_("As it stood on"), export.as_of.isoformat()), (_("Rows"), export.count)]
    reason = _("included, for: %(reason)s") % {"reason": export.reason}
    facts.append((_("Personal data"), reason if export.personal else _("left out")))
    return facts
