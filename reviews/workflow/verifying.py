"""The county looks at the results of the ledger: verified, queried, answered (reference §6.1, §8)."""

from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from portal.jobs.registry import HANDLERS
from portal.jobs.services import enqueue
from reviews.choices import ResultAction
from reviews.queries_results import being_checked, has_date, last_action, mark_now
from reviews.services.ties import has_ties_to
from reviews.workflow.guards import looked_up
from reviews.workflow.terms import Guard, Outcome, Place, Process, Transition, TransitionNotAllowed
from studios.choices import LedgerState
from studios.models import Achievement, Studio
from studios.permissions import CHANGE_STUDIO, REVIEW_APPLICATION

A, S = ResultAction, LedgerState
WATCH = "reviews.watch_studio"  # the three-year clock of one studio is looked at again

not_removed = Guard(
    "not_removed",
    lambda result, actor: result.removed_at is None,
    _("The unit has taken this result out of its ledger."),
)


def _ties(result, actor):
    return looked_up(result, ("ties", actor.pk), lambda: has_ties_to(result.union_id, actor))


no_ties = Guard(
    "no_ties",
    lambda result, actor: not _ties(result, actor),
    _("You belong or belonged to the unit of this result: somebody else must act here."),
)


def missing_facts(result):
    """Names of what a result lacks before anybody can verify it."""
    lacks = []
    if not result.title.strip():
        lacks.append(now_("its title"))
    if not looked_up(result, "has_date", lambda: has_date(result)):
        lacks.append(now_("the date on which it was completed, granted or recognised"))
    return lacks


is_complete = Guard(
    "is_complete",
    lambda result, actor: not missing_facts(result),
    lambda result: (
        now_("Not yet to be verified; still missing: %(what)s.") % {"what": "、".join(missing_facts(result))}
    ),
)
files_are_checked = Guard(
    "files_are_checked",
    lambda result, actor: not looked_up(result, "is_checking", lambda: being_checked(result.pk).exists()),
    _("Some files are still being checked. Please wait a moment and try again."),
)


def _is_asked(result, actor):
    last = looked_up(result, "last_action", lambda: last_action(result))
    return result.state == S.QUERIED or last == A.QUERY


is_asked = Guard("is_asked", _is_asked, _("Nobody asks anything about this result at present."))

REVIEWING = {"permission": REVIEW_APPLICATION, "place": Place.SUPERVISOR}
TABLE = {
    A.VERIFY: Transition(
        frozenset({S.ENTERED, S.QUERIED}),
        S.VERIFIED,
        guards=(not_removed, no_ties, is_complete, files_are_checked),
        **REVIEWING,
    ),
    A.QUERY: Transition(
        frozenset({S.ENTERED, S.VERIFIED}),
        S.QUERIED,
        guards=(not_removed, no_ties),
        needs_reason=True,
        is_negative=True,
        **REVIEWING,
    ),
    A.ANSWER: Transition(  # a mended entry is "entered" again, and its question still wants its answer
        frozenset({S.QUERIED, S.ENTERED}),
        S.ENTERED,
        CHANGE_STUDIO,
        Place.UNIT,
        guards=(not_removed, is_asked),
        needs_reason=True,
    ),
}


def lock_studio_of(pk):
    """The lock that a save of the entry takes, and the watch: facts stand still while somebody decides."""
    studio = Achievement.objects.filter(pk=pk).values("studio")[:1]
    list(Studio.objects.select_for_update(no_key=True, of=("self",)).filter(pk=studio).values_list("pk"))


def refuse_if_changed(result, given):
    """Raise when the unit changed what it states after the person's page was shown."""
    seen = given.values.get("facts")
    if seen and seen != mark_now(result.pk):
        raise TransitionNotAllowed(
            now_("The unit has changed this result since you opened the page. Please look at it again.")
        )


def decide(result, given):
    """A reviewer's step: what is decided is what was read."""
    refuse_if_changed(result, given)
    return move(result, given)


def move(result, given):
    """To the step's target; the three-year clock of the studio is looked at again."""
    result.state = given.step.target
    result.save(update_fields=["state"])
    if WATCH in HANDLERS:
        enqueue(WATCH, {"studio": result.studio_id}, actor=given.actor)
    return Outcome()


RESULTS = Process(
    "result",
    Achievement,
    "achievement",
    TABLE,
    {A.VERIFY: decide, A.QUERY: decide, A.ANSWER: move},
    lock_first=lock_studio_of,
)
