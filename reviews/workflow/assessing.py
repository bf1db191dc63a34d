"""The yearly assessment on one screen: its steps, their conditions and what they do.

unit reports → county grades → city confirms. The share of excellent grades is kept under a lock on the year.
"""

from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from reviews.choices import AssessmentAction, AssessmentState, Grade
from reviews.models import Assessment, AssessmentYear
from reviews.services.ties import has_ties_to
from reviews.services.years import freeze, sheet_of, unfreeze
from reviews.workflow.guards import looked_up
from reviews.workflow.terms import Guard, Outcome, Place, Process, Transition, TransitionNotAllowed
from studios.permissions import APPROVE_APPLICATION, CHANGE_STUDIO, REVIEW_APPLICATION

A, S = AssessmentAction, AssessmentState
MOST_NAMED = 4  # of the items that keep a step back


def sheet(assessment):
    """The sheet of the row in hand, read once by a row that remembers."""
    return looked_up(assessment, "sheet", lambda: sheet_of(assessment))


def _named(titles):
    if len(titles) <= MOST_NAMED:
        return "、".join(titles)
    some = "、".join(titles[:MOST_NAMED])
    return now_("%(some)s and others, %(n)d in all") % {"some": some, "n": len(titles)}


summary_is_written = Guard(
    "summary_is_written",
    lambda assessment, actor: bool(assessment.summary.strip()),
    _("Write first what the year brought."),
)
gates_are_answered = Guard(
    "gates_are_answered",
    lambda assessment, actor: not sheet(assessment).gates_open,
    lambda assessment: (
        now_("Answer first what must be met: %(items)s.") % {"items": _named(sheet(assessment).gates_open)}
    ),
)
items_are_scored = Guard(
    "items_are_scored",
    lambda assessment, actor: not sheet(assessment).not_scored,
    lambda assessment: (
        now_("Score these items first: %(items)s.") % {"items": _named(sheet(assessment).not_scored)}
    ),
)
no_ties = Guard(
    "no_ties",
    lambda assessment, actor: (
        not looked_up(assessment, ("ties", actor.pk), lambda: has_ties_to(assessment.union_id, actor))
    ),
    _("You belong or belonged to this unit: somebody else must act here."),
)
second_person = Guard(
    "second_person",
    lambda assessment, actor: assessment.graded_by_id != actor.pk,
    _("You graded this yourself; a second person must conclude it."),
)


def _is_overdue(assessment, actor):
    today = timezone.localdate()
    if assessment.campaign is None:
        return today.year > assessment.year
    return today > assessment.campaign.report_due_on


report_is_overdue = Guard(
    "report_is_overdue", _is_overdue, _("The unit may still report: its last day has not passed.")
)


def allowed_excellent(percent, whole):
    """How many of ``whole`` assessments may be excellent: the share, rounded down."""
    return percent * whole // 100


def room_for_excellent(assessment):
    """How many more may be excellent in the whole city; None where no share is set."""
    campaign = assessment.campaign
    if campaign is None:
        return None
    rows = Assessment.objects.filter(campaign=campaign)
    whole, taken = looked_up(
        assessment, "room", lambda: (rows.count(), rows.filter(grade=Grade.EXCELLENT).count())
    )
    return allowed_excellent(campaign.excellent_percent, whole) - taken


def full_sentence(assessment):
    """Why no further one can be excellent."""
    return now_(
        "The share of excellent grades is used up: %(percent)d %% of all assessments of the year. "
        "Conclude with another grade."
    ) % {"percent": assessment.campaign.excellent_percent}


def _has_room(assessment, actor):
    if assessment.proposed_grade != Grade.EXCELLENT:
        return True
    room = room_for_excellent(assessment)
    return room is None or room > 0


excellent_has_room = Guard("excellent_has_room", _has_room, full_sentence)

REVIEWING = {"permission": REVIEW_APPLICATION, "place": Place.SUPERVISOR}
APPROVING = {"permission": APPROVE_APPLICATION, "place": Place.TOP}

TABLE = {
    A.REPORT: Transition(
        frozenset({S.OPEN}),
        S.REPORTED,
        CHANGE_STUDIO,
        Place.UNIT,
        guards=(summary_is_written, gates_are_answered),
    ),
    A.GRADE: Transition(
        frozenset({S.REPORTED}),
        S.GRADED,
        guards=(no_ties, items_are_scored),
        asks=("grade",),
        **REVIEWING,
    ),
    A.RETURN: Transition(
        frozenset({S.REPORTED}), S.OPEN, guards=(no_ties,), needs_reason=True, is_negative=True, **REVIEWING
    ),
    A.CONFIRM: Transition(
        frozenset({S.GRADED}),
        S.CONCLUDED,
        guards=(second_person, no_ties, excellent_has_room),
        is_second_person=True,
        **APPROVING,
    ),
    A.CHANGE: Transition(
        frozenset({S.GRADED}),
        S.CONCLUDED,
        guards=(second_person, no_ties),
        needs_reason=True,
        asks=("grade",),
        is_second_person=True,
        **APPROVING,
    ),
    A.REGRADE: Transition(
        frozenset({S.GRADED}),
        S.REPORTED,
        REVIEW_APPLICATION,
        Place.TOP,
        guards=(no_ties,),
        needs_reason=True,
        is_negative=True,
    ),
    A.MISSED: Transition(
        frozenset({S.OPEN}),
        S.CONCLUDED,
        guards=(report_is_overdue, no_ties),
        needs_reason=True,
        is_negative=True,
        **APPROVING,
    ),
}


def _move(assessment, given):
    """Set the state as the table says; typed text of an older page is then out of date."""
    assessment.state = given.step.target
    assessment.version = F("version") + 1
    assessment.save()
    assessment.refresh_from_db(fields=["version"])


def report(assessment, given):
    """Freeze what the ledger and the unit say, and hand it to the union above."""
    freeze(assessment, actor=given.actor)
    assessment.reported_by, assessment.reported_at = given.actor, timezone.now()
    _move(assessment, given)
    return Outcome()


def return_(assessment, given):
    """Back to the unit; the assessor's scores stay as a draft."""
    unfreeze(assessment)
    _move(assessment, given)
    return Outcome()


def grade(assessment, given):
    """The county's grade; another one than the points suggest needs a reason."""
    found, wanted = sheet(assessment), given.values["grade"]
    _demand_plausible(found, wanted)
    if found.grade and wanted != found.grade and not given.reason:
        raise TransitionNotAllowed(
            now_("The points suggest “%(grade)s”. Give the reason for another grade.")
            % {"grade": Grade(found.grade).label}
        )
    result = found.assessed_total
    assessment.points = result.points if found.items else None
    assessment.proposed_grade = wanted
    assessment.graded_by, assessment.graded_at = given.actor, timezone.now()
    _move(assessment, given)
    return Outcome()


def _demand_plausible(found, wanted):
    if wanted not in Grade.values:
        raise TransitionNotAllowed(now_("Choose a grade."))
    if wanted == Grade.EXCELLENT and found.gates_failed:
        raise TransitionNotAllowed(
            now_("It cannot be excellent: what must be met is not met (%(items)s).")
            % {"items": _named(found.gates_failed)}
        )


def regrade(assessment, given):
    """The city hands the grade back to the county."""
    assessment.proposed_grade = ""
    assessment.graded_by = assessment.graded_at = None
    _move(assessment, given)
    return Outcome()


def confirm(assessment, given):
    """The second person's yes."""
    return _conclude(assessment, given, assessment.proposed_grade)


def change(assessment, given):
    """The second person concludes with a grade of their own."""
    wanted = given.values["grade"]
    _demand_plausible(sheet(assessment), wanted)
    if wanted == assessment.proposed_grade:
        raise TransitionNotAllowed(now_("That is the proposed grade: confirm it instead."))
    return _conclude(assessment, given, wanted)


def missed(assessment, given):
    """No report came: failed."""
    assessment.report, assessment.report_sha256 = None, ""
    return _conclude(assessment, given, Grade.FAIL)


def _conclude(assessment, given, wanted):
    if wanted == Grade.EXCELLENT:
        _take_a_place(assessment)
    second_to = assessment.graded_by_id
    assessment.grade = wanted
    assessment.concluded_by, assessment.concluded_at = given.actor, timezone.now()
    _move(assessment, given)
    return Outcome(second_to=second_to)


def _take_a_place(assessment):
    """Hold the year and count again: two people at once cannot exceed the share."""
    if assessment.campaign_id is None:
        return
    AssessmentYear.objects.select_for_update(no_key=True).get(pk=assessment.campaign_id)
    assessment.__dict__.get("_looked_up", {}).pop("room", None)
    if room_for_excellent(assessment) <= 0:
        raise TransitionNotAllowed(full_sentence(assessment))


EFFECTS = {
    A.REPORT: report,
    A.RETURN: return_,
    A.GRADE: grade,
    A.REGRADE: regrade,
    A.CONFIRM: confirm,
    A.CHANGE: change,
    A.MISSED: missed,
}
ASSESSMENTS = Process(
    "assessment", Assessment, "assessment", TABLE, EFFECTS, inner=frozenset({A.GRADE, A.REGRADE})
)
