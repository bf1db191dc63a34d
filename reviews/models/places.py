"""Where a case stands and who is above its unit: what the engine asks of the things it moves."""

from studios.choices import Tier


class Stands:
    """For rows that carry their ancestors. ``tier`` is the tier at which the case is decided or stands."""

    def union_at_tier_id(self):
        """The id of the union at ``tier``, or None."""
        columns = {
            Tier.BASE: self.union_id,
            Tier.COUNTY: self.county_id,
            Tier.CITY: self.city_id,
            Tier.PROVINCE: self.province_id,
        }
        return columns.get(self.tier)

    def supervisor(self):
        """``(tier, union id)`` of the union right above the unit: its county, or the city without one."""
        if self.county_id:
            return Tier.COUNTY, self.county_id
        return Tier.CITY, self.city_id

    def top_office(self):
        """``(tier, union id)`` of the city; of the county where no city is above."""
        if self.city_id:
            return Tier.CITY, self.city_id
        return Tier.COUNTY, self.county_id


def supervisor_of(row):
    """``(tier, union id)`` of the union right above the unit, of any row that carries its ancestors."""
    own = getattr(row, "supervisor", None)
    return own() if own is not None else Stands.supervisor(row)
