"""The vocabulary of who exists, and the one door to rows: ``visible_to``."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from studios.permissions import (
    APPOINT_UNIT,
    EXPORT_ROSTER,
    VIEW_IMPORT,
    VIEW_PERSON,
    VIEW_STUDIO,
    live,
    scope_q,
)


class ScopedQuerySet(models.QuerySet):
    """Rows that carry their union's ancestors."""

    view_perm = VIEW_STUDIO

    def visible_to(self, user):
        """Every row that ``user`` may open."""
        return self.within(user, self.view_perm)

    def within(self, user, perm):
        """The rows at which ``user`` holds ``perm``."""
        return self.filter(scope_q(user, perm))


class UnionQuerySet(models.QuerySet):
    """Words for unions."""

    def visible_to(self, user):
        """Unions in whose scope the user looks at anything at all."""
        scope = scope_q(user, VIEW_STUDIO, base="pk") | scope_q(user, VIEW_PERSON, base="pk")
        return self.filter(scope)

    def within(self, user, perm):
        """The unions at or below one where ``user`` holds ``perm``."""
        return self.filter(scope_q(user, perm, base="pk"))

    def open(self):
        """Those that have not been closed."""
        return self.filter(closed_on=None)

    def by_tier(self, tier):
        """Those of one tier, in the order of their codes."""
        return self.filter(tier=tier).order_by("code")

    def get_by_natural_key(self, code):
        """The union with this code."""
        return self.get(code=code)


class StudioQuerySet(ScopedQuerySet):
    """Words for studios."""

    def named_at(self, level_code, on=None):
        """Those holding a title of this level on a day, today by default."""
        on = on or timezone.localdate()
        return self.filter(
            Q(namings__until=None) | Q(namings__until__gte=on),
            namings__level__code=level_code,
            namings__since__lte=on,
        )

    def public(self):
        """Those that citizens may look at: holders of a title of a county or above."""
        return self.filter(top_tier__gte=2)


class LiveQuerySet(models.QuerySet):
    """Rows with a first and a last day."""

    def on(self, day=None):
        """Those in force on a day, today by default."""
        day = day or timezone.localdate()
        return self.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


class NamingQuerySet(LiveQuerySet, ScopedQuerySet):
    """Words for titles."""


class LedgerQuerySet(ScopedQuerySet):
    """Words for the entries of the ledger."""

    def kept(self):
        """Those not taken out."""
        return self.filter(removed_at=None)


class EvidenceQuerySet(ScopedQuerySet):
    """Words for uploaded files."""

    def on_form(self):
        """Those not taken off the form."""
        return self.filter(removed_at=None)


class AppointmentQuerySet(models.QuerySet):
    """Words for appointments."""

    def live(self, today=None):
        """Those in force."""
        return self.filter(live(today))

    def visible_to(self, user):
        """Appointments of the unions whose people ``user`` may see."""
        return self.filter(scope_q(user, VIEW_PERSON, "role_group__union__", base="id"))

    def changeable_by(self, user):
        """Those that ``user`` may end or fill again."""
        return self.filter(scope_q(user, APPOINT_UNIT, "role_group__union__", base="id"))


class RosterImportQuerySet(ScopedQuerySet):
    """Words for uploaded rosters."""

    view_perm = VIEW_IMPORT


class RosterExportQuerySet(ScopedQuerySet):
    """Words for exports."""

    def visible_to(self, user):
        """One's own, as long as one may export there."""
        return self.within(user, EXPORT_ROSTER).filter(created_by=user.pk)
