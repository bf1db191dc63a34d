"""Writing what one part of the form holds. Each writer takes the locked studio and returns the row ids."""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.audit.services import record
from studios.choices import LedgerState, PatentStatus, Section
from studios.ledger.kinds import check_details, columns_gone, details_of
from studios.models import (
    AchievementKind,
    ChecklistItem,
    Conversion,
    Fund,
    Honour,
    HonourKind,
    Leader,
    Member,
    Person,
    Project,
    Recognition,
    Share,
    Studio,
)
from studios.queries.contents import (
    EQUIPMENT_FIELDS,
    HONOUR_FIELDS,
    ITEMS_OF,
    LEADER_FIELDS,
    LEADER_PERSON_FIELDS,
    MEMBER_FIELDS,
    PERSON_FIELDS,
    STUDIO_FIELDS,
    current_leader,
    current_members,
)
from studios.services.people import NotPossible

DETAIL = "detail_"  # before the name of what only some kinds of result have
BLANKS = {"filed_on": None, "granted_on": None}


@dataclass(frozen=True)
class Row:
    """One row of a list as sent. ``id`` is only believed when it is one of this studio's own rows.

    ``values`` None: something in the row is wrong, and what is stored stays as it is.
    """

    key: str
    id: int | None
    values: dict | None
    removed: bool = False


class Rows:
    """Brings one list in line with the rows sent: finds each by its id or its key, makes, changes, removes.

    ``own`` are the rows that the studio has now, ``ids`` what earlier saves made of which key.
    """

    def __init__(self, name, own, ids):
        self.name = name
        self.own = {row.pk: row for row in own}
        self.ids = {key: pk for key, pk in ids.items() if pk in self.own or not key.startswith(f"{name}:")}

    def bring(self, sent, *, make, change, remove):
        """``make(values)`` returns a new row; ``change(row, values)`` and ``remove(row)`` act on ours."""
        for row in sent.rows.get(self.name, ()):
            key = f"{self.name}:{row.key}"
            here = self.own.get(row.id) or self.own.get(self.ids.get(key))
            if row.removed:
                if here is not None:
                    del self.own[here.pk]
                    remove(here)
            elif row.values is not None:
                if here is None:
                    here = make(row.values)
                    self.own[here.pk] = here
                    self.ids[key] = here.pk
                else:
                    change(here, row.values)
        return self.ids


def put(row, values, names):
    """Set those of ``names`` that are among the values; writes only what differs."""
    changed = [name for name in names if name in values and getattr(row, name) != values[name]]
    for name in changed:
        setattr(row, name, values[name])
    if changed and row.pk:
        row.save(update_fields=[name.removesuffix("_id") for name in changed])
    return changed


def put_items(studio, values, section):
    """Tick the items of a checklist that are among the values."""
    known = {item.code: item for item in studio.items.filter(code__in=ITEMS_OF[section])}
    for code in ITEMS_OF[section]:
        if code not in values and f"{code}.note" not in values:
            continue
        item = known.get(code) or ChecklistItem(studio=studio, code=code)
        before = (item.pk, item.present, item.note)
        item.present = values.get(code, item.present)
        item.note = values.get(f"{code}.note", item.note)
        if (item.pk, item.present, item.note) != before or (not item.pk and (item.present or item.note)):
            item.save()


def write_studio(studio, sent, *, actor, ids, achievement):
    """Name, venue and the signs on the wall."""
    try:
        with transaction.atomic():
            put(studio, sent.values, STUDIO_FIELDS)
    except IntegrityError:  # the form looked, but somebody was quicker
        raise NotPossible(
            _("Your unit already has a studio called “%(name)s”.") % {"name": studio.short_name}
        ) from None
    put_items(studio, sent.values, Section.STUDIO)
    return ids


def write_equipment(studio, sent, *, actor, ids, achievement):
    """Equipment, systems, ledger and archive."""
    put(studio, sent.values, EQUIPMENT_FIELDS)
    put_items(studio, sent.values, Section.EQUIPMENT)
    return ids


def person_for(studio, values, *, but=()):
    """The unit's person of this name and month of birth, else a new one; what is given is filled in.

    Name, unit and month of birth identify a person. ``but`` are persons who are in the team already.
    """
    person = None
    if values.get("birth_month"):
        person = (
            Person.objects.filter(
                union=studio.union_id, name=values["name"], birth_month=values["birth_month"]
            )
            .exclude(pk__in=but)
            .order_by("pk")
            .first()
        )
    if person is None:
        names = [name for name in LEADER_PERSON_FIELDS if name in values]
        return Person.objects.create(union=studio.union, **{name: values[name] for name in names})
    put_person(person, {name: value for name, value in values.items() if value}, LEADER_PERSON_FIELDS)
    return person


def write_leader(studio, sent, *, actor, ids, achievement):
    """The leader in office and the honours. The first is appointed here; a change is an act of its own."""
    leader = current_leader(studio)
    since = sent.values.get("since")
    if since and studio.leaders.filter(until__gte=since).exists():
        raise NotPossible(_("Somebody else led the studio on %(date)s.") % {"date": since.isoformat()})
    if leader is None:
        if not (since and sent.values.get("name")):
            return ids
        leader = Leader(studio=studio, person=person_for(studio, sent.values), since=since)
        put(leader, sent.values, LEADER_FIELDS)
        leader.save()
        record("leader.appoint", studio, actor=actor, person=leader.person_id, since=str(since))
    else:
        put_person(leader.person, sent.values, LEADER_PERSON_FIELDS)
        put(leader, sent.values, LEADER_FIELDS)
    if studio.leader_name != leader.person.name:
        studio.leader_name = leader.person.name
        studio.save(update_fields=["leader_name"])
    return _write_honours(leader.person, sent, ids)


def put_person(person, values, names):
    """Change a person's data; studios that the person leads show the new name at once."""
    if "name" in put(person, values, names):
        led = Leader.objects.on().filter(person=person).values("studio")
        Studio.objects.filter(pk__in=led).update(leader_name=person.name)


def _write_honours(person, sent, ids):
    ranks = {}

    def ranked(values):
        if not ranks:
            ranks.update(HonourKind.objects.values_list("pk", "rank"))
        return {**values, "rank": ranks[values["kind_id"]]}

    return Rows("honours", person.honours.all(), ids).bring(
        sent,
        make=lambda values: Honour.objects.create(person=person, **ranked(values)),
        change=lambda honour, values: put(honour, ranked(values), (*HONOUR_FIELDS, "rank")),
        remove=lambda honour: honour.delete(),
    )


def write_team(studio, sent, *, actor, ids, achievement):
    """The members in office, in the order of the form; one who was just taken out can be put back."""
    members = list(current_members(studio))
    leader = current_leader(studio)
    taken = {member.person_id for member in members} | ({leader.person_id} if leader else set())
    just_out = studio.members.filter(until=_yesterday()).exclude(person__in=taken).select_related("person")

    def make(values):
        person = person_for(studio, values, but=taken)
        taken.add(person.pk)
        fields = {name: values[name] for name in MEMBER_FIELDS if values.get(name)}
        fields.setdefault("since", timezone.localdate())
        earlier = studio.members.filter(person=person, until__gte=fields["since"]).order_by("-until").first()
        if earlier is not None:
            change(earlier, values)
            return earlier
        return Member.objects.create(studio=studio, person=person, order=len(taken), **fields)

    def change(member, values):
        put_person(member.person, values, PERSON_FIELDS)
        since = values.get("since") or member.since
        _check_membership(member, since)
        put(member, {**values, "since": since, "until": None}, (*MEMBER_FIELDS, "until"))

    def remove(member):
        if member.until is None:
            end_membership(member)

    return Rows("members", [*members, *just_out], ids).bring(sent, make=make, change=change, remove=remove)


def _check_membership(member, since):
    """A person is in a team once at a time, as the database holds it."""
    others = Member.objects.filter(studio=member.studio_id, person=member.person_id, until__gte=since)
    if others.exclude(pk=member.pk).exists():
        raise NotPossible(
            _("%(name)s was in the team before; give a later date than %(since)s.")
            % {"name": member.person.name, "since": since.isoformat()}
        )


def _yesterday():
    return timezone.localdate() - timedelta(days=1)


def end_membership(member, last_day=None):
    """In the team until ``last_day``, by default yesterday; one that began later never was."""
    last_day = last_day or _yesterday()
    if member.since > last_day:
        member.delete()
    else:
        put(member, {"until": last_day}, ("until",))


def write_funds(studio, sent, *, actor, ids, achievement):
    """Money by year."""
    return bring_plain("funds", Fund, {"studio": studio}, sent, ids)


def write_projects(studio, sent, *, actor, ids, achievement):
    """Projects by year."""
    return bring_plain("projects", Project, {"studio": studio}, sent, ids)


def write_achievement(studio, sent, *, actor, ids, achievement):
    """One achievement with its recognitions, uses and shares."""
    put(achievement, *_of_the_kind(achievement, sent.values))
    owner = {"achievement": achievement}
    ids = bring_plain("recognitions", Recognition, owner, sent, ids)
    ids = bring_plain("conversions", Conversion, owner, sent, ids)
    return bring_plain("shares", Share, owner, sent, ids, complete=partial(with_link, studio))


def _of_the_kind(achievement, sent):
    """(The values, their names) that a result gets: what only other kinds have is emptied."""
    code = AchievementKind.objects.get(pk=sent.get("kind_id", achievement.kind_id)).code
    values = {name: value for name, value in sent.items() if not name.startswith(DETAIL)}
    values.update({name: BLANKS.get(name, "") for name in columns_gone(code)})
    if values.get("patent_status", achievement.patent_status) != PatentStatus.GRANTED:
        values["granted_on"] = None
    details = {}
    for detail in details_of(code):
        text = sent.get(f"{DETAIL}{detail.name}", achievement.details.get(detail.name, ""))
        if text:
            details[detail.name] = text
    check_details(code, details)
    values["details"] = details
    return values, tuple(values)


def with_link(studio, values):
    """The values of a share with who in the portal it is: one person of the unit, or one other studio.

    Two of a name are nobody in particular: the name alone is kept.
    """
    name = values.get("name", "")
    persons = Person.objects.filter(union=studio.union_id, name=name)
    named = Q(short_name=name) | Q(official_name=name)
    studios = Studio.objects.filter(named).exclude(pk=studio.pk)
    person = _only(persons)
    return {**values, "person": person, "other_studio": None if person else _only(studios)}


def _only(rows):
    found = list(rows.order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def back_to_entered(achievement):
    """The unit changed a result that the union above had looked at: it is to be looked at again.

    Returns the state it had, "" when nobody had looked yet. The caller locked the studio, and records it.
    """
    was = achievement.state
    if was == LedgerState.ENTERED:
        return ""
    achievement.state = LedgerState.ENTERED
    achievement.save(update_fields=["state"])
    return str(was)


def bring_plain(name, model, owner, sent, ids, *, complete=dict):
    """Bring a list in line whose rows are fields and nothing else; ``owner`` is what they hang on.

    ``complete`` makes of the values of a row what is written.
    """
    return Rows(name, model.objects.filter(**owner), ids).bring(
        sent,
        make=lambda values: model.objects.create(**owner, **complete(values)),
        change=lambda row, values: put(row, (whole := complete(values)), whole),
        remove=lambda row: row.delete(),
    )


def write_nothing(studio, sent, *, actor, ids, achievement):
    """Evidence is sent file by file."""
    return ids


WRITERS = {
    Section.STUDIO: write_studio,
    Section.LEADER: write_leader,
    Section.TEAM: write_team,
    Section.EQUIPMENT: write_equipment,
    Section.FUNDS: write_funds,
    Section.PROJECTS: write_projects,
    Section.ACHIEVEMENTS: write_achievement,
    Section.EVIDENCE: write_nothing,
}
