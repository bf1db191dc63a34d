"""The record of acts, for those who audit."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import render
from django.views.decorators.http import require_GET

from portal.audit import queries
from portal.audit.services import may_read


@require_GET
@login_required
def audit_list(request):
    """Who did what to what, when; newest first."""
    if not may_read(request.user):
        raise PermissionDenied
    filters = queries.Filters.of(request)
    context = {"page": queries.record_page(request, filters), "filters": filters, "verbs": queries.verbs()}
    return render(request, "audit/audit_list.html", context)
