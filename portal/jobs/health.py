"""Is the background work moving? For the readiness page."""

from django.db.models import DurationField, ExpressionWrapper, F, Min
from django.db.models.functions import Now

from portal.jobs.models import Job, Tick


def oldest_waiting_seconds():
    """How long the oldest due job has been waiting for a worker; 0.0 when none is."""
    waited = Job.objects.due().aggregate(
        waited=ExpressionWrapper(Now() - Min("not_before"), output_field=DurationField())
    )["waited"]
    return waited.total_seconds() if waited else 0.0


def seconds_since_tick(name="relay"):
    """How long ago beat and a worker were last heard; None when never."""
    ago = ExpressionWrapper(Now() - F("at"), output_field=DurationField())
    since = Tick.objects.filter(name=name).annotate(ago=ago).values_list("ago", flat=True).first()
    return since.total_seconds() if since is not None else None
