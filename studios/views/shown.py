"""Rows as the shared components take them: files, slots, sections, panels."""

from collections import Counter
from dataclasses import dataclass

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.files.refusals import sentence
from studios.choices import SLOTS, FileState, Section
from studios.permissions import CHANGE_STUDIO
from studios.queries.files import OF_ACHIEVEMENT
from studios.queries.progress import saved_sections
from studios.services.evidence import why_slot_closed

PHOTO_SLOT = "venue.photo"


def file_shown(file, *, changeable=False):
    """An uploaded file as {% file_row %} and {% file_link %} take it."""
    ready = file.state == FileState.READY
    detail = ""
    if ready and file.pages:
        detail = ngettext("%(n)d page", "%(n)d pages", file.pages) % {"n": file.pages}
    elif ready and file.width:
        detail = f"{file.width} × {file.height}"
    return {
        "id": file.pk,
        "name": file.name,
        "size": file.size,
        "media_type": file.media_type,
        "state": str(file.state),
        "detail": detail,
        "reason": sentence(file.problem["code"], file.problem["values"]) if file.problem else "",
        "url": reverse("file_show", args=[file.pk]) if ready else "",
        "thumb_url": reverse("file_thumb", args=[file.pk]) if ready and file.thumb else "",
        "preview_url": reverse("file_preview", args=[file.pk]) if ready and file.preview else "",
        "poll_url": reverse("file_status", args=[file.pk]),
        "remove_url": reverse("file_remove", args=[file.pk]) if changeable else "",
    }


def file_row_html(request, file, *, changeable):
    """One row of an upload list."""
    shown = file_shown(file, changeable=changeable)
    return render_to_string("studios/_file_row.html", {"file": shown}, request)


@dataclass(frozen=True)
class Slot:
    """A place for files on a page; ``key`` is unique on it."""

    code: str
    label: str
    files: list
    changeable: bool
    achievement: int | None = None

    @property
    def key(self):
        return f"{self.code.replace('.', '-')}-{self.achievement or 0}"

    @property
    def input_id(self):
        return f"file-{self.key}"


def slots_shown(request, studio, codes, files, *, achievement=None):
    """The slots of ``codes`` with their files (of ``queries.files.files_of``)."""
    may = request.user.has_perm(CHANGE_STUDIO, studio)
    shown = []
    for code in codes:
        owner = achievement.pk if achievement is not None and code in OF_ACHIEVEMENT else None
        changeable = may and not why_slot_closed(studio, code)
        here = [file_shown(file, changeable=changeable) for file in files.get((code, owner), ())]
        shown.append(Slot(code, SLOTS[code], here, changeable, owner))
    return shown


def sections_shown(studio, current, panels, files):
    """The list of sections as {% form_nav %} takes it: what is done, where something is missing."""
    missing = Counter()
    for panel in panels:
        missing.update(panel.missing or {})
    told = any(panel.missing is not None for panel in panels)
    parts = saved_sections(studio)
    return [
        _section_shown(studio, section, section == current, missing[section], told, parts, files)
        for section in Section
    ]


def _section_shown(studio, section, is_current, missing, told, parts, files):
    version, unfinished = parts.get(section, (0, False))
    if unfinished:
        note = _("unfinished")
    elif missing:
        note = ngettext("%(n)d missing", "%(n)d missing", missing) % {"n": missing}
    else:
        note = ""
    if section == Section.EVIDENCE:
        done = bool(files)
    else:
        done = told or version > 0
    state = "done" if done and not note else "todo"
    return {
        "label": section.label,
        "url": reverse("studio_section", args=[studio.pk, section]),
        "state": "now" if is_current else state,
        "complete": state == "done",
        "note": note,
        "section": section,
    }
