"""Nightly proof that what is carried along is right: rows' ancestors, roles' grants, groups' members."""

from django.apps import apps
from django.db import connection, transaction
from django.db.models import F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Coalesce

from portal.accounts.models import User
from portal.audit.services import record
from studios.models import Appointment, CarriesAncestors, Naming, RoleGroup, Studio, Union
from studios.services.people import grant_role


def carriers():
    """Every model whose rows carry their union's ancestors."""
    return [model for model in apps.get_models() if issubclass(model, CarriesAncestors)]


def adrift(model):
    """The rows whose carried ancestors differ from their union's (null counts as a value)."""
    differs = Q()
    for column in ("county", "city", "province"):
        same = Q(**{column: F(f"union__{column}")}) | Q(
            **{f"{column}__isnull": True, f"union__{column}__isnull": True}
        )
        differs |= ~same
    return model.objects.filter(differs)


@transaction.atomic
def prove():
    """Look for drift, put it right, record it; returns ``{what: how many}``, empty when all is well."""
    found = {}
    for model in carriers():
        rows = list(adrift(model).values_list("pk", flat=True))
        if rows:
            found[model._meta.db_table] = len(rows)
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(model._meta.db_table)
                cursor.execute(f"UPDATE {table} SET union_id = union_id WHERE id = ANY(%s)", [rows])  # noqa: S608
    for role_group in RoleGroup.objects.select_related("group"):
        if grant_role(role_group):
            found["grants"] = found.get("grants", 0) + 1
    if memberships := settle_memberships():
        found["memberships"] = memberships
    if titles := settle_top_tiers():
        found["titles"] = titles
    if found:
        top = Union.objects.filter(parent=None).order_by("pk").first()
        record("union.prove", top, actor=User.objects.system(), found=found)
    return found


def settle_memberships():
    """Take people out of role groups in which they hold no live appointment; returns how many."""
    through = User.groups.through
    stale = (
        through.objects.filter(group__role_group__isnull=False)
        .exclude(
            pk__in=through.objects.filter(
                group__role_group__appointments__in=Appointment.objects.live(),
                group__role_group__appointments__user=F("user"),
            ).values("pk")
        )
        .values_list("pk", flat=True)
    )
    return through.objects.filter(pk__in=list(stale)).delete()[0]


def settle_top_tiers():
    """Recompute the highest live title where it differs: a title's last day passes without an act."""
    live = (
        Naming.objects.filter(studio=OuterRef("pk")).on().order_by("-level__tier").values("level__tier")[:1]
    )
    changed = Studio.objects.annotate(top=Coalesce(Subquery(live), Value(0))).exclude(top_tier=F("top"))
    return Studio.objects.filter(pk__in=list(changed.values_list("pk", flat=True))).update(
        top_tier=Coalesce(Subquery(live), Value(0))
    )
