"""The list of studios, registering one, its overview, its results, its leader."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from portal.accounts.middleware import typed_text
from portal.accounts.services import AlreadyDone, once
from studios.choices import Section, Tier
from studios.forms.ledger import NewAchievementForm
from studios.forms.lists import StudioFilter
from studios.forms.parts import as_query
from studios.forms.studio import NewStudioForm
from studios.forms.team import ChangeLeaderForm
from studios.models import Achievement, Studio, Union
from studios.paging import page_of
from studios.panels import DETAIL, panels_for
from studios.permissions import CHANGE_STUDIO, unions_where
from studios.queries.contents import current_leader, current_members
from studios.queries.files import files_of
from studios.queries.lists import counties_below, for_list, level_names, matching, with_overview
from studios.queries.progress import with_form
from studios.services import studios as services
from studios.services.people import NotPossible
from studios.services.sections import Closed, why_closed
from studios.views.shown import file_shown, sections_shown
from studios.views.visible import visible_achievement, visible_studio

FORM = require_http_methods(["GET", "HEAD", "POST"])


def own_unions(user):
    """The base unions whose studios a person may change: usually one."""
    pks = [pk for tier, pk in unions_where(user, CHANGE_STUDIO) if tier == Tier.BASE]
    return list(Union.objects.filter(pk__in=pks).select_related("unit").order_by("pk")) if pks else []


@require_GET
@login_required
def studio_list(request):
    """Every studio one may see, newest change first."""
    levels = level_names()
    counties = counties_below(request.user)
    form = StudioFilter(request.GET, levels=levels, unions=counties)
    studios = matching(Studio.objects.visible_to(request.user), **form.values())
    page = page_of(for_list(studios), request.GET)
    for studio in page.rows:
        studio.level_name = levels.get(studio.top_tier, "")
    context = {
        "page": page,
        "form": form,
        "may_register": any(tier == Tier.BASE for tier, _pk in unions_where(request.user, CHANGE_STUDIO)),
        "shows_county": bool(counties),
    }
    return render(request, "studios/studio_list.html", context)


@FORM
@login_required
def studio_new(request):
    """Register a studio of one's own unit, then go on to its first section."""
    unions = own_unions(request.user)
    if not unions:
        raise PermissionDenied
    union = next((u for u in unions if str(u.pk) == request.POST.get("union", "")), unions[0])
    if request.method == "POST":
        form = NewStudioForm(request.POST)
        if form.is_valid():
            try:
                with once(request.POST.get("once"), user=request.user) as receipt:
                    studio = services.register(union, actor=request.user, **form.cleaned_data)
                    receipt.led_to = reverse("studio_section", args=[studio.pk, Section.STUDIO])
                return redirect(receipt.led_to)
            except AlreadyDone as done:
                return redirect(done.led_to or "studio_list")
            except NotPossible as problem:
                form.add_error("short_name", str(problem))
    else:
        kept = typed_text(request)
        form = NewStudioForm(as_query(kept) if kept else None)
    context = {
        "form": form,
        "unions": unions,
        "union": union,
        "once": request.POST.get("once") or uuid.uuid4(),
    }
    return render(request, "studios/studio_new.html", context, status=422 if form.errors else 200)


@require_GET
@login_required
def studio_detail(request, pk):
    """The overview: standards, titles, people, sections and applications."""
    studio = visible_studio(request, pk, bring=[with_form, with_overview])
    panels = panels_for(DETAIL, request, studio)
    files = files_of(studio)
    photos = [file_shown(file) for file in files.get(("venue.photo", None), ()) if file.preview]
    context = {
        "studio": studio,
        "panels": panels,
        "sections": sections_shown(studio, "", panels, files),
        "photos": photos[:4],
        "writable": request.user.has_perm(CHANGE_STUDIO, studio),
        "facts": facts_of(studio),
    }
    return render(request, "studios/studio_detail.html", context)


def facts_of(studio):
    """(label, value) of what stands on the overview."""
    return [
        (_("Full name"), studio.official_name),
        (_("Kind"), studio.get_kind_display()),
        (_("Founded in"), studio.founded_on),
        (_("Field of work"), studio.specialty),
        (_("Place"), studio.address),
        (_("Area"), f"{studio.area_sqm.normalize():f} m²" if studio.area_sqm else ""),
        (_("Contact"), " ".join(filter(None, (studio.contact_name, studio.contact_phone)))),
    ]


@FORM
@login_required
def achievement_new(request, pk):
    """Name a new result, then go on to its page."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    back = reverse("studio_section", args=[studio.pk, Section.ACHIEVEMENTS])
    if request.method != "POST":
        return redirect(back)
    form = NewAchievementForm(request.POST)
    if form.is_valid():
        try:
            with once(request.POST.get("once"), user=request.user) as receipt:
                made = services.add_achievement(studio, actor=request.user, **form.cleaned_data)
                receipt.led_to = reverse("achievement_edit", args=[studio.pk, made.pk])
            return redirect(receipt.led_to)
        except AlreadyDone as done:
            return redirect(done.led_to or back)
        except Closed as closed:
            messages.error(request, str(closed))
            return redirect(back)
    context = {"studio": studio, "form": form, "once": request.POST.get("once") or uuid.uuid4()}
    return render(request, "studios/achievement_new.html", context, status=422)


@require_POST
@login_required
def achievement_remove(request, pk, achievement):
    """Take a result off the form; ``restore`` puts it back."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    restore = "restore" in request.POST
    try:
        if restore:
            rows = Achievement.objects.visible_to(request.user).filter(studio=studio)
            services.restore_achievement(get_object_or_404(rows, pk=achievement), actor=request.user)
            messages.success(request, _("The achievement is back with its files."))
        else:
            found = visible_achievement(request, studio, achievement)
            services.remove_achievement(found, actor=request.user)
            request.session["removed_achievement"] = [found.pk, found.title]
    except Closed as closed:
        messages.error(request, str(closed))
    return redirect("studio_section", studio.pk, Section.ACHIEVEMENTS)


@FORM
@login_required
def leader_change(request, pk):
    """Another leader from a day on, as an act of its own."""
    studio = visible_studio(request, pk)
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    if studio.top_tier >= Tier.COUNTY:  # who leads a named studio changes by a request (reviews)
        return redirect("change_new", studio.pk, "leader")
    members = list(current_members(studio))
    kept = typed_text(request) if request.method != "POST" else None
    data = request.POST if request.method == "POST" else as_query(kept) if kept else None
    form = ChangeLeaderForm(data, members=members)
    if request.method == "POST" and form.is_valid():
        try:
            return _change_leader(request, studio, form.cleaned_data, members)
        except (NotPossible, Closed) as problem:
            form.add_error(None, str(problem))
    context = {
        "studio": studio,
        "form": form,
        "leader": current_leader(studio),
        "closed": why_closed(studio, Section.LEADER),
        "once": request.POST.get("once") or uuid.uuid4(),
    }
    return render(request, "studios/leader_change.html", context, status=422 if form.errors else 200)


def _change_leader(request, studio, clean, members):
    back = reverse("studio_section", args=[studio.pk, Section.LEADER])
    member = next((m for m in members if m.pk == clean["member"]), None)
    person = {"name": clean["name"], "birth_month": clean["birth_month"]}
    try:
        with once(request.POST.get("once"), user=request.user) as receipt:
            services.change_leader(
                studio,
                actor=request.user,
                since=clean["since"],
                member=member,
                person=person,
                old_stays=clean["old_stays"],
            )
            receipt.led_to = back
        messages.success(request, _("The leader has been changed."))
    except AlreadyDone:
        pass
    return redirect(back)
