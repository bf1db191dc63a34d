"""What the clause asks for, by the first word of the finding's code."""

from django.utils.translation import gettext_lazy as _

from reviews.rules.wording.labels import (
    GROUPS,
    ITEMS,
    KINDS,
    LEVELS,
    RANKS,
    enumerate_words,
    label,
    labels_of,
    when,
    years,
)
from reviews.rules.wording.say import Say


def _recent(values):
    return (BOTH if values["benefit"] == "both" else EITHER)(values)


def _results(values):
    return (RESULTS_AND_PATENTS if values["granted_patent_counts"] else RESULTS)(values)


def _prior(values):
    return (PRIOR if values["level"] else NOTHING)(values)


def _team(values):
    return (TEAM_WITH_LEADER if values["leader_counts"] else TEAM_WITHOUT_LEADER)(values)


def _venue(values):
    return (VENUE_WITH_PHOTOS if values["photo_needed"] else VENUE)(values)


def _systems(values):
    needs = [label(ITEMS)(row["code"]) for row in values["items"]]
    needs += [LEDGER] if values["ledger_needed"] else []
    needs += [ARCHIVE] if values["archive_needed"] else []
    return SYSTEMS({"needs": enumerate_words(needs)})


def _funds(values):
    return (FUNDS if values["years"] else FUNDS_NEW)(values)


def _items(rows):
    return enumerate_words(label(ITEMS)(row["code"]) for row in rows)


SPAN = {"kinds": labels_of(KINDS), "max_rank": label(RANKS), "start": when, "end": when}
EITHER = Say(
    _(
        "From %(start)s to %(end)s: %(kinds)s of at least this level: %(max_rank)s, or a granted patent, "
        "with economic or social benefit stated and proved; whether it is good, a person judges."
    ),
    SPAN,
)
BOTH = Say(
    _(
        "From %(start)s to %(end)s: %(kinds)s of at least this level: %(max_rank)s, or a granted patent, "
        "with economic and social benefit stated and proved; whether it is good, a person judges."
    ),
    SPAN,
)
RESULTS = Say(
    _(
        "Results recognised at this level or above: %(max_rank)s. "
        "In each span of %(window_years)s years at least %(min_results)s."
    ),
    {"max_rank": label(RANKS)},
)
RESULTS_AND_PATENTS = Say(
    _(
        "Results recognised at this level or above: %(max_rank)s, or granted patents. "
        "In each span of %(window_years)s years at least %(min_results)s."
    ),
    {"max_rank": label(RANKS)},
)
PRIOR = Say(_("A %(level)s in force, granted by the studio's own union."), {"level": label(LEVELS)})
NOTHING = Say(_("Nothing."))
TEAM_WITH_LEADER = Say(_("At least %(min_count)s people, the leader included."))
TEAM_WITHOUT_LEADER = Say(_("At least %(min_count)s people besides the leader."))
VENUE = Say(
    _("As a rule %(min_area)s m² or more, and these signs on the wall: %(signs)s."), {"signs": _items}
)
VENUE_WITH_PHOTOS = Say(
    _("As a rule %(min_area)s m² or more, and these signs on the wall, each with a photo: %(signs)s."),
    {"signs": _items},
)
SYSTEMS = Say(_("Shown with documents: %(needs)s; a person judges."))
LEDGER, ARCHIVE = _("a detailed ledger"), _("a complete archive")
FUNDS = Say(
    _("Money from the unit in each of these years: %(years)s; whether it is enough, a person judges."),
    {"years": lambda numbers: enumerate_words(years([number]) for number in numbers)},
)
FUNDS_NEW = Say(_("Money from the unit since the founding; whether it is enough, a person judges."))

NEEDED = {
    "leader": Say(
        _(
            "An honour of one of these kinds: %(groups)s, of at least this level: %(max_rank)s; "
            "or skill recognised in the trade, which a person judges."
        ),
        {"groups": labels_of(GROUPS), "max_rank": label(RANKS)},
    ),
    "team": _team,
    "venue": _venue,
    "equipment": Say(_("What the work needs: %(items)s; a person judges."), {"items": _items}),
    "systems": _systems,
    "funds": _funds,
    "projects": Say(
        _(
            "In each whole year since founding, at most the last %(years_back)s: "
            "projects, at least %(per_year)s."
        )
    ),
    "results": _results,
    "prior": _prior,
    "recent": _recent,
}
