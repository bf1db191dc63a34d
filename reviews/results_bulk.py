"""Several results verified together: a verdict for each beforehand, an outcome for each afterwards."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from reviews.choices import ResultAction
from reviews.queries_results import mark_of
from reviews.results_page import doubts_of, know
from reviews.workflow.engine import check, perform
from reviews.workflow.terms import TransitionNotAllowed
from reviews.workflow.verifying import RESULTS
from studios.models import Achievement, Studio
from studios.queries.twin_hints import hints_of
from studios.validators import whole

MOST = 50


@dataclass(frozen=True)
class Row:
    """One result: ``obstacle`` why it is not verified, ``twins`` and ``doubts`` what to look at first."""

    result: Achievement
    obstacle: str = ""
    twins: tuple = ()
    doubts: tuple = ()
    mark: str = ""

    @property
    def is_plain(self):
        """Whether nothing stands in the way and nothing deserves a look of its own."""
        return not (self.obstacle or self.twins or self.doubts)


def previewed(results, user):
    """A ``Row`` for each, with what would happen; nothing is changed."""
    hints = hints_of(results)
    return [
        Row(
            result,
            obstacle_of(result, user),
            tuple(hints.get(result.pk, ())),
            tuple(doubts_of(result)),
            mark_of(result),
        )
        for result in results
    ]


def obstacle_of(result, user):
    """Why ``user`` cannot verify this row of ``queries_results.for_deciding``; "" when it is possible."""
    know(result, user)
    try:
        check(result, ResultAction.VERIFY, user, process=RESULTS)
    except PermissionDenied:
        return _("It is verified by the union right above the unit.")
    except TransitionNotAllowed as problem:
        return str(problem)
    return ""


@transaction.atomic
def decided(results, user, *, marks):
    """Verify each by a step of its own, and a ``Row`` for each with what came of it.

    ``marks``: what the preview showed, ``facts-<id>`` and ``seen-<id>``. What one step refuses leaves the
    others as they are; a fault of the machine undoes them all.
    """
    lock_studios(results)
    return [Row(result, outcome_of(result, user, marks)) for result in results]


def lock_studios(results):
    """All at once and in one order: two people who verify overlapping lists wait instead of blocking."""
    studios = {result.studio_id for result in results}
    rows = Studio.objects.select_for_update(no_key=True, of=("self",)).filter(pk__in=studios)
    list(rows.order_by("pk").values_list("pk"))


def outcome_of(result, user, marks):
    """Verify one; why not, or ""."""
    try:
        perform(
            result.pk,
            ResultAction.VERIFY,
            actor=user,
            seen=whole(marks.get(f"seen-{result.pk}"), 0),
            values={"facts": marks.get(f"facts-{result.pk}", "")},
            process=RESULTS,
        )
    except PermissionDenied:
        return _("It is verified by the union right above the unit.")
    except TransitionNotAllowed as problem:
        return str(problem)
    return ""
