"""Who may do what where: role groups of unions, their grants, and the appointments into them."""

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.models import GroupObjectPermissionBase, UserObjectPermissionBase

from studios.choices import Role
from studios.models.organisation import Union
from studios.models.people import live_days
from studios.querysets import AppointmentQuerySet


class UnionUserObjectPermission(UserObjectPermissionBase):
    """guardian's table for grants to single users, in direct form; kept empty on purpose."""

    content_object = models.ForeignKey(Union, on_delete=models.CASCADE)


class UnionGroupObjectPermission(GroupObjectPermissionBase):
    """What a role group may do at and below its union (guardian, direct foreign key)."""

    content_object = models.ForeignKey(Union, on_delete=models.CASCADE)


class RoleGroup(models.Model):
    """The group in which a union's people of one role are."""

    union = models.ForeignKey(Union, on_delete=models.PROTECT, related_name="role_groups")
    role = models.CharField(max_length=20, choices=Role.choices)
    group = models.OneToOneField(Group, on_delete=models.PROTECT, related_name="role_group")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="rolegroup_once_per_union_and_role", fields=["union", "role"]),
            models.CheckConstraint(name="rolegroup_role_known", condition=Q(role__in=Role.values)),
        ]

    def __str__(self):
        return f"{self.union} · {self.get_role_display()}"


class Appointment(models.Model):
    """A person in a role at a union, from–until. History stays: leaving sets the last day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="appointments")
    role_group = models.ForeignKey(RoleGroup, on_delete=models.PROTECT, related_name="appointments")
    since = models.DateField(_("since"))
    until = models.DateField(_("last day"), null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dismissed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    dismissed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now)

    objects = AppointmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("appointment")
        verbose_name_plural = _("appointments")
        constraints = [
            models.CheckConstraint(
                name="appointment_dates_in_order", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            ExclusionConstraint(
                name="appointment_once_at_a_time",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("role_group", RangeOperators.EQUAL),
                    (live_days(), RangeOperators.OVERLAPS),
                ],
                condition=Q(dismissed_at=None),
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.role_group}"
