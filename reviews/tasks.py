"""Background work of reviews."""

from portal.jobs.registry import handler
from reviews.services.telling import tell_of


@handler("reviews.tell")
def tell(job, payload):
    """Messages to everyone concerned by a step."""
    tell_of(payload["decision"])
