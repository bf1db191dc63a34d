"""Uploaded files: taking them in, following their check, handing them out behind the permission."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag, url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from portal.files import store
from portal.files.refusals import Refused
from studios.choices import FileState
from studios.panels import FORM, panels_for
from studios.permissions import CHANGE_STUDIO
from studios.queries.files import SECTION_OF
from studios.services import evidence as services
from studios.services.evidence import why_slot_closed
from studios.services.people import NotPossible
from studios.services.sections import Closed
from studios.validators import whole
from studios.views.shown import file_row_html
from studios.views.visible import visible_file, visible_studio

SANDBOX = "default-src 'none'; sandbox"
UPLOAD = "upload"
OWNERS = ("achievement", "activity", "mentorship")  # what a file may belong to, by its id


@require_POST
@login_required
def file_upload(request, pk):
    """Take files in for a slot: one as JSON for upload.js, any number from the plain form."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    scripted = request.headers.get("X-Requested-With") == UPLOAD
    slot = request.POST.get("slot", "")
    owner = {f"{name}_id": whole(request.POST.get(name, "")) for name in OWNERS}
    taken, problems = [], []
    for upload in request.FILES.getlist("file"):
        try:
            taken.append(services.receive(studio, slot=slot, upload=upload, actor=request.user, **owner))
        except (Refused, NotPossible, Closed) as problem:
            problems.append((upload.name, str(problem)))
    if not taken and not problems:
        problems.append(("", _("Choose a file first.")))
    if scripted:
        return _scripted(request, taken, problems)
    for name, sentence in problems:
        messages.error(request, f"{name}: {sentence}" if name else sentence)
    if taken:
        messages.success(request, _("Uploaded: %(names)s") % {"names": ", ".join(row.name for row in taken)})
    return redirect(_back(request, studio, slot))


def _scripted(request, taken, problems):
    if problems:
        return JsonResponse({"error": problems[0][1]}, status=422)
    return JsonResponse({"row": file_row_html(request, taken[0], changeable=True)}, status=201)


def _back(request, studio, slot):
    """Where the form was, if it says so and lies here; else the section of the slot."""
    back = request.POST.get("back", "")
    if back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        return back
    section = SECTION_OF.get(slot, "evidence")
    return reverse("studio_section", args=[studio.pk, section])


@require_POST
@login_required
def file_remove(request, pk):
    """Take a file off the form."""
    file = visible_file(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, file):
        raise PermissionDenied
    try:
        services.remove(file, actor=request.user)
        messages.success(request, _("Removed: %(name)s") % {"name": file.name})
    except Closed as closed:
        messages.error(request, str(closed))
    return redirect(_back(request, file.studio, file.slot))


@require_GET
@login_required
def file_status(request, pk):
    """How far the check of a file is, for upload.js; when it is over, the panels beside the form, too."""
    file = visible_file(request, pk)
    changeable = request.user.has_perm(CHANGE_STUDIO, file) and not why_slot_closed(file.studio, file.slot)
    answer = {"state": str(file.state), "row": file_row_html(request, file, changeable=changeable)}
    if file.state != FileState.CHECKING:
        panels = panels_for(FORM, request, file.studio)
        answer["fragments"] = {f"#panel-{panel.name}": panel.html for panel in panels}
    return JsonResponse(answer)


@require_GET
@login_required
def file_show(request, pk):
    """The kept file as a download: a picture as it was drawn anew, a PDF as it was sent."""
    file = visible_file(request, pk)
    stream = _opened(file, file.stored)
    response = FileResponse(
        stream,
        as_attachment=True,
        filename=file.name,
        content_type=file.media_type or "application/octet-stream",
    )
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


@require_GET
@login_required
def file_thumb(request, pk):
    """The small picture of an uploaded picture."""
    return _picture(request, pk, "thumb")


@require_GET
@login_required
def file_preview(request, pk):
    """The larger picture of an uploaded picture."""
    return _picture(request, pk, "preview")


def _picture(request, pk, field):
    """A picture that the portal drew itself, asked for anew each time: the right to see it may end."""
    file = visible_file(request, pk)
    name = getattr(file, field)
    etag = quote_etag(name)
    unchanged = get_conditional_response(request, etag=etag) if name else None
    response = unchanged if unchanged is not None and unchanged.status_code == 304 else None
    if response is None:
        with _opened(file, name) as picture:
            response = HttpResponse(picture.read(), content_type="image/jpeg")
    response["ETag"] = etag
    response["Cache-Control"] = "private, no-cache"
    response["Content-Security-Policy"] = SANDBOX
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _opened(file, name):
    """The stored file, or 404: refused and unchecked files are never handed out."""
    if file.state != FileState.READY or not name:
        raise Http404
    try:
        return store.open_file(name)
    except (FileNotFoundError, ValueError) as problem:
        raise Http404 from problem
