"""Entering something from a phone: photo, one line, done.

The line is kept before the photo is looked at, so a photo that is refused, or lost on the way, costs no text.
"""

import re
import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from portal.files.refusals import Refused
from studios.choices import Section
from studios.forms.entries import QuickForm
from studios.forms.parts import as_query
from studios.ledger.entries import KINDS
from studios.models import Achievement, AchievementKind
from studios.permissions import CHANGE_STUDIO, holds_anywhere
from studios.queries.ledger import own_studios
from studios.services import ledger as services
from studios.services.people import NotPossible
from studios.services.sections import Closed, why_closed
from studios.validators import whole
from studios.views.visible import visible_studio

CHOSEN = "quick_studio"
SCRIPT = "quick"
DONE = re.compile(r"[?&]done=(activity|result|media)-(\d+)$")


@require_GET
@login_required
def quick(request):
    """Straight to the form of the only studio, or of the one chosen before; else a choice."""
    if not holds_anywhere(request.user, CHANGE_STUDIO):
        raise PermissionDenied
    studios = own_studios(request.user)
    kept = request.session.get(CHOSEN)
    chosen = [studio for studio in studios if studio.pk == kept and "choose" not in request.GET]
    if len(studios) == 1 or chosen:
        return redirect("ledger_quick", (chosen or studios)[0].pk)
    return render(request, "ledger/quick_choose.html", {"studios": studios})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def ledger_quick(request, pk):
    """The form for one studio, what was entered last above it."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    kinds = list(AchievementKind.objects.all())
    if request.method == "POST":
        request.session[CHOSEN] = studio.pk
        form = QuickForm(request.POST, kinds=kinds)
        return _send(request, studio, form) if form.is_valid() else _refused(request, studio, form)
    if done := _made(request, studio, request.get_full_path()):
        return render(request, "ledger/quick_done.html", _of_done(studio, *done))
    kept = typed_text(request)
    return _page(request, studio, QuickForm(as_query(kept) if kept else None, kinds=kinds))


def _send(request, studio, form):
    """Keep the line, then look at the photo; sent again, the line is there already."""
    what, line, how = form.values()
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            made = services.enter_quickly(studio, what, line, actor=request.user, **how)
            receipt.led_to = f"{reverse('ledger_quick', args=[studio.pk])}?done={what}-{made.pk}"
        led_to = receipt.led_to
    except AlreadyDone as done:
        led_to = done.led_to or reverse("ledger_quick", args=[studio.pk])
        made = (_made(request, studio, led_to) or [None, None])[1]
    except Closed as closed:
        return _refused(request, studio, form, closed=str(closed))
    problem = _problem_of_photo(request, made)
    if request.headers.get("X-Requested-With") == SCRIPT:
        return JsonResponse({"done": led_to, "problem": problem}, status=422 if problem else 200)
    if problem:
        messages.error(
            request, _("The line is kept. The photo was not taken: %(problem)s") % {"problem": problem}
        )
    return redirect(led_to)


def _problem_of_photo(request, made):
    """Take in the photo that came along; the sentence that refuses it, or ""."""
    photo = next((upload for upload in request.FILES.getlist("photo") if upload), None)
    if photo is None or made is None:
        return ""
    try:
        services.add_photo(made, photo, actor=request.user)
    except (Refused, NotPossible, Closed) as problem:
        return str(problem)
    return ""


def _refused(request, studio, form, *, closed=""):
    """The form again with everything that was typed; for the script the sentences alone."""
    status = 423 if closed else 422
    if request.headers.get("X-Requested-With") == SCRIPT:
        problem = closed or " ".join(sentence for lines in form.errors.values() for sentence in lines)
        return JsonResponse({"problem": problem, "kept": False, "closed": bool(closed)}, status=status)
    return _page(request, studio, form, closed=closed, status=status)


def _page(request, studio, form, *, closed="", status=200):
    context = {
        "studio": studio,
        "form": form,
        "refused": closed,
        "closed": why_closed(studio, Section.ACHIEVEMENTS),
        "once": request.POST.get("once") or uuid.uuid4(),
        "several": len(own_studios(request.user)) > 1,
        "icons": {"activity": "users", "result": "bulb", "media": "globe"},
    }
    return render(request, "ledger/quick.html", context, status=status)


def _made(request, studio, address):
    """(what, the entry) that an address says was made, as far as it is the studio's; else None."""
    named = DONE.search(address)
    if named is None:
        return None
    what, pk = named[1], whole(named[2])
    model = Achievement if what == services.RESULT else KINDS[what].model
    found = model.objects.visible_to(request.user).filter(studio=studio, pk=pk, removed_at=None)
    entry = found.select_related("studio").first()
    return (what, entry) if entry is not None else None


def _of_done(studio, what, entry):
    if what == services.RESULT:
        page, files = reverse("achievement_edit", args=[studio.pk, entry.pk]), entry.files.on_form().count()
    else:
        page = reverse("ledger_entry", args=[studio.pk, what, entry.pk])
        files = entry.files.on_form().count() if KINDS[what].owner else 0
    return {"studio": studio, "entry": entry, "page": page, "files": files}
