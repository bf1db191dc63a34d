"""How each studio came to where it stands: what happened, how many days ago, up to which step."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """One rung of a story: an application begun ``days`` ago that came as far as ``until``.

    ``until`` "old": no application, but a title taken over from an older roster, ``days`` ago.
    """

    level: str
    until: str
    days: int


def _story(text):
    return tuple(Part(level, until, int(days)) for level, until, days in map(str.split, text.split(",")))


OLD_BASE, OLD_COUNTY = "base old 1500", "county old 1050"
UP_TO_COUNTY = f"{OLD_BASE}, {OLD_COUNTY}"

STORIES = {
    "registering": (),
    "base_draft": _story("base draft 6"),
    "base_submitted": _story("base submitted 4"),
    "base_handed_back": _story("base handed_back 9"),
    "base_named": _story("base named 60"),
    "ready": _story(f"{OLD_BASE}"),
    "county_draft": _story(f"{OLD_BASE}, county draft 11"),
    "county_submitted": _story(f"{OLD_BASE}, county submitted 5"),
    "county_waiting": _story(f"{OLD_BASE}, county waiting 6"),
    "county_overdue": _story(f"{OLD_BASE}, county waiting 31"),
    "county_taken": _story(f"{OLD_BASE}, county taken 9"),
    "county_returned": _story(f"{OLD_BASE}, county returned 13"),
    "county_mended": _story(f"{OLD_BASE}, county mended 17"),
    "county_proposed_name": _story(f"{OLD_BASE}, county proposed 11"),
    "county_proposed_reject": _story(f"{OLD_BASE}, county proposed_reject 12"),
    "county_rejected": _story(f"{OLD_BASE}, county rejected 48"),
    "county_rejected_final": _story(f"{OLD_BASE}, county rejected_final 55"),
    "county_withdrawn": _story(f"{OLD_BASE}, county withdrawn 40"),
    "county_named": _story(f"{OLD_BASE}, county named 150"),
    "county_named_old": _story(UP_TO_COUNTY),
    "city_draft": _story(f"{UP_TO_COUNTY}, city draft 8"),
    "city_waiting_at_county": _story(f"{UP_TO_COUNTY}, city waiting 7"),
    "city_proposed_at_county": _story(f"{UP_TO_COUNTY}, city proposed 10"),
    "city_waiting": _story(f"{UP_TO_COUNTY}, city at_city 13"),
    "city_taken": _story(f"{UP_TO_COUNTY}, city taken_at_city 18"),
    "city_overdue": _story(f"{UP_TO_COUNTY}, city at_city 46"),
    "city_proposed_name": _story(f"{UP_TO_COUNTY}, city proposed_at_city 22"),
    "city_returned": _story(f"{UP_TO_COUNTY}, city returned_by_city 24"),
    "city_waitlisted": _story(f"{UP_TO_COUNTY}, city waitlisted 70"),
    "city_rejected": _story(f"{UP_TO_COUNTY}, city rejected_by_city 80"),
    "city_named": _story(f"{UP_TO_COUNTY}, city named 110"),
    "city_named_old": _story(f"{UP_TO_COUNTY}, city old 700"),
    # titles of long ago whose last result is so many months old, see QUIET
    "county_warned_24": _story("base old 1900, county old 1500"),
    "city_warned_30": _story("base old 1900, county old 1500, city old 1400"),
    "city_warned_33": _story("base old 1900, county old 1500, city old 1400"),
    "county_quiet": _story("base old 1900, county old 1500"),
    "city_quiet": _story("base old 1900, county old 1500, city old 1400"),
    "title_ended": _story(f"{UP_TO_COUNTY}, county ended 120"),
}

# story -> days since the last result, where the ledger fell silent
QUIET = {
    "county_warned_24": 750,
    "city_warned_30": 930,
    "city_warned_33": 1025,
    "county_quiet": 1300,
    "city_quiet": 1300,
}

# stories of studios that were in the portal before the assessment of the year before; the others of an
# older roster came when they applied for the city level
LONG_HERE = {
    *QUIET,
    "county_named_old",
    "city_named_old",
    "city_named",
    "city_waitlisted",
    "city_rejected",
    "city_proposed_name",
    "title_ended",
}

# steps of an application up to each point: (step, days after its beginning)
AT_UNIT = (("open", 0), ("submit", 1))
SENT = (*AT_UNIT, ("confirm", 2))
TAKEN = (*SENT, ("take", 4))
JUDGED = (*TAKEN, ("judge", 5))
AT_CITY = (*JUDGED, ("propose_endorse", 5), ("endorse", 6))
TAKEN_AT_CITY = (*AT_CITY, ("take", 8))
JUDGED_AT_CITY = (*TAKEN_AT_CITY, ("judge", 9))
FAULTED = (*TAKEN, ("judge_with_fault", 5))
BASE = {
    "draft": AT_UNIT[:1],
    "submitted": AT_UNIT,
    "handed_back": (*AT_UNIT, ("hand_back", 3)),
    "named": (*AT_UNIT, ("name_at_base", 3)),
}
COUNTY = {
    "draft": AT_UNIT[:1],
    "submitted": AT_UNIT,
    "waiting": SENT,
    "taken": TAKEN,
    "returned": (*TAKEN, ("return", 6)),
    "mended": (*TAKEN, ("return", 6), ("mend", 9), ("submit", 9), ("confirm", 11)),
    "proposed": (*JUDGED, ("propose_name", 6)),
    "proposed_reject": (*FAULTED, ("propose_reject", 6)),
    "rejected": (*FAULTED, ("propose_reject", 6), ("reject", 8)),
    "rejected_final": (*FAULTED, ("propose_reject_final", 6), ("reject_final", 8)),
    "withdrawn": (*SENT, ("withdraw", 5)),
    "named": (*JUDGED, ("propose_name", 6), ("name", 8)),
}
CITY = {
    "draft": AT_UNIT[:1],
    "waiting": SENT,
    "proposed": (*JUDGED, ("propose_endorse", 6)),
    "at_city": AT_CITY,
    "taken_at_city": TAKEN_AT_CITY,
    "returned_by_city": (*TAKEN_AT_CITY, ("return", 10)),
    "proposed_at_city": (*JUDGED_AT_CITY, ("propose_name", 12)),
    "waitlisted": (*JUDGED_AT_CITY, ("propose_waitlist", 12), ("waitlist", 16)),
    "rejected_by_city": (*TAKEN_AT_CITY, ("judge_with_fault", 9), ("propose_reject", 12), ("reject", 16)),
    "named": (*JUDGED_AT_CITY, ("propose_name", 12), ("name", 16)),
}
STEPS = {"base": BASE, "county": COUNTY, "city": CITY}


def fullness_of(story):
    """How full the dossier of a story is."""
    parts = STORIES[story]
    if not parts:
        return "begun"
    if story == "ready":
        return "county"
    return parts[-1].level
