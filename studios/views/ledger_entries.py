"""Entries of the ledger: a new one, one being changed, taking one out and putting it back."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from studios.choices import SLOTS
from studios.forms.conflicts import Difference, shown
from studios.forms.entries import FORMS
from studios.forms.parts import as_query
from studios.ledger.entries import year_of
from studios.permissions import CHANGE_STUDIO
from studios.queries.ledger import files_of_entry, result_titles, team_names
from studios.services import ledger as services
from studios.services.people import NotPossible
from studios.validators import whole
from studios.views.shown import file_shown
from studios.views.visible import visible_studio

PAGE = require_http_methods(["GET", "HEAD", "POST"])


def visible_entry(request, studio, kind, pk):
    """An entry of the studio, one that was taken out as well, or 404."""
    rows = kind.model.objects.visible_to(request.user).filter(studio=studio).select_related("studio")
    return get_object_or_404(rows, pk=pk)


def form_for(studio, kind, data=None, *, entry=None, initial=None):
    """The form of a kind of entry, filled from the entry or bound to what was sent."""
    extra = {"results": result_titles(studio)} if kind.code == "reward" else {}
    if entry is not None:
        initial = {name: getattr(entry, name) for name in kind.fields}
    return FORMS[kind.code](data, initial=initial, studio=studio, entry=entry, **extra)


def ledger_of(studio, year=None):
    """The address of the year view."""
    address = reverse("ledger", args=[studio.pk])
    return f"{address}?year={year}" if year else address


@PAGE
@login_required
def ledger_entry_new(request, pk, kind):
    """A new entry; afterwards on to its page where it has files, else back to the year."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    if request.method == "POST":
        form = form_for(studio, kind, request.POST)
        if form.is_valid():
            return _add(request, studio, kind, form)
    else:
        kept = typed_text(request)
        form = form_for(studio, kind, as_query(kept) if kept else None, initial=_first_date(request, kind))
    context = {
        "once": request.POST.get("once") or uuid.uuid4(),
        "restored": not request.POST and form.is_bound,
    }
    return _page(request, studio, kind, form, **context)


def _first_date(request, kind):
    """Today, or the year that was looked at where it is another one."""
    today = timezone.localdate()
    year = whole(request.GET.get("year", ""), today.year)
    if kind.dated in ("since", "paid_on"):
        return {}
    return {kind.dated: today.isoformat() if year == today.year else str(year)}


def _add(request, studio, kind, form):
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            made = services.add(studio, kind.code, form.values(), actor=request.user)
            page = reverse("ledger_entry", args=[studio.pk, kind.code, made.pk])
            receipt.led_to = f"{page}#files" if kind.slot else ledger_of(studio, year_of(made))
        messages.success(request, _("Entered in the ledger."))
    except AlreadyDone as done:
        return redirect(done.led_to or ledger_of(studio))
    return redirect(receipt.led_to)


@PAGE
@login_required
def ledger_entry(request, pk, kind, entry):
    """One entry with its files; people of the unit change it here, others look."""
    studio = visible_studio(request, pk)
    found = visible_entry(request, studio, kind, entry)
    if request.method == "POST":
        return _change(request, studio, kind, found)
    kept = typed_text(request)
    form = form_for(studio, kind, as_query(kept) if kept else None, entry=found)
    seen = (kept or {}).get("seen", [services.seen_of(found)])[0]
    return _page(request, studio, kind, form, entry=found, seen=seen, restored=bool(kept))


def _change(request, studio, kind, entry):
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    form = form_for(studio, kind, request.POST, entry=entry)
    seen = request.POST.get("seen", "")
    context = {"entry": entry, "seen": seen}
    if form.is_valid():
        try:
            entry = services.change(entry, form.values(), actor=request.user, seen=seen)
            messages.success(request, _("Saved."))
            for _name, sentence in form.doubts():
                messages.warning(request, sentence)
            return redirect(ledger_of(studio, year_of(entry)))
        except NotPossible as problem:
            form.add_error(None, str(problem))
            context["entry"] = visible_entry(request, studio, kind, entry.pk)
        except services.StaleEntry as stale:
            context |= {"entry": stale.entry, "seen": services.seen_of(stale.entry)}
            context["differences"] = _differences(form, form_for(studio, kind, entry=stale.entry))
            return _page(request, studio, kind, form, status=409, **context)
    return _page(request, studio, kind, form, **context)


def _differences(mine, theirs):
    return [
        Difference(bound.label, shown(bound), shown(theirs[bound.name]))
        for bound in mine
        if shown(bound) != shown(theirs[bound.name])
    ]


def _page(request, studio, kind, form, *, entry=None, status=None, **context):
    writable = request.user.has_perm(CHANGE_STUDIO, studio) and not (entry and entry.removed_at)
    files = files_of_entry(studio, kind, entry) if entry and kind.slot else []
    context = {
        "studio": studio,
        "kind": kind,
        "entry": entry,
        "form": form,
        "writable": writable,
        "may_restore": bool(entry and entry.removed_at) and request.user.has_perm(CHANGE_STUDIO, studio),
        "doubts": [(form[name], sentence) for name, sentence in _doubts(form)],
        "names": team_names(studio) if kind.code == "mentorship" and writable else [],
        "slot": _slot(kind, entry, files, writable) if entry and kind.slot else None,
        "back": ledger_of(studio, year_of(entry) if entry else whole(request.GET.get("year", ""))),
        **context,
    }
    status = status or (422 if form.errors and request.method == "POST" else 200)
    return render(request, "ledger/entry.html", context, status=status)


def _doubts(form):
    """What deserves a second look; of a form that was sent and is wrong, only its errors are told."""
    return [] if form.is_bound and not form.is_valid() else form.doubts()


def _slot(kind, entry, files, writable):
    """The place for an entry's files."""
    return {
        "code": kind.slot,
        "key": kind.slot.replace(".", "-"),
        "label": SLOTS[kind.slot],
        "owner": kind.owner,
        "owner_id": entry.pk,
        "changeable": writable,
        "files": [file_shown(file, changeable=writable) for file in files],
    }


@require_POST
@login_required
def ledger_entry_remove(request, pk, kind, entry):
    """Take an entry out of the ledger; ``restore`` puts it back."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    found = visible_entry(request, studio, kind, entry)
    if "restore" in request.POST:
        services.restore(found, actor=request.user)
        messages.success(request, _("The entry is back in the ledger."))
    else:
        services.remove(found, actor=request.user)
        request.session["removed_entry"] = [kind.code, found.pk, str(found)]
    return redirect(ledger_of(studio, year_of(found)))
