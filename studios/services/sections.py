"""Saving a part of the registration form: what is right is written, the rest stays as it was typed.

Nobody overwrites what they have not seen: a save names the version it started from.
"""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.choices import Section
from studios.models import Studio, StudioSection
from studios.permissions import CHANGE_STUDIO
from studios.queries.contents import content_of
from studios.services.parts import WRITERS, back_to_entered


class Closed(Exception):
    """The section is not open to editing; the message says why."""


class Stale(Exception):
    """Somebody saved this part meanwhile; ``part`` (a StudioSection) is how it stands now."""

    def __init__(self, part):
        super().__init__("saved meanwhile")
        self.part = part


@dataclass(frozen=True)
class Sent:
    """What a form sends: ``values`` that are right, ``rows`` (``parts.Row``) by list.

    ``typed`` is the whole form as ``{name: [values]}`` when some of it could not be taken.
    """

    values: dict = field(default_factory=dict)
    rows: dict = field(default_factory=dict)
    typed: dict | None = None


@dataclass(frozen=True)
class Saved:
    """The part after saving: its version, when, ``{row key: id}``, and what changed by name."""

    version: int
    saved_at: object
    ids: dict
    changed: tuple


def why_closed(studio, section):
    """The sentence that says why a section is closed to editing, or "" when it is open."""
    locked = set(studio.locked_sections)
    if section not in locked:
        return ""
    if locked == set(Section.values):
        return _("The studio is under review: everything stays as it was submitted.")
    named = [label for value, label in Section.choices if value not in locked and value != Section.EVIDENCE]
    return _("The application was returned. Only these sections are open: %(sections)s.") % {
        "sections": _(", ").join(str(label) for label in [*named, Section.EVIDENCE.label])
    }


def open_studio(studio, section, *, actor):
    """The studio, locked until the end of the transaction, that ``actor`` may change in ``section``.

    The lock is the one that a submission takes: nothing is written after the dossier was frozen.
    Raises PermissionDenied or Closed.
    """
    studio = Studio.objects.select_for_update(no_key=True, of=("self",)).get(pk=studio.pk)
    if not actor.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    if reason := why_closed(studio, section):
        raise Closed(reason)
    return studio


@transaction.atomic
def save(studio, section, sent, *, actor, version, page="", achievement=None):
    """Save what was sent for one part; returns ``Saved``. Raises PermissionDenied, Closed or Stale.

    ``version`` is the one the person's page shows. ``page`` names that opened page: an answer
    that got lost on the way does not put a page in conflict with its own earlier save.
    """
    studio = open_studio(studio, section, actor=actor)
    part = _locked_part(studio, section, achievement)
    if part.version != version and not (page and part.page == page):
        raise Stale(part)
    if achievement is not None:
        achievement.refresh_from_db()  # under the lock: nobody verifies it meanwhile
    before = content_of(studio, section, achievement)
    ids = WRITERS[section](studio, sent, actor=actor, ids=part.row_ids, achievement=achievement)
    changed = tuple(differences(before, content_of(studio, section, achievement)))
    if changed or sent.typed != part.typed:
        part.version += 1
        part.saved_by = actor
    part.saved_at = timezone.now()
    part.page, part.typed, part.row_ids = page, sent.typed, ids
    part.save()
    if changed:
        studio.updated_at = part.saved_at
        studio.save(update_fields=["updated_at"])
        detail = _looked_at_again(achievement) if achievement else {}
        record("studio.save", studio, actor=actor, section=str(section), changed=list(changed), **detail)
    return Saved(part.version, part.saved_at, {key.partition(":")[2]: pk for key, pk in ids.items()}, changed)


def _looked_at_again(achievement):
    """What the record says about a changed result."""
    was = back_to_entered(achievement)
    return {"achievement": achievement.pk, **({"state": str(achievement.state), "was": was} if was else {})}


def _locked_part(studio, section, achievement):
    """The part's row under a lock; the studio is locked already, so it is made at most once."""
    here = {"studio": studio, "section": section, "achievement": achievement}
    StudioSection.objects.get_or_create(**here)
    return StudioSection.objects.select_for_update(of=("self",)).get(**here)


def differences(before, after):
    """Names of the fields and lists that differ between two contents."""
    names = [name for name in after.values if after.values[name] != before.values.get(name)]
    return names + [name for name in after.rows if after.rows[name] != before.rows.get(name)]
