"""What a check depends on besides the dossier: the level aimed at and the day."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Context:
    """``on`` is the day of applying, in the unions' time zone; ``requires_level`` "" when none need be held.

    ``requires_tier`` is the tier of that level, one below this when not given; ``county_id`` the
    county-tier union the application goes through, the unit's own when not given.
    """

    level_code: str
    level_tier: int
    requires_level: str
    on: date
    requires_tier: int | None = None
    county_id: int | None = None
