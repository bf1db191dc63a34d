"""Rosters at a glance: what came in, what went out, and the empty roster to fill in."""

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, HttpResponse
from django.shortcuts import render
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_GET

from studios.menu_rosters import sees_rosters
from studios.permissions import EXPORT_ROSTER, IMPORT_ROSTER, VIEW_IMPORT, holds_anywhere
from studios.queries import rosters as queries
from studios.resources.blank import FILE_NAME, MEDIA_TYPE, blank_roster
from studios.views.roster_shown import export_line, import_line

SANDBOX = "default-src 'none'; sandbox"


@require_GET
@login_required
def roster_list(request):
    """Imports that one may see and one's own exports."""
    user = request.user
    if not sees_rosters(user):
        raise PermissionDenied
    page = queries.imports_page(request)
    page.rows = [import_line(row) for row in page.rows]
    context = {
        "page": page,
        "exports": [export_line(row) for row in queries.latest_exports(user)],
        "may_import": holds_anywhere(user, IMPORT_ROSTER),
        "may_export": holds_anywhere(user, EXPORT_ROSTER),
        "sees_imports": user.is_superuser or holds_anywhere(user, VIEW_IMPORT),
    }
    return render(request, "rosters/roster_list.html", context)


@require_GET
@login_required
def roster_template(request):
    """The empty roster as a workbook."""
    if not holds_anywhere(request.user, IMPORT_ROSTER):
        raise PermissionDenied
    return guarded(HttpResponse(blank_roster(), content_type=MEDIA_TYPE), FILE_NAME)


def download(stream, *, name, media_type):
    """An open file as a download that no browser keeps or runs."""
    return guarded(FileResponse(stream, content_type=media_type), name)


def guarded(response, name):
    """The answer as an attachment of this name, kept nowhere."""
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
