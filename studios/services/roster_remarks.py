"""The office's own workbook with remarks as a file: made at once where it is small, in the background else.

A file made in the background is kept for some days, speaks one language, and is of one preview: when the
rows are looked at anew it is out of date, and made anew for whoever asks. What may be seen is for the caller
to ask.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from portal.files import store
from portal.files.inspect import scratch_folder
from portal.files.kinds import SHEETS
from portal.jobs.errors import GiveUp
from portal.jobs.services import enqueue
from portal.sheets.refusals import Refused
from studios.choices import ImportState
from studios.models import RosterImport
from studios.services.people import NotPossible
from studios.services.roster_report import write_remarks

MAKE_REMARKS = "rosters.remarks"
EXPIRE_REMARKS = "rosters.expire_remarks"
ROWS_AT_ONCE = 1000  # about a second; what is longer does not belong into an answer to a browser
KEPT_FOR = timedelta(days=7)
WITH_ROWS = frozenset({ImportState.PREVIEW, ImportState.APPLIED, ImportState.UNDONE})


def has_remarks(roster):
    """Whether there are rows and a file that remarks can be written into."""
    return bool(roster.stored) and roster.state in WITH_ROWS


def at_once(roster):
    """Whether the file is made while somebody waits for it."""
    return sum(roster.counts.values()) <= ROWS_AT_ONCE


def is_there(roster):
    """Whether a file is kept that says what the rows say now, in the active language."""
    return (
        bool(roster.remarks_stored)
        and roster.remarks_of == _mark(roster, translation.get_language())
        and roster.remarks_until > timezone.now()
    )


def _mark(roster, language):
    """Names what a file says: the preview and the language."""
    return f"{language} {roster.previewed_at.isoformat() if roster.previewed_at else ''}"


@transaction.atomic
def ask(roster_import, *, actor):
    """Have the file made in the active language; asked while one is being made, nothing is added.

    Raises NotPossible when the import has no rows (any more).
    """
    rows = RosterImport.objects.select_for_update(of=("self",)).select_related("remarks_job")
    roster = rows.get(pk=roster_import.pk)
    if not has_remarks(roster):
        raise NotPossible(
            _("This import is now in the state “%(state)s”. Please look at it again.")
            % {"state": roster.get_state_display()}
        )
    if is_there(roster) or (roster.remarks_job and roster.remarks_job.is_open):
        return
    payload = {"import": roster.pk, "language": translation.get_language()}
    roster.remarks_job = enqueue(MAKE_REMARKS, payload, actor=actor)
    roster.save(update_fields=["remarks_job"])


def produce(job, roster_id, language):
    """Make the file that was asked for, unless there is nothing to make it of. Harmless to run again.

    Raises GiveUp for a file that cannot be given back; passes on what ``job.progress`` raises.
    """
    roster = RosterImport.objects.get(pk=roster_id)
    if not has_remarks(roster):
        return
    with scratch_folder() as folder, translation.override(language):
        path = Path(folder, "remarks")
        try:
            ending = write_remarks(roster, path, job.progress)
        except Refused as problem:
            raise GiveUp(str(problem)) from problem
        stored = store.keep(path, SHEETS[ending.removeprefix(".")])
    try:
        kept = _settle(roster, stored.name, _mark(roster, language))
    except BaseException:
        store.delete(stored.name)
        raise
    if not kept:
        store.delete(stored.name)


@transaction.atomic
def _settle(roster, name, mark):
    """Note the file in the place of an earlier one, if the rows are still those it speaks of."""
    now = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    if not has_remarks(now) or now.previewed_at != roster.previewed_at:
        return False
    let_go(now)
    now.remarks_stored, now.remarks_of, now.remarks_until = name, mark, timezone.now() + KEPT_FOR
    now.save(update_fields=["remarks_stored", "remarks_of", "remarks_until"])
    return True


def let_go(roster):
    """Forget the file of an import that the caller has locked and saves; it goes when that is committed."""
    if roster.remarks_stored:
        transaction.on_commit(partial(store.delete, roster.remarks_stored), robust=True)
    roster.remarks_stored, roster.remarks_of, roster.remarks_until = "", "", None


@transaction.atomic
def expire(now=None):
    """Remove the files whose days are over; returns how many."""
    due = RosterImport.objects.select_for_update(skip_locked=True, of=("self",)).exclude(remarks_stored="")
    rows = list(due.filter(remarks_until__lte=now or timezone.now()))
    for roster in rows:
        let_go(roster)
        roster.save(update_fields=["remarks_stored", "remarks_of", "remarks_until"])
    return len(rows)
