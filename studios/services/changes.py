"""Verbs that change what a studio or unit is called, where it stands, who leads it, whether it rests.

Each keeps what was as a row of history. Who may do it, and after whose approval, is asked by the caller:
these are called when that is settled, in the caller's transaction.
"""

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.choices import MemberRole, Section, Tier
from studios.models import (
    FormerParent,
    FormerStudioName,
    FormerUnitName,
    Leader,
    Member,
    Studio,
    StudioSection,
    Suspension,
    Union,
    Unit,
)
from studios.queries.as_of import studio_names_on
from studios.queries.contents import current_leader
from studios.services.parts import end_membership, person_for
from studios.services.people import NotPossible
from studios.services.unions import move_union
from studios.validators import folded

ONE_DAY = timedelta(days=1)


def locked_studio(pk):
    """The studio under the lock that every writer of it takes."""
    return Studio.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def locked_union(pk):
    """The union under a lock: two names of one unit are compared one after the other."""
    return Union.objects.select_for_update(no_key=True, of=("self",)).get(pk=pk)


def stale(studio_ids, *sections):
    """Pages of these sections that people have open show what was: their next save is told so."""
    for studio_id in studio_ids:
        for section in sections:
            here = {"studio_id": studio_id, "section": section, "achievement": None}
            StudioSection.objects.get_or_create(**here)
            StudioSection.objects.filter(**here).update(version=F("version") + 1, page="")


def name_in_use(union_id, *names, but=None):
    """The first of ``names`` that another studio of the unit bears, short or in full, else ""."""
    wanted = {folded(name).casefold(): name for name in names if name}
    rows = Studio.objects.filter(union=union_id).exclude(pk=but).values_list("short_name", "official_name")
    for row in rows:
        for name in row:
            if name and folded(name).casefold() in wanted:
                return wanted[folded(name).casefold()]
    return ""


@transaction.atomic
def rename_studio(studio, *, short_name, official_name, on, actor):
    """Another name from ``on``; the former one held until the day before. NotPossible when it is taken."""
    locked_union(studio.union_id)
    studio = locked_studio(studio.pk)
    if taken := name_in_use(studio.union_id, short_name, official_name, but=studio.pk):
        raise NotPossible(_("The unit already has a studio called “%(name)s”.") % {"name": taken})
    _demand_nothing_since(studio.earlier_names, on)
    before = {"short_name": studio.short_name, "official_name": studio.official_name}
    _keep_names(studio, on)
    _bear(studio, short_name, official_name)
    stale([studio.pk], Section.STUDIO)
    record("studio.rename", studio, actor=actor, on=str(on), before=before)
    return before


def _demand_nothing_since(rows, on):
    """Raise where a later state than that of the day before ``on`` has ended already."""
    last = rows.filter(until__gte=on).order_by("-until").values_list("until", flat=True).first()
    if last is not None:
        raise NotPossible(
            _("Something else of this kind changed on %(date)s; give that day or a later one.")
            % {"date": (last + ONE_DAY).isoformat()}
        )


def _keep_names(studio, on):
    """The names of the day before ``on`` as a row; there is one already where two changes fall on one day."""
    short_name, official_name = studio_names_on(studio, on - ONE_DAY)
    FormerStudioName.objects.get_or_create(
        studio=studio,
        until=on - ONE_DAY,
        defaults={"short_name": short_name, "official_name": official_name},
    )


def _bear(studio, short_name, official_name):
    """Set the present names; the ones before stay findable in ``former_names``."""
    for name in (studio.short_name, studio.official_name):
        if name and name not in studio.former_names and name not in (short_name, official_name):
            studio.former_names.append(name)
    studio.short_name, studio.official_name = short_name, official_name
    studio.updated_at = timezone.now()
    try:
        with transaction.atomic():
            studio.save(update_fields=["short_name", "official_name", "former_names", "updated_at"])
    except IntegrityError:  # an edit of the form took the name meanwhile
        raise NotPossible(
            _("The unit already has a studio called “%(name)s”.") % {"name": short_name}
        ) from None


def led_by(old, new, name):
    """``name`` with ``old`` at its beginning replaced; unchanged where it begins otherwise."""
    return new + name[len(old) :] if old and name.startswith(old) else name


@transaction.atomic
def rename_unit(unit, *, name, on, actor):
    """Another name of the unit from ``on``; its union and the full names of its studios follow."""
    union = locked_union(unit.union_id)
    unit = Unit.objects.select_for_update(of=("self",)).get(pk=unit.pk)
    _demand_nothing_since(unit.earlier_names, on)
    before = {"name": unit.name, "union_name": union.name}
    FormerUnitName.objects.get_or_create(unit=unit, until=on - ONE_DAY, defaults={"name": unit.name})
    followed = [
        studio.pk
        for studio in Studio.objects.filter(union=union).order_by("pk")
        if _follow(studio.pk, unit.name, name, on)
    ]
    union.short_name = led_by(unit.name, name, union.short_name)[:40]
    union.name = led_by(unit.name, name, union.name)
    unit.name = name
    unit.save(update_fields=["name"])
    _save_name(union)
    stale(followed, Section.STUDIO)
    record("unit.rename", unit, actor=actor, on=str(on), before=before, studios=followed)
    return before


def _save_name(union):
    if Union.objects.filter(parent=union.parent_id, name=union.name).exclude(pk=union.pk).exists():
        raise NotPossible(
            _("There already is a union called “%(name)s” under the same union.") % {"name": union.name}
        )
    union.save(update_fields=["name", "short_name"])


def _follow(studio_id, old, new, on):
    """The full name of one studio follows its unit's, with history; whether it did."""
    studio = locked_studio(studio_id)
    official_name = led_by(old, new, studio.official_name)
    if official_name == studio.official_name:
        return False
    _keep_names(studio, on)
    for row in studio.earlier_names.filter(until__gte=on):
        row.official_name = led_by(old, new, row.official_name)
        row.save(update_fields=["official_name"])
    _bear(studio, studio.short_name, official_name)
    return True


@transaction.atomic
def move_unit(union, *, to, on, actor):
    """The unit stands below ``to`` from ``on``. Its titles stay as they were granted."""
    union = locked_union(union.pk)
    if union.parent_id == to.pk:
        raise NotPossible(_("The unit belongs to %(union)s already.") % {"union": to.name})
    if to.closed_on is not None or to.city_id != union.city_id or to.tier != Tier.COUNTY:
        raise NotPossible(_("A unit can only move to an open county union of the same city."))
    if Union.objects.filter(parent=to, name=union.name).exists():
        raise NotPossible(_("%(union)s already has a union of this name below it.") % {"union": to.name})
    _demand_nothing_since(union.earlier_parents, on)
    before = {"parent": union.parent_id, "parent_name": union.parent.name}
    FormerParent.objects.get_or_create(
        union=union, until=on - ONE_DAY, defaults={"parent_id": union.parent_id}
    )
    move_union(union, to=to, actor=actor)
    return before


@transaction.atomic
def close_union(union, *, on, actor):
    """The unit's union is closed on a day; rows stay."""
    union = locked_union(union.pk)
    if union.closed_on is not None:
        raise NotPossible(_("The unit was closed on %(date)s.") % {"date": union.closed_on.isoformat()})
    union.closed_on = on
    union.save(update_fields=["closed_on"])
    record("union.close", union, actor=actor, on=str(on))
    return {"closed_on": None}


@transaction.atomic
def suspend(studio, *, on, reason, actor):
    """The studio rests from ``on``."""
    studio = locked_studio(studio.pk)
    if studio.suspensions.filter(until=None).exists():
        raise NotPossible(_("The studio is suspended already."))
    if studio.suspensions.filter(until__gte=on).exists():
        raise NotPossible(_("The studio was suspended on %(date)s already.") % {"date": on.isoformat()})
    suspension = Suspension.objects.create(studio=studio, since=on, reason=reason[:300])
    record("studio.suspend", studio, actor=actor, on=str(on), suspension=suspension.pk)
    return {"suspension": suspension.pk}


@transaction.atomic
def resume(studio, *, on, actor):
    """The studio works again from ``on``; the day before is the last of the suspension."""
    studio = locked_studio(studio.pk)
    suspension = studio.suspensions.select_for_update().filter(until=None).first()
    if suspension is None:
        raise NotPossible(_("The studio is not suspended."))
    if on <= suspension.since:
        raise NotPossible(
            _("The studio is suspended since %(date)s; give a later day.")
            % {"date": suspension.since.isoformat()}
        )
    suspension.until = on - ONE_DAY
    suspension.save(update_fields=["until"])
    record("studio.resume", studio, actor=actor, on=str(on), suspension=suspension.pk)
    return {"since": str(suspension.since)}


@transaction.atomic
def appoint_leader(studio, *, since, actor, member_id=None, person=None, old_stays=False):
    """Another leader from ``since``, whoever approved it; the one before leads until the day before.

    ``member_id`` is a member of the team, else ``person`` a dict of name and month of birth.
    """
    studio = locked_studio(studio.pk)
    old = current_leader(studio)
    if old is not None and since <= old.since:
        raise NotPossible(
            _("%(name)s has led the studio since %(since)s; the change must be later than that.")
            % {"name": old.person.name, "since": old.since.isoformat()}
        )
    if old is not None:
        old.until = since - ONE_DAY
        old.save(update_fields=["until"])
    if studio.leaders.filter(until__gte=since).exists():
        raise NotPossible(_("Somebody else led the studio on %(date)s.") % {"date": since.isoformat()})
    found = _new_leader(studio, member_id, person, since, old)
    Leader.objects.create(studio=studio, person=found, since=since)
    if old is not None and old_stays:
        Member.objects.create(studio=studio, person=old.person, role=MemberRole.CORE, since=since, order=0)
    studio.leader_name = found.name
    studio.updated_at = timezone.now()
    studio.save(update_fields=["leader_name", "updated_at"])
    stale([studio.pk], Section.LEADER, Section.TEAM)
    before = {"person": old.person_id, "name": old.person.name, "since": str(old.since)} if old else {}
    record(
        "leader.appoint",
        studio,
        actor=actor,
        person=found.pk,
        since=str(since),
        before=old.person_id if old else None,
    )
    return before


def _new_leader(studio, member_id, person, since, old):
    """The person who will lead; as a member of the team no longer."""
    if member_id is None:
        found = person_for(studio, person, but=(old.person_id,) if old else ())
        for member in studio.members.filter(person=found, until=None):
            end_membership(member, since - ONE_DAY)
        return found
    member = studio.members.filter(pk=member_id, until=None).select_related("person").first()
    if member is None:
        raise NotPossible(_("The person who was to lead is not in the team any more."))
    end_membership(member, since - ONE_DAY)
    return member.person
