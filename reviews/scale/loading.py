"""Carrying out a plan: what must be there first, the load in one transaction, who looks at the country."""

from time import perf_counter

from django.db import connection, transaction
from psycopg import sql

from portal.accounts.models import User
from reviews.models import Round, RuleSet
from reviews.models.application import ApplicationCounter
from reviews.queries_clocks import without_a_clock
from reviews.scale.bare import bare, filled
from reviews.scale.country import TABLES, Country
from reviews.scale.places import biggest
from reviews.scale.plan import Ground
from reviews.scale.tree import NATION
from reviews.services.clocks import touch
from studios.choices import Role, Tier
from studios.models import AchievementKind, HonourKind, Industry, NamingLevel, OwnershipKind, Union
from studios.permissions import ROLES_AT
from studios.services.people import appoint

HANDS = {"clerk": "经办员", "chair": "工会主席", "reviewer": "审核员", "approver": "审批员"}
LOOKERS = {  # user name -> at the largest union of this tier
    "scale-roster": Tier.NATION,
    "scale-roster-province": Tier.PROVINCE,
    "scale-roster-city": Tier.CITY,
    "scale-roster-county": Tier.COUNTY,
}
RULES_TIERS = (Tier.BASE, Tier.COUNTY, Tier.CITY)


# a page's patience is too short for building indexes, and drawing takes its time between two statements
LIMITS = ("statement_timeout", "idle_in_transaction_session_timeout")


class NotReady(Exception):
    """What the country would stand on is missing, or one is there already; the message says which."""


def load(plan, *, say=lambda line: None):
    """Load the country of ``plan`` and return {table: rows}. All or nothing. Raises NotReady.

    ``say`` is told how far it is. Afterwards ``tidy`` gives the planner its figures.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        for limit in LIMITS:
            cursor.execute(f"SET LOCAL {limit} = 0")
        ground = survey(cursor)
        began = perf_counter()
        country = Country(plan, ground)
        streams = country.streams()
        say(f"drawn in {perf_counter() - began:.1f} s")
        counts = _pour(cursor, streams, say)
        _set_counters(cursor, country.applications.year_counts)
        _set_sequences(cursor)
        _appoint_lookers(plan)
        touch(sorted(without_a_clock(plan.until)))  # the triggers that would leave the signs were resting
    return counts


def _pour(cursor, streams, say):
    counts = {}
    with bare(cursor, TABLES):
        with filled(cursor, streams):
            for stream in streams:
                began = perf_counter()
                rows = stream.copy(cursor)
                counts[stream.table] = counts.get(stream.table, 0) + rows
                say(f"{stream.table}: {rows:,} rows in {perf_counter() - began:.1f} s")
        began = perf_counter()
    say(f"indexes, constraints and triggers in {perf_counter() - began:.1f} s")
    return counts


def tidy():
    """VACUUM ANALYZE the loaded tables: before it no scan reads an index alone. Not in a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET statement_timeout = 0")
        cursor.execute(sql.SQL("VACUUM (ANALYZE) {}").format(sql.SQL(", ").join(map(sql.Identifier, TABLES))))
        cursor.execute("RESET statement_timeout")


def survey(cursor):
    """The ground that this database offers. Raises NotReady."""
    levels = dict(NamingLevel.objects.values_list("tier", "id"))
    ruleset = RuleSet.objects.in_force()
    rounds = {tier: Round.objects.filter(level__tier=tier).order_by("pk").first() for tier in RULES_TIERS}
    if ruleset is None or not all(rounds.values()):
        raise NotReady("Load the reference data first: manage.py load_reference")
    if Union.objects.filter(code=NATION).exists():
        raise NotReady(f"There is such a country already: union {NATION}.")
    return Ground(
        levels={tier: levels[tier] for tier in RULES_TIERS},
        rounds={tier: call.pk for tier, call in rounds.items()},
        ruleset=ruleset.pk,
        achievement_kinds=dict(AchievementKind.objects.values_list("code", "id")),
        honour_kinds={code: row for code, *row in HonourKind.objects.values_list("code", "id", "rank")},
        ownerships=dict(OwnershipKind.objects.values_list("code", "id")),
        industries=dict(Industry.objects.values_list("code", "id")),
        users={part: _hand(part, name) for part, name in HANDS.items()},
        first={table: _first_id(cursor, table) for table in TABLES},
        counters=dict(ApplicationCounter.objects.values_list("year", "last_number")),
    )


def _hand(part, name):
    """(id, name) of the account in whose name all steps of one part were taken; it can never sign in."""
    user, _made = User.objects.get_or_create(
        username=f"scale-{part}", defaults={"name": name, "is_active": False, "password": "!"}
    )
    return user.pk, user.name


def _first_id(cursor, table):
    cursor.execute(sql.SQL("SELECT coalesce(max(id), 0) + 1 FROM {}").format(sql.Identifier(table)))
    return cursor.fetchone()[0]


def _set_counters(cursor, year_counts):
    """Application numbers go on after those of the country, also in years that had a counter."""
    for year, own in year_counts.items():
        ApplicationCounter.objects.filter(year=year).update(last_number=own)


def _set_sequences(cursor):
    """Ids go on after the loaded ones; never back."""
    for table in TABLES:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        sequence = cursor.fetchone()[0]
        cursor.execute(
            sql.SQL(
                "SELECT setval({}, greatest((SELECT max(id) FROM {}), (SELECT last_value FROM {})))"
                " FROM {} LIMIT 1"
            ).format(
                sql.Literal(sequence),
                sql.Identifier(table),
                sql.SQL(sequence),
                sql.Identifier(table),
            )
        )


def _appoint_lookers(plan):
    """Roster admins for looking at it, without a password: manage.py changepassword gives one."""
    actor = User.objects.system()
    for username, tier in LOOKERS.items():
        if Role.ROSTER_ADMIN not in ROLES_AT.get(tier, ()):
            continue
        code = NATION if tier == Tier.NATION else biggest(tier)
        user = User(username=username, name="名册管理员")
        user.set_unusable_password()
        user.save()
        appoint(user, Role.ROSTER_ADMIN, Union.objects.get(code=code), actor=actor, since=plan.until)
