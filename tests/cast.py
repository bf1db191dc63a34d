"""The small world of the tests: a city, two counties, an industrial union, a unit in each, everybody's role.

The people are those of the demonstration (``reviews.demo.cast``); a superuser and a stranger come on top.
"""

from types import SimpleNamespace

from django.contrib.auth.models import Group, Permission

from portal.accounts.models import User
from reviews.demo import cast as demo_cast
from reviews.demo import units as demo_units
from reviews.demo.cast import CAST
from reviews.reference import load_rounds, load_rule_sets
from studios.choices import Item
from studios.models import (
    AchievementKind,
    Appointment,
    ChecklistItem,
    NamingLevel,
    RoleGroup,
    UnionGroupObjectPermission,
)
from studios.permissions import ROLES
from studios.reference import TABLES, load_table, rows_of
from studios.services.namings import refresh_top_tier
from tests.factories.accounts import UserFactory
from tests.factories.studios import (
    AchievementFactory,
    EvidenceFactory,
    FundFactory,
    HonourFactory,
    LeaderFactory,
    MemberFactory,
    NamingFactory,
    PersonFactory,
    ProjectFactory,
    RecognitionFactory,
    StudioFactory,
    UnionFactory,
    UnitFactory,
    years_ago,
)

ABOVE = {"unit": "county", "ready_unit": "county", "other_unit": "other_county", "industry_unit": "industry"}


def load_reference(actor):
    """Every table, the rule set and the rounds, but only the unions that ``build_city`` makes."""
    for name in TABLES:
        load_table(name)
    load_rule_sets(actor=actor)
    load_rounds()


def build_city():
    """``city`` (union), ``county``, ``other_county``, ``industry`` and the four units."""
    rows = {row["code"]: row for row in rows_of("unions")}

    def found(code, parent=None):
        return UnionFactory(**{**rows[code], "parent": parent})

    place = SimpleNamespace(city=found(demo_cast.CITY))
    for name in ("county", "other_county", "industry"):
        setattr(place, name, found(demo_cast.PLACES[name], place.city))
    for name, above in ABOVE.items():
        setattr(place, name, UnitFactory(parent=getattr(place, above), name=demo_units.PLACES[name]))
    return place


def union_at(place, name):
    """The union at a place; a unit's own where the place is a unit."""
    found = getattr(place, name)
    return getattr(found, "union", found)


def build_people(place):
    """One person per role and place; ``stranger`` holds none, ``superuser`` holds none and sees all."""
    users = {
        who.key: UserFactory.build(username=who.username, name=who.name, is_staff=who.is_staff)
        for who in CAST
    }
    users["stranger"] = UserFactory.build(username="stranger", name="路过的人")
    users["superuser"] = UserFactory.build(
        username="superuser", name="超级用户", is_superuser=True, is_staff=True
    )
    User.objects.bulk_create(users.values())
    appoint_all([(users[who.key], who.role, union_at(place, who.place)) for who in CAST])
    return SimpleNamespace(**users)


def appoint_all(rows):
    """What ``services.people.appoint`` does, for many (user, role, union) at once; all since last year."""
    places = {(union.pk, role): union for _user, role, union in rows}
    groups = Group.objects.bulk_create(
        Group(name=f"{union.code} {role}") for (_pk, role), union in places.items()
    )
    role_groups = dict(
        zip(
            places,
            RoleGroup.objects.bulk_create(
                RoleGroup(union_id=pk, role=role, group=group)
                for (pk, role), group in zip(places, groups, strict=True)
            ),
            strict=True,
        )
    )
    permissions = {
        f"{row.content_type.app_label}.{row.codename}": row
        for row in Permission.objects.select_related("content_type")
    }
    UnionGroupObjectPermission.objects.bulk_create(
        UnionGroupObjectPermission(group=row.group, content_object_id=pk, permission=permissions[name])
        for (pk, role), row in role_groups.items()
        for name in ROLES[role]
    )
    User.groups.through.objects.bulk_create(
        User.groups.through(user=user, group=role_groups[union.pk, role].group) for user, role, union in rows
    )
    Appointment.objects.bulk_create(
        Appointment(user=user, role_group=role_groups[union.pk, role], since=years_ago(1))
        for user, role, union in rows
    )


def studio_ready_for(level, unit, *, by=None, **fields):
    """A studio of ``unit`` whose dossier meets every clause for ``level`` today.

    It holds the titles below: base since four years, county since two, both from its own line.
    ``by`` is who uploaded its evidence. Nothing is applied for.
    """
    union = unit.union
    by = by or UserFactory()
    studio = StudioFactory(
        union=union,
        **{
            "short_name": "周成岩劳模创新工作室",
            "official_name": f"{unit.name}周成岩劳模创新工作室",
            "kind": "model_worker",
            "specialty": "播种机电控",
            "intro": "围绕播种机电控开展技术攻关。",
            "address": "二号车间二楼",
            "area_sqm": "60",
            "ledger_note": "台账按月登记，存放于工作室资料柜。",
            "archive_note": "档案按年装订，共四卷。",
            "contact_name": "韩雪柠",
            "contact_phone": "0475-0000101",
            "leader_name": "周成岩",
            **fields,
        },
    )
    add_team(studio)
    add_checklist(studio, by)
    add_ledger(studio, by)
    add_titles_below(studio, NamingLevel.objects.get(code=level))
    studio.refresh_from_db()
    return studio


def together(factory, rows):
    """Build one row for each dict of ``rows`` and write them with one statement."""
    return factory._meta.model.objects.bulk_create([factory.build(**row) for row in rows])


def add_team(studio):
    """A leader with a city honour and five members."""
    names = [studio.leader_name, "李长泽", "其布尔", "王晓芃", "包·青格乐", "赵明岫"]
    leader, *others = together(
        PersonFactory,
        [
            {"union": studio.union, "name": name, "birth_month": f"19{79 + number}-03"}
            for number, name in enumerate(names)
        ],
    )
    LeaderFactory(studio=studio, person=leader, merits="主持攻关十余项。")
    HonourFactory(person=leader)
    together(
        MemberFactory,
        [{"studio": studio, "person": person, "order": order} for order, person in enumerate(others)],
    )


def add_checklist(studio, by):
    """Every item of the three lists, ticked, with a note and a picture."""
    ChecklistItem.objects.bulk_create(
        ChecklistItem(studio=studio, code=code, present=True, note="齐全") for code in Item.values
    )
    slots = [*Item.values, "venue.photo", "leader.honour", "team.roster", "fund.proof"]
    together(EvidenceFactory, [{"studio": studio, "slot": slot, "uploaded_by": by} for slot in slots])


def add_ledger(studio, by):
    """Money, a project and a prize of the city with its benefit in each of the last four years."""
    years = [{"studio": studio, "year": years_ago(back).year} for back in range(4)]
    together(FundFactory, years)
    together(ProjectFactory, years)
    kind = AchievementKind.objects.get(code="tech_renovation")
    benefit = {
        "benefit_amount": "12.5",
        "benefit_basis": "按年节约工时计算，财务核定。",
        "social_benefit": "减轻劳动强度。",
    }
    results = together(
        AchievementFactory,
        [
            {"studio": studio, "kind": kind, "completed_on": str(years_ago(back, month=5))[:7], **benefit}
            for back in range(1, 5)
        ],
    )
    together(
        RecognitionFactory,
        [
            {"achievement": result, "granted_on": str(years_ago(back, month=11))}
            for back, result in enumerate(results, 1)
        ],
    )
    together(
        EvidenceFactory,
        [
            {"studio": studio, "slot": slot, "achievement": result, "uploaded_by": by}
            for result in results
            for slot in ("achievement.proof", "benefit.proof")
        ],
    )


def add_titles_below(studio, level):
    """The titles that ``level`` rests on, each on the one below it."""
    ladder = []
    while level.requires:
        level = level.requires
        ladder.insert(0, level)
    granting = {1: studio.union, 2: studio.county, 3: studio.city}
    basis = None
    for rung, level in enumerate(ladder):
        basis = NamingFactory(
            studio=studio,
            level=level,
            granted_by=granting[level.tier],
            since=years_ago(3 - rung),
            basis=basis,
        )
    refresh_top_tier(studio.pk)
