"""Background jobs about who exists: checking uploaded files, sweeping what nobody names."""

from datetime import time

from portal.accounts import services as accounts
from portal.jobs.registry import daily, handler
from studios.models import RosterImport
from studios.services import (
    evidence,
    proofs,
    roster_exports,
    roster_imports,
    roster_remarks,
    statistics_exports,
)


def _gave_up(job, payload):
    evidence.give_up(payload["evidence"])


@handler(evidence.CHECK_FILE, gave_up=_gave_up)
def check_file(job, payload):
    """Check one uploaded file."""
    evidence.check(payload["evidence"])


@handler(evidence.SWEEP_FILES)
def sweep_files(job, payload):
    """Remove files that no row names."""
    evidence.sweep()


daily(evidence.SWEEP_FILES, at=time(3, 40))


def _roster_gave_up(job, payload):
    roster_exports.give_up(payload["export"], job.error)


@handler(roster_exports.MAKE_ROSTER, gave_up=_roster_gave_up)
def make_roster(job, payload):
    """Make the file of a roster that somebody asked for."""
    roster_exports.produce(job, payload["export"])


@handler(statistics_exports.MAKE_STATISTICS, gave_up=_roster_gave_up)
def make_statistics(job, payload):
    """Make the workbook of statistics that somebody asked for."""
    statistics_exports.produce(job, payload["export"])


@handler(roster_exports.EXPIRE_EXPORTS)
def expire_exports(job, payload):
    """Remove the files of rosters whose week is over."""
    roster_exports.expire()


@handler(roster_remarks.MAKE_REMARKS)
def make_remarks(job, payload):
    """Write what is to be said about an uploaded roster into a copy of it."""
    roster_remarks.produce(job, payload["import"], payload["language"])


@handler(roster_remarks.EXPIRE_REMARKS)
def expire_remarks(job, payload):
    """Remove the copies with remarks whose week is over."""
    roster_remarks.expire()


daily(roster_remarks.EXPIRE_REMARKS, at=time(3, 55))


daily(roster_exports.EXPIRE_EXPORTS, at=time(3, 50))


@handler("studios.prove")
def prove_what_is_carried(job, payload):
    """Prove, and where needed put right, what rows and groups carry along."""
    proofs.prove()


daily("studios.prove", at=time(4, 10))


@handler("accounts.forget")
def forget_old_forms(job, payload):
    """Drop what the accounts app keeps for a while only; it stands below the jobs and cannot ask itself."""
    accounts.forget_old_forms()


daily("accounts.forget", at=time(3, 20))


def _preview_gave_up(job, payload):
    roster_imports.preview_failed(payload["import"])


@handler(roster_imports.PREVIEW, gave_up=_preview_gave_up, stopped=_preview_gave_up)
def preview_roster(job, payload):
    """Read an uploaded roster and say what would become of its rows."""
    roster_imports.preview(RosterImport(pk=payload["import"]), job=job)


def _apply_gave_up(job, payload):
    roster_imports.apply_failed(job, payload["import"])


def _apply_stopped(job, payload):
    roster_imports.apply_stopped(job, payload["import"])


@handler(roster_imports.APPLY, gave_up=_apply_gave_up, stopped=_apply_stopped)
def apply_roster(job, payload):
    """Take a confirmed roster over into the register."""
    roster_imports.run_apply(job, payload["import"])


def _undo_gave_up(job, payload):
    roster_imports.undo_failed(job, payload["import"])


def _undo_stopped(job, payload):
    roster_imports.undo_stopped(job, payload["import"])


@handler(roster_imports.UNDO, gave_up=_undo_gave_up, stopped=_undo_stopped)
def undo_roster(job, payload):
    """Take an imported roster back."""
    roster_imports.run_undo(job, payload["import"])
