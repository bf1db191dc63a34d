"""The made-up city before anything happens in it: units with their people, everybody's account."""

from random import Random

from django.contrib.auth.hashers import make_password

from portal.accounts.models import User
from reviews.demo import cast, units
from reviews.demo.album import Album
from reviews.demo.cast import CAST, PASSWORD
from reviews.demo.names import Names
from reviews.demo.plans import SEED
from studios.choices import Role, Tier
from studios.models import AchievementKind, HonourKind, Industry, OwnershipKind, Union
from studios.numbers import organisation_check, uscc_check
from studios.permissions import ROLES_AT
from studios.services.people import appoint
from studios.services.unions import found_unit

# union -> how the user names of its people begin; those of the cast have names of their own
HANDLES = {
    "150521": "zuozhong",
    "150522": "zuohou",
    "150523": "kailu",
    "150524": "hure",
    "150526": "jarud",
    "150581": "holingol",
    "150571": "zone",
    "150500-CMJ": "cmj",
    "150500-JTY": "jty",
    "150500-NYH": "nyh",
    "150500-SZJ": "szj",
}
FIRST_CHARACTERS = {"government": "11", "institution": "12", "social": "51"}  # others are firms: 91


def credit_code(plan):
    """A valid credit code in a range that is not given out."""
    head = FIRST_CHARACTERS.get(plan.ownership, "91") + (plan.above + "150500")[:6].replace("-", "0")
    body = f"YY{plan.number:06d}"
    return (code := head + body + organisation_check(body)) + uscc_check(code)


class World:
    """What stories and dossiers draw on: units, users, reference rows, names, pictures, the clock."""

    def __init__(self, clock, *, actor, since):
        self.clock, self.actor, self.since = clock, actor, since
        self.password = make_password(PASSWORD)
        self.names = Names(Random(SEED), taken=[who.name for who in CAST])
        self.unions = {union.code: union for union in Union.objects.exclude(tier=Tier.BASE)}
        self.honour_kinds = {kind.code: kind for kind in HonourKind.objects.all()}
        self.achievement_kinds = {kind.code: kind for kind in AchievementKind.objects.all()}
        self.users = {}  # (union id, role) -> user
        self.units = {}  # unit name -> Unit
        self.album = Album()

    def settle(self):
        """Found the units and appoint everybody."""
        self.found_units()
        self.appoint_cast()
        for code, handle in HANDLES.items():
            for role in (Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER):
                self.hire(self.unions[code], role, f"{handle}-{role.removeprefix('county_')}")
        for unit, plan in zip(self.units.values(), units.plans(), strict=True):
            for role in ROLES_AT[Tier.BASE]:
                if (unit.union_id, role) not in self.users:
                    self.hire(unit.union, role, f"{role.removeprefix('unit_')}-{plan.number:02d}")

    def found_units(self):
        """The sixty units with their unions."""
        ownerships = {kind.code: kind for kind in OwnershipKind.objects.all()}
        industries = {kind.code: kind for kind in Industry.objects.all()}
        for plan in units.plans():
            self.units[plan.name] = found_unit(
                actor=self.actor,
                parent=self.unions[plan.above],
                name=plan.name,
                credit_code=credit_code(plan),
                ownership=ownerships[plan.ownership],
                industry=industries[plan.industry],
                address=f"{self.unions[plan.above].short_name}创新路{plan.number}号",
                contact_phone=f"0475-00{plan.number:05d}",
            )

    def appoint_cast(self):
        """The people with memorable user names."""
        for who in CAST:
            if who.place in cast.PLACES:
                union = self.unions[cast.PLACES[who.place]]
            else:
                union = self.units[units.PLACES[who.place]].union
            self.hire(union, who.role, who.username, name=who.name, is_staff=who.is_staff)

    def hire(self, union, role, username, *, name="", is_staff=False):
        """Make an account and appoint it."""
        name = name or self.names.draw("female" if len(self.users) % 2 else "male")
        user = User.objects.create(
            username=username,
            name=name,
            is_staff=is_staff,
            password=self.password,
            date_joined=self.clock.now(),
        )
        appoint(user, role, union, actor=self.actor, since=self.since)
        self.users[union.pk, role] = user
        return user

    def clerk_of(self, unit):
        """The clerk of a unit."""
        return self.users[unit.union_id, Role.UNIT_CLERK]

    def chair_of(self, unit):
        """The chair of a unit's union."""
        return self.users[unit.union_id, Role.UNIT_CHAIR]

    def reviewer_at(self, union_id):
        """The reviewer of a county-level union or of the city."""
        return self._either(union_id, Role.COUNTY_REVIEWER, Role.CITY_REVIEWER)

    def approver_at(self, union_id):
        """The approver of a county-level union or of the city."""
        return self._either(union_id, Role.COUNTY_APPROVER, Role.CITY_APPROVER)

    def _either(self, union_id, county_role, city_role):
        return self.users.get((union_id, county_role)) or self.users[union_id, city_role]
