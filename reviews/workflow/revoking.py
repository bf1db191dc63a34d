"""How a title is lost, or kept: the tables of a revocation and of an annulment, and what their steps do.

Locks are taken in one order: studios, then the case, then titles. Whoever credits a result holds the
studio's lock, so a step sees the result or comes before it.
"""

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.jobs.services import enqueue
from reviews.choices import (
    REVOCATION_CLOSED,
    AnnulmentAction,
    AnnulmentState,
    RevocationAction,
    RevocationState,
)
from reviews.models import Annulment, Revocation
from reviews.queries_cases import live_titles_of, terms_on, titles_above
from reviews.queries_money import FOR_THESE as MONEY_COMES_BACK
from reviews.services.annulments import sentence_above
from reviews.services.returns import expect_back
from reviews.services.watching import lock_studios
from reviews.workflow import revoking_guards as g
from reviews.workflow.terms import Outcome, Place, Process, Transition, TransitionNotAllowed
from studios.choices import EndReason
from studios.models import Naming, Union
from studios.permissions import APPROVE_APPLICATION, CHANGE_STUDIO, REVIEW_APPLICATION
from studios.services.namings import end, issue_document
from studios.services.people import NotPossible

A, S = RevocationAction, RevocationState
OPEN = frozenset(state for state in S if state not in REVOCATION_CLOSED)
DECIDING = {"permission": REVIEW_APPLICATION, "place": Place.TIER}
CHECKING = {"permission": REVIEW_APPLICATION, "place": Place.SUPERVISOR}
SIGNING = {"permission": APPROVE_APPLICATION, "place": Place.TIER}
BY_ITSELF = {"permission": "", "place": Place.PORTAL}
AGAINST = (g.no_ties, g.title_is_live, g.nothing_stops_it)

REVOKING = {
    A.SERVE: Transition(
        frozenset({S.OPEN}),
        S.RECTIFYING,
        guards=AGAINST,
        needs_reason=True,
        asks=("mend_until",),
        is_negative=True,
        **DECIDING,
    ),
    A.ANSWER: Transition(frozenset({S.RECTIFYING}), S.ANSWERED, CHANGE_STUDIO, Place.UNIT, needs_reason=True),
    A.LAPSE: Transition(frozenset({S.RECTIFYING}), S.ANSWERED, guards=(g.time_is_over,), **BY_ITSELF),
    A.CHECK: Transition(
        frozenset({S.ANSWERED}),
        S.CHECKED,
        guards=(g.no_ties, g.title_is_live),
        needs_reason=True,
        asks=("is_mended",),
        **CHECKING,
    ),
    A.EXTEND: Transition(
        frozenset({S.CHECKED}),
        S.RECTIFYING,
        guards=(g.no_ties, g.title_is_live),
        needs_reason=True,
        asks=("mend_until",),
        **DECIDING,
    ),
    A.PROPOSE: Transition(
        frozenset({S.CHECKED}),
        S.PROPOSED,
        guards=(*AGAINST, g.no_title_above),
        needs_reason=True,
        is_negative=True,
        **DECIDING,
    ),
    A.REVOKE: Transition(
        frozenset({S.PROPOSED}),
        S.REVOKED,
        guards=(g.second_person, *AGAINST, g.no_title_above),
        takes_document=True,
        is_second_person=True,
        is_negative=True,
        **SIGNING,
    ),
    A.SEND_BACK: Transition(
        frozenset({S.PROPOSED}),
        S.CHECKED,
        guards=(g.second_person, g.no_ties),
        needs_reason=True,
        is_second_person=True,
        **SIGNING,
    ),
    A.KEEP: Transition(
        frozenset({S.ANSWERED, S.CHECKED, S.PROPOSED}),
        S.DROPPED,
        guards=(g.second_person, g.no_ties),
        needs_reason=True,
        is_second_person=True,
        **SIGNING,
    ),
    A.DISCARD: Transition(
        frozenset({S.OPEN, S.RECTIFYING}),
        S.DROPPED,
        guards=(g.no_ties,),
        needs_reason=True,
        is_negative=True,
        **DECIDING,
    ),
    A.STOP: Transition(OPEN, S.STOPPED, guards=(g.something_stops_it,), **BY_ITSELF),
}
ANNULLING = {
    AnnulmentAction.ANNUL: Transition(
        frozenset({AnnulmentState.PROPOSED}),
        AnnulmentState.ANNULLED,
        guards=(g.second_person, g.no_ties_to_any, g.some_title_is_live, g.no_title_above_any),
        takes_document=True,
        is_second_person=True,
        is_negative=True,
        **SIGNING,
    ),
    AnnulmentAction.DROP: Transition(
        frozenset({AnnulmentState.PROPOSED}),
        AnnulmentState.DROPPED,
        guards=(g.second_person, g.no_ties_to_any),
        needs_reason=True,
        is_second_person=True,
        **SIGNING,
    ),
}


def move(subject, given):
    """Set the state as the table says, and what hangs on its end."""
    subject.state = given.step.target
    if given.step.target in (*REVOCATION_CLOSED, AnnulmentState.ANNULLED):
        subject.decided_at = timezone.now()


def simple(case, given):
    """A step with no more to it than the move."""
    move(case, given)
    case.save()
    return Outcome()


def serve(case, given):
    """The notice goes out with its last day; with more time given, the answer counts anew."""
    day, today, terms = given.values["mend_until"], timezone.localdate(), terms_on()
    if day < terms.earliest(today):
        raise TransitionNotAllowed(
            _("The unit must have at least %(days)s working days: %(day)s is the earliest last day.")
            % {"days": terms.least_workdays, "day": date_format(terms.earliest(today), "DATE_FORMAT")}
        )
    case.mend_until = day
    case.served_at = case.served_at or timezone.now()
    case.is_mended = None
    return simple(case, given)


def answer(case, given):
    """What the unit says; of several rounds the timeline keeps each, the case the last."""
    case.answer, case.answered_at = given.reason, timezone.now()
    return simple(case, given)


def lapse(case, given):
    """The time is over without an answer."""
    case.answer, case.answered_at = "", None
    return simple(case, given)


def check_mended(case, given):
    """What the union above the unit found."""
    case.is_mended = given.values["is_mended"] in (True, "yes")
    return simple(case, given)


def propose(case, given):
    """A reviewer asks a second person to take the title away."""
    case.proposed_by = given.actor
    return simple(case, given)


def send_back(case, given):
    """The second person's no: back to the reviewer."""
    proposer, case.proposed_by = case.proposed_by_id, None
    simple(case, given)
    return Outcome(second_to=proposer)


def close(case, given):
    """The title stays, by a person's decision."""
    case.decided_by = given.actor
    return simple(case, given)


def revoke(case, given):
    """Number the document, end the title on its date, say what is to come back: all or nothing."""
    naming = (
        Naming.objects.select_for_update(of=("self",))
        .select_related("studio", "level")
        .get(pk=case.naming_id)
    )
    if case.served_at and given.document_on and given.document_on < timezone.localdate(case.served_at):
        raise TransitionNotAllowed(_("The document cannot be dated before the notice was served."))
    refuse_early(given, [naming])
    if given.document_on and titles_above([naming.pk], given.document_on).exists():
        raise TransitionNotAllowed(
            _("A higher title that rests on this one ended after the document's date.")
        )
    title = _("Revocation of the title of %(studio)s") % {"studio": naming.studio.short_name}
    document = numbered(case.union_at_tier_id(), given, title)
    try:
        end(naming, on=document.issued_on, reason=case.cause, actor=given.actor)
    except NotPossible as problem:
        raise TransitionNotAllowed(str(problem)) from None
    terms = terms_on()
    case.document, case.decided_by = document, given.actor
    case.notice_until = terms.shown_until(document.issued_on)
    expect_back([naming], terms.back_by(document.issued_on), revocation=case)
    simple(case, given)
    if case.cause in MONEY_COMES_BACK:  # what was paid is to be asked back
        enqueue("reviews.recover_after", {}, actor=given.actor)
    return Outcome(document=document, second_to=case.proposed_by_id)


def annul(annulment, given):
    """End every title of the decision that still lives, the highest first: all or none."""
    titles = list(live_titles_of(annulment.annulled_id))
    refuse_early(given, titles)
    if given.document_on and (above := sentence_above(annulment.annulled_id, given.document_on)):
        raise TransitionNotAllowed(above)
    title = _("Annulment of %(document)s") % {"document": annulment.annulled.label}
    document = numbered(annulment.union_id, given, title)
    for naming in titles:
        end(naming, on=document.issued_on, reason=EndReason.POLICY_ANNUL, actor=given.actor)
    terms = terms_on()
    annulment.document, annulment.decided_by = document, given.actor
    annulment.notice_until = terms.shown_until(document.issued_on)
    expect_back(titles, terms.back_by(document.issued_on), annulment=annulment)
    simple(annulment, given)
    return Outcome(document=document, second_to=annulment.proposed_by_id)


def drop(annulment, given):
    """The decision stands."""
    annulment.decided_by = given.actor
    simple(annulment, given)
    return Outcome(second_to=annulment.proposed_by_id)


def refuse_early(given, titles):
    """Raise when a title began after the date of the document that ends it."""
    early = [title for title in titles if given.document_on and title.since > given.document_on]
    if early:
        raise TransitionNotAllowed(
            _("The title of %(studio)s began on %(since)s; the document cannot be dated before.")
            % {"studio": early[0].studio.short_name, "since": date_format(early[0].since, "DATE_FORMAT")}
        )


def numbered(union_id, given, title):
    """The document of a decision, or TransitionNotAllowed with the reason."""
    if given.document_on is None:
        raise TransitionNotAllowed(_("Give the date of the document."))
    try:
        return issue_document(
            Union.objects.get(pk=union_id),
            on=given.document_on,
            title=title,
            actor=given.actor,
            expected=given.expected_number,
        )
    except NotPossible as problem:
        raise TransitionNotAllowed(str(problem)) from None


def lock_studio_of(pk):
    """The lock that whoever credits a result takes, before the case's own."""
    lock_studios(list(Revocation.objects.filter(pk=pk).values_list("naming__studio", flat=True)))


def lock_studios_of(pk):
    """The locks of every studio whose title the decision granted."""
    annulled = Annulment.objects.filter(pk=pk).values("annulled")
    lock_studios(list(Naming.objects.filter(document__in=annulled).values_list("studio", flat=True)))


EFFECTS = {
    A.SERVE: serve,
    A.ANSWER: answer,
    A.LAPSE: lapse,
    A.CHECK: check_mended,
    A.EXTEND: serve,
    A.PROPOSE: propose,
    A.REVOKE: revoke,
    A.SEND_BACK: send_back,
    A.KEEP: close,
    A.DISCARD: close,
    A.STOP: simple,
}
INNER = frozenset({A.PROPOSE, A.SEND_BACK})
REVOCATIONS = Process(
    "revocation", Revocation, "revocation", REVOKING, EFFECTS, inner=INNER, lock_first=lock_studio_of
)
ANNULMENTS = Process(
    "annulment",
    Annulment,
    "annulment",
    ANNULLING,
    {AnnulmentAction.ANNUL: annul, AnnulmentAction.DROP: drop},
    lock_first=lock_studios_of,
)
