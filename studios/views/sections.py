"""The sections of the registration form: shown, saved by themselves or by the button, compared."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods

from portal.accounts.middleware import typed_text
from studios.choices import Section
from studios.forms.conflicts import side_by_side
from studios.forms.ledger import NewAchievementForm
from studios.forms.parts import as_query
from studios.forms.sections import PARTS
from studios.panels import FORM, panels_for
from studios.permissions import CHANGE_STUDIO
from studios.queries.contents import content_of
from studios.queries.files import CLAUSES, SLOTS_OF, files_of
from studios.queries.progress import part_of, with_form, with_team_names
from studios.queries.results import results_of
from studios.services.people import NotPossible
from studios.services.sections import Closed, Stale, save, why_closed
from studios.validators import whole
from studios.views.shown import sections_shown, slots_shown
from studios.views.visible import visible_achievement, visible_studio

AUTOSAVE = "autosave"
PAGE_METHODS = require_http_methods(["GET", "HEAD", "POST"])


@PAGE_METHODS
@login_required
def studio_section(request, pk, section):
    """One section; the section of achievements is a list of parts, that of evidence has files only."""
    studio = visible_studio(request, pk, bring=[with_form])
    if section == Section.ACHIEVEMENTS:
        return _achievements(request, studio)
    if section == Section.EVIDENCE:
        return _evidence(request, studio)
    return part_page(request, studio, Section(section))


@PAGE_METHODS
@login_required
def achievement_edit(request, pk, achievement):
    """One achievement, a part of its own."""
    studio = visible_studio(request, pk, bring=[with_form, with_team_names])
    found = visible_achievement(request, studio, achievement)
    return part_page(request, studio, Section.ACHIEVEMENTS, found)


def part_page(request, studio, section, achievement=None):
    """Show one part of the form, or save it."""
    if request.method == "POST":
        return _save_part(request, studio, section, achievement)
    stored = part_of(studio, section, achievement)
    content = content_of(studio, section, achievement)
    part_class = PARTS[section]
    context = {"version": stored.version}
    if not is_open(request, studio, section):
        part = part_class(studio, content)
    elif kept := typed_text(request):
        part = part_class(studio, content, as_query(kept))
        context = {"restored": True, "version": (kept.get("version") or [stored.version])[0]}
    elif stored.typed is not None:
        part = part_class(studio, content, as_query(stored.typed))
        context["continued"] = True
    else:
        part = part_class(studio, content)
    return _render_part(request, studio, section, part, achievement, context)


def is_open(request, studio, section):
    """Whether this person may change the section now."""
    return request.user.has_perm(CHANGE_STUDIO, studio) and not why_closed(studio, section)


def _save_part(request, studio, section, achievement):
    if not request.user.has_perm(CHANGE_STUDIO, studio):
        raise PermissionDenied
    data = request.POST
    part = PARTS[section](studio, content_of(studio, section, achievement), data)
    context = {"version": data.get("version", "0"), "page": data.get("page", "")}
    autosave = request.headers.get("X-Requested-With") == AUTOSAVE
    if part.edited and not autosave:
        return _render_part(request, studio, section, part, achievement, context)
    try:
        saved = save(
            studio,
            section,
            part.sent(),
            actor=request.user,
            version=whole(context["version"], -1),
            page=data.get("page", "")[:36],
            achievement=achievement,
        )
    except Stale as stale:
        return _conflict(request, studio, section, part, achievement, stale.part, autosave)
    except (Closed, NotPossible) as problem:
        status = 423 if isinstance(problem, Closed) else 422
        if autosave:
            return JsonResponse(_refusal(part, problem, status), status=status)
        context["refused"] = str(problem)
        return _render_part(request, studio, section, part, achievement, context, status=status)
    studio = visible_studio(request, studio.pk, bring=[with_form])
    if autosave:
        return _autosaved(request, studio, section, part, achievement, saved)
    return _saved(request, studio, section, part, achievement, saved)


def _refusal(part, problem, status):
    """The answer to autosave.js when nothing was kept: it stops for good, or waits for a change."""
    if status == 423:
        return {"error": str(problem)}
    name = next((form.add_prefix("since") for form in part.forms() if "since" in form.fields), "")
    return {"errors": {name: [str(problem)]}}


def _autosaved(request, studio, section, part, achievement, saved):
    """The answer to autosave.js: errors by field, new ids, and the places that follow the typing."""
    panels = panels_for(FORM, request, studio)
    sections = sections_shown(studio, section, panels, files_of(studio))
    fragments = {f"#panel-{panel.name}": panel.html for panel in panels}
    fragments["#form-nav"] = render_to_string("studios/_form_nav.html", {"sections": sections}, request)
    fragments["#part-notes"] = render_to_string("studios/_part_notes.html", {"part": part}, request)
    if "kind_id" in saved.changed:  # another kind asks for other things
        form = {"form": part.main}
        fragments["#kind-fields"] = render_to_string("studios/sections/_kind_fields.html", form, request)
    errors = part.errors(unfinished=False)
    answer = {
        "saved_at": saved.saved_at.isoformat(),
        "version": saved.version,
        "rows": saved.ids,
        "errors": errors,
        "fragments": fragments,
    }
    return JsonResponse(answer, status=422 if errors else 200)


def _saved(request, studio, section, part, achievement, saved):
    """The answer to the button: on to where it leads, or the page again with everything that was typed."""
    if not part.is_right():
        context = {"version": saved.version, "complain": True}
        return _render_part(request, studio, section, part, achievement, context, status=422)
    messages.success(request, _("Saved."))
    return redirect(_where_next(request, studio, section, achievement))


def _where_next(request, studio, section, achievement):
    if request.POST.get("then") != "next":
        return request.path
    if achievement is not None:
        return reverse("studio_section", args=[studio.pk, Section.ACHIEVEMENTS])
    return reverse("studio_section", args=[studio.pk, following(section)])


def following(section):
    """The section after this one; after the last one, the last."""
    order = list(Section)
    return order[min(order.index(section) + 1, len(order) - 1)]


def _render_part(request, studio, section, part, achievement, context, status=200):
    files = files_of(studio)
    panels = panels_for(FORM, request, studio)
    may = request.user.has_perm(CHANGE_STUDIO, studio)
    closed = why_closed(studio, section)
    context = {
        "studio": studio,
        "section": section,
        "part": part,
        "achievement": achievement,
        "page": str(uuid.uuid4()),
        "panels": panels,
        "sections": sections_shown(studio, section, panels, files),
        "slots": slots_shown(request, studio, SLOTS_OF[section], files, achievement=achievement),
        "writable": may and not closed,
        "closed": closed if may else "",
        **context,
    }
    return render(request, "studios/part.html", context, status=status)


ROW_TITLES = {
    "honours": gettext_lazy("Honour"),
    "members": gettext_lazy("Member"),
    "funds": gettext_lazy("Fund"),
    "projects": gettext_lazy("Project"),
    "recognitions": gettext_lazy("Recognition"),
    "conversions": gettext_lazy("Use"),
    "shares": gettext_lazy("Share"),
}


def _conflict(request, studio, section, part, achievement, stored, autosave):
    """Both versions side by side; nothing was overwritten."""
    studio = visible_studio(request, studio.pk, bring=[with_form])
    now = PARTS[section](studio, content_of(studio, section, achievement))
    context = {
        "studio": studio,
        "section": section,
        "achievement": achievement,
        "stored": stored,
        "differences": side_by_side(part, now, ROW_TITLES),
        "typed": [(name, value) for name, values in part.typed().items() for value in values],
        "action": request.path,
    }
    if autosave:
        html = render_to_string("studios/_conflict.html", context, request)
        return JsonResponse({"conflict": html}, status=409)
    return render(request, "studios/conflict.html", context, status=409)


@require_GET
def _list_page(request, studio, section, template, context):
    files = files_of(studio)
    panels = panels_for(FORM, request, studio)
    context = {
        "studio": studio,
        "section": section,
        "panels": panels,
        "sections": sections_shown(studio, section, panels, files),
        "writable": is_open(request, studio, section),
        "closed": why_closed(studio, section) if request.user.has_perm(CHANGE_STUDIO, studio) else "",
        **context(files),
    }
    return render(request, template, context)


def _achievements(request, studio):
    def context(files):
        results = results_of(studio)
        for result in results:
            result.file_count = sum(
                len(files.get((slot, result.pk), ())) for slot in SLOTS_OF["achievements"]
            )
        removed = request.session.pop("removed_achievement", None)
        return {"results": results, "form": NewAchievementForm(), "once": uuid.uuid4(), "removed": removed}

    return _list_page(request, studio, Section.ACHIEVEMENTS, "studios/achievements.html", context)


def _evidence(request, studio):
    def context(files):
        groups = [
            {"clause": clause, "title": title, "slots": slots_shown(request, studio, slots, files)}
            for clause, title, slots in CLAUSES
        ]
        results = results_of(studio)
        for result in results:
            result.file_count = sum(
                len(files.get((slot, result.pk), ())) for slot in SLOTS_OF["achievements"]
            )
        return {"groups": groups, "results": results}

    return _list_page(request, studio, Section.EVIDENCE, "studios/evidence.html", context)
