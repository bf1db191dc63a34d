"""Short ways through the workflow for tests: each takes real steps with the engine."""

from django.utils import timezone

from reviews.choices import Action
from reviews.services.applications import judge, open_application
from reviews.workflow.engine import perform
from studios.models import NamingLevel

A = Action


def opened(studio, level, people):
    """A draft for a level."""
    return open_application(studio, NamingLevel.objects.get(code=level), actor=people.unit_clerk)


def submitted(studio, level, people):
    """Before the unit's chair."""
    application = opened(studio, level, people)
    perform(application.pk, A.SUBMIT, actor=people.unit_clerk)
    return fresh(application)


def at_county(studio, level, people):
    """In review at the county."""
    application = submitted(studio, level, people)
    perform(application.pk, A.CONFIRM, actor=people.unit_chair)
    return fresh(application)


def judged(application, reviewer, verdict="met"):
    """Every clause that is not simply met is judged by ``reviewer``."""
    for finding in application.current_dossier.findings.all():
        if finding.verdict != "met":
            judge(application, finding.clause, verdict=verdict, note="已核对原件", actor=reviewer)
    return fresh(application)


def proposed(studio, level, people, action=None):
    """Proposed at the county, by default what the level's route wants there."""
    application = judged(at_county(studio, level, people), people.county_reviewer)
    action = action or (A.PROPOSE_NAME if level == "county" else A.PROPOSE_ENDORSE)
    perform(application.pk, action, actor=people.county_reviewer, reason="材料齐全")
    return fresh(application)


def at_city(studio, people):
    """In review at the city."""
    application = proposed(studio, "city", people)
    perform(application.pk, A.ENDORSE, actor=people.county_approver)
    return fresh(application)


def proposed_at_city(studio, people):
    """Proposed for naming at the city."""
    application = judged(at_city(studio, people), people.city_reviewer)
    perform(application.pk, A.PROPOSE_NAME, actor=people.city_reviewer)
    return fresh(application)


def returned(studio, level, people, section="studio"):
    """Returned by the county with one remark."""
    application = at_county(studio, level, people)
    perform(
        application.pk,
        A.RETURN,
        actor=people.county_reviewer,
        remarks=[(section, "请补充场地照片")],
    )
    return fresh(application)


def named(studio, people, on=None):
    """Named at county level."""
    application = proposed(studio, "county", people)
    perform(application.pk, A.NAME, actor=people.county_approver, document_on=on or timezone.localdate())
    return fresh(application)


def fresh(application):
    """The row as it is now, without what the object in hand remembered."""
    return type(application).objects.get(pk=application.pk)
