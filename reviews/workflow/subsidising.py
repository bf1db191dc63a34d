"""The way of a subsidy: granted by a second person out of a budget, accounted for, settled or recovered.

The proposal itself is made in ``services.subsidies``. The portal never demands money back: after a
revocation for fraud it stops payments and asks the reviewer (``tasks_money``), who takes the step.
"""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as later

from reviews.amounts import yuan
from reviews.choices import SubsidyAction, SubsidyState
from reviews.models import Budget, Expense, Subsidy
from reviews.queries_money import tied_unions
from reviews.workflow.guards import looked_up
from reviews.workflow.terms import Guard, Outcome, Place, Process, Transition, TransitionNotAllowed
from studios.choices import FileState
from studios.models import OfficialDocument, Union
from studios.permissions import APPROVE_APPLICATION, CHANGE_STUDIO, REVIEW_APPLICATION
from studios.services.namings import issue_document
from studios.services.people import NotPossible

A, S = SubsidyAction, SubsidyState

no_ties = Guard(
    "no_ties",
    lambda subsidy, actor: not looked_up(subsidy, "ties", lambda: subsidy.union_id in tied_unions(actor)),
    later("You belong or belonged to this unit; a colleague has to act."),
)
second_person = Guard(
    "second_person",
    lambda subsidy, actor: subsidy.proposed_by_id != actor.pk,
    later("You proposed this yourself; another person has to decide."),
)


def _has_room(subsidy, actor):
    budget = subsidy.budget
    return budget.agreed_by_id is not None and budget.committed + subsidy.amount <= budget.amount


def _no_room_reason(subsidy):
    return no_room(subsidy.budget, subsidy.amount)


def no_room(budget, amount):
    """The sentence for a budget that cannot bear an amount."""
    return _("The budget of %(year)s has %(left)s yuan left; %(amount)s is more.") % {
        "year": budget.year,
        "left": yuan(budget.amount - budget.committed),
        "amount": yuan(amount),
    }


budget_has_room = Guard("budget_has_room", _has_room, _no_room_reason)


def _title_is_live(subsidy, actor):
    today, naming = timezone.localdate(), subsidy.naming
    return naming.since <= today and (naming.until is None or naming.until >= today)


title_is_live = Guard("title_is_live", _title_is_live, later("The title has ended; nothing can be granted."))
paid_by_its_own_union = Guard(
    "paid_by_its_own_union",
    lambda subsidy, actor: subsidy.scheme.union_id == subsidy.union_at_tier_id(),
    later("The unit has moved to another union since; this union can no longer grant it."),
)
something_was_paid = Guard(
    "something_was_paid", lambda subsidy, actor: subsidy.paid > 0, later("Nothing has been paid yet.")
)
not_all_came_back = Guard(
    "not_all_came_back",
    lambda subsidy, actor: subsidy.paid > subsidy.paid_back,
    later("There is nothing to demand: nothing was paid, or all of it has come back."),
)
all_came_back = Guard(
    "all_came_back",
    lambda subsidy, actor: subsidy.paid == subsidy.paid_back,
    lambda subsidy: (
        _("%(left)s yuan have not come back yet; record the repayments first.")
        % {"left": yuan(subsidy.paid - subsidy.paid_back)}
    ),
)


def _proofs(subsidy):
    """(expenses, those whose invoice is being checked, those whose invoice was refused or is not there)."""
    rows = Expense.objects.filter(subsidy=subsidy.pk, removed_at=None)
    files = list(rows.values_list("invoice__state", "invoice__removed_at"))
    checking = files.count((FileState.CHECKING, None))
    return len(files), checking, len(files) - checking - files.count((FileState.READY, None))


def proofs(subsidy):
    """``_proofs``, asked once for a page."""
    return looked_up(subsidy, "proofs", lambda: _proofs(subsidy))


expenses_are_entered = Guard(
    "expenses_are_entered",
    lambda subsidy, actor: proofs(subsidy)[0] > 0,
    later("Enter at least one expense with its invoice first."),
)
proofs_are_checked = Guard(
    "proofs_are_checked",
    lambda subsidy, actor: proofs(subsidy)[1] == 0,
    later("Some files are still being checked. Please wait a moment and try again."),
)
proofs_are_good = Guard(
    "proofs_are_good",
    lambda subsidy, actor: proofs(subsidy)[2] == 0,
    later("The file of an expense was refused: take the entry out and enter it again with another file."),
)

APPROVING = {"permission": APPROVE_APPLICATION, "place": Place.TIER}
REVIEWING = {"permission": REVIEW_APPLICATION, "place": Place.TIER}
PROPOSED, REPORTED = frozenset({S.PROPOSED}), frozenset({S.REPORTED})

SUBSIDISING = {
    A.GRANT: Transition(
        PROPOSED,
        S.GRANTED,
        guards=(second_person, no_ties, paid_by_its_own_union, title_is_live, budget_has_room),
        takes_document=True,
        is_second_person=True,
        **APPROVING,
    ),
    A.REFUSE: Transition(
        PROPOSED,
        S.REFUSED,
        guards=(second_person, no_ties),
        needs_reason=True,
        is_negative=True,
        is_second_person=True,
        **APPROVING,
    ),
    A.REPORT: Transition(
        frozenset({S.GRANTED}),
        S.REPORTED,
        CHANGE_STUDIO,
        Place.UNIT,
        guards=(something_was_paid, expenses_are_entered, proofs_are_checked, proofs_are_good),
        asks=("use_report",),
    ),
    A.RETURN: Transition(
        REPORTED, S.GRANTED, guards=(no_ties,), needs_reason=True, is_negative=True, **REVIEWING
    ),
    A.SETTLE: Transition(REPORTED, S.SETTLED, guards=(no_ties, something_was_paid), **APPROVING),
    A.RECOVER: Transition(
        frozenset({S.GRANTED, S.REPORTED, S.SETTLED}),
        S.RECOVERING,
        guards=(no_ties, not_all_came_back),
        needs_reason=True,
        is_negative=True,
        **REVIEWING,
    ),
    A.RECOVERED: Transition(
        frozenset({S.RECOVERING}), S.RECOVERED, guards=(no_ties, all_came_back), **REVIEWING
    ),
}


def simple(subsidy, given):
    """A step with no more to it than the move."""
    subsidy.state = given.step.target
    subsidy.save()
    return Outcome()


def refuse(subsidy, given):
    """The second person's no."""
    subsidy.decided_by, subsidy.decided_at = given.actor, timezone.now()
    outcome = simple(subsidy, given)
    outcome.second_to = subsidy.proposed_by_id
    return outcome


def grant(subsidy, given):
    """The second person's yes: the budget bears it, the document is numbered."""
    commit(subsidy)
    subsidy.document = _document(subsidy, given)
    outcome = refuse(subsidy, given)
    outcome.document = subsidy.document
    return outcome


def commit(subsidy):
    """Add the amount to what the budget bears, or TransitionNotAllowed. Whoever comes second waits for the
    row and sees what the first took."""
    budget = Budget.objects.select_for_update(no_key=True).get(pk=subsidy.budget_id)
    if budget.agreed_by_id is None or budget.committed + subsidy.amount > budget.amount:
        raise TransitionNotAllowed(no_room(budget, subsidy.amount))
    Budget.objects.filter(pk=budget.pk).update(committed=F("committed") + subsidy.amount)


def _document(subsidy, given):
    """A new document; or, for one of several granted together, the one that names them all."""
    shared = given.values.get("document")
    if shared:
        own = OfficialDocument.objects.filter(union=subsidy.union_at_tier_id(), issued_by=given.actor)
        return own.get(pk=shared)
    if given.document_on is None:
        raise TransitionNotAllowed(_("Give the date of the document."))
    union = Union.objects.get(pk=subsidy.union_at_tier_id())
    title = given.values.get("document_title") or _("Subsidy for %(studio)s") % {
        "studio": subsidy.naming.studio.short_name
    }
    try:
        return issue_document(
            union, on=given.document_on, title=title, actor=given.actor, expected=given.expected_number
        )
    except NotPossible as problem:
        raise TransitionNotAllowed(str(problem)) from None


def report(subsidy, given):
    """The unit's report on the use, before the union that paid."""
    subsidy.use_report = given.values["use_report"].strip()
    return simple(subsidy, given)


def settle(subsidy, given):
    """The accounts are closed. What is left over has to have come back, or the opinion says why it stays."""
    left = left_over(subsidy)
    if left > 0 and not given.reason:
        raise TransitionNotAllowed(
            _(
                "Of %(paid)s yuan paid %(left)s are neither accounted for nor paid back. "
                "Say in the opinion why, or have it paid back first."
            )
            % {"paid": yuan(subsidy.paid), "left": yuan(left)}
        )
    return simple(subsidy, given)


def left_over(subsidy):
    """What was paid and is neither accounted for nor paid back."""
    return max(subsidy.paid - subsidy.spent - subsidy.paid_back, 0)


EFFECTS = {
    A.GRANT: grant,
    A.REFUSE: refuse,
    A.REPORT: report,
    A.RETURN: simple,
    A.SETTLE: settle,
    A.RECOVER: simple,
    A.RECOVERED: simple,
}
SUBSIDIES = Process("subsidy", Subsidy, "subsidy", SUBSIDISING, EFFECTS)
