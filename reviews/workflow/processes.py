"""Every process the engine can run, by its noun: the table, what its steps do, what they are about."""

from reviews.models import AccessRequest, Application
from reviews.timeline import INNER
from reviews.workflow import effects
from reviews.workflow.assessing import ASSESSMENTS
from reviews.workflow.changing import CHANGES
from reviews.workflow.revoking import ANNULMENTS, REVOCATIONS
from reviews.workflow.subsidising import SUBSIDIES
from reviews.workflow.table import ACCESS, NAMING
from reviews.workflow.terms import Process
from reviews.workflow.verifying import RESULTS

APPLICATIONS = Process(
    "application",
    Application,
    "application",
    NAMING,
    effects.EFFECTS,
    effects.close_or_open_sections,
    frozenset(INNER),
)
ACCESS_REQUESTS = Process("access", AccessRequest, "access_request", ACCESS, effects.ACCESS_EFFECTS)
PROCESSES = (
    APPLICATIONS,
    ACCESS_REQUESTS,
    RESULTS,
    ASSESSMENTS,
    REVOCATIONS,
    ANNULMENTS,
    CHANGES,
    SUBSIDIES,
)
