"""The kinds of change: what each asks for, what proves it, and which tier decides it. Declarations only."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from reviews.choices import ChangeKind
from reviews.models.change import OF_THE_UNIT
from studios.choices import EndReason, Tier

K = ChangeKind
LONGEST_AHEAD = 60  # days that a change may be asked for in advance
LONGEST_BACK = 730  # days that it may lie back
PROOF = "change.proof"


@dataclass(frozen=True)
class Kind:
    """One kind. ``says``: in plain words when to choose it. ``wanted``: what the request holds beyond day
    and reason. ``always_decided``: also without a title of a county, else the unit then does it itself.
    ``ends``: why titles end after it, by the procedure for losing a title."""

    code: str
    says: str
    proof: str
    wanted: tuple = ()
    needs_proof: bool = False
    always_decided: bool = True
    by_city: bool = False
    ends: str = ""

    @property
    def label(self):
        """Its name."""
        return K(self.code).label

    @property
    def of_unit(self):
        """Whether it concerns the unit with all its studios."""
        return self.code in OF_THE_UNIT


KINDS = {
    kind.code: kind
    for kind in (
        Kind(
            K.LEADER,
            _("Another person leads the studio: retirement, transfer, a new post."),
            _("The paper that appoints the new leader"),
            ("member", "person", "name", "old_stays"),
            needs_proof=True,
            always_decided=False,
        ),
        Kind(
            K.RENAME,
            _("The studio itself is called something else, for example after a new leader."),
            _("The unit's decision on the new name"),
            ("short_name", "official_name"),
            always_decided=False,
        ),
        Kind(
            K.SUSPEND,
            _("The studio rests for a while: rebuilding, a long project elsewhere, no leader yet."),
            _("The unit's decision"),
            always_decided=False,
        ),
        Kind(
            K.RESUME,
            _("A studio that rested works again."),
            _("The unit's decision"),
            always_decided=False,
        ),
        Kind(
            K.MERGE,
            _("The studio becomes part of another one; its own titles end."),
            _("The unit's decision on the merger"),
            ("into", "into_name"),
            needs_proof=True,
            ends=EndReason.MERGED,
        ),
        Kind(
            K.END,
            _("The unit gives the studio up; its titles end."),
            _("The unit's application"),
            needs_proof=True,
            ends=EndReason.VOLUNTARY,
        ),
        Kind(
            K.UNIT_RENAME,
            _("The unit's name was changed in the register."),
            _("The notice of change of the register"),
            ("name",),
            needs_proof=True,
            by_city=True,
        ),
        Kind(
            K.UNIT_MOVE,
            _("The unit's union now belongs to another county, industrial or zone union."),
            _("The paper on the new affiliation"),
            ("parent", "parent_name"),
            needs_proof=True,
            by_city=True,
        ),
        Kind(
            K.UNIT_CLOSE,
            _("The unit is wound up, bankrupt or has left the city; the titles of its studios end."),
            _("The notice of deregistration or a court's decision"),
            needs_proof=True,
            by_city=True,
            ends=EndReason.UNIT_CLOSED,
        ),
    )
}
OF_STUDIOS = tuple(kind for kind in KINDS.values() if not kind.of_unit)
OF_UNITS = tuple(kind for kind in KINDS.values() if kind.of_unit)


def tiers_above(thing):
    """The tiers at which a union reviews for this unit, lowest first; ``thing`` carries its ancestors."""
    held = ((Tier.COUNTY, thing.county_id), (Tier.CITY, thing.city_id))
    return [tier for tier, union in held if union]


def last_tier(kind, thing, top_tier=0):
    """The tier that decides: the city for what concerns the whole unit, else that of the highest live title.

    ``top_tier`` is the tier of that title; without one of the county or above the lowest office decides.
    """
    tiers = tiers_above(thing)
    if kind.by_city:
        return tiers[-1]
    return next((tier for tier in tiers if tier >= top_tier), tiers[-1])


def needs_request(kind, top_tier):
    """Whether somebody above has to agree; else the unit does it itself."""
    return kind.always_decided or top_tier >= Tier.COUNTY
