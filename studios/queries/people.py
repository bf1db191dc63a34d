"""What the pages about people show."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from portal.accounts.models import Invitation
from portal.ui.paging import asked, page_of
from studios.choices import Tier
from studios.models import Appointment, Union
from studios.permissions import APPOINT_UNION, APPOINT_UNIT, grants_of, scope_q

BY_UNION = ("role_group__union__path", "pk")
LAST_LEFT_FIRST = ("-until", "-pk")
CHOICES = 20  # unions offered for a search


@dataclass
class Filters:
    """What the address of the list asks for."""

    text: str = ""
    role: str = ""
    left: bool = False

    @classmethod
    def of(cls, request):
        """From ``?q=``, ``?role=`` and ``?left=1``."""
        return cls(text=asked(request, "q"), role=asked(request, "role"), left=asked(request, "left") == "1")


def people_page(request, filters):
    """A page of appointments that the person may see; rows carry ``invited_until``."""
    open_invitation = Invitation.objects.filter(
        user=OuterRef("user"), accepted_at=None, withdrawn_at=None
    ).values("expires_at")[:1]
    rows = (
        Appointment.objects.visible_to(request.user)
        .select_related("user", "role_group__union__parent", "dismissed_by")
        .annotate(invited_until=Subquery(open_invitation))
    )
    if filters.left:
        rows = rows.filter(Q(dismissed_at__isnull=False) | Q(until__lt=timezone.localdate()))
    else:
        rows = rows.live()
    if filters.role:
        rows = rows.filter(role_group__role=filters.role)
    if filters.text:
        text = filters.text
        rows = rows.filter(
            Q(user__name__icontains=text)
            | Q(user__phone__contains=text)
            | Q(user__username__icontains=text)
            | Q(role_group__union__name__icontains=text)
        )
    return page_of(request, rows, keys=LAST_LEFT_FIRST if filters.left else BY_UNION)


def unions_to_fill(user):
    """The unions at which ``user`` may put people into roles."""
    at_units = scope_q(user, APPOINT_UNIT, base="pk") & Q(tier=Tier.BASE)
    above = scope_q(user, APPOINT_UNION, base="pk") & Q(tier__gt=Tier.BASE)
    return Union.objects.filter(at_units | above).open()


def may_fill_any(user):
    """Whether there is any union for ``user`` to appoint at; costs no query beyond the grants."""
    held = grants_of(user)
    return bool(held.get(APPOINT_UNIT) or held.get(APPOINT_UNION))


def unions_matching(user, text):
    """Up to ``CHOICES`` unions to choose from, by name; the highest first."""
    found = unions_to_fill(user)
    if text:
        found = found.filter(Q(name__icontains=text) | Q(short_name__icontains=text))
    return list(found.select_related("parent").order_by("-tier", "path")[:CHOICES])


def becomes_empty(appointment):
    """Whether nobody else holds this role at this union today."""
    others = Appointment.objects.filter(role_group=appointment.role_group_id).live()
    return not others.exclude(pk=appointment.pk).exists()


def holders(union):
    """The people in roles at a union today, in the order of the roles."""
    return (
        Appointment.objects.filter(role_group__union=union)
        .live()
        .select_related("user", "role_group")
        .order_by("role_group__role", "pk")
    )
