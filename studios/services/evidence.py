"""Uploaded evidence: taking a file in, checking it, taking it off the form.

The file is written before its row, under a name that nothing else knows; a row that fails takes the file
away again, and whatever a crash leaves behind is swept.
"""

import re
from functools import partial
from pathlib import PurePath

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from portal.files import sniff, store
from portal.files.inspect import inspect, scratch_folder
from portal.files.kinds import KINDS
from portal.files.refusals import Refused
from portal.jobs.services import enqueue
from studios.choices import SLOTS, FileState, Section
from studios.models import Achievement, Evidence, RosterExport, RosterImport, Studio
from studios.permissions import CHANGE_STUDIO
from studios.queries.files import OF_ACHIEVEMENT, SECTION_OF
from studios.services.people import NotPossible
from studios.services.sections import Closed, why_closed

CHECK_FILE = "studios.check_file"
SWEEP_FILES = "studios.sweep_files"
UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]")
LONGEST_NAME = 120
KEPT_BY = ((RosterImport, "stored"), (RosterImport, "remarks_stored"), (RosterExport, "stored"))


def clean_name(name):
    """A file's own name without folders, control or direction characters, its ending kept when shortened."""
    plain = UNPRINTABLE.sub("", PurePath((name or "").replace("\\", "/")).name).strip() or "file"
    ending = PurePath(plain).suffix
    return plain if len(plain) <= LONGEST_NAME else plain[: LONGEST_NAME - len(ending)] + ending


def why_slot_closed(studio, slot):
    """Why no file can be added to or taken from a slot; "" when it is open.

    After a return the evidence section is open with any other, so that a remark can be met with a file.
    """
    return why_closed(studio, SECTION_OF[slot]) and why_closed(studio, Section.EVIDENCE)


def receive(studio, *, slot, upload, actor, achievement_id=None):
    """Take an upload in; its check follows in the background. Returns the Evidence, state CHECKING.

    The same file sent again for the same slot is the same row. Raises Refused, NotPossible or Closed with a
    sentence, PermissionDenied.
    """
    if slot not in SLOTS:
        raise NotPossible(_("There is no such kind of evidence."))
    kind = sniff.check(upload, upload.name)
    stored = store.quarantine(upload, kind)
    try:
        with transaction.atomic():
            evidence, made = _enter(studio, slot, achievement_id, upload, stored, kind, actor)
    except BaseException:
        store.delete(stored.name)
        raise
    if not made:
        store.delete(stored.name)
    return evidence


def _enter(studio, slot, achievement_id, upload, stored, kind, actor):
    """The row of a stored upload and whether it is new."""
    studio = _open_slot(studio, slot, actor)
    achievement = _achievement(studio, slot, achievement_id)
    here = {"studio": studio, "slot": slot, "achievement": achievement}
    twin = Evidence.objects.filter(**here, sha256=stored.sha256).on_form().exclude(state=FileState.REFUSED)
    if (known := twin.first()) is not None:
        return known, False
    check_quota(studio, stored.size)
    evidence = Evidence.objects.create(
        **here,
        union=studio.union,
        name=clean_name(upload.name),
        size=stored.size,
        media_type=kind.media_type,
        sha256=stored.sha256,
        stored=stored.name,
        uploaded_by=actor,
    )
    enqueue(CHECK_FILE, {"evidence": evidence.pk}, actor=actor)
    record("file.upload", evidence, actor=actor, studio=studio.pk, slot=slot, sha256=evidence.sha256)
    _touch(studio)
    return evidence, True


def _open_slot(studio, slot, actor):
    """The studio under the lock that a submission takes, too."""
    studio = Studio.objects.select_for_update(no_key=True, of=("self",)).get(pk=studio.pk)
    if not actor.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    if reason := why_slot_closed(studio, slot):
        raise Closed(reason)
    return studio


def _achievement(studio, slot, achievement_id):
    """The studio's own achievement that the slot asks for; None where it asks for none."""
    if slot not in OF_ACHIEVEMENT:
        return None
    found = Achievement.objects.filter(pk=achievement_id, studio=studio, removed_at=None).first()
    if found is None:
        raise NotPossible(_("The achievement that this file belongs to is not there any more."))
    return found


def check_quota(studio, size):
    """Raise NotPossible when ``size`` more bytes are too much for the unit's studios together."""
    files = Evidence.objects.filter(union=studio.union_id).on_form().exclude(state=FileState.REFUSED)
    used = files.aggregate(used=Sum("size"))["used"] or 0
    if used + size > settings.UNIT_FILE_QUOTA:
        raise NotPossible(
            _(
                "Your unit has used %(used)s of %(quota)s for files; this file of %(size)s does not fit. "
                "Remove files that are not needed, or send smaller photos."
            )
            % {
                "used": filesizeformat(used),
                "quota": filesizeformat(settings.UNIT_FILE_QUOTA),
                "size": filesizeformat(size),
            }
        )


@transaction.atomic
def remove(evidence, *, actor):
    """Take a file off the form. Row and file stay: a frozen dossier may name them."""
    _open_slot(evidence.studio, evidence.slot, actor)
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.removed_at is None:
        evidence.removed_at = timezone.now()
        evidence.save(update_fields=["removed_at"])
        record("file.remove", evidence, actor=actor, studio=evidence.studio_id, slot=evidence.slot)
        _touch(evidence.studio)


def check(evidence_id):
    """Look at an uploaded file in the child process and keep what came of it. Harmless to run again."""
    evidence = Evidence.objects.get(pk=evidence_id)
    if evidence.state != FileState.CHECKING:
        return
    quarantined = evidence.stored
    kind = next(kind for kind in KINDS.values() if quarantined.endswith(kind.suffix))
    try:
        with scratch_folder() as folder:
            found = inspect(store.path_of(quarantined), kind, folder)
            kept = _keep(quarantined, found)
    except Refused as refusal:
        _settle(evidence, quarantined, {"state": FileState.REFUSED, "problem": _problem(refusal)}, ())
        return
    _settle(evidence, quarantined, {**kept, **_measures(found), "state": FileState.READY}, kept.values())


def _keep(quarantined, found):
    """Store what was made: a picture drawn anew in three sizes, a PDF as it is. {field: stored name}"""
    if not found.outputs:
        return {"stored": store.keep_quarantined(quarantined).name}
    fields = {"full": "stored", "thumb_1200": "preview", "thumb_320": "thumb"}
    return {
        fields[name]: store.keep(output.path, KINDS[_code_of(output.media_type)]).name
        for name, output in found.outputs.items()
    }


def _code_of(media_type):
    return next(kind.code for kind in KINDS.values() if kind.media_type == media_type)


def _measures(found):
    return {"width": found.width, "height": found.height, "pages": found.pages}


def _problem(refusal):
    return {"code": refusal.code, "values": refusal.values}


def _settle(evidence, quarantined, fields, kept):
    """Write the outcome unless another run was first; then the kept files are not needed."""
    try:
        with transaction.atomic():
            row = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
            first = row.state == FileState.CHECKING
            if first:
                for name, value in fields.items():
                    setattr(row, name, value)
                row.save(update_fields=list(fields))
                record("file.check", row, actor=None, studio=row.studio_id, state=str(row.state))
    except BaseException:
        first = False
        raise
    finally:
        if not first:
            for name in kept:
                store.delete(name)
    if first:
        transaction.on_commit(partial(store.delete, quarantined), robust=True)


def give_up(evidence_id):
    """The check failed for good, for no reason that the file gave: say so where it is shown."""
    Evidence.objects.filter(pk=evidence_id, state=FileState.CHECKING).update(
        state=FileState.REFUSED, problem={"code": "crashed", "values": {}}
    )


def sweep():
    """Remove stored files that no row names; returns how many."""
    names = set()
    for row in Evidence.objects.values_list("stored", "thumb", "preview").iterator():
        names.update(name for name in row if name)
    for model, field in KEPT_BY:
        names.update(model.objects.exclude(**{field: ""}).values_list(field, flat=True))
    return len(store.sweep(names))


def _touch(studio):
    studio.updated_at = timezone.now()
    studio.save(update_fields=["updated_at"])
