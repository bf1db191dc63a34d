"""The panels of a studio's pages: live standing against a level, its applications, the three-year clock."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from reviews.checklist import live_lines, nowhere
from reviews.choices import State
from reviews.eligibility import open_round, standing
from reviews.life_panel import life_columns, life_panel
from reviews.models import Application
from reviews.offering import new_form_key
from reviews.queries_watch import clock_columns, facts_of
from reviews.review_page import section_urls
from reviews.timeline import STATE_LOOKS
from reviews.watch_words import FULL, Said, lines_of, undated, what_counts
from studios.models import Naming, NamingLevel
from studios.panels import DETAIL, FORM, register_panel
from studios.permissions import CHANGE_STUDIO, SUBMIT_APPLICATION


@dataclass
class Rung:
    """A level as the studio stands to it: held, on its way, open to apply for, or closed with a reason."""

    level: NamingLevel
    title: object = None
    application: object = None
    obstacle: str = ""


def ladder(studio, user=None):
    """A ``Rung`` for each level, lowest first."""
    levels = levels_of(studio)
    titles = {naming.level_id: naming for naming in titles_of(studio)}
    applications = Application.objects.filter(studio=studio).order_by("pk")
    applications = applications.visible_to(user) if user else applications
    newest = {application.level_id: application for application in applications}
    rungs = []
    for level in levels:
        rung = Rung(level, titles.get(level.pk), newest.get(level.pk))
        if rung.title is None and not (rung.application and rung.application.is_open):
            rung.obstacle = _obstacle(rung, titles)
        rungs.append(rung)
    return rungs


def titles_of(studio):
    """The live titles with what their clock needs; read once for the row in hand."""
    kept = studio.__dict__.get("_titles")
    if kept is None:
        today = timezone.localdate()
        kept = studio._titles = list(
            Naming.objects.filter(studio=studio)
            .on(today)
            .select_related("document", "level")
            .annotate(**clock_columns(studio.pk, today), **life_columns(studio.pk))
        )
    return kept


def _obstacle(rung, titles):
    """What keeps the studio from applying for this level at all; "" when nothing does."""
    requires = rung.level.requires
    if requires is not None and requires.pk not in titles:
        return _("First the studio must be named at the %(level)s.") % {"level": requires.label}
    if rung.application and rung.application.state == State.REJECTED_FINAL:
        call = open_round(rung.level)
        if call is None or call.pk == rung.application.round_id:
            return _("The studio was rejected for good in this round.")
    return ""


def levels_of(studio):
    """All levels, lowest first, as the studio stands to them; read once for the row in hand."""
    kept = studio.__dict__.get("_levels")
    if kept is None:
        here = {"studio": studio.pk, "level": OuterRef("pk")}
        kept = studio._levels = list(
            NamingLevel.objects.select_related("requires")
            .annotate(
                is_held=Exists(Naming.objects.filter(**here).on()),
                is_asked_for=Exists(Application.objects.filter(**here).open()),
            )
            .order_by("tier")
        )
    return kept


def next_level(studio):
    """The level aimed at: one on its way, else the lowest not held, else the highest."""
    levels = levels_of(studio)
    for level in levels:
        if level.is_asked_for:
            return level
    return next((level for level in levels if not level.is_held), levels[-1])


def standards_context(studio, user, *, level=None):
    """The standing of a studio against ``level``, by default the next one; with what each section lacks."""
    level = level or next_level(studio)
    found = standing(studio.pk, level)
    may_mend = user.has_perm(CHANGE_STUDIO, studio)
    lines = live_lines(found, section_urls(studio.pk) if may_mend else nowhere)
    missing = {}
    for line in lines:
        for lack in line.missing:
            missing[lack["section"]] = missing.get(lack["section"], 0) + 1
    verdicts = [line.machine for line in lines]
    return {
        "studio": studio,
        "level": level,
        "lines": lines,
        "met": sum(verdict in ("met", "judge") for verdict in verdicts),
        "total": len(lines),
        "blocking": [line for line in lines if line.blocks],
        "missing": missing,
    }


def standards_panel(request, studio):
    """The standing; nothing where no rules are in force."""
    return "reviews/_standards.html", standards_context(studio, request.user)


def applications_panel(request, studio):
    """The ladder with the button to apply for the next level."""
    rungs = ladder(studio, request.user)
    may_apply = request.user.has_perm(SUBMIT_APPLICATION, studio)
    rows = [
        {
            "rung": rung,
            "look": STATE_LOOKS.get(rung.application.state) if rung.application else None,
            "url": reverse("application_detail", args=[rung.application.pk]) if rung.application else "",
            "may_apply": may_apply
            and rung.title is None
            and not rung.obstacle
            and not (rung.application and rung.application.is_open),
        }
        for rung in rungs
    ]
    return "reviews/_studio_applications.html", {"rows": rows, "form_key": new_form_key()}


def watch_panel(request, studio):
    """How long the studio's titles still have without a new result; nothing without a title or a rule."""
    today = timezone.localdate()
    facts = facts_of(titles_of(studio))
    if facts is None or facts.clock is None:
        return None
    lines, last = lines_of(facts, today)
    flag = None
    if facts.flagged_at:
        code = "flagged" if any(line.standing.code == FULL for line in lines) else "flag_goes"
        flag = Said(code, {"raised": timezone.localdate(facts.flagged_at)})
    return "reviews/_studio_watch.html", {
        "lines": lines,
        "last": last,
        "flag": flag,
        "undated": undated(facts),
        "what_counts": what_counts(facts.clock),
    }


def register():
    """Enter the panels; called once when the app is ready."""
    register_panel("standards", standards_panel, places=(FORM, DETAIL), order=10)
    register_panel("applications", applications_panel, places=(DETAIL,), order=20)
    register_panel("watch", watch_panel, places=(DETAIL,), order=30)
    register_panel("life", life_panel(titles_of), places=(DETAIL,), order=40)
