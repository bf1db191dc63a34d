"""How far the form of a studio has come: its parts and its files, read together with the studio."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject

from studios.choices import LEDGER_SLOTS
from studios.models import Evidence, Member, StudioSection

FILE_COLUMNS = (
    "id",
    "slot",
    "achievement_id",
    "name",
    "size",
    "media_type",
    "state",
    "problem",
    "thumb",
    "preview",
    "width",
    "height",
    "pages",
)
PART_COLUMNS = ("section", "achievement_id", "version", "typed")


def with_form(studios):
    """Studios that bring along ``parts_json`` and ``files_json``: what every page of the form needs."""
    files = Evidence.objects.filter(studio=OuterRef("pk")).on_form()
    files = files.exclude(slot__in=list(LEDGER_SLOTS)).order_by("pk")
    parts = StudioSection.objects.filter(studio=OuterRef("pk")).order_by("pk")
    return studios.annotate(
        files_json=_rows(files, FILE_COLUMNS),
        parts_json=_rows(parts, PART_COLUMNS),
    )


def with_team_names(studios):
    """Studios that bring along ``team_names``: those in the team now, in their order."""
    team = Member.objects.on().filter(studio=OuterRef("pk")).order_by("order", "pk")
    return studios.annotate(team_names=ArraySubquery(team.values("person__name")))


def _rows(queryset, columns):
    return ArraySubquery(queryset.values(row=JSONObject(**{name: F(name) for name in columns})))


def part_of(studio, section, achievement=None):
    """A part as the studio brought it along; an unsaved row when nothing was saved yet."""
    wanted = achievement.pk if achievement is not None else None
    for row in studio.parts_json:
        if (row["section"], row["achievement_id"]) == (section, wanted):
            return StudioSection(**row)
    return StudioSection(section=section, achievement=achievement)


def saved_sections(studio):
    """{section: (how often saved, whether something typed is not taken yet)}."""
    found = {}
    for row in studio.parts_json:
        times, unfinished = found.get(row["section"], (0, False))
        found[row["section"]] = (times + row["version"], unfinished or row["typed"] is not None)
    return found
