"""Every process the engine can run, by its noun: the table, what its steps do, what they are about."""

from reviews.models import AccessRequest, Application
from reviews.timeline import INNER
from reviews.workflow import effects
from reviews.workflow.table import ACCESS, NAMING
from reviews.workflow.terms import Process

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
