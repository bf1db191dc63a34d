"""What a step does beyond the table: people, tier, freezing, naming. Called by the engine alone."""

from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.choices import CLOSED, AccessAction, Action, State
from reviews.services.access import let_in
from reviews.services.freezing import freeze
from reviews.services.locking import refresh_locks
from reviews.workdays import add_workdays
from reviews.workflow.guards import next_tier
from reviews.workflow.terms import Moves, Outcome, TransitionNotAllowed
from studios.choices import Tier
from studios.models import Union
from studios.services.namings import grant, issue_document
from studios.services.people import NotPossible

A = Action


def move(application, given):
    """Set state and tier as the table says, and what hangs on them."""
    now = timezone.now()
    step = given.step
    if step.moves is Moves.TO_BASE:
        application.tier = Tier.BASE
    elif step.moves is Moves.UP:
        application.tier = next_tier(application)
    elif step.moves is Moves.OUT:
        application.tier = None
    arrives = step.moves is not Moves.STAYS
    application.state = step.target
    application.updated_at = now
    application.decided_at = now if step.target in CLOSED else None
    if arrives:
        application.arrived_at = now
        application.due_on = due_on(application)
        if application.tier:
            application.reached_tier = max(application.reached_tier, application.tier)
            application.reviewer = None
    if step.target != State.PROPOSED:
        application.proposal = ""


def due_on(application):
    """The last day for the present union: the level's working days from today; none at the unit."""
    if application.tier is None or application.tier == Tier.BASE:
        return None
    return add_workdays(timezone.localdate(), application.level.review_workdays)


def simple(application, given):
    """A step with no more to it than the move."""
    move(application, given)
    application.save()
    return Outcome(dossier=application.current_dossier)


def submit(application, given):
    """Freeze the dossier with its findings and put it before the chair."""
    application.submissions += 1
    application.submitted_by = given.actor
    application.submitted_at = timezone.now()
    application.confirmed_by = application.proposed_by = application.decided_by = None
    dossier = freeze(application, actor=given.actor)
    move(application, given)
    application.save()
    return Outcome(dossier=dossier)


def confirm(application, given):
    """The chair sends it up."""
    application.confirmed_by = given.actor
    outcome = simple(application, given)
    outcome.second_to = application.submitted_by_id
    return outcome


def name_at_base(application, given):
    """The chair names the studio: the base title, without a numbered document."""
    application.confirmed_by = given.actor
    application.naming = named(application, given, document=None, on=timezone.localdate())
    outcome = simple(application, given)
    outcome.second_to = application.submitted_by_id
    return outcome


def take(application, given):
    """A reviewer takes it on, also over from a colleague."""
    move(application, given)
    application.reviewer = given.actor
    application.save()
    return Outcome(dossier=application.current_dossier)


def recall(application, given):
    """Back from the waiting list, with the whole time for a review."""
    outcome = take(application, given)
    application.due_on = due_on(application)
    application.save(update_fields=["due_on"])
    return outcome


def propose(action):
    """The effect of a reviewer's proposal."""

    def effect(application, given):
        move(application, given)
        application.proposal = action
        application.proposed_by = application.reviewer = given.actor
        application.decided_by = None
        application.save()
        return Outcome(dossier=application.current_dossier)

    return effect


def approve(application, given):
    """The second person's yes: the reviewer's proposal takes effect."""
    application.decided_by = given.actor
    outcome = simple(application, given)
    outcome.second_to = application.proposed_by_id
    return outcome


def send_back(application, given):
    """The second person's no: back to the reviewer at the same union."""
    proposer = application.proposed_by_id
    application.decided_by = None
    outcome = simple(application, given)
    outcome.second_to = proposer
    return outcome


def name(application, given):
    """Number the document, grant the title, close the application: all or nothing."""
    if given.document_on is None:
        raise TransitionNotAllowed(_("Give the date of the naming document."))
    union = Union.objects.get(pk=application.union_at_tier_id())
    try:
        document = issue_document(
            union,
            on=given.document_on,
            title=_("Naming of %(studio)s") % {"studio": application.studio.short_name},
            actor=given.actor,
            expected=given.expected_number,
        )
    except NotPossible as problem:
        raise TransitionNotAllowed(str(problem)) from None
    application.naming = named(application, given, document=document, on=given.document_on)
    outcome = approve(application, given)
    outcome.document = document
    return outcome


def named(application, given, *, document, on):
    """The new title, or TransitionNotAllowed with the reason."""
    union = Union.objects.get(pk=application.union_at_tier_id())
    try:
        return grant(
            application.studio, application.level, union=union, on=on, actor=given.actor, document=document
        )
    except NotPossible as problem:
        raise TransitionNotAllowed(str(problem)) from None


def grant_access(request, given):
    """Make the unit and let its people in."""
    request.unit = let_in(request, actor=given.actor)
    return settle(request, given)


def settle(request, given):
    """Close a request for access."""
    request.state = given.step.target
    request.reason = given.reason
    request.decided_at = timezone.now()
    request.save()
    return Outcome()


def close_or_open_sections(application):
    """The studio's sections follow the application; called when the step and its remarks are written."""
    refresh_locks(application.studio_id)


EFFECTS = {
    A.SUBMIT: submit,
    A.WITHDRAW: simple,
    A.CONFIRM: confirm,
    A.NAME_AT_BASE: name_at_base,
    A.HAND_BACK: simple,
    A.TAKE: take,
    A.RETURN: simple,
    A.PROPOSE_ENDORSE: propose(A.PROPOSE_ENDORSE),
    A.PROPOSE_NAME: propose(A.PROPOSE_NAME),
    A.PROPOSE_WAITLIST: propose(A.PROPOSE_WAITLIST),
    A.PROPOSE_REJECT: propose(A.PROPOSE_REJECT),
    A.PROPOSE_REJECT_FINAL: propose(A.PROPOSE_REJECT_FINAL),
    A.RECALL: recall,
    A.ENDORSE: approve,
    A.NAME: name,
    A.WAITLIST: approve,
    A.REJECT: approve,
    A.REJECT_FINAL: approve,
    A.SEND_BACK: send_back,
}
ACCESS_EFFECTS = {
    AccessAction.GRANT: grant_access,
    AccessAction.REFUSE: settle,
}
