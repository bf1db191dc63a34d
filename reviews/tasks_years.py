"""The daily work of the yearly assessment."""

from datetime import time

from portal.jobs.registry import daily, handler
from reviews.services.year_opening import open_due, remind


@handler("reviews.years")
def years(job, payload):
    """Open the years whose day has come, then remind whoever is due."""
    open_due()
    remind()


daily("reviews.years", at=time(6, 30))
