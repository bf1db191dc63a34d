"""Who may do what: the role table, the scope it gives, and the backend that answers for one object.

A role's permissions are granted to its group on its union (guardian, direct foreign key).
Whatever lies below that union in the tree is inside the scope: rows carry their ancestors,
so one equality predicate filters and one comparison checks.
"""

from django.apps import apps
from django.contrib.auth.backends import BaseBackend
from django.db.models import Q
from django.utils import timezone

from studios.choices import Role, Tier

VIEW_STUDIO = "studios.view_studio"
CHANGE_STUDIO = "studios.change_studio"
VIEW_PERSON = "studios.view_appointment"
APPOINT_UNIT = "studios.appoint_at_units"
APPOINT_UNION = "studios.appoint_at_unions"
EXPORT_ROSTER = "studios.export_roster"
IMPORT_ROSTER = "studios.import_roster"
VIEW_IMPORT = "studios.view_rosterimport"
SET_TARGET = "studios.change_target"
VIEW_APPLICATION = "reviews.view_application"
SUBMIT_APPLICATION = "reviews.submit_application"
CONFIRM_APPLICATION = "reviews.confirm_application"
REVIEW_APPLICATION = "reviews.review_application"
APPROVE_APPLICATION = "reviews.approve_application"
VIEW_ACCESS = "reviews.view_accessrequest"
DECIDE_ACCESS = "reviews.decide_access"
VIEW_AUDIT = "audit.view_entry"

_UNIT = {VIEW_STUDIO, CHANGE_STUDIO, VIEW_APPLICATION, VIEW_PERSON}
_OFFICE = {VIEW_STUDIO, VIEW_APPLICATION, VIEW_ACCESS, DECIDE_ACCESS, VIEW_PERSON, APPOINT_UNIT}

ROLES = {  # role -> what its group may do at and below its union
    Role.UNIT_CLERK: _UNIT | {SUBMIT_APPLICATION},
    Role.UNIT_CHAIR: _UNIT | {CONFIRM_APPLICATION, APPOINT_UNIT},
    Role.COUNTY_REVIEWER: _OFFICE | {REVIEW_APPLICATION},
    Role.COUNTY_APPROVER: _OFFICE | {APPROVE_APPLICATION},
    Role.CITY_REVIEWER: _OFFICE | {REVIEW_APPLICATION},
    Role.CITY_APPROVER: _OFFICE | {APPROVE_APPLICATION},
    Role.ROSTER_ADMIN: {VIEW_STUDIO, EXPORT_ROSTER, IMPORT_ROSTER, VIEW_IMPORT, SET_TARGET},
    Role.AUDITOR: {VIEW_STUDIO, VIEW_APPLICATION, VIEW_ACCESS, VIEW_PERSON, VIEW_AUDIT, VIEW_IMPORT},
    Role.SYSTEM_ADMIN: {VIEW_PERSON, APPOINT_UNIT, APPOINT_UNION},
}

ROLES_AT = {  # tier -> the roles that exist there
    Tier.BASE: (Role.UNIT_CLERK, Role.UNIT_CHAIR),
    Tier.COUNTY: (Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER, Role.ROSTER_ADMIN),
    Tier.CITY: (Role.CITY_REVIEWER, Role.CITY_APPROVER, Role.ROSTER_ADMIN, Role.AUDITOR, Role.SYSTEM_ADMIN),
    Tier.PROVINCE: (Role.ROSTER_ADMIN, Role.AUDITOR),
    Tier.NATION: (Role.ROSTER_ADMIN, Role.AUDITOR),
}

NOTHING = Q(pk__in=[])
EVERYTHING = ~NOTHING  # not Q(): an empty Q vanishes when it is OR-ed

SCOPE_COLUMN = {
    Tier.BASE: "union_id",
    Tier.COUNTY: "county_id",
    Tier.CITY: "city_id",
    Tier.PROVINCE: "province_id",
}


def live(today=None, prefix=""):
    """The ``Q`` of appointments in force on ``today``; ``prefix`` is the lookup path to them."""
    today = today or timezone.localdate()
    return Q(**{f"{prefix}since__lte": today, f"{prefix}dismissed_at": None}) & (
        Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gte": today})
    )


def grants_of(user):
    """``{permission: {(tier, union id), …}}`` of a user: one query, kept on the user object.

    The names of the unions come along, for ``place_of``.
    """
    if not user.is_authenticated or not user.is_active:
        return {}
    kept = getattr(user, "_union_grants", None)
    if kept is None:
        kept, names = {}, {}
        grants = apps.get_model("studios", "UnionGroupObjectPermission").objects.filter(
            live(prefix="group__role_group__appointments__"),
            group__role_group__appointments__user=user,
        )
        for app, codename, tier, union, *name in grants.values_list(
            "permission__content_type__app_label",
            "permission__codename",
            "content_object__tier",
            "content_object_id",
            "content_object__name",
            "content_object__name_en",
            "content_object__city__name",
            "content_object__city__name_en",
        ):
            kept.setdefault(f"{app}.{codename}", set()).add((tier, union))
            names[tier, union] = name
        user._union_grants, user._union_names = kept, names
    return kept


def forget_grants(user):
    """Drop what is kept on a user object, after its appointments changed."""
    user.__dict__.pop("_union_grants", None)
    user.__dict__.pop("_union_names", None)


def place_of(user):
    """Name and English name of the highest union at which ``user`` holds a role, then those of its city."""
    grants_of(user)
    names = getattr(user, "_union_names", {})
    return [name or "" for name in names[max(names)]] if names else ["", "", "", ""]


def unions_where(user, perm):
    """The ``(tier, union id)`` pairs at which ``user`` holds ``perm``."""
    return grants_of(user).get(perm, set())


def holds_anywhere(user, perm):
    """Whether ``user`` holds ``perm`` at any union; for menus, never for rows."""
    return bool(unions_where(user, perm))


def scope_q(user, perm, prefix="", base="union_id"):
    """The ``Q`` that keeps rows at or below a union where ``user`` holds ``perm``.

    ``prefix`` is the lookup path to the row that carries the ancestors, ``base`` its column for
    the base unit's union (``pk`` on the union table itself). Superusers see everything for
    viewing permissions and hold no others.
    """
    if not user.is_authenticated or not user.is_active:
        return NOTHING
    if user.is_superuser and is_viewing(perm):
        return EVERYTHING
    scope = NOTHING
    for tier, union in unions_where(user, perm):
        column = base if tier == Tier.BASE else SCOPE_COLUMN.get(tier)
        scope |= EVERYTHING if column is None else Q(**{prefix + column: union})
    return scope


def is_viewing(perm):
    """Whether a permission only lets one look."""
    return perm.split(".")[1].startswith("view_")


class TreeBackend(BaseBackend):
    """Answers ``user.has_perm(perm, obj)`` for whatever carries its ancestors; no query beyond the first."""

    def has_perm(self, user_obj, perm, obj=None):
        """The single-object twin of ``scope_q``; without an object: anywhere at all."""
        if not user_obj.is_active:
            return False
        if obj is None:
            return holds_anywhere(user_obj, perm)
        if user_obj.is_superuser and is_viewing(perm):
            return True
        only_unit = getattr(obj, "private_to_unit", False)
        return any(
            (tier == Tier.NATION or getattr(obj, SCOPE_COLUMN[tier], None) == union)
            and (tier == Tier.BASE or not only_unit)
            for tier, union in unions_where(user_obj, perm)
        )
