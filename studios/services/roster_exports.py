"""Rosters on their way out: asked for, made in the background, kept for a week, then removed.

The right is asked for twice, when the roster is asked for and when it is made: an appointment may have ended
meanwhile. What went out, for whom, with which columns and why is on record.
"""

from datetime import timedelta
from functools import partial
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from portal.audit.services import record
from portal.files import store
from portal.files.inspect import scratch_folder
from portal.files.kinds import XLSX
from portal.jobs import services as jobs
from portal.jobs.errors import GiveUp
from portal.jobs.errors import NotPossible as JobEnded
from portal.jobs.models import Job
from portal.jobs.services import enqueue
from studios.choices import ExportKind, ExportState
from studios.models import RosterExport
from studios.permissions import EXPORT_ROSTER
from studios.services.people import NotPossible
from studios.services.roster_workbook import Roster

MAKE_ROSTER = "studios.make_roster"
EXPIRE_EXPORTS = "studios.expire_exports"
KEPT_FOR = timedelta(days=7)
LONGEST_REASON = 300
RIGHT_ENDED = "The right to export rosters there has ended."  # as the job keeps it
CANCELLED, NO_RIGHT, BROKEN = "cancelled", "no_right", "broken"
PROBLEMS = {  # code in RosterExport.problem -> sentence
    CANCELLED: _later("It was cancelled."),
    NO_RIGHT: _later("Your right to export rosters of this union had ended when the file was to be made."),
    BROKEN: _later("A technical fault kept the file from being made; it is on record. Ask for it again."),
}
WAITING = RosterExport.objects.filter(state=ExportState.WAITING)


@transaction.atomic
def ask(union, *, level, as_of, actor, personal=False, reason=""):
    """Ask for the roster of ``level`` (None: of every level) as it stood on ``as_of``; a job makes it.

    Returns the RosterExport. Raises PermissionDenied without the right to export at ``union`` or above, and
    NotPossible with a sentence: personal columns without a reason, a day that has not come.
    """
    reason = check(union, as_of=as_of, actor=actor, personal=personal, reason=reason)
    export = RosterExport.objects.create(
        kind=ExportKind.ROSTER,
        union=union,
        level=level,
        as_of=as_of,
        personal=personal,
        reason=reason,
        created_by=actor,
    )
    export.job = enqueue(MAKE_ROSTER, {"export": export.pk}, actor=actor)
    export.save(update_fields=["job"])
    record("roster.ask", export, actor=actor, **_asked(level, as_of, personal, reason))
    return export


def check(union, *, as_of, actor, personal, reason):
    """The reason as it is kept, or what ``ask`` raises."""
    if not actor.has_perm(EXPORT_ROSTER, union):
        raise PermissionDenied
    reason = (reason or "").strip() if personal else ""
    if personal and not reason:
        raise NotPossible(_("Say what the personal data is needed for; the reason goes on record."))
    if len(reason) > LONGEST_REASON:
        raise NotPossible(
            _("The reason has %(length)d characters; there is room for %(most)d.")
            % {"length": len(reason), "most": LONGEST_REASON}
        )
    if as_of > timezone.localdate():
        raise NotPossible(
            _("%(day)s has not come yet. A roster shows what held on a day, at the latest today.")
            % {"day": as_of.isoformat()}
        )
    return reason


def produce(job, export_id):
    """Make the file of an export that waits for it. Harmless to run again.

    Raises GiveUp where the person may not export there any more; passes on what ``job.progress`` raises.
    No row is locked while the file is being made, so that it can be cancelled.
    """
    export = WAITING.select_related("union", "level", "created_by").filter(pk=export_id).first()
    if export is None:
        return
    if not export.created_by.has_perm(EXPORT_ROSTER, export.union):
        raise GiveUp(RIGHT_ENDED)
    roster = Roster(export.union, level=export.level, as_of=export.as_of, personal=export.personal)
    with scratch_folder() as folder:
        path = Path(folder, f"roster{XLSX.suffix}")
        with path.open("xb") as file:
            written = roster.write(file.write, job.progress)
        asked = _asked(export.level, export.as_of, export.personal, export.reason)
        deliver(export, path, written, columns=written.columns, **asked)


def deliver(export, path, written, **asked):
    """Keep the made file for whoever asked, on record, unless nobody waits for it any more.

    ``written`` has ``count`` and ``content_hash``; ``asked`` is what the record says beside them.
    """
    stored = store.keep(path, XLSX)
    try:
        with transaction.atomic():
            # the job first, as whoever cancels or fails it does: else each might wait for the other
            Job.objects.select_for_update().filter(pk=export.job_id).first()
            waiting = RosterExport.objects.filter(pk=export.pk, state=ExportState.WAITING)
            wanted = waiting.select_for_update().exists()
            if wanted:
                _settle(export, stored, written, asked)
    except BaseException:
        store.delete(stored.name)
        raise
    if not wanted:
        store.delete(stored.name)


def _settle(export, stored, written, asked):
    export.state = ExportState.READY
    export.stored, export.size = stored.name, stored.size
    export.content_hash, export.count = written.content_hash, written.count
    export.expires_at = timezone.now() + KEPT_FOR
    export.save(update_fields=["state", "stored", "size", "content_hash", "count", "expires_at"])
    record("roster.export", export, actor=export.created_by, **asked, **_made(written))


def hand_over(write, union, *, level, as_of, actor, personal=False, reason=""):
    """The same roster here and now, to ``write(bytes)``, on record at the union; returns Written.

    Raises what ``ask`` raises.
    """
    reason = check(union, as_of=as_of, actor=actor, personal=personal, reason=reason)
    with transaction.atomic():
        written = Roster(union, level=level, as_of=as_of, personal=personal).write(write)
        asked = _asked(level, as_of, personal, reason)
        record("roster.export", union, actor=actor, columns=written.columns, **asked, **_made(written))
    return written


def _asked(level, as_of, personal, reason):
    code = level.code if level else ""
    return {"level": code, "as_of": as_of.isoformat(), "personal": personal, "reason": reason}


def _made(written):
    return {"count": written.count, "hash": written.content_hash}


def give_up(export_id, error):
    """The job of an export of any kind has failed for good with ``error``: say so where the person looks."""
    _stop(export_id, NO_RIGHT if error == RIGHT_ENDED else BROKEN)


def _stop(export_id, problem):
    """End the waiting for a file; returns whether it was still waited for."""
    return bool(WAITING.filter(pk=export_id).update(state=ExportState.FAILED, problem=problem))


def why_failed(export):
    """The sentence about an export that failed, in the reader's language; "" for others."""
    return str(PROBLEMS.get(export.problem, "")) if export.state == ExportState.FAILED else ""


@transaction.atomic
def cancel(export, *, actor):
    """Stop an export that is being made. Raises NotPossible when it has ended, PermissionDenied to others."""
    if actor.pk != export.created_by_id:
        raise PermissionDenied
    try:
        jobs.cancel(export.job, actor=actor)
        if not _stop(export.pk, CANCELLED):
            raise JobEnded
    except JobEnded as problem:
        raise NotPossible(_("This roster is not being made any more.")) from problem


@transaction.atomic
def expire(now=None):
    """Remove the files of exports whose time has come; returns how many."""
    due = RosterExport.objects.select_for_update(skip_locked=True, of=("self",)).filter(
        state=ExportState.READY, expires_at__lte=now or timezone.now()
    )
    names = []
    for export in due:
        names.append(export.stored)
        export.state, export.stored = ExportState.EXPIRED, ""
        export.save(update_fields=["state", "stored"])
    for name in names:
        transaction.on_commit(partial(store.delete, name), robust=True)
    return len(names)
