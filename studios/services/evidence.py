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
from django.utils.translation import gettext_lazy

from portal.audit.services import record
from portal.files import sniff, store
from portal.files.inspect import inspect, scratch_folder
from portal.files.kinds import KINDS
from portal.files.refusals import Refused
from portal.jobs.services import enqueue
from studios.choices import SLOTS, FileState, LedgerState, Section
from studios.models import Evidence, RosterExport, RosterImport, Studio
from studios.permissions import CHANGE_STUDIO
from studios.queries.files import OF_ACHIEVEMENT, SECTION_OF
from studios.services.parts import back_to_entered
from studios.services.people import NotPossible
from studios.services.sections import Closed, why_closed

CHECK_FILE = "studios.check_file"
SWEEP_FILES = "studios.sweep_files"
OWNER_OF = {"activity.photo": "activity", "mentorship.agreement": "mentorship"}
GONE = {
    "achievement": gettext_lazy("The achievement that this file belongs to is not there any more."),
    "activity": gettext_lazy("The activity that this file belongs to is not there any more."),
    "mentorship": gettext_lazy("The agreement that this file belongs to is not there any more."),
}
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
    Slots of no section belong to the ledger, which no review closes.
    """
    if slot not in SECTION_OF:
        return ""
    return why_closed(studio, SECTION_OF[slot]) and why_closed(studio, Section.EVIDENCE)


def receive(studio, *, slot, upload, actor, achievement_id=None, activity_id=None, mentorship_id=None):
    """Take an upload in; its check follows in the background. Returns the Evidence, state CHECKING.

    Which of the ids counts is the slot's; what it names must be the studio's own. The same file sent again
    for the same slot is the same row. Raises Refused, NotPossible or Closed with a sentence,
    PermissionDenied.
    """
    if slot not in SLOTS:
        raise NotPossible(_("There is no such kind of evidence."))
    owners = {"achievement": achievement_id, "activity": activity_id, "mentorship": mentorship_id}
    kind = sniff.check(upload, upload.name)
    stored = store.quarantine(upload, kind)
    try:
        with transaction.atomic():
            evidence, made = _enter(studio, slot, owners, upload, stored, kind, actor)
    except BaseException:
        store.delete(stored.name)
        raise
    if not made:
        store.delete(stored.name)
    return evidence


def _enter(studio, slot, owners, upload, stored, kind, actor):
    """The row of a stored upload and whether it is new."""
    studio = _open_slot(studio, slot, actor)
    here = {"studio": studio, "slot": slot, **_owner(studio, slot, owners)}
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
    detail = _looked_at_again(evidence.achievement, (LedgerState.QUERIED,))
    record(
        "file.upload", evidence, actor=actor, studio=studio.pk, slot=slot, sha256=evidence.sha256, **detail
    )
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


def _owner(studio, slot, ids):
    """{field: what the file belongs to, of the studio's own} for the slots of such things, else None in each.

    A slot of a result needs one; a photo of an activity may stand for itself.
    """
    found = dict.fromkeys(ids)
    field = "achievement" if slot in OF_ACHIEVEMENT else OWNER_OF.get(slot)
    if field is None or (ids[field] is None and slot not in OF_ACHIEVEMENT):
        return found
    model = Evidence._meta.get_field(field).related_model
    found[field] = model.objects.filter(pk=ids[field], studio=studio, removed_at=None).first()
    if found[field] is None:
        raise NotPossible(GONE[field])
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
        detail = _looked_at_again(evidence.achievement, (LedgerState.QUERIED, LedgerState.VERIFIED))
        record("file.remove", evidence, actor=actor, studio=evidence.studio_id, slot=evidence.slot, **detail)
        _touch(evidence.studio)


def _looked_at_again(achievement, states):
    """A result in one of ``states`` is to be looked at again; what the record says about that.

    More proof does not shake what was verified; less proof does.
    """
    if achievement is None or achievement.state not in states:
        return {}
    was = back_to_entered(achievement)
    return {"achievement": achievement.pk, "state": str(achievement.state), "was": was}


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
    return {
        "width": found.width,
        "height": found.height,
        "pages": found.pages,
        "image_hash": found.fingerprint,
    }


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
