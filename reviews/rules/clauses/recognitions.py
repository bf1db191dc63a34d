"""How and when a result was recognised: by a body at city level or above, or by a granted patent."""

from dataclasses import dataclass

from reviews.rules.reading import moment
from studios.numbers import PatentNumber, parse_patent
from studios.partial_dates import PartialDate


@dataclass(frozen=True)
class Recognised:
    """One recognition of one result, high enough to count. ``when`` is None while the date is not given."""

    achievement: dict
    how: str  # kind of the recognition, or "patent"
    name: str
    rank: int | None
    when: PartialDate | None

    def in_brief(self):
        return {
            "title": self.achievement["title"],
            "how": self.how,
            "name": self.name,
            "rank": self.rank,
            "date": str(self.when or ""),
        }


def recognised(achievement, params):
    """What counts for a result: recognitions of ``kinds`` ranked ``max_rank`` or higher, and its grant."""
    counting = [
        Recognised(achievement, row["kind"], row["name"], row["rank"], moment(row["granted_on"]))
        for row in achievement["recognitions"]
        if row["kind"] in params["kinds"] and high_enough(row, params)
    ]
    if params["granted_patent_counts"] and is_granted(achievement):
        granted_on = moment(achievement["granted_on"])
        counting.append(Recognised(achievement, "patent", achievement["number"], None, granted_on))
    return sorted(counting, key=lambda item: (str(item.when or "9999"), item.rank or 0, item.how, item.name))


def all_recognised(dossier, params):
    """The same for every result of a dossier, in the order of its ids."""
    achievements = sorted(dossier["achievements"], key=lambda row: row["id"])
    return [item for achievement in achievements for item in recognised(achievement, params)]


def high_enough(recognition, params):
    return recognition["rank"] is not None and recognition["rank"] <= params["max_rank"]


def is_granted(achievement):
    """A patent that is filed is not yet one."""
    return achievement["is_patent"] and achievement["patent_status"] == "granted"


def identity(achievement):
    """What makes two rows the same result: the digits of a patent, else the row itself."""
    if achievement["is_patent"]:
        read = parse_patent(achievement["number"])
        if isinstance(read, PatentNumber):
            return ("patent", read.digits)
    return ("row", achievement["id"])
