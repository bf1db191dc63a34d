"""The page of a unit, and changing its data."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.middleware import typed_text
from studios.forms.conflicts import Difference, shown
from studios.forms.parts import as_query
from studios.forms.unit import UnitForm, doubts_of_unit
from studios.models import Studio
from studios.permissions import CHANGE_STUDIO
from studios.queries.lists import for_list, level_names
from studios.services.studios import StaleUnit, digest_of, save_unit
from studios.views.visible import visible_unit

COLUMNS = tuple(f"{name}_id" if name in ("ownership", "industry") else name for name in UnitForm.Meta.fields)


@require_GET
@login_required
def unit_detail(request, pk):
    """The unit, its union above, its studios."""
    unit = visible_unit(request, pk)
    levels = level_names()
    studios = list(for_list(Studio.objects.visible_to(request.user).filter(union=unit.union_id))[:50])
    for studio in studios:
        studio.level_name = levels.get(studio.top_tier, "")
    context = {
        "unit": unit,
        "studios": studios,
        "writable": request.user.has_perm(CHANGE_STUDIO, unit),
        "doubts": doubts_of_unit(unit),
        "facts": [
            (unit._meta.get_field(name).verbose_name, getattr(unit, name)) for name in UnitForm.Meta.fields
        ],
    }
    return render(request, "studios/unit_detail.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def unit_edit(request, pk):
    """Change the data of one's own unit."""
    unit = visible_unit(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, unit):
        raise PermissionDenied
    differences = []
    seen = request.POST.get("seen") or digest_of(unit, COLUMNS)
    if request.method == "POST":
        form = UnitForm(request.POST, instance=unit)
        if form.is_valid():
            try:
                unit = save_unit(unit, form.values(), actor=request.user, seen=seen)
                messages.success(request, _("Saved."))
                return redirect("unit_detail", unit.pk)
            except StaleUnit as stale:
                now = UnitForm(instance=stale.unit)
                differences = [
                    Difference(bound.label, shown(bound), shown(now[bound.name]))
                    for bound in form
                    if shown(bound) != shown(now[bound.name])
                ]
                seen = digest_of(stale.unit, COLUMNS)
    else:
        kept = typed_text(request)
        form = UnitForm(as_query(kept) if kept else None, instance=unit)
    status = 409 if differences else 422 if form.errors else 200
    context = {"unit": unit, "form": form, "seen": seen, "differences": differences}
    return render(request, "studios/unit_edit.html", context, status=status)
