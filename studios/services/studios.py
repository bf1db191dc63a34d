"""Verbs about studios: registering one, adding and removing results, changing the leader."""

import hashlib
from datetime import timedelta

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.choices import MemberRole, Section
from studios.models import Achievement, Leader, Member, Studio, Unit
from studios.permissions import CHANGE_STUDIO
from studios.queries.contents import current_leader
from studios.services.parts import end_membership, person_for, put
from studios.services.people import NotPossible
from studios.services.sections import open_studio


@transaction.atomic
def register(union, *, actor, short_name, kind, founded_on="", official_name=""):
    """A new studio of a base unit's union. Raises PermissionDenied, or NotPossible when the name is taken."""
    if not actor.has_perm(CHANGE_STUDIO, union):
        raise PermissionDenied
    try:
        with transaction.atomic():
            studio = Studio.objects.create(
                union=union,
                short_name=short_name,
                official_name=official_name or default_official_name(union, short_name),
                kind=kind,
                founded_on=founded_on,
                registered_by=actor,
            )
    except IntegrityError:
        raise NotPossible(
            _("Your unit already has a studio called “%(name)s”.") % {"name": short_name}
        ) from None
    record("studio.register", studio, actor=actor, union=union.pk)
    return studio


def default_official_name(union, short_name):
    """Unit and studio name together, as it is usually written in full."""
    unit = Unit.objects.filter(union=union).values_list("name", flat=True).first() or ""
    return short_name if short_name.startswith(unit) else f"{unit}{short_name}"


@transaction.atomic
def add_achievement(studio, *, actor, kind_id, title):
    """A new result of the studio, named and of a kind; the rest is filled in on its own page."""
    studio = open_studio(studio, Section.ACHIEVEMENTS, actor=actor)
    achievement = Achievement.objects.create(studio=studio, union=studio.union, kind_id=kind_id, title=title)
    _touch(studio)
    record(
        "studio.save",
        studio,
        actor=actor,
        section=str(Section.ACHIEVEMENTS),
        added=achievement.pk,
        title=title,
    )
    return achievement


@transaction.atomic
def remove_achievement(achievement, *, actor):
    """Take a result off the form with its files. The row stays: a frozen dossier may name it."""
    studio = open_studio(achievement.studio, Section.ACHIEVEMENTS, actor=actor)
    achievement = Achievement.objects.select_for_update(of=("self",)).get(pk=achievement.pk)
    if achievement.removed_at is not None:
        return
    achievement.removed_at = timezone.now()
    achievement.save(update_fields=["removed_at"])
    achievement.files.on_form().update(removed_at=achievement.removed_at)
    _touch(studio)
    record(
        "studio.save",
        studio,
        actor=actor,
        section=str(Section.ACHIEVEMENTS),
        removed=achievement.pk,
        title=achievement.title,
    )


@transaction.atomic
def restore_achievement(achievement, *, actor):
    """Put a removed result back with the files that went with it."""
    studio = open_studio(achievement.studio, Section.ACHIEVEMENTS, actor=actor)
    achievement = Achievement.objects.select_for_update(of=("self",)).get(pk=achievement.pk)
    if achievement.removed_at is None:
        return
    achievement.files.filter(removed_at=achievement.removed_at).update(removed_at=None)
    achievement.removed_at = None
    achievement.save(update_fields=["removed_at"])
    _touch(studio)
    record(
        "studio.save",
        studio,
        actor=actor,
        section=str(Section.ACHIEVEMENTS),
        restored=achievement.pk,
        title=achievement.title,
    )


@transaction.atomic
def change_leader(studio, *, actor, since, member=None, person=None, old_stays=False):
    """Another leader from ``since``; the one before leads until the day before.

    The new one is a present ``member`` of the team, or ``person``: a dict of at least ``name``.
    ``old_stays``: the old leader becomes a core member. Raises PermissionDenied, Closed, NotPossible.
    """
    studio = open_studio(studio, Section.LEADER, actor=actor)
    if since > timezone.localdate():
        raise NotPossible(_("The change can be entered on the day it takes effect, not before."))
    old = current_leader(studio)
    if old is not None:
        _end_leadership(old, since)
    if studio.leaders.filter(until__gte=since).exists():
        raise NotPossible(_("Somebody else led the studio on %(date)s.") % {"date": since.isoformat()})
    if member is not None:
        new_person = member.person
        end_membership(member, since - timedelta(days=1))
    else:
        new_person = person_for(studio, person, but=(old.person_id,) if old else ())
    leader = Leader.objects.create(studio=studio, person=new_person, since=since)
    if old is not None and old_stays:
        Member.objects.create(studio=studio, person=old.person, role=MemberRole.CORE, since=since, order=0)
    studio.leader_name = new_person.name
    _touch(studio, "leader_name")
    record(
        "leader.appoint",
        studio,
        actor=actor,
        person=new_person.pk,
        since=str(since),
        before=old.person_id if old else None,
    )
    return leader


@transaction.atomic
def save_unit(unit, values, *, actor, seen):
    """Change the data of a unit. ``seen``: the values that the person's page showed, compared before writing.

    Raises PermissionDenied, or StaleUnit with the unit as it is now.
    """
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    if not actor.has_perm(CHANGE_STUDIO, unit):
        raise PermissionDenied
    if digest_of(unit, values) != seen:
        raise StaleUnit(unit)
    changed = put(unit, values, values)
    if changed:
        record("unit.save", unit, actor=actor, changed=changed)
    return unit


class StaleUnit(Exception):
    """Somebody changed the unit's data meanwhile; ``unit`` is how it is now."""

    def __init__(self, unit):
        super().__init__("changed meanwhile")
        self.unit = unit


def digest_of(row, names):
    """A short fingerprint of some of a row's values, to tell whether they changed."""
    text = "\0".join(f"{name}={getattr(row, name)}" for name in sorted(names))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def _end_leadership(old, since):
    if since <= old.since:
        raise NotPossible(
            _("%(name)s has led the studio since %(since)s; the change must be later than that.")
            % {"name": old.person.name, "since": old.since.isoformat()}
        )
    old.until = since - timedelta(days=1)
    old.save(update_fields=["until"])


def _touch(studio, *fields):
    studio.updated_at = timezone.now()
    studio.save(update_fields=["updated_at", *fields])
