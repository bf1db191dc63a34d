"""Taking a roster out: which one, how far it is, the file for whoever asked."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.services import AlreadyDone, once
from portal.files import store
from studios.choices import ExportState, Tier
from studios.forms.rosters import ExportForm
from studios.models import RosterExport
from studios.permissions import EXPORT_ROSTER, holds_anywhere
from studios.queries import rosters as queries
from studios.resources.blank import MEDIA_TYPE
from studios.services import roster_exports as services
from studios.services.people import NotPossible
from studios.validators import whole
from studios.views import roster_shown as shown
from studios.views.rosters import download

FORM = require_http_methods(["GET", "HEAD", "POST"])


def visible_export(request, pk):
    """The export of this person, or 404."""
    rows = RosterExport.objects.visible_to(request.user).select_related("union", "level", "job")
    return get_object_or_404(rows, pk=pk)


@FORM
@login_required
def roster_export_new(request):
    """Ask for a roster; ``?under=`` offers the unions right below another one."""
    user = request.user
    if not holds_anywhere(user, EXPORT_ROSTER):
        raise PermissionDenied
    unions = queries.unions_to_export(user, EXPORT_ROSTER, whole(request.GET.get("under", "")))
    form = ExportForm(request.POST if request.method == "POST" else None, unions=unions)
    if form.is_bound and form.is_valid():
        try:
            return redirect(ask(request, form.cleaned_data))
        except NotPossible as problem:
            form.add_error(None, str(problem))
    context = {
        "form": form,
        "further": [union for union in unions if union.tier > Tier.CITY],
        "once": uuid.uuid4(),
    }
    return render(request, "rosters/export_new.html", context, status=422 if form.errors else 200)


def ask(request, clean):
    """Ask once for what the form says; the address of the export."""
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            asked = services.ask(
                clean["union"],
                level=clean["level"],
                as_of=clean["as_of"],
                actor=request.user,
                personal=clean["personal"],
                reason=clean["reason"],
            )
            receipt.led_to = reverse("roster_export", args=[asked.pk])
    except AlreadyDone as done:
        return done.led_to or reverse("roster_list")
    return receipt.led_to


@require_GET
@login_required
def roster_export(request, pk):
    """How far it is, and the file when it is there."""
    export = visible_export(request, pk)
    context = {
        "export": export,
        "name": shown.export_name(export),
        "facts": shown.export_facts(export),
        "look": shown.EXPORT_LOOKS[export.state],
        "progress": shown.progress_of(export.job, export.state == ExportState.WAITING),
        "problem": services.why_failed(export),
        "there": is_there(export),
    }
    return render(request, "rosters/export_detail.html", context)


def is_there(export):
    """Whether the file can be had now."""
    return export.state == ExportState.READY and export.expires_at > timezone.now()


@require_GET
@login_required
def roster_export_status(request, pk):
    """How far it is, for progress.js."""
    export = visible_export(request, pk)
    progress = shown.progress_of(export.job, export.state == ExportState.WAITING)
    return JsonResponse({"state": export.state, **progress.as_json()})


@require_POST
@login_required
def roster_export_cancel(request, pk):
    """Stop what is being made."""
    export = visible_export(request, pk)
    try:
        services.cancel(export, actor=request.user)
    except NotPossible as problem:
        messages.error(request, str(problem))
    return redirect("roster_export", pk)


@require_GET
@login_required
def roster_export_file(request, pk):
    """The workbook, for whoever asked, until it expires."""
    export = visible_export(request, pk)
    if not is_there(export):
        raise Http404
    try:
        stream = store.open_file(export.stored)
    except (FileNotFoundError, ValueError) as problem:
        raise Http404 from problem
    return download(stream, name=f"{shown.export_name(export)}.xlsx", media_type=MEDIA_TYPE)
