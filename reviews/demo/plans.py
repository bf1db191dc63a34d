"""Which studio stands where: the eighty studios of the city, each with its unit and its story."""

from dataclasses import dataclass
from random import Random

from reviews.demo import units

SEED = 20200302  # the day of the policy


@dataclass(frozen=True)
class StudioPlan:
    """One studio before it is registered. ``story`` is a key of ``stories.STORIES``."""

    number: int
    unit: units.UnitPlan
    story: str
    kind: str
    by_content: bool  # named after its work, not after its leader


# What the union of 科尔沁区 finds: a line a unit, after the first, which has no studio yet.
IN_HORQIN = """
ready
county_overdue city_proposed_at_county county_waiting
county_waiting city_named county_mended
county_taken base_named
county_proposed_name registering county_taken
county_returned county_quiet city_waiting_at_county
county_waiting city_waiting
county_proposed_reject title_ended
"""

ELSEWHERE = (
    ["registering"] * 4
    + ["base_draft"] * 2
    + ["base_submitted"] * 2
    + ["base_handed_back"]
    + ["base_named"] * 6
    + ["county_draft"] * 3
    + ["county_submitted"] * 2
    + ["county_waiting"] * 2
    + ["county_taken"] * 2
    + ["county_returned", "county_mended"]
    + ["county_proposed_name", "county_rejected", "county_rejected", "county_rejected_final"]
    + ["county_withdrawn"]
    + ["county_named"] * 5
    + ["county_named_old", "county_warned_24", "county_quiet", "county_quiet"]
    + ["city_draft"] * 2
    + ["city_waiting_at_county"]
    + ["city_waiting", "city_taken", "city_overdue", "city_proposed_name", "city_proposed_name"]
    + ["city_returned", "city_waitlisted", "city_rejected"]
    + ["city_named"] * 3
    + ["city_named_old", "city_named_old", "city_warned_30", "city_warned_33", "city_quiet"]
    + ["title_ended"] * 2
)
KINDS = (
    ["model_worker"] * 3 + ["craftsman"] * 3 + ["worker"] * 3 + ["model_craftsman", "women", "skill_master"]
)
KINDS += ["joint"]


def studio_plans():
    """The plans in a fixed order: the same city every time."""
    random = Random(SEED)
    everywhere = units.plans()
    horqin = [unit for unit in everywhere if unit.above == "150502"][1:]
    others = [unit for unit in everywhere if unit.above != "150502"]
    stories = list(ELSEWHERE)
    random.shuffle(stories)
    lines = IN_HORQIN.split("\n")[1:-1]
    pairs = [(unit, story) for unit, line in zip(horqin, lines, strict=True) for story in line.split(" ")]
    pairs += [(others[place % len(others)], story) for place, story in enumerate(stories)]
    return [_plan(number, unit, story, random) for number, (unit, story) in enumerate(pairs, start=1)]


def _plan(number, unit, story, random):
    """Studios of plain workers are now and then named after their work."""
    kind = "trad_craft" if unit.trade == "craft" else random.choice(KINDS)
    by_content = random.random() < 0.6 and kind in ("worker", "joint")
    return StudioPlan(number, unit, story, kind, by_content)
