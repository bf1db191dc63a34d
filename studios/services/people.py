"""Verbs about people in roles: appointing, inviting, dismissing. Nothing a person did is lost by leaving."""

from django.contrib.auth.models import Group, Permission
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.services import invitation_link, invite, make_account, withdraw_invitations
from portal.audit.services import record
from portal.messages.services import send_mail
from studios.choices import Role, Tier
from studios.models import Appointment, RoleGroup, UnionGroupObjectPermission
from studios.permissions import APPOINT_UNION, APPOINT_UNIT, ROLES, ROLES_AT, forget_grants, live


class NotPossible(Exception):
    """A sentence for the person who tried."""


def permission_named(name):
    """The Permission row of ``app.codename``."""
    app, codename = name.split(".")
    return Permission.objects.get(content_type__app_label=app, codename=codename)


@transaction.atomic
def ensure_role_group(union, role):
    """The group of a role at a union with exactly the grants of the role table; made when missing."""
    if role not in ROLES_AT.get(union.tier, ()):
        raise ValueError(f"There is no {role} at tier {union.tier}")
    role_group = RoleGroup.objects.filter(union=union, role=role).select_related("group").first()
    if role_group is None:
        group = Group.objects.create(name=f"{union.code} {role}")
        role_group = RoleGroup.objects.create(union=union, role=role, group=group)
    grant_role(role_group)
    return role_group


def grant_role(role_group):
    """Make the group's grants on its union equal to ``ROLES``; returns whether anything changed."""
    grants = UnionGroupObjectPermission.objects.filter(
        group=role_group.group, content_object=role_group.union_id
    )
    held = {
        f"{app}.{codename}": pk
        for pk, app, codename in grants.values_list(
            "pk", "permission__content_type__app_label", "permission__codename"
        )
    }
    wanted = ROLES[role_group.role]
    surplus = [pk for name, pk in held.items() if name not in wanted]
    missing = [name for name in wanted if name not in held]
    if surplus:
        UnionGroupObjectPermission.objects.filter(pk__in=surplus).delete()
    UnionGroupObjectPermission.objects.bulk_create(
        UnionGroupObjectPermission(
            group=role_group.group, content_object_id=role_group.union_id, permission=permission_named(name)
        )
        for name in missing
    )
    return bool(surplus or missing)


def ensure_role_groups(union):
    """All role groups of a union."""
    return [ensure_role_group(union, role) for role in ROLES_AT.get(union.tier, ())]


def may_appoint(actor, union):
    """Whether ``actor`` may put people into roles at ``union``.

    At base units: its chair, its county and city offices, system admins. Above: system admins only.
    """
    perm = APPOINT_UNIT if union.tier == Tier.BASE else APPOINT_UNION
    return actor.has_perm(perm, union)


@transaction.atomic
def appoint(user, role, union, *, actor, since=None, until=None):
    """Put ``user`` into a role at a union. Raises NotPossible when the person is in it already.

    Whether ``actor`` may do so is asked by the caller that took the request (``replace``,
    ``invite_into``, the access workflow); loading a demonstration has no actor.
    """
    role_group = ensure_role_group(union, role)
    if Appointment.objects.filter(user=user, role_group=role_group).live().exists():
        raise NotPossible(_("%(name)s already holds this role.") % {"name": user.name})
    appointment = Appointment.objects.create(
        user=user,
        role_group=role_group,
        since=since or timezone.localdate(),
        until=until,
        appointed_by=actor,
    )
    user.groups.add(role_group.group)
    forget_grants(user)
    record("person.appoint", appointment, actor=actor, role=str(role), union=union.pk, user=user.pk)
    return appointment


@transaction.atomic
def invite_into(union, role, *, actor, name, phone="", email=""):
    """A new account in a role, with an invitation in the outbox. Raises PermissionDenied."""
    if actor is not None and not may_appoint(actor, union):
        raise PermissionDenied
    user = make_account(name=name, phone=phone, email=email)
    appointment = appoint(user, role, union, actor=actor)
    send_invitation(appointment, actor=actor)
    return appointment


@transaction.atomic
def send_invitation(appointment, *, actor):
    """Open an invitation and write its mail; for a person who was in before it is a new password's link."""
    user, union = appointment.user, appointment.role_group.union
    invitation = invite(user, actor=actor)
    send_mail(
        "studios.new_password" if user.last_login else "studios.invitation",
        to_name=user.name,
        to_address=user.email,
        values={
            "union": union,
            "role": Role(appointment.role_group.role).label,
            "username": user.username,
            "until": timezone.localdate(invitation.expires_at),
        },
        invitation=invitation,
        actor=actor,
    )
    record("person.invite", user, actor=actor, union=union.pk)
    return invitation


def may_invite_again(actor, user):
    """Whether ``actor`` may send ``user`` a new link.

    It lets one in without the old password, so it takes the right to appoint in every role
    that the person holds: a chair cannot reach a county's account through a unit's.
    """
    held = Appointment.objects.filter(user=user).live().select_related("role_group__union")
    unions = [appointment.role_group.union for appointment in held]
    return bool(unions) and not user.is_superuser and all(may_appoint(actor, union) for union in unions)


@transaction.atomic
def invite_again(appointment, *, actor):
    """A new link for a person in a role: the old one was lost or ran out, or the password was forgotten."""
    if not may_invite_again(actor, appointment.user):
        raise PermissionDenied
    return send_invitation(appointment, actor=actor)


@transaction.atomic
def dismiss(appointment, *, actor, reason=""):
    """End an appointment at once: the person's next request is refused. What they did stays."""
    appointment = (
        Appointment.objects.select_for_update(of=("self",))
        .select_related("role_group__union", "role_group__group", "user")
        .get(pk=appointment.pk)
    )
    if actor is not None and not may_appoint(actor, appointment.role_group.union):
        raise PermissionDenied
    if appointment.dismissed_at is not None:
        raise NotPossible(_("This appointment has already ended."))
    today = timezone.localdate()
    appointment.until = max(today, appointment.since)
    appointment.dismissed_at = timezone.now()
    appointment.dismissed_by = actor
    appointment.save(update_fields=["until", "dismissed_at", "dismissed_by"])
    appointment.user.groups.remove(appointment.role_group.group)
    forget_grants(appointment.user)
    if not Appointment.objects.filter(user=appointment.user_id).live().exists():
        withdraw_invitations(appointment.user)
    record("person.dismiss", appointment, actor=actor, reason=reason, user=appointment.user_id)
    return appointment


@transaction.atomic
def replace(appointment, *, actor, name, phone="", email="", reason=""):
    """Another person takes over a role: one act ends the old appointment and invites the new person."""
    ended = dismiss(appointment, actor=actor, reason=reason)
    return invite_into(
        ended.role_group.union, ended.role_group.role, actor=actor, name=name, phone=phone, email=email
    )


def people_in(union, *perms):
    """The users who hold any of ``perms`` at exactly this union today."""
    from portal.accounts.models import User

    return User.objects.filter(
        live(prefix="appointments__"),
        is_active=True,
        appointments__role_group__union=union,
        appointments__role_group__role__in=[role for role, held in ROLES.items() if held & set(perms)],
    ).distinct()


__all__ = [
    "NotPossible",
    "appoint",
    "dismiss",
    "ensure_role_group",
    "ensure_role_groups",
    "invitation_link",
    "invite_again",
    "invite_into",
    "may_appoint",
    "may_invite_again",
    "people_in",
    "replace",
    "send_invitation",
]
