"""Health: is the process alive, can it do its work."""

from django.db import DatabaseError, connection
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_GET

from portal.jobs.health import oldest_waiting_seconds

STUCK_AFTER = 300  # seconds a job may wait before the background work counts as stuck


@require_GET
def livez(request):
    """Answers as long as the process does."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_GET
def readyz(request):
    """Whether the database answers and the background work moves; 503 with the reason otherwise."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        waiting = oldest_waiting_seconds() or 0
    except DatabaseError:
        return JsonResponse({"ready": False, "why": "the database does not answer"}, status=503)
    if waiting > STUCK_AFTER:
        return JsonResponse({"ready": False, "why": f"a job has waited {int(waiting)} s"}, status=503)
    return JsonResponse({"ready": True})
