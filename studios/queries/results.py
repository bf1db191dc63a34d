"""The achievements of a studio as a list."""

from django.db.models import Count, Min, Q

from studios.choices import Rank
from studios.models import Achievement


def results_of(studio):
    """Those on the form, newest first, with how often and how high they were recognised: one query."""
    results = (
        Achievement.objects.filter(studio=studio, removed_at=None)
        .select_related("kind")
        .annotate(
            times=Count("recognitions", filter=~Q(recognitions=None)), highest=Min("recognitions__rank")
        )
        .order_by("-completed_on", "-pk")
    )
    for result in results:
        result.highest_label = Rank(result.highest).label if result.highest else ""
    return results
