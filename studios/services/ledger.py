"""Verbs about the entries of the ledger: adding, changing, taking out, putting back, entering in a hurry.

The ledger is never closed by a review: what a studio did goes on. Projects, funds and results belong to
the registration form and are written there.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.choices import ActivityKind
from studios.ledger.entries import KINDS, kind_of
from studios.models import Achievement, Studio
from studios.permissions import CHANGE_STUDIO
from studios.queries.ledger import person_of_team
from studios.services import evidence
from studios.services.parts import put
from studios.services.people import NotPossible
from studios.services.studios import add_achievement, digest_of

RESULT = "result"
QUICK = ("activity", RESULT, "media")  # what can be entered from a phone with one line
PHOTO_SLOTS = {RESULT: "achievement.proof", "activity": "activity.photo", "media": "media.copy"}


class StaleEntry(Exception):
    """Somebody changed the entry meanwhile; ``entry`` is how it is now."""

    def __init__(self, entry):
        super().__init__("changed meanwhile")
        self.entry = entry


def seen_of(entry):
    """The fingerprint of an entry as a page shows it, to be named by the edit."""
    return digest_of(entry, kind_of(entry).fields)


@transaction.atomic
def add(studio, code, values, *, actor):
    """A new entry of a kind (see ``ledger.entries.KINDS``). Raises PermissionDenied."""
    studio = _studio_for(studio, actor)
    kind = KINDS[code]
    made = kind.model(studio=studio, union=studio.union, entered_by=actor, **values)
    _name_persons(made)
    made.save()
    _touch(studio)
    record("ledger.add", made, actor=actor, studio=studio.pk, kind=code)
    return made


@transaction.atomic
def change(entry, values, *, actor, seen):
    """Change an entry that looked as ``seen`` says (``seen_of``); returns it.

    Raises PermissionDenied, NotPossible when it was taken out meanwhile, StaleEntry when it was changed.
    """
    studio = _studio_for(entry.studio, actor)
    entry = _locked(entry)
    if entry.removed_at is not None:
        raise NotPossible(_("This entry was taken out of the ledger meanwhile; put it back to change it."))
    if seen_of(entry) != seen:
        raise StaleEntry(entry)
    changed = [name for name in values if getattr(entry, name) != values[name]]
    if changed:
        for name in changed:
            setattr(entry, name, values[name])
        _name_persons(entry)
        entry.save()
        _touch(studio)
        record("ledger.change", entry, actor=actor, studio=studio.pk, changed=changed)
    return entry


@transaction.atomic
def remove(entry, *, actor):
    """Take an entry out of the ledger with its files. The row stays: a frozen report may name it."""
    studio = _studio_for(entry.studio, actor)
    entry = _locked(entry)
    if entry.removed_at is not None:
        return entry
    entry.removed_at = timezone.now()
    entry.save(update_fields=["removed_at"])
    if kind_of(entry).owner:
        entry.files.on_form().update(removed_at=entry.removed_at)
    _touch(studio)
    record("ledger.remove", entry, actor=actor, studio=studio.pk)
    return entry


@transaction.atomic
def restore(entry, *, actor):
    """Put an entry back with the files that went with it."""
    studio = _studio_for(entry.studio, actor)
    entry = _locked(entry)
    if entry.removed_at is None:
        return entry
    if kind_of(entry).owner:
        entry.files.filter(removed_at=entry.removed_at).update(removed_at=None)
    entry.removed_at = None
    entry.save(update_fields=["removed_at"])
    _touch(studio)
    record("ledger.restore", entry, actor=actor, studio=studio.pk)
    return entry


@transaction.atomic
def enter_quickly(studio, what, line, *, actor, day, kind=None):
    """One line from a phone: an activity, a result or a report in the media, on a day.

    ``kind`` is the kind of activity, or the id of the kind of result. The rest is filled in later. Returns
    the entry, or the Achievement. Raises PermissionDenied; Closed where results stand under review.
    """
    if what == RESULT:
        made = add_achievement(studio, actor=actor, kind_id=kind, title=line)
        put(made, {"completed_on": day.isoformat()}, ("completed_on",))
        return made
    if what == "media":
        return add(studio, what, {"title": line, "published_on": day.isoformat()}, actor=actor)
    values = {"title": line, "held_on": day.isoformat(), "kind": kind or ActivityKind.TRAINING}
    return add(studio, what, values, actor=actor)


def add_photo(made, upload, *, actor):
    """Take in the photo of what was entered quickly; the same photo again is the same file.

    Raises Refused, NotPossible or Closed with a sentence: what was entered stays.
    """
    what = RESULT if isinstance(made, Achievement) else kind_of(made).code
    owner = {} if what == "media" else {f"{'achievement' if what == RESULT else what}_id": made.pk}
    return evidence.receive(made.studio, slot=PHOTO_SLOTS[what], upload=upload, actor=actor, **owner)


def _studio_for(studio, actor):
    """The studio under a lock, if the person may change it."""
    studio = Studio.objects.select_for_update(no_key=True, of=("self",)).get(pk=studio.pk)
    if not actor.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    return studio


def _locked(entry):
    return type(entry).objects.select_for_update(of=("self",)).get(pk=entry.pk)


def _name_persons(entry):
    """Tie the names of a mentorship to persons of the team; others are known by name alone."""
    if kind_of(entry).code != "mentorship":
        return
    entry.master = person_of_team(entry.studio, entry.master_name)
    apprentice = None if entry.apprentice_unit else person_of_team(entry.studio, entry.apprentice_name)
    entry.apprentice = apprentice if apprentice != entry.master else None


def _touch(studio):
    studio.updated_at = timezone.now()
    studio.save(update_fields=["updated_at"])
