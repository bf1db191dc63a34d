"""Short ways through a yearly assessment for tests: real steps with the engine."""

from reviews.choices import AssessmentAction as A
from reviews.models import Assessment
from reviews.queries_years import for_detail
from reviews.services.years import write_report, write_scores
from reviews.workflow.engine import perform
from reviews.workflow.processes import ASSESSMENTS
from studios.choices import Role
from studios.services.people import appoint
from tests.factories.accounts import UserFactory


def act(assessment, action, actor, **given):
    """One step."""
    return perform(assessment.pk, action, actor=actor, process=ASSESSMENTS, **given)


def fresh(assessment):
    """The row as it is now."""
    return Assessment.objects.select_related("campaign__scheme", "studio").get(pk=assessment.pk)


def clerk_of(assessment):
    """A new clerk of the unit."""
    user = UserFactory()
    appoint(user, Role.UNIT_CLERK, assessment.union, actor=None)
    return user


def reported(assessment, clerk, **inputs):
    """Handed in by ``clerk`` with a summary."""
    wanted = {"team": "40", **inputs}
    write_report(assessment.pk, actor=clerk, summary="完成攻关两项。", plan="继续。", inputs=wanted)
    act(assessment, A.REPORT, clerk)
    return fresh(assessment)


def scored(assessment, reviewer, projects=2, team="50"):
    """Scored by the county: 20 points a project and what ``team`` says."""
    inputs = {"projects": {"project": projects}, "team": team, "media": None}
    write_scores(assessment.pk, actor=reviewer, inputs=inputs, remarks={"team": "结构合理"})
    return fresh(assessment)


def graded(assessment, clerk, reviewer, grade="pass", reason="综合考虑。", **scores):
    """Graded by the county."""
    scored(reported(assessment, clerk), reviewer, **scores)
    act(assessment, A.GRADE, reviewer, values={"grade": grade}, reason=reason)
    return fresh(assessment)


def shown_to(user, assessment):
    """The row as the page reads it."""
    return for_detail(user).get(pk=assessment.pk)
