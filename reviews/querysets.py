"""The vocabulary of review work, and its doors: ``visible_to``."""

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from reviews.choices import AT_A_TIER, CLOSED, WITH_THE_UNIT, AccessState, State
from studios.choices import Tier
from studios.models import Appointment, Leader, Member, Naming
from studios.permissions import (
    APPROVE_APPLICATION,
    CONFIRM_APPLICATION,
    NOTHING,
    REVIEW_APPLICATION,
    SCOPE_COLUMN,
    SUBMIT_APPLICATION,
    VIEW_ACCESS,
    VIEW_APPLICATION,
    scope_q,
    unions_where,
)
from studios.querysets import ScopedQuerySet


def at_own_tier(user, perm, states):
    """The ``Q`` of applications standing, in one of ``states``, at a union where ``user`` holds ``perm``."""
    found = NOTHING
    for tier, union in unions_where(user, perm):
        column = SCOPE_COLUMN.get(tier)
        if column:
            found |= Q(tier=tier, state__in=states, **{column: union})
    return found


def application_q(user, prefix=""):
    """The ``Q`` of applications that ``user`` may open; ``prefix`` is the lookup path to them."""
    scope = scope_q(user, VIEW_APPLICATION, prefix)
    if user.is_superuser:
        return scope
    own = [pk for tier, pk in unions_where(user, VIEW_APPLICATION) if tier == Tier.BASE]
    return scope & (Q(**{f"{prefix}union__in": own}) | Q(**{f"{prefix}reached_tier__gt": Tier.BASE}))


class ApplicationQuerySet(ScopedQuerySet):
    """Words for applications."""

    view_perm = VIEW_APPLICATION

    def visible_to(self, user):
        """Every application that ``user`` may open.

        A draft is its unit's own affair: unions above see an application from its first
        arrival at them on.
        """
        return self.filter(application_q(user))

    def open(self):
        """Those still on their way."""
        return self.exclude(state__in=CLOSED)

    def waiting_for(self, user):
        """What ``user`` can do something about now: to review, to approve, to confirm, to mend."""
        return self.filter(
            at_own_tier(user, REVIEW_APPLICATION, [State.IN_REVIEW, State.WAITLISTED])
            | at_own_tier(user, APPROVE_APPLICATION, [State.PROPOSED])
            | at_own_tier(user, CONFIRM_APPLICATION, [State.IN_REVIEW])
            | (scope_q(user, SUBMIT_APPLICATION) & Q(state__in=WITH_THE_UNIT))
        )

    def at_unions_of(self, user):
        """What stands at a union where ``user`` reviews or approves, whoever has to act."""
        states = AT_A_TIER
        return self.filter(
            at_own_tier(user, REVIEW_APPLICATION, states)
            | at_own_tier(user, APPROVE_APPLICATION, states)
            | at_own_tier(user, CONFIRM_APPLICATION, states)
        )

    def with_ties(self, user):
        """Annotates ``is_tied``: ``user`` is or was in a role at the unit, or is in the studio's team."""
        in_a_role = Appointment.objects.filter(user=user, role_group__union=OuterRef("union"))
        leads = Leader.objects.filter(studio=OuterRef("studio"), person__user=user)
        works = Member.objects.filter(studio=OuterRef("studio"), person__user=user)
        return self.annotate(is_tied=Exists(in_a_role) | Exists(leads) | Exists(works))

    def with_title_below(self):
        """Annotates ``holds_below``: a live title of the level below, granted in the studio's own line."""
        below = Naming.objects.filter(
            Q(granted_by=OuterRef("union"))
            | Q(granted_by=OuterRef("county"))
            | Q(granted_by=OuterRef("city")),
            studio=OuterRef("studio"),
            level=OuterRef("level__requires"),
        )
        return self.annotate(holds_below=Q(level__requires=None) | Exists(below.on()))

    def overdue(self, on=None):
        """Those whose last day at the present union has passed."""
        return self.filter(due_on__lt=on or timezone.localdate(), tier__isnull=False)


class DossierQuerySet(models.QuerySet):
    """Words for dossiers."""

    def visible_to(self, user):
        """The dossiers of applications that ``user`` may open."""
        return self.filter(application_q(user, "application__"))


class AccessRequestQuerySet(ScopedQuerySet):
    """Words for requests for access."""

    view_perm = VIEW_ACCESS

    def pending(self):
        """Those nobody has decided."""
        return self.filter(state=AccessState.PENDING)


class CaseQuerySet(ScopedQuerySet):
    """Words for what follows a title: seen by the unit it concerns and by the unions above it."""

    view_perm = VIEW_APPLICATION

    def open_at(self, user, perm, states):
        """Those in one of ``states`` at whose own ``tier`` the user holds ``perm``."""
        return self.filter(at_own_tier(user, perm, states))


class OfficeQuerySet(ScopedQuerySet):
    """Words for what offices set for all below them: schemes, years, budgets."""

    view_perm = VIEW_ACCESS

    def visible_to(self, user):
        """Those of the unions where the user works, of unions below and of unions above them."""
        above = Q()
        for tier, union in unions_where(user, VIEW_ACCESS):
            if tier != Tier.BASE:
                above |= Q(union__in=lineage(union))
        return self.filter(scope_q(user, VIEW_ACCESS) | above) if above else self.within(user, VIEW_ACCESS)


def lineage(union_id):
    """The ids of a union and of every union above it, as a query."""
    unions = apps.get_model("studios", "Union").objects
    own = unions.filter(pk=union_id).values("path")[:1]
    return unions.annotate(mine=Subquery(own)).filter(mine__startswith=F("path")).values("pk")
