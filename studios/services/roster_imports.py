"""Rosters on their way in: received, previewed, asked about, confirmed, dropped, undone.

Each act of a person takes the import's row lock and checks right and state under it. Reading a file takes
seconds and holds no lock: its outcome counts only if the import still waits for it.
"""

from contextlib import contextmanager
from functools import partial
from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.files import refusals, store
from portal.files.kinds import MAX_BYTES, SHEETS
from portal.jobs.errors import GiveUp
from portal.jobs.errors import NotPossible as JobEnded
from portal.jobs.services import cancel, enqueue
from portal.sheets.refusals import Refused
from studios.choices import ImportState, Verdict
from studios.models import RosterImport, RosterRow
from studios.permissions import IMPORT_ROSTER
from studios.services import roster_applying, roster_remarks, roster_undoing
from studios.services.evidence import clean_name
from studios.services.people import NotPossible
from studios.services.roster_declining import NONE_FITS
from studios.services.roster_staging import Examined, examine, quiet, write_rows

PREVIEW, APPLY, UNDO = "rosters.preview", "rosters.apply", "rosters.undo"
WAITING = (ImportState.READING, ImportState.PREVIEW)  # a preview of these may be made
OPEN = (*WAITING, ImportState.REFUSED)  # and these may be dropped
STARTS = ((b"PK", "xlsx"), (b"\xd0\xcf\x11\xe0", "xls"), (b"\x09\x08", "xls"), (b"<", "html"))
FAILED = {"code": "crashed", "values": {}}


def receive(upload, *, union, actor):
    """Take a roster in for ``union`` and all below it; it is read in the background: a RosterImport.

    What was answered about the same file before is taken over. Raises Refused (empty, too large, no room)
    and PermissionDenied.
    """
    roster, stored = _stored(upload, union, actor)
    try:
        with transaction.atomic():
            _enter(roster, actor)
            _ask_for(roster, PREVIEW, actor=actor)
    except BaseException:
        store.delete(stored.name)
        raise
    return roster


def take_in(upload, *, union, actor):
    """The same without the background, for the command line; in the caller's transaction, and its file."""
    roster, _file = _stored(upload, union, actor)
    _enter(roster, actor)
    return roster


def _stored(upload, union, actor):
    """An unsaved RosterImport and its file in the store."""
    if not actor.has_perm(IMPORT_ROSTER, union):
        raise PermissionDenied
    if not upload.size:
        raise Refused("empty")
    if upload.size > MAX_BYTES:
        raise Refused("file_size", found=upload.size, limit=MAX_BYTES)
    try:
        stored = store.quarantine(upload, SHEETS[_kind_of(upload)])
    except refusals.Refused as problem:  # no room on the disk
        raise NotPossible(str(problem)) from problem
    known = {"sha256": stored.sha256, "size": stored.size, "stored": stored.name}
    return RosterImport(union=union, name=clean_name(upload.name), created_by=actor, **known), stored


def _kind_of(upload):
    """The ending that the file gets in the store; what it is decides the child that reads it."""
    upload.seek(0)
    start = upload.read(8).lstrip(b"\xef\xbb\xbf \r\n\t")
    upload.seek(0)
    known = next((kind for sign, kind in STARTS if start.startswith(sign)), "csv")
    ending = PurePath(upload.name or "").suffix.lower().lstrip(".")
    return ending if ending in SHEETS and known == "csv" else known


def _enter(roster, actor):
    """Save the row with the answers that the same file got before, and the questions they answer."""
    earlier = RosterImport.objects.filter(union=roster.union, sha256=roster.sha256).exclude(answers={})
    before = earlier.order_by("-pk").first()
    if before is not None:
        roster.answers = before.answers
        roster.questions = [asked for asked in before.questions if asked["key"] in before.answers]
    roster.save()
    record("roster.upload", roster, actor=actor, sha256=roster.sha256, size=roster.size)


def _ask_for(roster, kind, *, actor, key=""):
    """Have a job of ``kind`` done and remember it as the latest."""
    roster.job = enqueue(kind, {"import": roster.pk}, actor=actor, key=key)
    roster.save(update_fields=["job"])


def locked(roster_import, *, actor, states):
    """The import under its lock, in one of ``states``; raises NotPossible, PermissionDenied."""
    roster = RosterImport.objects.select_for_update(of=("self",)).select_related("union", "job")
    roster = roster.get(pk=roster_import.pk)
    if not actor.has_perm(IMPORT_ROSTER, roster):
        raise PermissionDenied
    if roster.state not in states:
        raise NotPossible(
            _("This import is now in the state “%(state)s”. Please look at it again.")
            % {"state": roster.get_state_display()}
        )
    return roster


# -- the preview ------------------------------------------------------------------------------------
def preview(roster_import, *, job=None):
    """Read the file and write the rows with their verdicts, or why it is refused; harmless to run twice.

    Nothing is done for an import that is no longer waiting for it, and nothing is kept when answers came in
    meanwhile: these asked for a preview of their own.
    """
    roster = RosterImport.objects.select_related("union", "created_by").get(pk=roster_import.pk)
    if roster.state not in WAITING:
        return
    asker = (job and job.created_by) or roster.created_by
    if not asker.has_perm(IMPORT_ROSTER, roster):
        gone = {"code": "register.right_gone", "values": {"union": roster.union.name}}
        settle(roster, Examined(gone))
        return
    tell = job.progress if job is not None else quiet
    examined = examine(
        store.path_of(roster.stored), roster.name, union=roster.union, answers=roster.answers, tell=tell
    )
    settle(roster, examined)


@transaction.atomic
def settle(roster, examined):
    """Write what came of reading, unless the import has moved on."""
    now = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    if now.state not in WAITING or now.answers != roster.answers:
        return
    if examined.problem:
        RosterRow.objects.filter(roster=now).delete()
        now.state, now.problem, now.counts = ImportState.REFUSED, examined.problem, {}
    else:
        write_rows(now, examined)
        if now.state == ImportState.READING:
            now.problem = None  # that of a preview says why it could not be applied
        now.state, now.counts = ImportState.PREVIEW, examined.counts
        now.previewed_at = timezone.now()
        now.questions = _questions(now, examined)
    now.control_totals, now.columns = examined.control_totals, examined.columns
    now.save()


def _questions(now, examined):
    """The open questions, and those that were answered, so that an answer can be changed."""
    asked = {question["key"]: question for question in examined.questions}
    before = [one for one in now.questions if one["key"] in now.answers and one["key"] not in asked]
    return [*asked.values(), *before]


def preview_failed(roster_id):
    """The preview was given up: say so where the import is shown; an earlier preview stands."""
    roster = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_id)
    if roster.state == ImportState.READING:
        seen = roster.previewed_at is not None
        roster.state = ImportState.PREVIEW if seen else ImportState.REFUSED
        roster.problem = FAILED
        roster.save(update_fields=["state", "problem"])


# -- what people do -----------------------------------------------------------------------------------
@transaction.atomic
def answer(roster_import, answers, *, actor):
    """Answer questions, {key: value}, and have the preview made anew. Raises what ``locked`` does.

    NONE_FITS answers any question: the rows that it concerns stay out as errors.
    """
    roster = locked(roster_import, actor=actor, states=WAITING)
    asked = {question["key"]: question for question in roster.questions}
    for key, value in answers.items():
        if key not in asked:
            raise NotPossible(_("This question is not asked any more. Please look at the preview again."))
        offered = [*(choice for choice, _label in asked[key]["choices"]), NONE_FITS]
        fitting = [choice for choice in offered if str(choice) == str(value)]
        if not fitting:
            raise NotPossible(
                _("“%(value)s” is none of the answers that were offered. Please choose one of them.")
                % {"value": str(value)[:80]}
            )
        roster.answers[key] = fitting[0]
    roster.state, roster.problem = ImportState.READING, None
    roster.save(update_fields=["answers", "state", "problem"])
    record("roster.answer", roster, actor=actor, answers={key: roster.answers[key] for key in answers})
    _ask_for(roster, PREVIEW, actor=actor)
    return roster


@transaction.atomic
def drop(roster_import, *, actor):
    """Give an import up before it went in: its rows and its file go, the record and the answers stay."""
    roster = locked(roster_import, actor=actor, states=OPEN)
    RosterRow.objects.filter(roster=roster).delete()
    stored, roster.stored = roster.stored, ""
    roster.state = ImportState.DROPPED
    roster_remarks.let_go(roster)
    roster.save(update_fields=["state", "stored", "remarks_stored", "remarks_of", "remarks_until"])
    record("roster.drop", roster, actor=actor)
    if roster.job and roster.job.is_open:
        try:
            with transaction.atomic():
                cancel(roster.job, actor=actor)
        except JobEnded:
            pass  # it ended meanwhile, and finds the import dropped
    transaction.on_commit(partial(store.delete, stored), robust=True)
    return roster


@transaction.atomic
def confirm(roster_import, *, actor):
    """Have what the preview shows taken over; asked twice it is done once. Raises NotPossible."""
    roster = locked(roster_import, actor=actor, states=(ImportState.PREVIEW, ImportState.APPLYING))
    if roster.state == ImportState.APPLYING and roster.job and roster.job.is_open:
        return roster
    if not any(roster.counts.get(verdict) for verdict in (Verdict.NEW, Verdict.CHANGED)):
        raise NotPossible(_("No row of this roster is new or changed: there is nothing to take over."))
    roster.state, roster.problem = ImportState.APPLYING, None
    roster.save(update_fields=["state", "problem"])
    _ask_for(roster, APPLY, actor=actor, key=f"{APPLY}:{roster.pk}:{roster.job_id}")
    return roster


@transaction.atomic
def undo(roster_import, *, actor):
    """Have an applied import taken back; asked twice it is done once. Raises NotPossible."""
    roster = locked(roster_import, actor=actor, states=(ImportState.APPLIED, ImportState.UNDOING))
    if roster.state == ImportState.UNDOING and roster.job and roster.job.is_open:
        return roster
    roster.state, roster.problem = ImportState.UNDOING, None
    roster.save(update_fields=["state", "problem"])
    _ask_for(roster, UNDO, actor=actor, key=f"{UNDO}:{roster.pk}:{roster.job_id}")
    return roster


# -- the jobs -----------------------------------------------------------------------------------------
@contextmanager
def right_kept():
    """Trying again is useless when the right of who asked has ended."""
    try:
        yield
    except PermissionDenied:
        raise GiveUp(_("The right to import for this union has ended.")) from None


def run_apply(job, roster_id):
    """Do what ``confirm`` asked for."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == ImportState.APPLYING:
        with right_kept():
            roster_applying.apply(roster, actor=job.created_by, job=job)


def apply_failed(job, roster_id):
    """Applying was given up: the import is a preview again and says why."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == ImportState.APPLYING:
        roster_applying.put_back(roster, "gave_up", actor=job.created_by, why=job.error)


def apply_stopped(job, roster_id):
    """Applying was cancelled: the import is a preview again and says so."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == ImportState.APPLYING and roster.job_id == job.pk:
        roster_applying.put_back(roster, "stopped", actor=job.created_by)


def run_undo(job, roster_id):
    """Do what ``undo`` asked for."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == ImportState.UNDOING:
        with right_kept():
            roster_undoing.undo(roster, actor=job.created_by, job=job)


def undo_failed(job, roster_id):
    """Undoing was given up: the import stays applied and says why."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == ImportState.UNDOING:
        roster_undoing.keep(roster, "gave_up", why=job.error)


def undo_stopped(job, roster_id):
    """Undoing was cancelled: the import stays applied and says so."""
    roster = RosterImport.objects.get(pk=roster_id)
    if roster.state == ImportState.UNDOING and roster.job_id == job.pk:
        roster_undoing.keep(roster, "stopped")
