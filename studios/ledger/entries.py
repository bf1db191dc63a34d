"""The kinds of entries that the ledger itself keeps: model, fields, date and slot of each."""

from dataclasses import dataclass

from studios.models import Activity, EquipmentItem, MediaReport, Mentorship, Reward


@dataclass(frozen=True)
class EntryKind:
    """A kind of entry.

    ``title`` and ``dated`` name the fields of its line and its date. ``slot`` is where its files go;
    with an ``owner`` (a column of ``Evidence``) they hang on the entry, else on the studio.
    """

    code: str
    model: type
    fields: tuple
    title: str
    dated: str
    slot: str = ""
    owner: str = ""

    @property
    def label(self):
        """What one entry is called."""
        return self.model._meta.verbose_name

    @property
    def label_of_many(self):
        """What several entries are called."""
        return self.model._meta.verbose_name_plural


KINDS = {
    kind.code: kind
    for kind in (
        EntryKind(
            "activity",
            Activity,
            ("title", "kind", "held_on", "sessions", "people", "place", "note"),
            title="title",
            dated="held_on",
            slot="activity.photo",
            owner="activity",
        ),
        EntryKind(
            "mentorship",
            Mentorship,
            (
                "master_name",
                "apprentice_name",
                "apprentice_unit",
                "trade",
                "since",
                "until",
                "agreement_number",
                "goals",
                "level_before",
                "level_after",
                "outcome",
                "outcome_on",
            ),
            title="apprentice_name",
            dated="since",
            slot="mentorship.agreement",
            owner="mentorship",
        ),
        EntryKind(
            "equipment",
            EquipmentItem,
            ("name", "model", "quantity", "value", "acquired_on"),
            title="name",
            dated="acquired_on",
        ),
        EntryKind(
            "media",
            MediaReport,
            ("title", "outlet", "rank", "published_on", "url"),
            title="title",
            dated="published_on",
            slot="media.copy",
        ),
        EntryKind(
            "reward",
            Reward,
            ("name", "achievement_id", "amount", "paid_on", "basis", "document_number"),
            title="name",
            dated="paid_on",
            slot="reward.proof",
        ),
    )
}
KIND_OF = {kind.model: kind for kind in KINDS.values()}


def kind_of(entry):
    """The kind of an entry."""
    return KIND_OF[type(entry)]


def year_of(entry):
    """The year in which an entry stands, or None when it has no date yet."""
    value = getattr(entry, kind_of(entry).dated)
    return int(str(value)[:4]) if value else None
