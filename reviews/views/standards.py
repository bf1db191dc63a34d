"""What reviews show on a studio's pages: how it stands, and what it may apply for."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from reviews.studio_panels import standards_context
from studios.models import NamingLevel, Studio


@require_GET
@login_required
def studio_standards(request, pk):
    """The live standing of a studio against a level, as the fragment that the form refreshes."""
    studio = get_object_or_404(Studio.objects.visible_to(request.user), pk=pk)
    level = NamingLevel.objects.select_related("requires").filter(code=request.GET.get("level", "")).first()
    return render(request, "reviews/_standards.html", standards_context(studio, request.user, level=level))
