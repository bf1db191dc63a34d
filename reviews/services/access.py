"""Letting a new unit in."""

from django.db import transaction

from studios.choices import Role
from studios.services.people import invite_into
from studios.services.unions import found_unit


@transaction.atomic
def let_in(request, *, actor):
    """Make the unit with its union, and invite its clerk and its chair. Returns the Unit."""
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
