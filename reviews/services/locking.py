"""Which sections of a studio are closed to editing while it is under review."""

from reviews.choices import AT_A_TIER, Action, State
from reviews.models import Application, Decision
from studios.choices import Section
from studios.models import Studio


def refresh_locks(studio_id):
    """Recompute a studio's closed sections from its open applications.

    Under review everything is closed: reviewers read what was submitted. After a return only
    the sections with remarks reopen.
    """
    closed = set()
    for application in Application.objects.filter(studio=studio_id).open():
        if application.state in AT_A_TIER:
            closed |= set(Section.values)
        elif application.state == State.RETURNED:
            closed |= set(Section.values) - reopened_sections(application)
    Studio.objects.filter(pk=studio_id).update(locked_sections=sorted(closed))


def last_return(application):
    """The newest return, or None."""
    return (
        Decision.objects.filter(application=application, action__in=[Action.RETURN, Action.HAND_BACK])
        .order_by("-pk")
        .prefetch_related("remarks")
        .first()
    )


def reopened_sections(application):
    """The sections that the newest return asks to mend; evidence goes with any of them."""
    decision = last_return(application)
    sections = {remark.section for remark in decision.remarks.all()} if decision else set()
    return sections | {Section.EVIDENCE.value} if sections else set(Section.values)
