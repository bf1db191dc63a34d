"""Uploaded files of a studio, by the slot they are evidence for."""

from django.utils.translation import gettext_lazy as _

from studios.choices import Item, Section
from studios.models import Evidence

ITEM_SLOTS = {
    group: tuple(code for code in Item.values if code.startswith(f"{group}."))
    for group in ("signage", "equipment", "system")
}
SLOTS_OF = {
    Section.STUDIO: ("venue.photo", *ITEM_SLOTS["signage"]),
    Section.LEADER: ("leader.honour", "leader.skilled"),
    Section.TEAM: ("team.roster",),
    Section.EQUIPMENT: (*ITEM_SLOTS["equipment"], *ITEM_SLOTS["system"]),
    Section.FUNDS: ("fund.proof",),
    Section.PROJECTS: (),
    Section.ACHIEVEMENTS: ("achievement.proof", "benefit.proof"),
    Section.EVIDENCE: ("other",),
}
SECTION_OF = {slot: section for section, slots in SLOTS_OF.items() for slot in slots}
OF_ACHIEVEMENT = frozenset(SLOTS_OF[Section.ACHIEVEMENTS])
CLAUSES = (  # clause, title, slots: the groups of the evidence page
    ("二.1", _("The leader"), SLOTS_OF[Section.LEADER]),
    ("二.2", _("The team"), SLOTS_OF[Section.TEAM]),
    ("二.3", _("Venue and signs"), SLOTS_OF[Section.STUDIO]),
    ("二.4", _("Equipment"), ITEM_SLOTS["equipment"]),
    ("二.5", _("Systems"), ITEM_SLOTS["system"]),
    ("二.6", _("Funds"), SLOTS_OF[Section.FUNDS]),
    ("", _("Other evidence"), SLOTS_OF[Section.EVIDENCE]),
)


def files_of(studio):
    """{(slot, achievement id or None): [Evidence]} of the files on the form.

    A studio read by ``progress.with_form`` brings them along; else one query.
    """
    files = brought_files(studio)
    if files is None:
        files = Evidence.objects.filter(studio=studio).on_form().order_by("pk")
    found = {}
    for file in files:
        found.setdefault((file.slot, file.achievement_id), []).append(file)
    return found


def brought_files(studio):
    """The files that came with the studio, or None."""
    rows = getattr(studio, "files_json", None)
    return None if rows is None else [Evidence(**row) for row in rows]


def same_elsewhere(evidence, reader):
    """Other studios that hold the very same file: (how many, those that ``reader`` may see).

    By the hash of the file as it was sent; the studios that the reader may not see are only counted.
    """
    twins = Evidence.objects.filter(sha256=evidence.sha256).on_form().exclude(studio=evidence.studio_id)
    total = twins.values("studio").distinct().count()
    seen = {}
    for twin in twins.visible_to(reader).select_related("studio"):
        seen.setdefault(twin.studio_id, twin.studio)
    return total, list(seen.values())
