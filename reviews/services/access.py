"""Letting a new unit in: taking its request, making unit and people, answering the asker."""

from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.audit.services import record
from portal.messages.services import send_mail, tell
from reviews import letters_access as letters
from reviews.choices import AccessState
from reviews.models import AccessRequest
from studios.choices import Role
from studios.models import Union, Unit
from studios.permissions import DECIDE_ACCESS
from studios.services.people import NotPossible, invite_into, people_in
from studios.services.unions import found_unit
from studios.validators import doubts_of_credit_code


@transaction.atomic
def ask(**fields):
    """Write down a unit's request and tell its supervising union. NotPossible when the code is taken."""
    taken = code_taken(fields["credit_code"])
    if taken:
        raise NotPossible(taken)
    try:
        with transaction.atomic():
            request = AccessRequest.objects.create(**fields)
    except IntegrityError:  # the same unit asked twice at this very moment
        raise NotPossible(code_taken(fields["credit_code"]) or _("Please send the request again.")) from None
    record("access.ask", request, actor=None, union=request.union_id)
    tell(
        people_in(request.union, DECIDE_ACCESS),
        letters.ASKED,
        {"unit": request.unit_name, "union": request.union},
        url=reverse("access_detail", args=[request.pk]),
        event_key=f"access-{request.pk}",
    )
    return request


def code_taken(credit_code):
    """Why a unit with this code cannot ask, and whom to ask instead; names no person. "" when it can."""
    pending = AccessRequest.objects.pending().filter(credit_code=credit_code).select_related("union").first()
    if pending:
        return _("A request with this credit code is already waiting. Ask %(union)s how it stands.") % {
            "union": named(pending.union)
        }
    unit = Unit.objects.filter(credit_code=credit_code).select_related("union__parent").first()
    if unit:
        return _(
            "A unit with this credit code is already in the portal. "
            "If you need an account there, or somebody has left, ask its chair or %(union)s."
        ) % {"union": named(unit.union.parent)}
    return ""


def named(union):
    """A union with its telephone, where that is known."""
    return (
        _("%(union)s (telephone %(phone)s)") % {"union": union.name, "phone": union.phone}
        if union.phone
        else union.name
    )


@transaction.atomic
def let_in(request, *, actor):
    """Make the unit with its union, and invite its clerk and its chair. Returns the Unit."""
    problem = obstacle_to_founding(request)
    if problem:
        raise NotPossible(problem)
    unit = found_unit(
        actor=actor,
        parent=request.union,
        name=request.unit_name,
        credit_code=request.credit_code,
        ownership=request.ownership,
        industry=request.industry,
        address=request.address,
        contact_name=request.clerk_name,
        contact_phone=request.clerk_phone,
    )
    people = [
        (Role.UNIT_CLERK, request.clerk_name, request.clerk_phone, request.clerk_email),
        (Role.UNIT_CHAIR, request.chair_name, request.chair_phone, request.chair_email),
    ]
    for role, name, phone, email in people:
        invite_into(unit.union, role, actor=actor, name=name, phone=phone, email=email)
    return unit


def obstacle_to_founding(request):
    """Why the unit cannot be made as things stand, or "": another has its code, or its name here."""
    if Unit.objects.filter(credit_code=request.credit_code).exists():
        return _("A unit with this credit code has been made meanwhile.")
    if Union.objects.filter(parent=request.union_id, name=f"{request.unit_name}工会").exists():
        return _("%(union)s already has a unit of this name. Refuse the request and say so.") % {
            "union": request.union.name
        }
    return ""


@transaction.atomic
def answer(request):
    """Write the asker why the request was refused; who is let in gets an invitation instead."""
    if request.state != AccessState.REFUSED:
        return None
    return send_mail(
        letters.REFUSED,
        to_name=request.clerk_name,
        to_address=request.clerk_email,
        values={"unit": request.unit_name, "union": request.union, "reason": request.reason},
        url=reverse("access_status", args=[request.reference]),
    )


@dataclass
class Doubts:
    """What to look at before deciding on a request; ``obstacle`` also keeps it from being confirmed."""

    obstacle: str = ""
    code: list = field(default_factory=list)
    same_name: list = field(default_factory=list)
    known_phones: list = field(default_factory=list)

    def __bool__(self):
        return bool(self.obstacle or self.code or self.same_name or self.known_phones)


def doubts_of(request):
    """The doubts about a waiting request: its code, its name, its telephone numbers. Four queries."""
    phones = {request.clerk_phone, request.chair_phone}
    elsewhere = Unit.objects.filter(name=request.unit_name).exclude(union__parent=request.union_id)
    return Doubts(
        obstacle=obstacle_to_founding(request),
        code=doubts_of_credit_code(request.credit_code),
        same_name=list(elsewhere.select_related("union__parent")[:3]),
        known_phones=sorted(set(User.objects.filter(phone__in=phones).values_list("phone", flat=True))),
    )
