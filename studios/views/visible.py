"""The one way from an address to a row: not visible is not there."""

from django.shortcuts import get_object_or_404

from studios.models import Achievement, Evidence, Studio, Unit
from studios.queries.contents import with_lists


def visible_studio(request, pk, *, bring=()):
    """The studio with its unit, or 404; ``bring`` are functions that annotate what the page needs besides."""
    rows = Studio.objects.visible_to(request.user).select_related("union__unit", "county")
    for annotate in bring:
        rows = annotate(rows)
    return get_object_or_404(rows, pk=pk)


def visible_achievement(request, studio, pk):
    """An achievement of the studio that is on the form, or 404."""
    rows = Achievement.objects.visible_to(request.user).filter(studio=studio, removed_at=None)
    return get_object_or_404(with_lists(rows), pk=pk)


def visible_file(request, pk):
    """An uploaded file with its studio, or 404."""
    return get_object_or_404(Evidence.objects.visible_to(request.user).select_related("studio"), pk=pk)


def visible_unit(request, pk):
    """The unit with its union, or 404."""
    rows = Unit.objects.visible_to(request.user).select_related(
        "union", "county", "city", "ownership", "industry"
    )
    return get_object_or_404(rows, pk=pk)
